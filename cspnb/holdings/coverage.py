"""Months of recorded crime and what they are worth, district by district, in runs."""

import pandas as pd

from cspnb.errors import CspnbError
from cspnb.holdings.runs import COLUMNS, in_runs, known, shared_once
from cspnb.measures.coverage import District, file_coverage
from cspnb.measures.months import SOUND
from cspnb.periods import Month, Period

WORTH_LISTING = 0.01
"""A district with less than this share of a force's records is a neighbour's, not its own."""


def months_held(holdings, district: str = "", say=None) -> pd.DataFrame:
    """Runs of months of each force's files that are absent or abnormal in a district.

    With `district` (name or code), all the months of that one, sound ones too. Returns `force`,
    `district`, `from`, `to`, `status`, `types` (how many crime types), `records`, `reason` (of
    the run). What many districts share is told once. Files of outcomes and stops that are cut
    short come last. `say` is told of each force before it is judged.
    Raises CspnbError where no record of the district is held.
    """
    if district:
        found = [_runs_of(holdings, force, each) for force, each in called(holdings, district)]
        if not found:
            raise _nobody_knows(district)
    else:
        found = [_of_force(holdings, force, say) for force in _spans(holdings)]
        found.append(_other_files(holdings))
    return pd.concat([pd.DataFrame(columns=COLUMNS), *found], ignore_index=True)


def judged(holdings) -> tuple[int, int]:
    """How many districts are judged, and of how many forces."""
    numbers = [len(_districts(holdings, force)) for force in _spans(holdings)]
    return sum(numbers), sum(1 for number in numbers if number)


def called(holdings, wanted: str) -> list[tuple[str, District]]:
    """The districts of this name or code, with the forces whose files tell of them.

    Names that no lookup and no file holds are known not to be there before anything is counted.
    """
    forces = list(_spans(holdings))
    own = [(f, d) for f in forces for d in holdings.districts_of(f) if _is_called(d, wanted)]
    if own or not _is_seen(holdings, wanted):
        return own
    named = [(f, d) for f in forces for d in _districts(holdings, f) if _is_called(d, wanted)]
    return named or _anywhere(holdings, wanted)


def _is_seen(holdings, wanted):
    """Whether a lookup has the code or name, or a file a district of this name."""
    links, asked = holdings.geography, wanted.casefold()
    seen = holdings.sources["districts_seen"].dropna().str.casefold().str.split("; ")
    names = [links[each].dropna().unique() for each in ("code", "name", "parent_code")]
    names.append(links["parent_name"].dropna().unique())
    return asked in set(seen.explode()) or any(
        asked in {name.casefold() for name in each} for each in names
    )


def _anywhere(holdings, wanted):
    """The force with most of the records that are placed in a district no force held polices."""
    rows = holdings.recorded.monthly
    here = rows["lad_name"].str.casefold().eq(wanted.casefold())
    here |= rows["lad_code"].str.casefold().eq(wanted.casefold())
    rows = rows[here.fillna(False).astype(bool)]
    if rows.empty:
        return []
    force = rows.groupby("force")["count"].sum().idxmax()
    return [(force, each) for each in _named(rows[rows["force"] == force])]


def _nobody_knows(district):
    return CspnbError(
        f"no records of a district '{district}' are held",
        remedy="Give its name or code as the ONS does: Harborough, or E07000131.",
    )


def _of_force(holdings, force, say):
    """What is not sound in a force's districts, what many share told once."""
    districts = _districts(holdings, force)
    if not districts:
        return pd.DataFrame(columns=COLUMNS)
    if say:
        say(f"judging the months of {force}: {len(districts)} districts")
    runs = [_runs_of(holdings, force, each, unsound=True) for each in districts]
    return shared_once(pd.concat(runs), len(districts))


def _runs_of(holdings, force, district, *, unsound=False):
    months = _months(holdings, district, force, _spans(holdings)[force])
    return in_runs(months[months["status"] != SOUND] if unsound else months)


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
    return holdings.once("spans of street files", lambda: _reach(holdings))


def _reach(holdings):
    """The months each force's street files reach over."""
    street = holdings.sources[holdings.sources["table"] == "offences"]
    return {
        force: Period(Month.parse(months.min()), Month.parse(months.max()))
        for force, months in street.groupby("force")["month"]
    }


def _districts(holdings, force):
    """Those a lookup names; without one, those the records are placed in."""
    if known_to_police := holdings.districts_of(force):
        return known_to_police
    monthly = holdings.recorded.monthly
    return _named(monthly[monthly["force"] == force], WORTH_LISTING)


def _named(rows, share=0.0):
    """The districts of placed rows by name, each with its code where a lookup placed any."""
    known_by = rows.groupby("lad_name").agg(count=("count", "sum"), code=("lad_code", "first"))
    known_by = known_by[known_by["count"] >= share * known_by["count"].sum()]
    codes = known_by["code"].fillna("")
    return tuple(District(code, name) for name, code in sorted(codes.items()))


def _months(holdings, district, force, span):
    """A row a month and status, its crime types together."""
    cells = holdings.district_counts(district, force, span)
    rows = cells.groupby(["month", "status"], as_index=False).agg(
        types=("crime_type", "count"), records=("count", known), reason=("reason", "first")
    )
    rows = rows.rename(columns={"month": "from"})
    return rows.assign(force=force, district=district.name, to=rows["from"])[COLUMNS]
