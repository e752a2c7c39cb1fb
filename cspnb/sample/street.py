"""The police.uk files of street-level records, and of the outcomes of some."""

from hashlib import sha256

import numpy as np
import pandas as pd

from cspnb.sample.ground import Ground
from cspnb.sample.kinds import ASB, KINDS, PUBLISHED, crime_type
from cspnb.sample.model import stream
from cspnb.sample.police_forces import Force

STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
    "LSOA code,LSOA name,Crime type,Last outcome category,Context"
)
OUTCOMES_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
    "LSOA code,LSOA name,Outcome type"
)

FIRST_OUTCOMES = "2012-01"
"""police.uk publishes no outcome before this month."""

_OUTCOMES = {
    "Investigation complete; no suspect identified": 0.52,
    "Unable to prosecute suspect": 0.18,
    "Under investigation": 0.08,
    "Local resolution": 0.07,
    "Awaiting court outcome": 0.06,
    "Offender given a caution": 0.05,
    "Status update unavailable": 0.04,
}
_NOWHERE = ",,No Location,,"
_NOWHERE_SHARE = 0.006
_NO_CONTEXT = ""


def street_records(
    force: Force, monthly: pd.DataFrame, ground: Ground, *, seed: int
) -> pd.DataFrame:
    """One row a record of a force: `crime_id`, `month`, `force_name`, `place`, `crime_type`,
    `last_outcome`; in the order of the files, which is by month and by place.

    `place` is the five columns from longitude to LSOA name, as written. Records with no place
    come on top of the counts, about six in a thousand: they belong to no district.
    """
    chance = stream(seed, f"street {force.slug}")
    months = force.months
    month, kind, point = _drawn(force, monthly, ground.points, chance)
    places = np.array([*_place_texts(ground.points), _NOWHERE], dtype=object)
    names = np.array([force.name_in(each) for each in months], dtype=object)
    is_incident = np.array([name == ASB for name in PUBLISHED])[kind]
    return pd.DataFrame(
        {
            "crime_id": _crime_ids(f"{seed} {force.slug}", is_incident),
            "month": np.array(months, dtype=object)[month],
            "force_name": names[month],
            "place": places[point],
            "crime_type": _type_names(months)[month, kind],
            "last_outcome": _last_outcomes(np.array(months)[month], is_incident, chance),
        },
        dtype=object,
    )


def _drawn(force, monthly, points, chance):
    """Month, kind and snap point of each record, as positions, sorted by month and place."""
    codes, months = list(force.centres), force.months
    wanted = pd.MultiIndex.from_product([codes, months])
    counts = monthly.loc[wanted, list(PUBLISHED)].to_numpy()
    cell, kind = (axis.ravel() for axis in np.indices(counts.shape))
    cell, kind = cell.repeat(counts.ravel()), kind.repeat(counts.ravel())
    district, month = np.divmod(cell, len(months))
    point = _points_drawn(np.array(codes, dtype=object)[district], points, chance)
    lost = chance.choice(point.size, size=round(point.size * _NOWHERE_SHARE), replace=False)
    month, kind = np.append(month, month[lost]), np.append(kind, kind[lost])
    point = np.append(point, np.full(lost.size, len(points)))
    order = np.lexsort((point, month))
    return month[order], kind[order], point[order]


def _points_drawn(lad_codes, points, chance):
    """A snap point for each record, within its district, by the points' shares."""
    drawn = np.empty(lad_codes.size, dtype=np.int64)
    for code, own in points.groupby("lad_code", sort=False):
        chosen = np.flatnonzero(lad_codes == code)
        drawn[chosen] = chance.choice(own.index, size=chosen.size, p=own["share"])
    return drawn


def _place_texts(points: pd.DataFrame) -> list[str]:
    return [
        f"{p.longitude:.6f},{p.latitude:.6f},{p.location},{p.lsoa_code},{p.lsoa_name}"
        for p in points.itertuples()
    ]


def _type_names(months) -> np.ndarray:
    published = [kind for kind in KINDS if kind.crime_types]
    return np.array(
        [[crime_type(kind, month) for kind in published] for month in months], dtype=object
    )


def _crime_ids(series: str, is_incident: np.ndarray) -> list[str]:
    """64 hexadecimal digits for a crime; nothing for an incident of anti-social behaviour."""
    return [
        "" if incident else sha256(f"{series} {serial}".encode("ascii")).hexdigest()
        for serial, incident in enumerate(is_incident)
    ]


def _last_outcomes(month, is_incident, chance) -> np.ndarray:
    drawn = chance.choice(len(_OUTCOMES), size=month.size, p=list(_OUTCOMES.values()))
    outcomes = np.array(list(_OUTCOMES), dtype=object)[drawn]
    outcomes[is_incident | (month < FIRST_OUTCOMES)] = ""
    return outcomes


def street_csv(records: pd.DataFrame) -> bytes:
    """One month's street file. No field needs quotes, which a test holds."""
    columns = [records[name] for name in records.columns]
    lines = [
        f"{crime_id},{month},{name},{name},{place},{kind},{outcome},{_NO_CONTEXT}"
        for crime_id, month, name, place, kind, outcome in zip(*columns, strict=True)
    ]
    return _text([STREET_HEADER, *lines])


def outcomes_csv(records: pd.DataFrame) -> bytes:
    """One month's outcomes file: the crimes of the month whose outcome is known."""
    known = records[~records["last_outcome"].isin(["", "Under investigation"])]
    lines = [
        f"{each.crime_id},{each.month},{each.force_name},{each.force_name},"
        f"{each.place},{each.last_outcome}"
        for each in known.itertuples()
    ]
    return _text([OUTCOMES_HEADER, *lines])


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
