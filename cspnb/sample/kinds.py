"""What the sample counts: kinds of offence and incident, finer than any published category.

A police.uk crime type is a sum of kinds, and so is a measure of the indicators sheet. The two
therefore agree: police.uk's Burglary is the sheet's domestic and commercial burglary together.
"""

from dataclasses import dataclass

import numpy as np

ASB = "anti_social_behaviour"

_ERA_STARTS = ("2011-09", "2013-05")
"""First months of the second and the third set of police.uk's crime types."""

_ANCHOR_YEARS = (2003, 2008, 2012, 2013, 2020)
"""Financial years, by their first, at which a kind's level is given; straight lines between."""


@dataclass(frozen=True)
class Kind:
    """A kind of offence or incident.

    `harborough` is its number there in 2012/13 and 2013/14. `levels` are relative to 2012/13 in
    the anchor years. The season swings by `swing` about the mean and peaks in `peak` (1-12).
    `crime_types` are police.uk's names in its three eras; empty for a kind it never publishes.
    """

    name: str
    harborough: tuple[int, int]
    levels: tuple[float, ...]
    swing: float
    peak: int
    crime_types: tuple[str, ...] = ()

    @property
    def is_crime(self) -> bool:
        """Whether it counts towards total crime: recorded crime, which ASB is not."""
        return bool(self.crime_types) and self.name != ASB


_OTHER = "Other crime"
_BURGLARY = ("Burglary",) * 3
_VEHICLE = ("Vehicle crime",) * 3
_ROBBERY = ("Robbery",) * 3
_INCIDENT = ("Anti-social behaviour",) * 3
_VIOLENCE = ("Violent crime", "Violent crime", "Violence and sexual offences")
_DAMAGE = (_OTHER, "Criminal damage and arson", "Criminal damage and arson")
_SHOPLIFTING = (_OTHER, "Shoplifting", "Shoplifting")
_BICYCLE = (_OTHER, "Other theft", "Bicycle theft")
_PERSON = (_OTHER, "Other theft", "Theft from the person")
_THEFT = (_OTHER, "Other theft", "Other theft")
_DRUGS = (_OTHER, "Drugs", "Drugs")
_DISORDER = (_OTHER, "Public disorder and weapons", "Public order")
_WEAPONS = (_OTHER, "Public disorder and weapons", "Possession of weapons")
_REST = (_OTHER,) * 3

# Harborough's numbers meet the published counts of 2012/13 and 2013/14; all the crimes together
# meet the published totals, 2773 and 2778.
KINDS = (
    Kind("domestic_burglary", (153, 253), (1.7, 1.25, 1, 1.25, 0.8), 0.10, 12, _BURGLARY),
    Kind("commercial_burglary", (107, 106), (1.6, 1.3, 1, 1, 0.8), 0.05, 11, _BURGLARY),
    Kind("theft_from_vehicle", (335, 284), (2, 1.45, 1, 0.87, 0.75), 0.06, 10, _VEHICLE),
    Kind("theft_of_vehicle", (38, 54), (2.6, 1.7, 1, 1.15, 1.3), 0.05, 10, _VEHICLE),
    Kind("domestic_injury", (59, 68), (0.9, 0.95, 1, 1.08, 1.6), 0.06, 7, _VIOLENCE),
    Kind("assault_injury", (92, 95), (1.3, 1.15, 1, 1.03, 1.2), 0.06, 7, _VIOLENCE),
    Kind("grave_injury", (12, 13), (1.3, 1.15, 1, 1.03, 1.2), 0.06, 7, _VIOLENCE),
    Kind("violence_without_injury", (317, 327), (1.1, 1.1, 1, 1.03, 1.9), 0.06, 7, _VIOLENCE),
    Kind("criminal_damage", (490, 412), (1.9, 1.55, 1, 0.88, 0.7), 0.07, 5, _DAMAGE),
    Kind("robbery", (22, 24), (1.4, 1.2, 1, 1.05, 0.9), 0.05, 11, _ROBBERY),
    Kind("shoplifting", (260, 275), (1.1, 1.05, 1, 1.05, 1), 0.05, 12, _SHOPLIFTING),
    Kind("bicycle_theft", (70, 66), (1.2, 1.1, 1, 0.95, 0.6), 0.20, 7, _BICYCLE),
    Kind("theft_from_person", (45, 42), (1.4, 1.2, 1, 0.95, 0.6), 0.05, 12, _PERSON),
    Kind("other_theft", (470, 446), (1.5, 1.2, 1, 0.96, 0.65), 0.05, 8, _THEFT),
    Kind("drugs", (120, 126), (0.9, 1.05, 1, 1.03, 0.95), 0.03, 6, _DRUGS),
    Kind("public_order", (95, 101), (1.5, 1.2, 1, 1.05, 1.9), 0.08, 7, _DISORDER),
    Kind("weapons", (18, 17), (1.3, 1.1, 1, 1, 1.9), 0.03, 7, _WEAPONS),
    Kind("other_crime", (70, 69), (1, 1, 1, 1, 1.4), 0.03, 6, _REST),
    Kind(ASB, (1269, 1159), (1.7, 1.4, 1, 0.92, 0.85), 0.12, 7, _INCIDENT),
    Kind("domestic_abuse", (612, 640), (0.8, 0.9, 1, 1.05, 1.5), 0.05, 7),
    Kind("hate_crime", (34, 41), (0.8, 0.9, 1, 1.1, 2), 0.08, 7),
    Kind("primary_fires", (98, 91), (2, 1.4, 1, 0.95, 0.8), 0.05, 7),
    Kind("secondary_fires", (84, 72), (2.2, 1.6, 1, 0.95, 0.8), 0.25, 6),
    Kind("road_casualties", (46, 44), (1.5, 1.25, 1, 1, 0.8), 0.06, 10),
)

KIND_NAMES = tuple(kind.name for kind in KINDS)
CRIMES = tuple(kind.name for kind in KINDS if kind.is_crime)
PUBLISHED = tuple(kind.name for kind in KINDS if kind.crime_types)
"""The kinds that police.uk publishes: crimes and ASB."""


def crime_type(kind: Kind, month: str) -> str:
    """police.uk's name for a kind of offence in a month, by the set then in use (three eras)."""
    return kind.crime_types[sum(month >= start for start in _ERA_STARTS)]


def levels(years: range) -> np.ndarray:
    """Each kind's level in each financial year (years by kinds), 1 in 2012/13."""
    return np.column_stack([np.interp(years, _ANCHOR_YEARS, kind.levels) for kind in KINDS])


def seasons() -> np.ndarray:
    """Each kind's share of a year by month (kinds by 12, April first); rows sum to 1."""
    calendar_month = (np.arange(12) + 3) % 12 + 1
    swing = np.array([[kind.swing] for kind in KINDS])
    peak = np.array([[kind.peak] for kind in KINDS])
    return (1 + swing * np.cos(2 * np.pi * (calendar_month - peak) / 12)) / 12
