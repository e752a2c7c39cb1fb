"""Fires: an incident a row counted by LSOA, and the counts of whole services."""

import pandas as pd
import pytest

from cspnb.ingest import fire
from cspnb.ingest.fire.rows import kind_of
from cspnb.periods import Period
from cspnb.schemas import GEOGRAPHY
from cspnb.store import Store
from tests.fire_files import (
    DWELLING,
    INCIDENTS,
    ONE,
    REFUSE,
    ROWS,
    SERVICES,
    TWO,
    VEHICLE,
    as_csv,
    as_open_document,
    as_workbook,
)
from tests.hostile import Good, refused, twins, with_byte_order_mark

HARBOROUGH, MELTON = "E07000131", "E07000133"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


def stored(store):
    """{(code, fire type, first month): count}"""
    rows = store.read("fires")
    keys = zip(rows["code"], rows["fire_type"], rows["start"], strict=True)
    return dict(zip(keys, rows["count"], strict=True))


SIX_FIRES = {
    (ONE[0], DWELLING, "2020-04"): 2,
    (ONE[0], VEHICLE, "2020-04"): 1,
    (ONE[0], REFUSE, "2020-04"): 1,
    (TWO[0], REFUSE, "2020-04"): 1,
    (TWO[0], "Chimney fire", "2020-04"): 1,
}


def test_incidents_are_counted_and_what_is_no_fire_is_left_out(tmp_path, store):
    taken = fire.ingest([as_csv(tmp_path / "fires.csv", ROWS)], store)
    assert stored(store) == SIX_FIRES
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (8, 5, 2)
    assert source["rejections"] == "not a fire (2)"
    kinds = store.read("fires").groupby("kind")["count"].sum().to_dict()
    assert kinds == {"primary": 3, "secondary": 2, "chimney": 1}


@pytest.mark.parametrize("made", [as_workbook, as_open_document])
def test_a_workbook_has_a_sheet_a_year_and_a_cover(tmp_path, store, made):
    earlier = [("2019/20", *row[1:]) for row in ROWS[:3]]
    tables = {
        "Cover_sheet": [("Fires in England",)],
        "201920": [("Incidents by LSOA",), INCIDENTS, *earlier],
        "202021": [("Incidents by LSOA",), INCIDENTS, *ROWS],
    }
    suffix = "xlsx" if made is as_workbook else "ods"
    taken = fire.ingest([made(tmp_path / f"fires.{suffix}", tables)], store)
    older = {(ONE[0], DWELLING, "2019-04"): 2, (ONE[0], VEHICLE, "2019-04"): 1}
    assert stored(store) == SIX_FIRES | older
    assert list(taken.sources["member"]) == ["201920", "202021"]
    assert set(taken.sources["file_name"]) == {f"fires.{suffix}"}


def test_a_workbook_may_have_a_sheet_a_county(tmp_path, store):
    tables = {"Leicestershire": [INCIDENTS, *ROWS[:4]], "Rutland": [INCIDENTS, *ROWS[4:]]}
    fire.ingest([as_workbook(tmp_path / "fires.xlsx", tables)], store)
    assert stored(store) == SIX_FIRES


@pytest.mark.parametrize(
    ("code", "place", "held", "name"),
    [
        (ONE[0], ONE[1], ONE[0], ONE[1]),
        # in places the description is the code, beside a blank, the name or the code itself
        ("", ONE[0], ONE[0], None),
        (ONE[1], ONE[0], ONE[0], ONE[1]),
        (ONE[0], ONE[0], ONE[0], None),
        (ONE[0], "", ONE[0], None),
        ("", ONE[1], None, ONE[1]),
    ],
)
def test_the_description_is_sometimes_the_code(tmp_path, store, code, place, held, name):
    taken = fire.ingest([as_csv(tmp_path / "f.csv", [("2020/21", DWELLING, code, place)])], store)
    row = store.read("fires").iloc[0]
    assert [None if pd.isna(row[c]) else row[c] for c in ("code", "name")] == [held, name]
    said = taken.sources["rejections"].iloc[0]
    assert (said if held is None else pd.isna(said)) == (
        "stored without an LSOA (1)" if held is None else True
    )


@pytest.mark.parametrize("written", ["2020/21", "2020-21", "202021", "2020/2021"])
def test_financial_years_are_april_to_march_however_written(tmp_path, store, written):
    fire.ingest([as_csv(tmp_path / "f.csv", [(written, *ROWS[0][1:])])], store)
    row = store.read("fires").iloc[0]
    assert (row["start"], row["end"]) == ("2020-04", "2021-03")


@pytest.mark.parametrize(
    ("published", "kind"),
    [
        (DWELLING, "primary"),
        ("Primary fire - dwelling or other building", "primary"),
        ("Secondary fire - refuse", "secondary"),
        ("Chimney fire", "chimney"),
        ("Outdoor fire", "other"),
    ],
)
def test_the_kind_is_as_the_published_type_begins(published, kind):
    assert kind_of(published) == kind


LEICESTERSHIRE = ("2023/24", "E31000021", "Leicestershire", 1_000, 600, 380, 20)


def test_counts_of_whole_services(tmp_path, store):
    england = ("2023/24", "E92000001", "England", 142_494, 60_000, 80_000, 2_494)
    path = as_csv(tmp_path / "fire0102.csv", [england, LEICESTERSHIRE], SERVICES)
    taken = fire.ingest([path], store)
    rows = store.read("fires")
    assert set(zip(rows["level"], rows["kind"], rows["count"], strict=True)) == {
        ("fra", "primary", 600),
        ("fra", "secondary", 380),
        ("fra", "chimney", 20),
    }
    assert taken.sources["rejections"].iloc[0] == "the country as a whole (1)"


@pytest.fixture
def geography():
    links = [(*ONE, HARBOROUGH, "Harborough"), (*TWO, MELTON, "Melton")]
    codes = ["code", "name", "parent_code", "parent_name"]
    rows = pd.DataFrame(links, columns=codes).assign(
        level="lsoa", vintage=2011, parent_level="lad", parent_vintage=2019
    )
    return rows.reindex(columns=list(GEOGRAPHY.columns))


@pytest.mark.parametrize(
    ("code", "kind", "period", "count"),
    [
        (HARBOROUGH, "primary", "2020/21", 3),
        (HARBOROUGH, "secondary", "2020/21", 1),
        # the file names Melton, so no primary fire is none
        (MELTON, "primary", "2020/21", 0),
        # another year, half a year, a district that is not named, and Wales: not known
        (HARBOROUGH, "primary", "2019/20", None),
        (HARBOROUGH, "primary", "2020-04..2020-09", None),
        ("E07000130", "primary", "2020/21", None),
        ("W06000015", "primary", "2020/21", None),
    ],
)
def test_fires_of_a_district(tmp_path, store, geography, code, kind, period, count):
    fire.ingest([as_csv(tmp_path / "fires.csv", ROWS)], store)
    counts = fire.by_district(
        store.read("fires"),
        store.sources(),
        geography,
        lad_codes=[code],
        period=Period.parse(period),
        kind=kind,
    )
    found = counts["count"].iloc[0]
    assert (None if pd.isna(found) else found) == count


def of_2020(store, geography, code, kind):
    """The count, or why there is none."""
    found = fire.by_district(
        store.read("fires"),
        store.sources(),
        geography,
        lad_codes=[code],
        period=Period.parse("2020/21"),
        kind=kind,
    ).iloc[0]
    return found["reason"] if pd.isna(found["count"]) else found["count"]


def fires_of(kind, *lsoas):
    return [("2020/21", kind, *lsoa) for lsoa in lsoas]


def test_a_kind_that_no_file_has_is_not_known(tmp_path, store, geography):
    fire.ingest([as_csv(tmp_path / "f.csv", fires_of(DWELLING, ONE, TWO))], store)
    assert of_2020(store, geography, HARBOROUGH, "primary") == 1
    assert of_2020(store, geography, HARBOROUGH, "secondary") == (
        "no fire file held has secondary fires of 2020/21"
    )


def test_a_file_of_another_districts_fires_of_a_kind_says_nothing_here(tmp_path, store, geography):
    """Everybody's primary fires in one file, and Melton's secondary fires in another."""
    primary = as_csv(tmp_path / "primary.csv", fires_of(DWELLING, ONE, TWO))
    secondary = as_csv(tmp_path / "secondary.csv", fires_of(REFUSE, TWO))
    fire.ingest([primary, secondary], store)
    assert of_2020(store, geography, MELTON, "secondary") == 1
    assert of_2020(store, geography, HARBOROUGH, "secondary") == (
        "the files with secondary fires of 2020/21 name none of its LSOAs"
    )


def test_the_sheets_of_a_workbook_speak_for_each_other(tmp_path, store, geography):
    tables = {
        "Harborough": [INCIDENTS, *fires_of(DWELLING, ONE)],
        "Melton": [INCIDENTS, *fires_of(REFUSE, TWO)],
    }
    fire.ingest([as_workbook(tmp_path / "fires.xlsx", tables)], store)
    assert of_2020(store, geography, HARBOROUGH, "secondary") == 0


def harborough_of(**vintages):
    """A lookup in which Harborough has these LSOAs, by the year of their codes."""
    rows = [
        (code, f"Harborough {code}", int(year[1:]), HARBOROUGH, "Harborough")
        for year, codes in vintages.items()
        for code in codes
    ]
    columns = ["code", "name", "vintage", "parent_code", "parent_name"]
    links = pd.DataFrame(rows, columns=columns).assign(
        level="lsoa", parent_level="lad", parent_vintage=2019
    )
    return links.reindex(columns=list(GEOGRAPHY.columns))


A, B, C, D = ("E01025800", "E01025801", "E01025802", "E01025803")
OTHERS = ("E01035001", "E01035002")


@pytest.mark.parametrize(
    ("vintages", "named", "found"),
    [
        ({"y2011": (A, B, C, D)}, (A, B), 2),  # half
        (
            {"y2011": (A, B, C, D)},
            (A,),
            "the files with primary fires of 2020/21 name 1 of its 4 LSOAs",
        ),
        # half of those of one census will do
        ({"y2011": (A, B, C), "y2021": OTHERS}, OTHERS, 2),
        (
            {"y2011": (A, B, C), "y2021": (C, *OTHERS)},
            (A,),
            "the files with primary fires of 2020/21 name 1 of its 3 LSOAs",
        ),
    ],
)
def test_a_file_speaks_for_a_district_if_it_names_half_of_its_lsoas(
    tmp_path, store, vintages, named, found
):
    rows = fires_of(DWELLING, *[(code, f"Harborough {code}") for code in named])
    fire.ingest([as_csv(tmp_path / "f.csv", rows)], store)
    assert of_2020(store, harborough_of(**vintages), HARBOROUGH, "primary") == found


def test_the_newest_edition_speaks_for_a_whole_year(tmp_path, store, geography):
    fire.ingest([as_csv(tmp_path / "old.csv", ROWS)], store, edition="2021-09")
    fire.ingest([as_csv(tmp_path / "new.csv", ROWS[1:])], store, edition="2022-09")
    counts = fire.by_district(
        store.read("fires"),
        store.sources(),
        geography,
        lad_codes=[HARBOROUGH],
        period=Period.parse("2020/21"),
        kind="primary",
    )
    assert counts["count"].tolist() == [2]


def test_the_same_file_again_changes_nothing_and_another_count_is_refused(tmp_path, store):
    path = as_csv(tmp_path / "fires.csv", ROWS)
    fire.ingest([path], store)
    before = store.versions()
    assert fire.ingest([path], store).unchanged == ("fires.csv",)
    assert store.versions() == before
    other = as_csv(tmp_path / "other.csv", [*ROWS, ROWS[0]])
    error = refused(lambda path: fire.ingest([path], store), other, store)
    assert "has 3 here, and 2 in a file already held" in str(error)


@pytest.mark.parametrize(
    ("row", "columns", "says"),
    [
        (("2020/22", *ROWS[0][1:]), INCIDENTS, "'2020/22' is not a financial year"),
        (("2020", *ROWS[0][1:]), INCIDENTS, "'2020' is not a financial year"),
        (("2020/21", "", *ONE), INCIDENTS, "is no type of incident"),
        (("2020/21", DWELLING, "E02000001", ONE[1]), INCIDENTS, "'E02000001' is the code of no"),
        (("2020/21", DWELLING, ONE[0], TWO[0]), INCIDENTS, "is not the code beside it"),
        (("2020/21", "Fire false alarm", *ONE), INCIDENTS, "none of the rows is a fire"),
        ((*LEICESTERSHIRE[:3], 999, 600, 380, 20), SERVICES, "'999' is not the sum of primary"),
        ((*LEICESTERSHIRE[:3], 999.5, 600, 380, 20), SERVICES, "is not a whole number"),
        (("2023/24", "E07000131", *LEICESTERSHIRE[2:]), SERVICES, "no fire and rescue service"),
        (ROWS[0], ["INCIDENT_TYPE", "B", "LSOA", "D"], "no known layout of fires"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path, store, row, columns, says):
    path = as_csv(tmp_path / "faulty.csv", [row], columns)
    error = refused(lambda path: fire.ingest([path], store), path, store)
    assert says in str(error)


def test_a_row_of_another_year_than_its_sheets_is_refused(tmp_path, store):
    path = as_workbook(
        tmp_path / "f.xlsx", {"201920": [INCIDENTS, ROWS[0]], "202021": [INCIDENTS, ROWS[0]]}
    )
    error = refused(lambda path: fire.ingest([path], store), path, store)
    assert "'2020/21' stands in the sheet of 2019/20" in str(error)


INCIDENT_FILE = Good(
    pd.DataFrame([("202021", *row[1:]) for row in ROWS], columns=INCIDENTS),
    number="FINANCIAL_YEAR",
    required="INCIDENT_TYPE",
)
SERVICE_FILE = Good(
    pd.DataFrame([LEICESTERSHIRE], columns=SERVICES).astype("str"),
    number="Primary fires",
    required="E_CODE",
)


@pytest.mark.parametrize("good", [INCIDENT_FILE, SERVICE_FILE], ids=["incidents", "services"])
def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store, good):
    held = [("2010/11", *row[1:]) for row in ROWS]
    fire.ingest([as_csv(tmp_path / "held.csv", held)], store)
    for _, path in twins(good, tmp_path / "twins"):
        refused(lambda path: fire.ingest([path], store), path, store)


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_spreadsheet_cut_short_is_refused(tmp_path, store, cut):
    path = as_open_document(tmp_path / "f.ods", {"202021": [INCIDENTS, *ROWS]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])
    refused(lambda path: fire.ingest([path], store), path, store)


def test_a_byte_order_mark_alone_is_no_fault(tmp_path, store):
    taken = fire.ingest([with_byte_order_mark(INCIDENT_FILE, tmp_path)], store)
    assert list(taken.sources["rows_stored"]) == [5]
