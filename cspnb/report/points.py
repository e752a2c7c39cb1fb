"""Where a measure's records are: by police.uk's snap points, or by the points of an extract."""

import numpy as np
import pandas as pd

from cspnb.measures.counts import Counts, Series
from cspnb.measures.months import ABSENT
from cspnb.measures.snap_points import COLUMNS, SnapPoints
from cspnb.narrative.wording import in_sentence, listed, unique
from cspnb.periods import Period
from cspnb.report.figures import Figures
from cspnb.report.own_outline import own_outline
from cspnb.report.series import records
from cspnb.report.street_points import street_points

STREET = "police_uk"
_WITH_POINTS = (STREET, records.ORIGIN)


class Points(Figures):
    """Records of a measure by place."""

    def points(self, measure: str, years: int = 2) -> SnapPoints:
        """A measure's records by point and month, over so many years to the end of the period.

        They are of the measure's own source, or of the first other that has places; months are
        judged as its counts are, and each month's records, with and without a point, add up to
        its count. Where no source held has places, `missing` says which it is instead.
        """
        asked = ("points", self._params(measure), self.place, self.period, years)
        found = self.holdings.once(asked, lambda: self._points(measure, years))
        return self._dated(found, frozenset({found.origin} - {""}))

    def _points(self, measure: str, years: int) -> SnapPoints:
        counts = self.counts(measure)
        chosen = None if counts.missing else _with_points(counts)
        span = Period(self.period.earlier(years - 1).start, self.period.end)
        if chosen is None:
            return self._no_points(counts, span)
        asked = {str(month) for month in span.months}
        months = chosen.monthly[chosen.monthly["month"].isin(asked)].reset_index(drop=True)
        known = list(months.loc[months["status"] != ABSENT, "month"])
        table, nowhere = self._by_point(measure, chosen.origin, known, span)
        outline = own_outline(self.holdings, self.place)
        return SnapPoints(
            measure=counts.measure,
            area=self.area,
            period=self.period,
            table=table.sort_values(list(COLUMNS), ignore_index=True),
            months=months[["month", "status", "reason"]],
            unplaced=nowhere.sort_values("month", ignore_index=True),
            outline=outline.shape,
            outline_source=outline.source,
            source=listed(unique(months["source"])),
            origin=chosen.origin,
            are_snapped=chosen.origin == STREET,
            caveats=(*_not_of(counts, chosen), *chosen.caveats),
        )

    def _by_point(self, measure: str, origin: str, months: list[str], span: Period):
        """The records with a point, and those without, of one source."""
        params = self._params(measure)
        source = next(each for each in params.sources if each.origin == origin)
        if not months:
            return _no_table(), _nowhere()
        if origin == STREET:
            return street_points(self.holdings, source, self.place, months)
        rows = records.rows(self.holdings, source, self.place, span)
        return _of_extract(rows[rows["month"].isin(months)])

    def _no_points(self, counts: Counts, span: Period) -> SnapPoints:
        held = unique(counts.monthly["source"]) if not counts.missing else ()
        label = in_sentence(counts.measure.label)
        why = counts.missing or (
            f"no source held says where each record of {label} was: {listed(held)} "
            f"{'gives' if len(held) == 1 else 'give'} totals of whole areas"
        )
        months = pd.DataFrame({"month": [str(month) for month in span.months]})
        return SnapPoints(
            measure=counts.measure,
            area=self.area,
            period=self.period,
            table=_no_table(),
            months=months.assign(status=ABSENT, reason=why),
            unplaced=_nowhere(),
            missing=why,
        )


def _with_points(counts: Counts) -> Counts | Series | None:
    """The counts themselves, or the first other source of them, that has places."""
    for series in (counts, *counts.others):
        if series.origin in _WITH_POINTS and series.monthly["status"].ne(ABSENT).any():
            return series
    return None


def _not_of(counts: Counts, chosen: Counts | Series) -> tuple[str, ...]:
    """A sentence where the places are of another source than the figures."""
    if chosen.origin == counts.origin:
        return ()
    figures = listed(unique(counts.monthly["source"]))
    places = listed(unique(chosen.monthly["source"]))
    return (f"Places are from {places}; the figures of the area as a whole are from {figures}.",)


def _of_extract(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An extract's records by month and point, to the metre, and those without one."""
    located = rows[["easting", "northing"]].notna().all(axis="columns")
    nowhere = rows[~located].groupby("month", as_index=False).size()
    metres = rows[located].assign(
        easting=lambda table: np.round(table["easting"]),
        northing=lambda table: np.round(table["northing"]),
        location=None,
        lsoa_name=None,
    )
    by = [name for name in COLUMNS if name != "count"]
    counted = metres.groupby(by, dropna=False, as_index=False).size()
    table = counted.rename(columns={"size": "count"})[list(COLUMNS)].astype(COLUMNS)
    return table, nowhere.rename(columns={"size": "count"})


def _no_table() -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)


def _nowhere() -> pd.DataFrame:
    return pd.DataFrame({"month": pd.Series(dtype="str"), "count": pd.Series(dtype="int64")})
