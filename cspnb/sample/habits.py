"""When the invented offences of a kind happen, under which codes, and to whom again."""

from dataclasses import dataclass

import numpy as np

_EVERY_DAY = (1.0,) * 7
_WEEKEND = (0.7, 0.7, 0.8, 0.9, 1.4, 1.6, 1.0)
_SHOP_DAYS = (1.0, 1.0, 1.0, 1.1, 1.2, 1.3, 0.6)
_WORKING_DAYS = (1.1, 1.1, 1.1, 1.1, 1.2, 0.8, 0.6)


@dataclass(frozen=True)
class Habit:
    """When offences of a kind begin, and how closely it is known.

    `days` weigh Monday to Sunday. They begin about `hour` of the clock, `spread` hours either
    way. `known` is the share whose time is known; of the others it is only known that they began
    within some hours, about `within`.
    """

    days: tuple[float, ...]
    hour: float
    spread: float
    known: float
    within: float = 9.0


_AT_WORK = Habit(_WORKING_DAYS, hour=9, spread=2, known=0.25)
_OVERNIGHT = Habit(_EVERY_DAY, hour=19, spread=2.5, known=0.2, within=11)
_NIGHT_OUT = Habit(_WEEKEND, hour=22.5, spread=3, known=0.95, within=3)
_SHOPPING = Habit(_SHOP_DAYS, hour=14.5, spread=2.5, known=0.9, within=4)

HABITS = {
    "domestic_burglary": _AT_WORK,
    "commercial_burglary": _OVERNIGHT,
    "theft_from_vehicle": _OVERNIGHT,
    "theft_of_vehicle": _OVERNIGHT,
    "domestic_injury": _NIGHT_OUT,
    "assault_injury": _NIGHT_OUT,
    "grave_injury": _NIGHT_OUT,
    "violence_without_injury": _NIGHT_OUT,
    "criminal_damage": _OVERNIGHT,
    "robbery": _NIGHT_OUT,
    "shoplifting": _SHOPPING,
    "bicycle_theft": _SHOPPING,
    "theft_from_person": _SHOPPING,
    "other_theft": _SHOPPING,
    "drugs": _NIGHT_OUT,
    "public_order": _NIGHT_OUT,
    "weapons": _NIGHT_OUT,
    "other_crime": _SHOPPING,
}

OFFENCES = {
    "domestic_burglary": (("28A", "Burglary in a dwelling", 1.0),),
    "commercial_burglary": (("30A", "Burglary other than in a dwelling", 1.0),),
    "theft_from_vehicle": (("45", "Theft from a motor vehicle", 1.0),),
    "theft_of_vehicle": (("48", "Theft of a motor vehicle", 1.0),),
    "domestic_injury": (("8N", "Assault with injury", 1.0),),
    "assault_injury": (("8N", "Assault with injury", 1.0),),
    "grave_injury": (("5D", "Assault with intent to cause serious harm", 1.0),),
    "violence_without_injury": (
        ("105A", "Assault without injury", 0.8),
        ("8L", "Harassment", 0.2),
    ),
    "criminal_damage": (
        ("58C", "Criminal damage to a vehicle", 0.5),
        ("58A", "Criminal damage to a dwelling", 0.3),
        ("58B", "Criminal damage to other buildings", 0.2),
    ),
    "robbery": (
        ("34B", "Robbery of personal property", 0.85),
        ("34A", "Robbery of business property", 0.15),
    ),
    "shoplifting": (("46", "Shoplifting", 1.0),),
    "bicycle_theft": (("44", "Theft of a pedal cycle", 1.0),),
    "theft_from_person": (("39", "Theft from the person", 1.0),),
    "other_theft": (("49", "Other theft", 1.0),),
    "drugs": (("92E", "Possession of cannabis", 0.75), ("92D", "Possession of other drugs", 0.25)),
    "public_order": (("9A", "Public fear, alarm or distress", 1.0),),
    "weapons": (("10D", "Possession of an article with a blade", 1.0),),
    "other_crime": (("54", "Handling stolen goods", 1.0),),
}
"""Each kind's Home Office codes, what they are called, and their shares of it."""

AGAIN = {"domestic_burglary": 0.12, "theft_from_vehicle": 0.06, "criminal_damage": 0.08}
"""The share of a kind's offences that follow another within days, next door or nearly."""

_SAME_AGAIN = 0.16
"""The share of offences against someone, or somewhere, already harmed by one of the kind."""

_SOON = 0.08
"""How soon after: this share of the kind's offences, on average, lie between."""


def references(number: int, chance: np.random.Generator) -> np.ndarray:
    """For each offence in time order the first one against the same victim; itself, mostly."""
    who = np.arange(number)
    between = np.floor(chance.exponential(_SOON * max(number, 1), number)).astype(np.int64)
    for place in np.flatnonzero(chance.random(number) < _SAME_AGAIN):
        if between[place] < place:
            who[place] = who[place - 1 - between[place]]
    return who
