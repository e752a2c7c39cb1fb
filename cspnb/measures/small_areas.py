"""A measure's counts by small area: the LSOAs or the wards of a partnership."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period

LSOA, WARD = "lsoa", "ward"

NOT_SHOWN = "its count is a small number, or would give one away, and is not shown"
"""Why nothing is told of an area whose count is hidden."""


@dataclass(frozen=True)
class SmallAreas:
    """Counts of one measure over a period, by LSOA or ward, with residents and outlines.

    `table` has one row an area of the partnership, those without a record included: `area_code`,
    `area_name`, `ward_name` (of an LSOA, by best fit; null where no lookup says, and for wards),
    `count` (Int64; 0 where the sources are sound and none is recorded, null where the period is
    not whole, or the count is hidden), `population` (float, null where unknown), `geometry`
    (shapely polygon, EPSG:27700, None where no outline is held). `level` is 'lsoa' or 'ward';
    `vintage` the year of the codes. `unplaced` is how many records of the partnership lie in no
    area of the table: with the counts of its areas they make the measure's total.
    `by_month` has `area_code`, `month`, `count`
    (Int64) for the months of the period that are not absent. `months` has `month`, `status`,
    `reason`, as in `Counts`. `denominator` is what `population` counts: residents or households.
    `caveats` are the source's, `notes` sentences on how the areas were made; both are for
    readers. Of counts that a partner supplied `hidden` has the codes of the areas whose counts are
    not shown, `hidden_count` what they come to together, which the total gives; `by_month` is
    empty. `missing` says why there is nothing.
    """

    measure: Measure
    area: str
    period: Period
    level: str
    vintage: int
    table: pd.DataFrame
    by_month: pd.DataFrame
    months: pd.DataFrame
    population_label: str = ""
    denominator: str = "residents"
    outline_source: str = ""
    unplaced: int = 0
    source: str = ""
    origin: str = ""
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    missing: str = ""
    hidden: frozenset[str] = frozenset()
    hidden_count: int = 0

    @property
    def is_hidden(self) -> pd.Series:
        """Of each row of the table, whether its count is hidden."""
        return self.table["area_code"].isin(self.hidden)

    @property
    def is_whole(self) -> bool:
        """Whether every area has its count, hidden or not: the period is whole."""
        known = self.table["count"].notna()
        if self.hidden:
            known |= self.is_hidden
        return len(self.table) > 0 and bool(known.all())

    @property
    def placed(self) -> int:
        """How many records lie in the areas, those of hidden counts among them."""
        return int(self.table["count"].sum()) + self.hidden_count
