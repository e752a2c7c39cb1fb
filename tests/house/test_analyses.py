"""Every answer has one shape: computed, told, drawn or tabulated under one name, and documented.

`analysis.<name>` returns a frozen result that carries its method, source, coverage and the
reason where it cannot be judged; `narrative.<name>` tells it; a chart, a map or a table of the
same name shows it; a page of docs/methods says how it is worked out.
"""

import types
from dataclasses import is_dataclass
from typing import Union, get_args, get_origin, get_type_hints

import pytest

from cspnb import analysis, charts, maps, narrative, tables
from tests.places import REPO

CARRIED = ("method", "source", "coverage", "reason")
SHOWN_BY = (charts, maps, tables)
PAGES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((REPO / "docs" / "methods").glob("*.md"))
}

NOT_RESULTS = {
    "findings": "orders the results of others, and each finding carries the one it comes from",
    "suppressed": "hides small counts of a table of an analyst's own, whatever it is of",
}
"""Names of `analysis` that answer no question of their own, with why."""

NOT_YET = {}
"""Names that do not conform yet, with what they lack. Empty at the end."""

NAMES = [name for name in sorted(analysis.__all__) if name not in NOT_RESULTS]


def results_of(name):
    """The classes of result that an analysis is annotated to return: of a tuple, its items'."""
    returned = get_type_hints(getattr(analysis, name)).get("return")
    assert returned is not None, f"analysis.{name} does not say what it returns"
    return _classes(returned)


def _classes(annotation):
    if get_origin(annotation) in (Union, types.UnionType, tuple):
        parts = [part for part in get_args(annotation) if part is not Ellipsis]
        return [found for part in parts for found in _classes(part)]
    return [annotation]


def is_carried(result, name):
    return name in result.__dataclass_fields__ or isinstance(getattr(result, name, None), property)


def lacking(name):
    """What an analysis lacks of the shape, in words; nothing where it has all of it."""
    found = []
    for result in results_of(name):
        if not (is_dataclass(result) and result.__dataclass_params__.frozen):
            found.append(f"{result.__name__} is not a frozen dataclass")
            continue
        found += [
            f"{result.__name__} has no {part}" for part in CARRIED if not is_carried(result, part)
        ]
        if not (is_carried(result, "measure") or is_carried(result, "measures")):
            found.append(f"{result.__name__} has neither measure nor measures")
        found += [
            f"{result.__name__} has no {part}"
            for part in ("area", "period")
            if not is_carried(result, part)
        ]
    if name not in narrative.__all__:
        found.append(f"there is no narrative.{name}")
    if not any(name in room.__all__ for room in SHOWN_BY if hasattr(room, "__all__")):
        found.append(f"no chart, map or table is called {name}")
    if not any(f"analysis.{name}" in page for page in PAGES.values()):
        found.append(f"no page of docs/methods mentions analysis.{name}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_analysis_is_computed_told_shown_and_documented_under_one_name(name):
    found = lacking(name)
    if name in NOT_YET:
        assert found, f"{name} conforms now: take it off the list"
        pytest.skip(f"not yet: {NOT_YET[name]}")
    assert found == []


def test_the_lists_of_exceptions_name_only_what_there_is():
    assert {*NOT_RESULTS, *NOT_YET} <= set(analysis.__all__)
    assert all({*NOT_RESULTS.values(), *NOT_YET.values()})


def test_a_result_that_lacks_its_method_or_is_not_frozen_is_found_out(monkeypatch):
    """The rule itself, broken on purpose."""
    from dataclasses import make_dataclass

    parts = ["measure", "area", "period", "source", "coverage", "reason"]
    bare = make_dataclass("Bare", parts, frozen=True)
    loose = make_dataclass("Loose", [*parts, "method"])

    def bared() -> tuple[bare, ...]: ...

    def loosened() -> loose: ...

    monkeypatch.setattr(analysis, "bared", bared, raising=False)
    monkeypatch.setattr(analysis, "loosened", loosened, raising=False)
    assert lacking("bared") == [
        "Bare has no method",
        "there is no narrative.bared",
        "no chart, map or table is called bared",
        "no page of docs/methods mentions analysis.bared",
    ]
    assert lacking("loosened")[0] == "Loose is not a frozen dataclass"
