"""Where it happens: a measure's counts by the LSOAs or the wards of the partnership."""

import pandas as pd

from cspnb.errors import CspnbError
from cspnb.measures.counts import Counts, Series, total, total_of
from cspnb.measures.months import ABSENT
from cspnb.measures.small_areas import LSOA, WARD, SmallAreas
from cspnb.narrative.wording import in_sentence, listed, unique
from cspnb.report.area_counts import Areas, lsoas, wards, wards_of_lsoas
from cspnb.report.area_records import LSOAS, WARDS
from cspnb.report.figures import Figures
from cspnb.report.shielding import shielded

_MONTHS = ["month", "status", "reason"]
_TABLE = {
    "area_code": "str",
    "area_name": "str",
    "ward_name": "str",
    "count": "Int64",
    "population": "float64",
    "geometry": "object",
}


class Where(Figures):
    """Counts of measures by small area."""

    def small_areas(self, measure: str, level: str = LSOA, origin: str = "") -> SmallAreas:
        """A measure's counts over the period by LSOA or ward, with residents and outlines.

        level: 'lsoa' or 'ward'. They are of the source that gives the measure's own figure, where
        it says in which area each record is; else of the first other that does and has the
        period. origin: one of the measure's sources, as its params name it, in their stead. Wards
        are added up from LSOAs, best fit, unless the source counts by ward itself. Small counts
        of a partner's own records are hidden.
        """
        if level not in (LSOA, WARD):
            raise CspnbError(
                f"there is no level '{level}' of small areas", remedy="Choose 'lsoa' or 'ward'."
            )
        asked = ("shown", self._params(measure), self.place, self.period, level, origin)
        full = self._areas_in_full(measure, level, origin)
        return self.holdings.once(asked, lambda: shielded(full))

    def _areas_in_full(self, measure: str, level: str = LSOA, origin: str = "") -> SmallAreas:
        """The same with no count hidden: for sums over many areas and never to be shown."""
        asked = ("small areas", self._params(measure), self.place, self.period, level, origin)
        found = self.holdings.once(asked, lambda: self._small_areas(measure, level, origin))
        return self._dated(found, frozenset({found.origin} - {""}))

    def _small_areas(self, measure: str, level: str, origin: str) -> SmallAreas:
        counts = self.counts(measure)
        chosen = None if counts.missing else self._series_by_area(counts, level, origin)
        if chosen is None:
            return self._no_areas(counts, level, _why_none(counts, level, origin))
        source = next(s for s in self._params(measure).sources if s.origin == chosen.origin)
        made = wards if chosen.origin == WARDS else wards_of_lsoas if level == WARD else lsoas
        areas = made(self.holdings, source, self.place, self.period, counts.measure.denominator)
        if areas.missing:
            return self._no_areas(counts, level, areas.missing)
        return self._areas_with_counts(counts, chosen, areas, level)

    def _series_by_area(self, counts: Counts, level: str, origin: str) -> Counts | Series | None:
        """The first series with figures of the period that says where its records are."""
        can = {*LSOAS, WARDS} if level == WARD else set(LSOAS)
        best = total(counts, self.period).origin
        every = sorted((counts, *counts.others), key=lambda series: series.origin != best)
        named = [each for each in every if each.origin in can and origin in ("", each.origin)]
        held = [each for each in named if _months_held(each, self.period)]
        whole = [each for each in held if total_of(each, self.period).complete]
        return next(iter((*whole, *held)), None)

    def _areas_with_counts(self, counts: Counts, series, areas: Areas, level: str) -> SmallAreas:
        asked = {str(month) for month in self.period.months}
        months = series.monthly[series.monthly["month"].isin(asked)].reset_index(drop=True)
        by_month = _by_month(areas, months)
        whole = total_of(series, self.period)
        summed = by_month.groupby("area_code")["count"].sum().astype("Int64")
        count = areas.table["area_code"].map(summed).astype("Int64")
        table = areas.table.assign(count=count if whole.complete else pd.NA)
        return SmallAreas(
            measure=counts.measure,
            area=self.area,
            period=self.period,
            level=level,
            vintage=areas.vintage,
            table=table[list(_TABLE)].astype(_TABLE),
            by_month=by_month,
            months=months[_MONTHS],
            population_label=areas.population_label,
            denominator=areas.denominator,
            outline_source=areas.outline_source,
            unplaced=int(months["count"].sum() - by_month["count"].sum()),
            source=listed(unique(months["source"])),
            origin=series.origin,
            notes=areas.notes,
            caveats=(*_not_of(counts, series, self.period), *_own_caveats(counts, series)),
        )

    def _no_areas(self, counts: Counts, level: str, why: str) -> SmallAreas:
        months = pd.DataFrame({"month": [str(month) for month in self.period.months]})
        return SmallAreas(
            measure=counts.measure,
            area=self.area,
            period=self.period,
            level=level,
            vintage=self.period.end.year,
            table=pd.DataFrame(columns=list(_TABLE)).astype(_TABLE),
            by_month=pd.DataFrame(columns=["area_code", "month", "count"]),
            months=months.assign(status=ABSENT, reason=why),
            missing=why,
        )


def _months_held(series: Series | Counts, period) -> bool:
    asked = {str(month) for month in period.months}
    inside = series.monthly[series.monthly["month"].isin(asked)]
    return bool(inside["status"].ne(ABSENT).any())


def _by_month(areas: Areas, months: pd.DataFrame) -> pd.DataFrame:
    """Every area in every month that is held: none where no record is there."""
    held = list(months.loc[months["status"] != ABSENT, "month"])
    grid = pd.MultiIndex.from_product(
        [areas.table["area_code"], held], names=["area_code", "month"]
    )
    placed = areas.records[areas.records["area_code"].notna()]
    counts = placed.groupby(["area_code", "month"])["count"].sum()
    return counts.reindex(grid, fill_value=0).astype("Int64").reset_index()


def _not_of(counts: Counts, series, period) -> tuple[str, ...]:
    """A sentence where the areas are of another source than the figure of the whole."""
    whole = total(counts, period)
    if series.origin == whole.origin:
        return ()
    own = listed(unique(series.monthly["source"]))
    return (
        f"Counts by area are from {own}; the figure of {counts.area} as a whole is from "
        f"{listed(whole.sources)}, and the two need not agree.",
    )


def _own_caveats(counts: Counts, series) -> tuple[str, ...]:
    return series.caveats if series is not counts else counts.caveats


def _why_none(counts: Counts, level: str, origin: str) -> str:
    if counts.missing:
        return counts.missing
    named = {LSOA: "LSOA", WARD: "ward"}[level]
    label = in_sentence(counts.measure.label)
    if origin:
        return f"the source {origin!r} gives no {label} by {named} in {counts.period.label}"
    held = listed(unique(counts.monthly["source"]))
    return (
        f"no source held says in which {named} each record of {label} is: the figures are from "
        f"{held}, for the area as a whole"
    )
