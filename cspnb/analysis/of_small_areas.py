"""What every answer on small areas has from the counts it is of."""

from cspnb.measures import months
from cspnb.measures.definition import Measure
from cspnb.measures.small_areas import LSOA, SmallAreas
from cspnb.periods import Period


class OfSmallAreas:
    """An answer on the small areas of one partnership: `small_areas` is what it is of."""

    small_areas: SmallAreas

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.small_areas.measure

    @property
    def area(self) -> str:
        """The partnership."""
        return self.small_areas.area

    @property
    def period(self) -> Period:
        """Over which months."""
        return self.small_areas.period

    @property
    def source(self) -> str:
        """Where the counts, the residents and the outlines come from."""
        held = self.small_areas
        parts = (held.source, held.population_label, held.outline_source)
        return "; ".join(part for part in parts if part)

    @property
    def coverage(self) -> str:
        """How many months of the period are sound."""
        return months.coverage(self.small_areas.months)

    @property
    def kind(self) -> str:
        """What the areas are: 'LSOAs' or 'wards'."""
        return kind_of(self.small_areas)


def kind_of(small_areas: SmallAreas) -> str:
    """What the areas are: 'LSOAs' or 'wards'."""
    return "LSOAs" if small_areas.level == LSOA else "wards"


def why_nothing(small_areas: SmallAreas) -> str:
    """Why nothing can be judged of any area: no counts, or not of the whole period; else ''."""
    if small_areas.missing:
        return small_areas.missing
    if small_areas.is_whole:
        return ""
    return f"{small_areas.period.label} is incomplete ({months.unsound(small_areas.months)})"
