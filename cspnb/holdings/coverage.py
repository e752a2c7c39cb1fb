"""Months of recorded crime that are not sound, district by district, in runs."""

import pandas as pd

from cspnb.errors import CspnbError
from cspnb.measures.counts import SOUND
from cspnb.measures.coverage import District, file_coverage
from cspnb.periods import Month, Period

WORTH_LISTING = 0.01
"""A district with less than this share of a force's records is a neighbour's, not its own."""

MANY = 4
"""So many districts in the same state are told together."""

COLUMNS = ["force", "district", "from", "to", "status", "types", "records", "reason"]

_SAME = ["status", "types"]


def months_held(holdings, district: str = "") -> pd.DataFrame:
    """Runs of months of each force's files that are absent or abnormal in a district.

    With `district` (name or code), all the months of that one, sound ones too. Returns `force`,
    `district`, `from`, `to`, `status`, `types` (how many crime types), `records`, `reason` (of
    the run's first month). What many districts share is told once. Files of outcomes and stops
    that are cut short come last.
    """
    spans = _spans(holdings)
    parts = [_of_force(holdings, force, span, district) for force, span in spans.items()]
    if not district:
        parts.append(_other_files(holdings))
    found = pd.concat([pd.DataFrame(columns=COLUMNS), *parts], ignore_index=True)
    if district and found.empty:
        raise CspnbError(
            f"no records of a district '{district}' are held",
            remedy="Give its name or code as the ONS does: Harborough, or E07000131.",
        )
    return found


def _of_force(holdings, force, span, wanted):
    districts = _districts(holdings, force)
    if wanted:
        named = [each for each in districts if _is_called(each, wanted)]
        return pd.concat([_months(holdings, d, force, span) for d in named]) if named else None
    runs = [_runs(_months(holdings, each, force, span)) for each in districts]
    return _shared_once(pd.concat(runs), len(districts)) if runs else None


def _other_files(holdings):
    """Files of outcomes and of stops that are cut short, judged by their number of records."""
    other = holdings.sources[holdings.sources["table"].isin(["outcomes", "stops"])]
    parts = [pd.DataFrame(columns=COLUMNS)]
    for (table, force), files in other.groupby(["table", "force"]):
        totals = files.groupby("month")["rows_stored"].sum()
        judged = file_coverage(totals).rename(columns={"month": "from"})
        judged = judged[judged["status"] != SOUND]
        about = {"force": force, "district": f"every {table[:-1]}", "types": pd.NA}
        records = judged["from"].map(totals)
        parts.append(judged.assign(**about, to=judged["from"], records=records)[COLUMNS])
    return pd.concat(parts, ignore_index=True)


def _is_called(district, wanted):
    return wanted.casefold() in (district.name.casefold(), district.code.casefold())


def _spans(holdings):
    """The months each force's street files reach over."""
    street = holdings.sources[holdings.sources["table"] == "offences"]
    return {
        force: Period(Month.parse(months.min()), Month.parse(months.max()))
        for force, months in street.groupby("force")["month"]
    }


def _districts(holdings, force):
    """Those a lookup names; without one, those the records name."""
    if known := holdings.districts_of(force):
        return known
    monthly = holdings.recorded.monthly
    rows = monthly[monthly["force"] == force].groupby("lad_name")["count"].sum()
    names = rows[rows >= WORTH_LISTING * rows.sum()].index
    return tuple(District("", name) for name in sorted(names))


def _months(holdings, district, force, span):
    """A row a month and status, its crime types together."""
    cells = holdings.district_counts(district, force, span)
    rows = cells.groupby(["month", "status"], as_index=False).agg(
        types=("crime_type", "count"), records=("count", _known), reason=("reason", "first")
    )
    rows = rows.rename(columns={"month": "from"})
    return rows.assign(force=force, district=district.name, to=rows["from"])[COLUMNS]


def _known(counts):
    """A sum; null where nothing is known: absent is not none."""
    return counts.sum(min_count=1)


def _runs(months):
    """Neighbouring months in the same state as one row, without the sound ones."""
    unsound = months[months["status"] != SOUND].sort_values([*_SAME, "from"])
    serial = [Month.parse(month) - Month(2000, 1) for month in unsound["from"]]
    apart = pd.Series(serial, index=unsound.index, dtype="int64").diff() != 1
    breaks = apart | (unsound[_SAME] != unsound[_SAME].shift()).any(axis=1)
    runs = unsound.groupby(breaks.cumsum())
    told = {name: (name, "first") for name in COLUMNS}
    return runs.agg(**told | {"to": ("to", "last"), "records": ("records", _known)})


def _shared_once(runs, districts):
    """A run that many districts share as one row, then the rest."""
    same = ["force", "from", "to", *_SAME]
    together = runs.groupby(same, as_index=False).agg(
        sharing=("district", "nunique"), records=("records", _known), reason=("reason", "first")
    )
    shared = together[together["sharing"] >= MANY]
    rest = runs.merge(shared[same], on=same, how="left", indicator=True, validate="m:1")
    rest = rest[rest["_merge"] == "left_only"]
    number = shared["sharing"].astype(str)
    shared = shared.assign(district=number + f" of {districts} districts")
    return pd.concat([shared[COLUMNS], rest[COLUMNS].sort_values(["from", "district"])])
