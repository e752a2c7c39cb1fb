"""A taste of stop and search: a few invented records, in police.uk's own columns."""

import numpy as np

from cspnb.sample.ground import Ground
from cspnb.sample.model import stream
from cspnb.sample.notice import INVENTED
from cspnb.sample.police_forces import Force

STOPS_HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)

_KINDS = ("Person search", "Person and Vehicle search")
_AGES = ("10-17", "18-24", "25-34", "over 34")
_REASONS = (
    ("Misuse of Drugs Act 1971 (section 23)", "Controlled drugs"),
    ("Police and Criminal Evidence Act 1984 (section 1)", "Stolen goods"),
    ("Police and Criminal Evidence Act 1984 (section 1)", "Offensive weapons"),
)
_OUTCOMES = ("A no further action disposal", "Community resolution", "Arrest")


def stops_csv(force: Force, month: str, ground: Ground, *, seed: int, number: int = 60) -> bytes:
    """One month's stop-and-search file. Ethnicity is blank: an invented one would say something."""
    chance = stream(seed, f"stops {force.slug} {month}")
    points = ground.points[ground.points["lad_code"].isin(list(force.centres))]
    chosen = points.sample(number, random_state=chance)
    minute = np.sort(chance.integers(0, 28 * 24 * 60, number))
    lines = [
        _line(month, at, point, chance)
        for at, point in zip(minute, chosen.itertuples(), strict=True)
    ]
    return ("\n".join([STOPS_HEADER, *lines]) + "\n").encode("utf-8")


def _line(month, minute, point, chance) -> str:
    day, minute = divmod(int(minute), 24 * 60)
    legislation, sought = _one_of(_REASONS, chance)
    return ",".join(
        (
            _one_of(_KINDS, chance),
            f"{month}-{day + 1:02d}T{minute // 60:02d}:{minute % 60:02d}:00+00:00",
            "True",
            INVENTED,
            f"{point.latitude:.6f}",
            f"{point.longitude:.6f}",
            _one_of(("Male", "Female"), chance),
            _one_of(_AGES, chance),
            "",
            "",
            legislation,
            sought,
            _one_of(_OUTCOMES, chance),
            _one_of(("True", "False"), chance),
            "False",
        )
    )


def _one_of(choices, chance):
    return choices[chance.integers(len(choices))]
