"""Collisions and casualties: codes into words, and each casualty where its collision was."""

import pandas as pd
import pytest

from cspnb.ingest import road_casualties
from cspnb.ingest.road_casualties.in_force import killed_or_seriously_injured
from cspnb.periods import Period
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark
from tests.road_casualties_files import (
    HARBOROUGH,
    MELTON,
    NEWER,
    OLDER,
    VEHICLES,
    casualty,
    collision,
    written,
)

COLLISIONS = [
    collision(1, collision_severity="1", number_of_casualties="3"),
    collision(2, date="31/12/2024", time="18:12", local_authority_ons_district=MELTON),
]
CASUALTIES = [
    casualty(1, 1, casualty_severity="1", casualty_adjusted_slight="0"),
    casualty(1, 2, casualty_severity="2", casualty_adjusted_serious="0.8"),
    casualty(1, 3, casualty_adjusted_serious="0.25"),
    casualty(2, 1, casualty_class="3", sex_of_casualty="9", age_band_of_casualty="-1"),
]


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(*, collisions=COLLISIONS, casualties=CASUALTIES, names=NEWER, **options):
        paths = []
        if casualties:
            paths.append(written(tmp_path / "casualties.csv", casualties, names))
        if collisions:
            paths.append(written(tmp_path / "collisions.csv", collisions, names))
        return road_casualties.ingest(paths, store, **options)

    return take


def ksi(store, code, period):
    frame, sources = store.read("casualties"), store.sources()
    rows = killed_or_seriously_injured(
        frame, sources, lad_codes=[code], period=Period.parse(period)
    )
    return rows.iloc[0]


@pytest.mark.parametrize("names", [NEWER, OLDER])
def test_codes_become_words_under_the_newer_names_and_the_older(take, store, names):
    take(names=names)
    collisions = store.read("collisions").set_index("collision_id")
    first = collisions.loc["2024000000001"]
    assert first[["month", "at", "severity", "casualties", "speed_limit"]].tolist() == [
        "2024-01",
        "2024-01-05T00:05",
        "fatal",
        3,
        30,
    ]
    assert first[["lsoa_code", "lad_code", "easting"]].tolist() == ["E01025800", HARBOROUGH, 473900]

    casualties = store.read("casualties").set_index(["collision_id", "casualty_reference"])
    serious = casualties.loc[("2024000000001", "2")]
    assert serious[["severity", "casualty_class", "sex", "age_band"]].tolist() == [
        "serious",
        "driver or rider",
        "female",
        "26 to 35",
    ]
    assert (serious["adjusted_serious"], serious["injury_based"]) == (0.8, "yes")


def test_a_casualty_is_when_and_where_its_collision_was(take, store):
    take()
    melton = store.read("casualties").set_index("collision_id").loc["2024000000002"]
    assert melton[["lad_code", "month", "time"]].tolist() == [MELTON, "2024-12", "18:12"]
    assert melton[["sex", "age_band"]].isna().all(), "9 and -1 are unknown"


def test_casualties_may_come_after_their_collisions(take, store):
    take(casualties=None)
    take(collisions=None)
    assert store.read("casualties")["lad_code"].value_counts().to_dict() == {
        HARBOROUGH: 3,
        MELTON: 1,
    }


def test_casualties_without_any_collision_are_refused(take, store):
    with pytest.raises(road_casualties.IngestError, match="none of the 4 casualties"):
        take(collisions=None)
    assert not store.exists()


def test_casualties_of_a_year_without_any_collision_are_left_out_and_counted(take, store):
    of_2023 = casualty(9, collision_index="2023000000009", collision_year="2023")
    taken = take(casualties=[*CASUALTIES, of_2023])
    source = taken.sources.set_index("table").loc["casualties"]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (5, 4, 1)
    assert source["rejections"] == "collision not held (1)"
    assert ksi(store, HARBOROUGH, "2023-01..2023-12")["reason"] == (
        "no file held has a casualty of 2023"
    )


MONTHS_OF_2023 = [f"05/{month:02d}/2023" for month in range(1, 13)]


def of_2023(month, make, **changes):
    return make(month, collision_index=f"2023{month:09d}", collision_year="2023", **changes)


@pytest.mark.parametrize("year", ["2023", "-1"])
def test_a_year_that_lacks_the_collisions_of_some_casualties_is_refused(tmp_path, store, year):
    """A casualty a month, and the collisions of January and December: ten would be lost."""
    there = [of_2023(month, collision, date=MONTHS_OF_2023[month - 1]) for month in (1, 12)]
    hurt = [of_2023(month, casualty) | {"collision_year": year} for month in range(1, 13)]
    collisions = written(tmp_path / "collisions.csv", there)
    casualties = written(tmp_path / "casualties.csv", hurt)

    def both(path):
        return road_casualties.ingest([collisions, path], store)

    error = refused(both, casualties, store)
    assert "line 3" in str(error)
    assert "'2023000000002' is a collision that is not held, of a year of which" in str(error)
    assert "(and 9 more like it)" in str(error)
    assert "whole year" in error.remedy


def test_a_casualty_of_a_collision_that_is_not_held_and_of_no_known_year_is_refused(
    tmp_path, store
):
    stray = casualty(9, collision_index="A9", collision_year="-1")
    there = written(tmp_path / "collisions.csv", COLLISIONS)
    path = written(tmp_path / "casualties.csv", [*CASUALTIES, stray])
    error = refused(lambda path: road_casualties.ingest([there, path], store), path, store)
    assert "'A9' is a collision that is not held, of no year that is stated" in str(error)


def test_the_table_of_vehicles_is_known_and_passed_by(take, tmp_path, store):
    vehicles = written(tmp_path / "vehicles.csv", [dict.fromkeys(VEHICLES, "1")])
    collisions = written(tmp_path / "collisions.csv", COLLISIONS)
    taken = road_casualties.ingest([vehicles, collisions], store)
    assert taken.ignored == ("vehicles.csv (vehicles)",)
    assert list(taken.sources["table"]) == ["collisions"]


def test_the_same_files_again_change_nothing(take, store):
    take()
    before = store.versions()
    assert take().unchanged == ("collisions.csv", "casualties.csv")
    assert store.versions() == before


@pytest.mark.parametrize(
    ("code", "period", "figure", "basis"),
    [
        # 1 fatal, and 0.8 + 0.25 of the two others
        (HARBOROUGH, "2024-01..2024-12", 2.05, "adjusted"),
        (HARBOROUGH, "2024-01", 2.05, "adjusted"),
        (HARBOROUGH, "2024-02..2024-11", 0, "as recorded"),
        (MELTON, "2024-01..2024-12", 0, "adjusted"),
    ],
)
def test_killed_or_seriously_injured_is_fatal_and_the_sum_of_adjusted_serious(
    take, store, code, period, figure, basis
):
    take()
    row = ksi(store, code, period)
    assert row["ksi"] == pytest.approx(figure)
    assert row["basis"] == basis


def test_without_adjustment_it_is_fatal_and_serious_as_recorded(take, store):
    blank = {"casualty_adjusted_serious": "-1", "casualty_adjusted_slight": "-1"}
    take(casualties=[row | blank for row in CASUALTIES])
    row = ksi(store, HARBOROUGH, "2024-01..2024-12")
    assert (row["ksi"], row["basis"]) == (2, "as recorded")


def test_some_with_adjustment_and_some_without_is_said(take, store):
    unadjusted = CASUALTIES[2] | {"casualty_adjusted_serious": "-1"}
    take(casualties=[*CASUALTIES[:2], unadjusted, CASUALTIES[3]])
    row = ksi(store, HARBOROUGH, "2024-01..2024-12")
    assert (row["ksi"], row["basis"]) == (1.8, "part adjusted")


@pytest.mark.parametrize(
    ("code", "period", "reason"),
    [
        (HARBOROUGH, "2023-01..2023-12", "no file held has a casualty of 2023"),
        ("E07000130", "2024-01..2024-12", "no file held has a casualty of 2024"),
        (HARBOROUGH, "2024/25", "no file held has a casualty of 2025"),
    ],
)
def test_what_no_file_speaks_for_is_missing_and_not_zero(take, store, code, period, reason):
    take()
    row = ksi(store, code, period)
    assert pd.isna(row["ksi"])
    assert row["reason"] == reason


def test_a_file_that_ends_in_june_does_not_speak_for_the_year(take, store):
    take(collisions=[COLLISIONS[0], collision(2, date="30/06/2024")])
    assert ksi(store, HARBOROUGH, "2024-01..2024-06")["ksi"] == pytest.approx(2.05)
    assert ksi(store, HARBOROUGH, "2024-01..2024-12")["reason"] == (
        "the files of 2024 end with 2024-06"
    )


def test_the_newest_edition_speaks(take, store):
    take(edition="2025-05")
    take(
        casualties=[row | {"casualty_adjusted_serious": "0"} for row in CASUALTIES],
        edition="2025-09",
    )
    assert ksi(store, HARBOROUGH, "2024-01..2024-12")["ksi"] == 1


def test_another_answer_of_the_same_edition_is_refused(take, tmp_path, store):
    take()
    other = written(tmp_path / "other.csv", [COLLISIONS[0] | {"collision_severity": "2"}])
    error = refused(lambda path: road_casualties.ingest([path], store), other, store)
    assert "fatal" in str(error)
    assert "--edition" in error.remedy


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"collision_severity": "4"}, "'4' is none of its code numbers"),
        ({"collision_severity": "-1"}, "'-1' stands where a value must"),
        ({"date": "2024"}, "'2024' is not a date"),
        ({"date": "05/01/2023"}, "'2024' is not the year of the row's date"),
        ({"time": "24:10"}, "'24:10' is not a time of day"),
        ({"speed_limit": "600"}, "'600' is not between 0 and 99"),
        ({"local_authority_ons_district": "Harborough"}, "is the code of no district"),
        ({"lsoa_of_collision_location": "E02000001"}, "is the code of no LSOA"),
        ({"location_easting_osgr": "9473900"}, "'9473900' is not between"),
        ({"collision_index": "2024000000002", "time": "09:00"}, "stands in the file a second time"),
    ],
)
def test_a_faulty_table_of_collisions_is_refused(tmp_path, store, changes, says):
    path = written(tmp_path / "c.csv", [COLLISIONS[0] | changes, COLLISIONS[1]])
    error = refused(lambda path: road_casualties.ingest([path], store), path, store)
    assert says in str(error)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"casualty_class": "5"}, "'5' is none of its code numbers"),
        ({"casualty_adjusted_serious": "1.5"}, "'1.5' is not between 0 and 1"),
        ({"casualty_reference": "2"}, "stands in the file a second time"),
        ({"age_band_of_casualty": "12"}, "'12' is none"),
    ],
)
def test_a_faulty_table_of_casualties_is_refused(tmp_path, store, changes, says):
    there = written(tmp_path / "collisions.csv", COLLISIONS)
    path = written(tmp_path / "c.csv", [CASUALTIES[0] | changes, *CASUALTIES[1:]])
    error = refused(lambda path: road_casualties.ingest([there, path], store), path, store)
    assert says in str(error)


def test_a_row_cut_short_is_refused(tmp_path, store):
    path = written(tmp_path / "c.csv", COLLISIONS)
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    error = refused(lambda path: road_casualties.ingest([path], store), path, store)
    assert "line 3" in str(error)


LOCAL = pd.DataFrame(
    {
        "Grid Ref: Easting": ["436147", "436147", "436147"],
        "Grid Ref: Northing": ["434957", "434957", "434957"],
        "Time (24hr)": ["1812", "5", "5"],
        "Casualty Class": ["1", "2", "2"],
        "Casualty Severity": ["2", "3", "3"],
        "Sex of Casualty": ["2", "1", "1"],
        "Age of Casualty": ["76", "25", "25"],
    }
)
"""Two of the three are alike in everything, and are two people."""

LEEDS = {"district": "E08000035", "year": 2019}


def local(tmp_path, frame=LOCAL, name="leeds.csv"):
    path = tmp_path / name
    frame.to_csv(path, index=False)
    return path


def test_a_councils_file_has_casualties_and_no_collisions(tmp_path, store):
    taken = road_casualties.ingest([local(tmp_path)], store, **LEEDS)
    rows = store.read("casualties")
    assert sorted(rows["time"]) == ["00:05", "00:05", "18:12"]
    assert sorted(rows["age_band"]) == ["21 to 25", "21 to 25", "over 75"]
    assert rows["month"].isna().all() and rows["collision_id"].isna().all()
    assert store.read("collisions").empty
    assert taken.sources["licence"].tolist() == ["as supplied"]
    row = ksi(store, "E08000035", "2019-01..2019-12")
    assert (row["serious"], row["slight"], row["ksi"], row["basis"]) == (1, 2, 1, "as recorded")


def test_months_are_not_known_of_it(tmp_path, store):
    road_casualties.ingest([local(tmp_path)], store, **LEEDS)
    row = ksi(store, "E08000035", "2019-01..2019-06")
    assert row["reason"] == "the casualties of 2019 have no month"


def test_dates_are_taken_where_a_council_gives_them(tmp_path, store):
    dated = LOCAL.assign(**{"Accident Date": ["01/02/2019", "3/12/2019", "31/12/2019"]})
    road_casualties.ingest([local(tmp_path, dated)], store, **LEEDS)
    assert ksi(store, "E08000035", "2019-02")["ksi"] == 1
    assert ksi(store, "E08000035", "2019-12")["slight"] == 2


def test_a_date_of_another_year_than_is_said_is_refused(tmp_path, store):
    path = local(tmp_path, LOCAL.assign(**{"Accident Date": "01/02/2018"}))
    error = refused(lambda path: road_casualties.ingest([path], store, **LEEDS), path, store)
    assert "'01/02/2018' is not in 2019, as --year says" in str(error)


def test_the_departments_rows_speak_before_a_councils(tmp_path, store, take):
    road_casualties.ingest([local(tmp_path)], store, district=HARBOROUGH, year=2024)
    take()
    row = ksi(store, HARBOROUGH, "2024-01..2024-12")
    assert row[["fatal", "serious", "slight"]].tolist() == [1, 1, 1], "and are not added to them"


def test_a_councils_file_again_changes_nothing_and_another_is_refused(tmp_path, store):
    road_casualties.ingest([local(tmp_path)], store, **LEEDS)
    before = store.versions()
    assert road_casualties.ingest([local(tmp_path)], store, **LEEDS).unchanged == ("leeds.csv",)
    assert store.versions() == before
    other = local(tmp_path, LOCAL.iloc[:2], "other.csv")
    error = refused(lambda p: road_casualties.ingest([p], store, **LEEDS), other, store)
    assert "2 casualties in 2019 here, and 3 others in a file already held" in str(error)


@pytest.mark.parametrize("options", [{}, {"year": 2019}, {"district": "E08000035"}])
def test_a_councils_file_needs_its_district_and_year(tmp_path, store, options):
    error = refused(
        lambda path: road_casualties.ingest([path], store, **options), local(tmp_path), store
    )
    assert "--district E08000035 --year 2019" in error.remedy


def test_the_departments_file_takes_neither(tmp_path, store):
    path = written(tmp_path / "c.csv", COLLISIONS)
    error = refused(lambda path: road_casualties.ingest([path], store, year=2024), path, store)
    assert "states its districts and dates itself" in str(error)


NATIONAL = Good(pd.DataFrame(COLLISIONS), number="number_of_casualties", required="collision_index")
COUNCIL = Good(LOCAL, number="Casualty Severity", required="Casualty Class")


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store):
    held = [collision(70, date="01/01/2019", collision_year="2019")]
    road_casualties.ingest([written(tmp_path / "held.csv", held)], store)
    for _, path in twins(NATIONAL, tmp_path / "national"):
        refused(lambda path: road_casualties.ingest([path], store), path, store)
    for wrong, path in twins(COUNCIL, tmp_path / "council"):
        if wrong != "two answers":  # without a reference, it is another casualty
            refused(lambda path: road_casualties.ingest([path], store, **LEEDS), path, store)


def test_a_byte_order_mark_alone_is_no_fault(tmp_path, store):
    taken = road_casualties.ingest([with_byte_order_mark(NATIONAL, tmp_path)], store)
    assert list(taken.sources["rows_stored"]) == [2]
