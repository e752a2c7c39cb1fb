"""A measure's counts by small area: the LSOAs or the wards of a partnership."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period

LSOA, WARD = "lsoa", "ward"


@dataclass(frozen=True)
class SmallAreas:
    """Counts of one measure over a period, by LSOA or ward, with residents and outlines.

    `table` has one row an area of the partnership, those without a record included: `area_code`,
    `area_name`, `ward_name` (of an LSOA, by best fit; null where no lookup says, and for wards),
    `count` (Int64; 0 where the sources are sound and none is recorded, null where the period is
    not whole), `population` (float, null where unknown), `geometry` (shapely polygon, EPSG:27700,
    None where no outline is held). `level` is 'lsoa' or 'ward'; `vintage` the year of the codes.
    `unplaced` is how many records of the partnership lie in no area of the table: with the counts
    of its areas they make the measure's total. `by_month` has `area_code`, `month`, `count`
    (Int64) for the months of the period that are not absent. `months` has `month`, `status`,
    `reason`, as in `Counts`. `denominator` is what `population` counts: residents or households.
    `caveats` are the source's, `notes` sentences on how the areas were made; both are for
    readers. `missing` says why there is nothing.
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

    @property
    def is_whole(self) -> bool:
        """Whether every area has its count: the period is whole."""
        return len(self.table) > 0 and bool(self.table["count"].notna().all())
