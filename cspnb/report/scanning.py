"""A measure's counts in every small area over two years, to be scanned together."""

from dataclasses import replace

import pandas as pd

from cspnb.measures.counts import Counts
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.small_areas import LSOA, NOT_SHOWN, SmallAreas
from cspnb.periods import Period
from cspnb.report.shielding import SUPPLIED, shown_counts
from cspnb.report.where import Where

_STATED = {"start": "str", "end": "str", "value": "float64", "source": "str"}


class Scanning(Where):
    """Counts of small areas, each with the year before."""

    def counts_by_area(self, measure: str, level: str = LSOA) -> tuple[Counts, ...]:
        """A measure's counts in each LSOA or ward over the period and the same months before.

        None where the small areas of the two years together cannot be had. Of a partner's own
        records they are totals of the years, and none where the count of either is hidden.
        """
        span = Period(self.period.earlier().start, self.period.end)
        areas = replace(self, period=span)._areas_in_full(measure, level)
        if areas.origin in SUPPLIED:
            return tuple(self._of_years(areas))
        rows = areas.by_month.set_index(["area_code", "month"])["count"]
        named = zip(areas.table["area_code"], areas.table["area_name"], strict=True)
        return tuple(self._counts_in(areas, rows, code, name) for code, name in named)

    def _of_years(self, areas: SmallAreas):
        """Each area's totals of the two years, as far as they may be shown, and no month."""
        years = (self.period.earlier(), self.period)
        totals = {year: _shown_in(areas, year) for year in years}
        for row in areas.table.itertuples(index=False):
            stated = [
                (str(year.start), str(year.end), float(shown[row.area_code]), areas.source)
                for year, shown in totals.items()
                if shown is not None and pd.notna(shown[row.area_code])
            ]
            bare = self._counts_in(areas, pd.Series(dtype="Int64"), row.area_code, row.area_name)
            is_hidden = len(stated) < len(years) and _is_sound(areas)
            yield replace(
                bare,
                monthly=bare.monthly.assign(status=ABSENT) if not is_hidden else bare.monthly,
                stated=pd.DataFrame(stated, columns=list(_STATED)).astype(_STATED),
                missing=NOT_SHOWN if is_hidden else "",
            )

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


def _is_sound(areas: SmallAreas) -> bool:
    return bool(areas.months["status"].eq(SOUND).all())


def _shown_in(areas: SmallAreas, year: Period) -> pd.Series | None:
    """The counts of a year by area, null where hidden; None where none is shown."""
    asked = areas.months["month"].isin([str(month) for month in year.months])
    if not areas.months.loc[asked, "status"].eq(SOUND).all():
        return None
    rows = areas.by_month[areas.by_month["month"].isin(areas.months.loc[asked, "month"])]
    sums = rows.groupby("area_code")["count"].sum().astype("Int64")
    return shown_counts(sums.reindex(areas.table["area_code"], fill_value=0))
