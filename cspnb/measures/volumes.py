"""How many, among how many: a measure's total with the people it is shared out among."""

from dataclasses import dataclass

from cspnb.measures.counts import Counts, Total, total
from cspnb.measures.definition import Measure
from cspnb.periods import Period

DENOMINATORS = ("residents", "households")
STAND_IN = "residents"
"""What a rate is per where its own denominator is not held."""


@dataclass(frozen=True)
class Volume:
    """A measure's counts in one area, and how many there are for a rate of them to be per.

    `population` is how many residents or households there are, None where that is not known;
    `population_label` is their definition with its year, for readers; `lack` says why there is
    no population, and is empty where there is one. `stand_in` is what they are where that is not
    what the measure's rate is meant to be per: 'residents' where no households are held.
    """

    counts: Counts
    population: float | None = None
    population_label: str = ""
    lack: str = ""
    stand_in: str = ""

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.counts.measure

    @property
    def denominator(self) -> str:
        """What the rate is per: residents or households."""
        return self.stand_in or self.measure.denominator

    @property
    def area(self) -> str:
        """Where."""
        return self.counts.area

    @property
    def period(self) -> Period:
        """Over which months."""
        return self.counts.period

    @property
    def total(self) -> Total:
        """The sum over the period, and whether it is whole."""
        return total(self.counts, self.period)
