"""Stored records as events: local times, places in metres, keys; a row each."""

from dataclasses import replace

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.events import COLUMNS, Events
from cspnb.measures.months import ABSENT, SOUND
from cspnb.narrative.wording import unique
from cspnb.national_grid import to_grid
from cspnb.params import MeasureParams
from cspnb.params.origins import SuppliedRecords
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import is_told, records
from cspnb.report.series.months import rank

STOPS = Measure(
    "stops",
    "Stops and searches",
    unit="stops",
    good="neither",
    denominator="residents",
    why="Stop and search finds weapons and drugs, and touches those who are stopped.",
    caveats=("Where and when the police stop people says where and when they patrol.",),
)
_LOCAL = "Europe/London"
_MONTHS = ["month", "status", "reason"]


def no_events(
    measure: Measure, place: Place, period: Period, span: Period, missing: str = ""
) -> Events:
    """Events of a measure before any is known, or where none can be had, and why."""
    table = pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    months = pd.DataFrame({"month": [str(month) for month in span.months]}, dtype="str")
    months = months.assign(status=ABSENT, reason=missing)
    return Events(measure, place.name, period, span, table, months, missing=missing)


def events_of_extract(
    holdings: Holdings, params: MeasureParams, source: SuppliedRecords, place: Place, asked: Events
) -> Events:
    """The records of a partner's extract that a measure counts, in the months it counts them.

    asked: events of the measure, none yet. `missing` is a clause where the extract has none.
    """
    if not is_told(holdings, source.origin):
        return replace(asked, missing="none is held")
    series = records.series(holdings, source, params, place, asked.span)
    months = series.monthly[_MONTHS]
    if months["status"].eq(ABSENT).all():
        return replace(asked, missing=months["reason"].iloc[-1])
    rows = records.rows(holdings, source, place, asked.span)
    known, left_out = _in_sound_months(rows, months)
    return replace(
        asked,
        table=_table(known, _times(known["from_at"], known["to_at"])),
        months=months,
        source=series.source,
        origin=series.origin,
        caveats=(*series.caveats, *_told(left_out)),
    )


def events_of_stops(holdings: Holdings, place: Place, asked: Events) -> Events:
    """Stops of the files that speak for the place's districts, placed by their points."""
    if not holdings.holds("stops") or not place.districts:
        return replace(asked, missing="No file of stops and searches is held.")
    found = [holdings.stops_in(district, asked.span) for district in place.districts]
    months = _worst([each.monthly for each in found])
    if months["status"].eq(ABSENT).all():
        why = f"no month of {asked.span.label} is known: {months['reason'].iloc[-1]}"
        return replace(asked, missing=why)
    rows = [holdings.stops_of(district, asked.span) for district in place.districts]
    known, left_out = _in_sound_months(pd.concat(rows), months)
    east, north = to_grid(known["longitude"].to_numpy(), known["latitude"].to_numpy())
    known = known.assign(easting=east, northing=north, category=known["object_of_search"])
    return replace(
        asked,
        table=_table(known, _stopped(known)),
        months=months,
        source="data.police.uk, stop and search",
        origin="stops",
        caveats=(*unique(each.caveat for each in found), *_told(left_out)),
        are_snapped=True,
    )


def _stopped(rows: pd.DataFrame) -> pd.DataFrame:
    """The moments of stops, published in UTC, by the clocks of the place."""
    utc = pd.to_datetime(rows["stopped_at"], utc=True, format="ISO8601")
    local = utc.dt.tz_convert(_LOCAL).dt.tz_localize(None).astype("datetime64[s]")
    return pd.DataFrame({"from_at": local, "to_at": local, "has_time": local.notna()})


def _times(from_at: pd.Series, to_at: pd.Series) -> pd.DataFrame:
    """Text times of an extract as moments; where either end has no time, days alone."""
    to_at = to_at.fillna(from_at)
    timed = from_at.str.contains("T") & to_at.str.contains("T")
    ends = {
        name: pd.to_datetime(text.where(timed, text.str[:10]), format="ISO8601")
        for name, text in (("from_at", from_at), ("to_at", to_at))
    }
    return pd.DataFrame(ends).astype("datetime64[s]").assign(has_time=timed.astype(bool))


def _table(rows: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """The columns of events, those that a source lacks null; oldest first."""
    both = rows.drop(columns=["from_at", "to_at"], errors="ignore").join(
        times, how="left", validate="one_to_one"
    )
    table = both.reindex(columns=list(COLUMNS)).astype(COLUMNS)
    return table.sort_values(["from_at", "to_at"], kind="stable").reset_index(drop=True)


def _in_sound_months(rows: pd.DataFrame, months: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows of months that have a sound count, and how many there are of others."""
    sound = rows["month"].isin(months.loc[months["status"] == SOUND, "month"])
    return rows[sound].reset_index(drop=True), int((~sound).sum())


def _worst(monthly: list[pd.DataFrame]) -> pd.DataFrame:
    """A row a month: the state of the district of which least is known."""
    cells = pd.concat(monthly, ignore_index=True).sort_values("status", key=rank, kind="stable")
    return cells.drop_duplicates("month").sort_values("month").reset_index(drop=True)[_MONTHS]


def _told(left_out: int) -> tuple[str, ...]:
    if not left_out:
        return ()
    records_are = "1 record is" if left_out == 1 else f"{left_out:,} records are"
    return (f"{records_are} left out, of months whose count is not sound.",)
