"""What one params file says of another: the measures a partnership names."""

from collections.abc import Collection, Iterator, Mapping

from cspnb.params.measure import MeasureParams
from cspnb.params.nearest import did_you_mean
from cspnb.params.partnership import Partnership
from cspnb.params.problems import Problem
from cspnb.params.reading import Document, Place

_LISTS = ("measures", "key_measures")
_KIND_OF_TARGET = {"count": "change", "percentage": "level"}


def unknown_measures(document: Document, known: Collection[str]) -> list[Problem]:
    """A problem for each measure a partnership's file names that has no file of its own.

    It reads the document, not the model, so that an unsound file is told of these as well.
    """
    return [
        document.problem(
            place, f"there is no measure '{key}'", did_you_mean(key, known, "The measures")
        )
        for place, key in _measures_named(document.values, ())
        if key not in known
    ]


def other_names(document: Document) -> tuple[str, ...]:
    """What a partnership's file says it is also known as, whether the file is sound or not."""
    names = document.values.get("also_known_as")
    return names if isinstance(names, tuple) else ()


def misplaced_targets(
    partnership: Partnership, document: Document, measures: Mapping[str, MeasureParams]
) -> Iterator[Problem]:
    """A problem for each target of a kind its measure cannot have: only percentages have levels."""
    for number, plan in enumerate(partnership.plans):
        for position, target in enumerate(plan.targets):
            measure = measures.get(target.measure)
            if measure and target.kind != _KIND_OF_TARGET[measure.kind]:
                yield document.problem(
                    ("plans", number, "targets", position, "kind"),
                    f"{measure.key} is a {measure.kind}, so its target cannot be a {target.kind}",
                    f"Write kind: {_KIND_OF_TARGET[measure.kind]}, and mend the value.",
                )


def _measures_named(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _measures_named(inner, (*place, key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _measures_named(inner, (*place, position))
    elif isinstance(value, str) and _names_a_measure(place):
        yield place, value


def _names_a_measure(place: Place) -> bool:
    return place[-1] == "measure" or (len(place) > 1 and place[-2] in _LISTS)
