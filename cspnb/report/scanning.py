"""A measure's counts in every small area over two years, to be scanned together."""

from dataclasses import replace

import pandas as pd

from cspnb.measures.counts import Counts
from cspnb.measures.small_areas import LSOA, SmallAreas
from cspnb.periods import Period
from cspnb.report.where import Where

_STATED = {"start": "str", "end": "str", "value": "float64", "source": "str"}


class Scanning(Where):
    """Counts of small areas, each with the year before."""

    def counts_by_area(self, measure: str, level: str = LSOA) -> tuple[Counts, ...]:
        """A measure's counts in each LSOA or ward over the period and the same months before.

        None where the small areas of the two years together cannot be had.
        """
        span = Period(self.period.earlier().start, self.period.end)
        areas = replace(self, period=span).small_areas(measure, level)
        rows = areas.by_month.set_index(["area_code", "month"])["count"]
        named = zip(areas.table["area_code"], areas.table["area_name"], strict=True)
        return tuple(self._counts_in(areas, rows, code, name) for code, name in named)

    def _counts_in(self, areas: SmallAreas, rows: pd.Series, code: str, name: str) -> Counts:
        counts = [rows.get((code, month)) for month in areas.months["month"]]
        monthly = areas.months.assign(
            count=pd.array([None if pd.isna(count) else count for count in counts], "Int64"),
            source=areas.source,
        )
        return Counts(
            measure=areas.measure,
            area=name,
            period=self.period,
            monthly=monthly[["month", "count", "status", "reason", "source"]],
            stated=pd.DataFrame(columns=list(_STATED)).astype(_STATED),
            caveats=areas.caveats,
            origin=areas.origin,
        )
