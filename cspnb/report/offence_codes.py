"""Offences of a place by code, from each source that has codes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from cspnb.ingest.home_office.reading import area_keys, in_force, published_names, quarterly
from cspnb.measures.harm import HOME_OFFICE_CODES
from cspnb.measures.months import SOUND, unsound
from cspnb.offences import group_of, offence, subgroup_of
from cspnb.params.origins import SuppliedRecords
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import home_office, records

NOT_KNOWN = "Group not known"
WITHOUT_CODE = "no code"

_STREAM = "force-extract"
COUNTED = ["period", "offence_code", "offence", "offence_group", "count"]
"""The columns of `OffenceCounts.table`."""


@dataclass(frozen=True)
class Coded:
    """What one source has of offences by code: `table` as in `OffenceCounts`.

    `reasons`: why each year is not whole, '' where it is, oldest first. `why`: why it is not to
    be used at all for the last of them.
    """

    origin: str
    source: str
    table: pd.DataFrame
    reasons: dict[Period, str]
    why: str = ""
    code_system: str = HOME_OFFICE_CODES
    composition: pd.DataFrame | None = None
    composed_of: str = ""
    caveats: tuple[str, ...] = field(default=())

    @property
    def is_whole(self) -> bool:
        """Whether the last of the years can be used."""
        return not self.why


def of_home_office(holdings: Holdings, place: Place, periods: Sequence[Period]) -> Coded:
    """The Home Office's tables by partnership: years all of whose quarters are held."""
    rows = holdings.store.read("recorded_crime", where={"area_level": ["csp"]})
    named = home_office.partnerships_of(holdings, place)
    found = published_names(named, rows["area_name"], holdings.store.read("places"))
    if not named or found.unmatched or rows.empty:
        return nothing(home_office.ORIGIN, home_office.NAME, periods,
                     "no Home Office table by partnership has its offences")  # fmt: skip
    keys = area_keys(pd.Series(found.names, dtype="str"))
    ours = rows[area_keys(rows["area_name"]).isin(keys)]
    held = quarterly(ours, holdings.sources).groupby(["start", "end"]).size()
    whole = {quarter for quarter, areas in held.items() if areas == len(found.names)}
    reasons = {period: quarters_lacking(period, whole) for period in periods}
    counted = by_period(in_force(ours, holdings.sources), "start", periods)
    return Coded(
        origin=home_office.ORIGIN,
        source=home_office.NAME,
        table=_coded(counted),
        reasons=reasons,
        why=reasons[periods[-1]],
    )


def of_extract(holdings: Holdings, place: Place, periods: Sequence[Period]) -> Coded:
    """A force's extract: years all of whose months it covers."""
    source = SuppliedRecords(origin="supplied_records", stream=_STREAM)
    span = Period(periods[0].start, periods[-1].end)
    if not holdings.holds("supplied_records"):
        return nothing(records.ORIGIN, "force extract", periods, "no force extract is held")
    series = records.series(holdings, source, None, place, span)
    reasons = {period: months_lacking(period, series.monthly) for period in periods}
    rows = records.rows(holdings, source, place, span)
    rows = rows[rows["kind"].eq("offence")]
    if rows.empty:
        why = f"no force extract has an offence of {place.name} then"
        return nothing(records.ORIGIN, series.source, periods, why)
    coded = rows.assign(
        offence_code=rows["offence_code"].fillna(WITHOUT_CODE),
        offence=rows["category"],
        offence_subgroup="",
        offence_group=NOT_KNOWN,
        count=1,
    )
    return Coded(
        origin=records.ORIGIN,
        source=series.source,
        table=_coded(by_period(coded, "month", periods)),
        reasons=reasons,
        why=reasons[periods[-1]],
        caveats=series.caveats,
    )


def by_period(rows: pd.DataFrame, column: str, periods: Sequence[Period]) -> pd.DataFrame:
    """The rows whose first month is in one of the periods, with that `period`."""
    named = {str(month): str(period) for period in periods for month in period.months}
    return rows.assign(period=rows[column].map(named)).dropna(subset="period")


def _coded(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts by period and code, each with today's name and group, where they are known."""
    kinds = ["offence_code", "offence", "offence_subgroup", "offence_group"]
    codes = rows[kinds].drop_duplicates("offence_code")
    named = {row.offence_code: _named(row) for row in codes.itertuples(index=False)}
    known = rows.assign(
        offence=[named[code][0] for code in rows["offence_code"]],
        offence_group=[named[code][1] for code in rows["offence_code"]],
    )
    return summed(known)


def _named(row) -> tuple[str, str]:
    known = offence(row.offence_code)
    subgroup = subgroup_of(row.offence_code, row.offence_subgroup)
    group = group_of(subgroup) if subgroup else None
    return known.description if known else row.offence, group or row.offence_group


def summed(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts by COUNTED, whatever else the rows have."""
    by = [name for name in COUNTED if name != "count"]
    sums = rows.groupby(by, as_index=False)["count"].sum()
    return sums.astype({"count": "int64"})[COUNTED]


def quarters_lacking(period: Period, held: set[tuple[str, str]]) -> str:
    """Why a period is not whole, of the quarters held (first and last month); '' where it is."""
    starts = [month for month in period.months if month.number % 3 == 1]
    if 3 * len(starts) != len(period) or starts[0] != period.start:
        return f"the Home Office counts by quarter, and {period.label} is not made of quarters"
    lost = [
        Period(start, start + 2) for start in starts if (str(start), str(start + 2)) not in held
    ]
    if not lost:
        return ""
    if len(lost) == len(starts):
        return f"no Home Office table of {period.label} is held"
    return f"Home Office tables lack {', '.join(each.label for each in lost)}"


def months_lacking(period: Period, monthly: pd.DataFrame) -> str:
    """Why a period is not whole, of months as `Counts.monthly` has them; '' where it is."""
    asked = [str(month) for month in period.months]
    months = monthly[monthly["month"].isin(asked)]
    if len(months) == len(asked) and months["status"].eq(SOUND).all():
        return ""
    return f"{period.label} is incomplete ({unsound(months)})"


def nothing(origin: str, source: str, periods: Sequence[Period], why: str) -> Coded:
    """That a source has no offences by code, and why."""
    table = pd.DataFrame(columns=COUNTED).astype(dict.fromkeys(COUNTED[:-1], "str"))
    return Coded(origin, source, table.astype({"count": "int64"}), dict.fromkeys(periods, why), why)
