"""Fires and road casualties of a year: adjusted, whole, or not known and why."""

import pytest

from cspnb.ingest import fire, lookup, road_casualties
from cspnb.measures.counts import total
from cspnb.measures.coverage import District
from cspnb.params.measure import MeasureParams
from cspnb.params.origins import Fires, RoadCasualties
from cspnb.periods import Period
from cspnb.report.counting import count
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests import fire_files
from tests import road_casualties_files as roads

HARBOROUGH = Place("Harborough", (District("E07000131", "Harborough"),))
IN_2024 = Period.parse("2024-01..2024-12")

LOOKUP = """LSOA11CD,LSOA11NM,LAD19CD,LAD19NM
E01025800,Harborough 001A,E07000131,Harborough
E01025901,Melton 001A,E07000133,Melton
"""


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "lookup.csv"
    path.write_text(LOOKUP, encoding="utf-8")
    store = Store(str(tmp_path / "store"))
    lookup.ingest([path], store)
    return store


def counted(store, source, period):
    measure = MeasureParams(
        key="events",
        label="Events",
        unit="events",
        kind="count",
        good="lower",
        denominator="residents",
        why="It matters.",
        sources=(source,),
        not_in={"police_uk": "police.uk does not have it."},
    )
    return count(Holdings(store), measure, HARBOROUGH, period, years=2)


SEVERITIES = {"fatal": "1", "serious": "2", "slight": "3"}


def hurt_in_a_year(store, folder, people, year=2024):
    """people: (severity, adjusted_serious) of each; one collision in January, one in December."""
    of = {"collision_year": str(year)}
    index = [f"{year}{number:09d}" for number in (1, 2)]
    collisions = [
        roads.collision(1, collision_index=index[0], date=f"05/01/{year}", **of),
        roads.collision(2, collision_index=index[1], date=f"31/12/{year}", **of),
    ]
    casualties = [
        roads.casualty(
            1 + (number == 0),
            number + 1,
            collision_index=index[number == 0],
            casualty_severity=SEVERITIES[severity],
            casualty_adjusted_serious=adjusted,
            casualty_adjusted_slight="-1",
            **of,
        )
        for number, (severity, adjusted) in enumerate(people)
    ]
    paths = [
        roads.written(folder / f"collisions-{year}.csv", collisions),
        roads.written(folder / f"casualties-{year}.csv", casualties),
    ]
    road_casualties.ingest(paths, store)


FIVE = [
    ("fatal", "-1"),
    ("serious", "1"),
    ("serious", "0.9"),
    ("slight", "0.4"),
    ("slight", "0.45"),
]
"""One killed; two seriously and two slightly hurt as recorded, 2.75 and 1.25 as adjusted."""


@pytest.mark.parametrize(
    ("severities", "people"),
    [
        (("fatal", "serious"), 4),  # 1 + 2.75, where 3 are recorded
        (("serious",), 3),
        (("slight",), 1),
        (("fatal",), 1),
        (("serious", "slight"), 4),
        (("fatal", "serious", "slight"), 5),
    ],
)
def test_the_seriously_hurt_are_counted_as_adjusted(store, tmp_path, severities, people):
    hurt_in_a_year(store, tmp_path, FIVE)
    held = counted(store, RoadCasualties(origin="road_casualties", severities=severities), IN_2024)
    year = total(held, IN_2024)
    assert (year.count, year.complete) == (people, True)
    assert held.caveats == ()


KSI = RoadCasualties(origin="road_casualties", severities=("fatal", "serious"))
EVERYBODY = RoadCasualties(origin="road_casualties", severities=("fatal", "serious", "slight"))
RAW = [(severity, "-1") for severity, _ in FIVE]


def test_a_year_adjusted_for_some_and_not_for_others_says_so(store, tmp_path):
    hurt_in_a_year(store, tmp_path, [*FIVE[:4], ("slight", "-1")])
    held = counted(store, KSI, IN_2024)
    assert total(held, IN_2024).count == 3  # 1 + 1 + 0.9 + 0.4 is 3.3
    assert held.caveats == (
        "In January to December 2024 severities are adjusted for some casualties and as "
        "recorded for others: "
        "read no trend off the seriously hurt.",
    )


def test_years_on_two_bases_say_so(store, tmp_path):
    hurt_in_a_year(store, tmp_path, RAW, year=2023)
    hurt_in_a_year(store, tmp_path, FIVE)
    held = counted(store, KSI, IN_2024)
    assert total(held, Period.parse("2023-01..2023-12")).count == 3
    assert held.caveats == (
        "Severities are as recorded in January to December 2023 and adjusted in January to "
        "December 2024: "
        "read no trend off the seriously hurt.",
    )


def test_adding_up_everybody_needs_no_adjustment_and_no_caution(store, tmp_path):
    hurt_in_a_year(store, tmp_path, RAW, year=2023)
    hurt_in_a_year(store, tmp_path, FIVE)
    assert counted(store, EVERYBODY, IN_2024).caveats == ()


def test_why_no_year_is_known_is_said(store, tmp_path):
    hurt_in_a_year(store, tmp_path, FIVE)
    next_year = Period.parse("2025-01..2025-12")
    held = counted(store, KSI, Period.parse("2026-01..2026-12"))
    assert held.missing == "no file held has a casualty of 2026"
    assert total(counted(store, KSI, next_year), next_year).reason


FIRES_OF_2020 = Period.parse("2020/21")


@pytest.mark.parametrize(
    ("kinds", "count", "missing"),
    [
        (("primary",), 2, ""),
        (("secondary",), None, "no fire file held has secondary fires of 2020/21"),
        (("primary", "secondary"), None, "no fire file held has secondary fires of 2020/21"),
    ],
)
def test_a_file_of_primary_fires_says_nothing_of_others(store, tmp_path, kinds, count, missing):
    """The LSOA is the one the lookup has of Harborough."""
    rows = [("2020/21", fire_files.DWELLING, *fire_files.ONE)] * 2
    fire.ingest([fire_files.as_csv(tmp_path / "fires.csv", rows)], store)
    held = counted(store, Fires(origin="fires", kinds=kinds), FIRES_OF_2020)
    year = total(held, FIRES_OF_2020)
    assert (year.count, year.complete, held.missing) == (count, count is not None, missing)
