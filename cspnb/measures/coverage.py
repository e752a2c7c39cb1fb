"""Which months of a district are sound, which are absent, and which are not to be believed.

Missing is not zero. The rule is written out, with its numbers, in docs/methods/coverage.md.
"""

from collections.abc import Iterable

import pandas as pd

from cspnb.measures.districts import District
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.placeless import without_place
from cspnb.measures.usual import ALL_TYPES, ONE_TYPE, unusual
from cspnb.periods import Month
from cspnb.scopes import Scope, crime_types_of, scope_of

WITHOUT_DISTRICTS = frozenset({"btp", "northern-ireland"})
"""Forces whose records are not judged by district: a railway's, and one without LSOAs."""


def coverage(
    monthly: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    force: str,
    area: District,
    months: Iterable[Month | str],
) -> pd.DataFrame:
    """Whether each month's figure is sound, absent or abnormal, per crime type, in a district.

    monthly: counts in force of every month held, not only those asked for: `force`, `month`,
    `lad_code`, `lad_name`, `crime_type`, `count`; rows without a district count in the force's
    total, so that it does not look too high where a neighbour's records lost their place. Such
    rows may say in `source_id` which file they are of.
    sources: the `sources` table. force: the district's own force.
    Returns one row a month and crime type of its era, in order: `month`, `crime_type`, `status`,
    `reason` (a sentence; empty where sound). With fewer than 6 other months of the same kind a
    month that is there is sound.
    """
    claims = claims_of(sources, force)
    own = monthly[(monthly["force"] == force) & monthly["month"].isin(claims.keys())]
    judged = None if force in WITHOUT_DISTRICTS else area
    findings = _findings(own, sources, claims, judged) if claims else {}
    cells = [
        (month, crime_type, *_judged(month, crime_type, claims.get(month), area, findings))
        for month in sorted({str(month) for month in months})
        for crime_type in sorted(crime_types_of(month))
    ]
    return pd.DataFrame(cells, columns=["month", "crime_type", "status", "reason"]).astype("str")


def file_coverage(totals: pd.Series) -> pd.DataFrame:
    """Whether each file of a force is whole, by its number of rows alone: stops and searches.

    totals: rows by month (`YYYY-MM`). Returns one row a month: `month`, `status`, `reason`.
    """
    found = _sentences(unusual(totals, _ones(totals), ALL_TYPES), _IN_FORCE)
    verdicts = [(month, *found.get((month, None), (SOUND, ""))) for month in sorted(totals.index)]
    return pd.DataFrame(verdicts, columns=["month", "status", "reason"]).astype("str")


def claims_of(sources: pd.DataFrame, force: str) -> dict[str, frozenset[Scope]]:
    """What a force's street files speak for, by month: the scopes that no other one covers."""
    own = sources[(sources["table"] == "offences") & (sources["force"] == force)]
    scopes: dict[str, set[Scope]] = {}
    for source in own.to_dict("records"):
        scopes.setdefault(source["month"], set()).add(scope_of(source))
    return {month: _widest(claimed) for month, claimed in scopes.items()}


def _widest(scopes):
    return frozenset(
        scope for scope in scopes if not any(o.covers(scope) and o != scope for o in scopes)
    )


def _judged(month, crime_type, claim, area, findings):
    """Status and reason of one cell."""
    if not claim:
        return ABSENT, f"no file of the force is held for {_label(month)}"
    if not any(scope.speaks_for(crime_type, area.code, area.name) for scope in claim):
        held = " or ".join(sorted({_described(scope, area) for scope in claim}))
        return ABSENT, f"the file held for {_label(month)} covers {held} only"
    sound = (SOUND, "")
    return findings.get((month, None)) or findings.get((month, crime_type), sound)


def _findings(own, sources, claims, area):
    """What is wrong: (status, reason) by month and crime type, None standing for all types."""
    totals = _monthly(own, claims)
    found = _unusual(totals, _ones(totals), claims, _IN_FORCE)
    if area is None:
        return found
    found = without_place(own, sources, claims, area) | found
    within = own[area.holds(own)]
    whole = _without(claims, found)
    found |= _unusual(_monthly(within, whole), totals, whole, _IN_DISTRICT)
    sound = _without(claims, found)
    in_force, in_district = _by_type(own), _by_type(within)
    for era, months in _eras(sound).items():
        for crime_type in sorted(era):
            of_type = _claims_of_type(months, crime_type)
            totals, counts = (_column(t, crime_type, of_type) for t in (in_force, in_district))
            found |= _unusual(counts, totals, of_type, _IN_DISTRICT, crime_type)
            found |= _unusual(totals, _ones(totals), of_type, _IN_FORCE, crime_type)
    return found


def _by_type(rows):
    """Counts with a row a month and a column a crime type."""
    return rows.pivot_table(index="month", columns="crime_type", values="count", aggfunc="sum")


def _column(table, crime_type, claims):
    """A type's counts in each month that has a file; none is a nought here, to be judged."""
    column = table[crime_type] if crime_type in table else pd.Series(dtype=float)
    return column.reindex(sorted(claims)).fillna(0)


def _eras(claims):
    """The months of each set of categories: one name may mean less once others are split off."""
    eras: dict[frozenset[str], dict] = {}
    for month, claim in claims.items():
        eras.setdefault(crime_types_of(month), {})[month] = claim
    return eras


def _without(claims, found):
    """The months that nothing is wrong with, as far as is known."""
    return {month: claim for month, claim in claims.items() if (month, None) not in found}


def _unusual(counts, bases, claims, where, crime_type=None):
    """Unusual months among those whose files speak for the same; others cannot be compared."""
    found = {}
    for claim in dict.fromkeys(claims.values()):
        months = [month for month in counts.index if claims[month] == claim]
        every_type = crime_type is None and any(scope.types is None for scope in claim)
        bounds = ALL_TYPES if every_type else ONE_TYPE
        found |= _sentences(unusual(counts[months], bases[months], bounds), where, crime_type)
    return found


def _claims_of_type(claims, crime_type):
    """The areas spoken for, by month, in one type; without the months that say nothing of it."""
    scopes = {
        month: _widest({Scope(None, s.areas) for s in claim if _has(s, crime_type)})
        for month, claim in claims.items()
    }
    return {month: claim for month, claim in scopes.items() if claim}


def _has(scope, crime_type):
    return scope.types is None or crime_type in scope.types


def _monthly(rows, claims):
    """Counts of each month that has a file; none is a nought here, to be judged."""
    return rows.groupby("month")["count"].sum().reindex(sorted(claims), fill_value=0)


def _ones(counts):
    return pd.Series(1.0, index=counts.index)


_IN_FORCE = ("in the force's files", "in the months around it")
_IN_DISTRICT = ("in the district", "expected from its usual share of the force")


def _sentences(found, where, crime_type=None):
    """(status, sentence) by month and crime type."""
    return {
        (month, crime_type): (row["status"], _sentence(month, row, where, crime_type))
        for month, row in found.iterrows()
    }


def _sentence(month, row, where, crime_type):
    place, measured_by = where
    number = f"{row['count']:,.0f}" if row["count"] else "no"
    records = "record" if row["count"] <= 1 else "records"
    of_type = f" of {crime_type}" if crime_type else ""
    about = f"{_roughly(row['expected']):,}"
    return (
        f"{_label(month)} holds {number} {records}{of_type} {place} "
        f"against about {about} {measured_by}"
    )


def _roughly(number):
    """Two significant figures: an expectation is no more exact than that."""
    return int(round(number, min(0, 2 - len(f"{number:.0f}"))))


def _described(scope, area):
    """'burglary', 'burglary in Shire', 'every type in Shire'; a district's own name goes unsaid."""
    types = "every type" if scope.types is None else ", ".join(sorted(scope.types)).lower()
    is_here = any(scope.speaks_for(each, area.code, area.name) for each in scope.types or ())
    areas = "" if scope.areas is None or is_here else " in " + ", ".join(sorted(scope.areas))
    return types + areas


def _label(month):
    return Month.parse(month).label
