"""Every source has its door, its page, its table and its hostile files."""

import re
from importlib import import_module

import pytest
import typer

from cspnb.cli import ingesting
from cspnb.schemas import TABLES
from tests.places import REPO

DOORS = sorted(typer.main.get_command(ingesting.app).commands)
PAGES = {"lookup": "lookups"}
INDEX = (REPO / "docs" / "data-sources.md").read_text(encoding="utf-8")
TESTS = {
    path: path.read_text(encoding="utf-8") for path in (REPO / "tests" / "unit").glob("test_*.py")
}


def page_of(door):
    return f"data-sources/{PAGES.get(door, door)}.md"


def row_of(door):
    """The line of the index that names a door: source, door, what comes in, tables."""
    [row] = [line for line in INDEX.splitlines() if f"| `{door}` |" in line]
    return row


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_a_module_that_takes_files_in(door):
    module = import_module(f"cspnb.ingest.{door.replace('-', '_')}")
    assert callable(module.ingest)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_in_the_index_with_its_page_and_its_tables(door):
    row = row_of(door)
    assert page_of(door) in row
    tables = re.findall(r"`(\w+)`", row.split("|")[4])
    assert tables
    assert set(tables) <= set(TABLES)


@pytest.mark.parametrize("door", DOORS)
def test_a_page_tells_publisher_licence_cadence_and_known_faults(door):
    page = (REPO / "docs" / page_of(door)).read_text(encoding="utf-8").casefold()
    for told in ("publisher", "licence", "cadence", "fault"):
        assert told in page, f"{page_of(door)} does not tell of {told}"


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_tried_with_hostile_files(door):
    """By the twins of tests/hostile.py, or by files spoilt in the source's own way."""
    name = door.replace("-", "_")
    hostile = [
        path.name
        for path, text in TESTS.items()
        if ("twins(" in text or "hostile" in path.name) and re.search(rf"\b{name}\.ingest\b", text)
    ]
    assert hostile, f"no test tries {door} with hostile files"


def test_every_table_that_a_door_fills_is_in_the_index():
    made_from_others = {"sources", "cells", "tallies", "points"}
    named = set(re.findall(r"`(\w+)`", INDEX))
    assert set(TABLES) - made_from_others <= named
