"""How small areas and what is known of them are said, wherever they are shown."""

from collections.abc import Mapping

import pandas as pd

from cspnb import numerals
from cspnb.analysis.of_small_areas import OfSmallAreas
from cspnb.measures.small_areas import LSOA
from cspnb.measures.snap_points import SNAPPED
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, sentence

AN_LSOA = (
    "A small area here is an LSOA (lower layer super output area), which the census draws to have "
    "between 1,000 and 3,000 residents."
)
VISITED = "places that are visited more than lived in, such as town centres, have high rates"
BUILT = "where homes have been built since residents were counted, the rate shown is too high"
OLD = "before the period"
_STREET = "police_uk"


def areas_of(result: OfSmallAreas, number: int) -> str:
    """So many areas: '47 small areas', '1 ward'."""
    named = "small area" if result.small_areas.level == LSOA else "ward"
    return f"{number:,} {named}{'' if number == 1 else 's'}"


def one_area(result: OfSmallAreas) -> str:
    """'small area' or 'ward'."""
    return areas_of(result, 1).removeprefix("1 ")


def how_many(number: int) -> str:
    """A number of areas in a sentence, where nought is 'none'."""
    return f"{number:,}" if number else "none"


def named(row: Mapping) -> str:
    """An area in a sentence: 'Harborough 008A (Bosworth ward)', or its own name for a ward."""
    ward = row["ward_name"]
    return f"{row['area_name']} ({ward} ward)" if isinstance(ward, str) else row["area_name"]


def subtitle(result: OfSmallAreas, unit: str) -> str:
    """Measure, place, period and unit."""
    small = result.small_areas
    kind = f"{result.kind} of {small.vintage}"
    return f"{result.measure.label}, {kind} of {result.area}, {result.period.label}, {unit}"


def missing_sentence(result: OfSmallAreas, doing: str) -> str:
    """That something cannot be done, and why: 'ASB in Barnet cannot be mapped for 2020/21: …'."""
    return sentence(
        f"{result.measure.label} in {result.area} cannot be {doing} for {result.period.label}: "
        f"{clause(result.reason)}"
    )


def unplaced(result: OfSmallAreas) -> str:
    """How many offences are in no area; '' for none."""
    number = result.small_areas.unplaced
    if not number:
        return ""
    counted = numerals.counted(number, result.measure.unit)
    return sentence(
        f"{counted} of {in_sentence(result.measure.label)} cannot be placed in any "
        f"{one_area(result)}, and {'is' if number == 1 else 'are'} in the total alone"
    )


def hidden(result: OfSmallAreas) -> str:
    """How many areas have a count that is not shown, and why; '' for none."""
    number = len(result.small_areas.hidden)
    if not number:
        return ""
    has = "has a count that is" if number == 1 else "have counts that are"
    return (
        f"{areas_of(result, number)} {has} not shown ({numerals.HIDDEN}): a small number, or one "
        "that would give a small number away. They are in the total."
    )


def notes(result: OfSmallAreas) -> tuple[str, ...]:
    """What stands in full view under every answer on small areas."""
    small = result.small_areas
    said = [
        unplaced(result),
        hidden(result),
        AN_LSOA if small.level == LSOA else "",
        SNAPPED if small.origin == _STREET else "",
        *map(sentence, small.notes),
        *always([result.measure]),
        *breaks.of_period(result.measure, result.period),
    ]
    return tuple(text for text in said if text)


def cautions(result: OfSmallAreas) -> tuple[str, ...]:
    """The cautions of the measure and the source, and that of rates per resident."""
    per_head = [] if small_is_uncounted(result) else [VISITED]
    if OLD in result.small_areas.population_label:
        per_head.append(BUILT)
    return caveats(result.measure, (*result.small_areas.caveats, *per_head))


def small_is_uncounted(result: OfSmallAreas) -> bool:
    """Whether no area has a known number of people."""
    return not result.small_areas.table["population"].notna().any()


def plain_name(value: object) -> str:
    """A name for a cell, a dash where there is none."""
    return numerals.DASH if pd.isna(value) else str(value)
