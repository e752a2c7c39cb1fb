"""The real public archives, against the row counts stated where they were collected."""

import time

import pytest

from cspnb.ingest import police_uk
from cspnb.scopes import scope_of
from cspnb.store import Store

LEICESTERSHIRE = "police-leicestershire-street/leicestershire-street-2019-12_2022-10.zip"
METROPOLITAN = "police-metropolitan-burglary/metropolitan-burglary-2022-03_2025-02.zip"
BARNET = "police-metropolitan-burglary/barnet-burglary-2014-01_2025-02.zip"
STOPS = "police-metropolitan-stop-and-search/metropolitan-stop-and-search-2022-09_2024-08.zip"
JUNE_2013 = "police-multi-force-2013-06/police-2013-06.zip"


@pytest.fixture
def ingested(real_data, tmp_path):
    """A function: an archive taken into a store of its own, and how long it took."""

    def ingest(name):
        store = Store(str(tmp_path / "store"))
        start = time.perf_counter()
        taken = police_uk.ingest([real_data / name], store)
        print(f"{name}: {time.perf_counter() - start:.1f} s")  # noqa: T201
        assert_nothing_is_lost(taken.sources)
        return store, taken.sources

    return ingest


def assert_nothing_is_lost(sources):
    parts = sources[["rows_stored", "rows_copied", "rows_rejected"]].sum(axis="columns")
    assert parts.eq(sources["rows_read"]).all()
    places = sources[["rows_placed", "rows_named", "rows_unplaced"]].sum(axis="columns")
    assert places.eq(sources["rows_stored"]).all()
    assert sources["rows_rejected"].sum() == 0


def read_by_table(sources):
    return sources.groupby("table")["rows_read"].sum().to_dict()


@pytest.mark.slow
def test_leicestershire_brings_every_row_of_35_months(ingested):
    store, sources = ingested(LEICESTERSHIRE)
    assert len(sources) == 35
    assert read_by_table(sources) == {"offences": 301_838}
    assert sources["rows_copied"].sum() == 0  # no Crime ID occurs twice in one month
    assert sources["rows_unplaced"].sum() == 7_463  # no coordinates and no LSOA

    cells = store.cells(sources["source_id"])
    assert cells["count"].sum() == 301_838
    asb = cells[cells["crime_type"] == "Anti-social behaviour"]
    assert asb["count"].sum() == 33_364
    districts = cells["lsoa_name"].str.rpartition(" ")[0]
    counts = cells.groupby(districts)["count"].sum()
    assert (counts["Harborough"], counts["Melton"]) == (14_824, 10_850)
    march = cells[(cells["month"] == "2020-03") & (districts == "Harborough")]
    assert march["count"].sum() == 46
    assert all(scope_of(source).types is None for source in sources.to_dict("records"))


@pytest.mark.slow
def test_the_metropolitan_archive_is_known_for_burglary_only(ingested):
    _, sources = ingested(METROPOLITAN)
    assert len(sources) == 72
    assert read_by_table(sources) == {"offences": 161_381, "outcomes": 55_846}
    street = sources[sources["table"] == "offences"].to_dict("records")
    assert {scope_of(source).types for source in street} == {frozenset({"Burglary"})}
    assert {scope_of(source).areas for source in street} == {None}


@pytest.mark.slow
def test_the_barnet_archive_is_known_for_barnets_burglary_only(ingested):
    _, sources = ingested(BARNET)
    assert len(sources) == 134
    assert read_by_table(sources) == {"offences": 34_334}
    claims = {scope_of(source) for source in sources.to_dict("records")}
    assert {(claim.types, claim.areas) for claim in claims} == {
        (frozenset({"Burglary"}), frozenset({"Barnet"}))
    }


@pytest.mark.slow
def test_barnets_burglary_joins_the_whole_forces_without_replacing_it(real_data, tmp_path):
    store = Store(str(tmp_path / "store"))
    police_uk.ingest([real_data / METROPOLITAN, real_data / BARNET], store)
    sources = store.sources()
    assert sources["file_name"].value_counts().to_list() == [134, 72]
    assert (
        len(store.read("offences", columns=["month"]))
        == sources.loc[sources["table"] == "offences", "rows_stored"].sum()
    )


@pytest.mark.slow
def test_stops_belong_to_their_files_month(ingested):
    store, sources = ingested(STOPS)
    assert len(sources) == 24
    assert read_by_table(sources) == {"stops": 271_127}
    by_month = sources.set_index("month")["rows_stored"]
    assert by_month["2022-12"] == 5_706
    april = store.read("stops", columns=["stopped_at"], where={"month": ["2024-04"]})
    assert len(april) == by_month["2024-04"]
    assert april["stopped_at"].min().startswith("2024-03-31T23:15")


def test_the_nine_forces_of_june_2013_are_known_by_their_old_names(ingested):
    store, sources = ingested(JUNE_2013)
    assert read_by_table(sources) == {"offences": 71_037, "outcomes": 30_848}
    assert sources.groupby("table").size().to_dict() == {"offences": 9, "outcomes": 7}
    street = sources[sources["table"] == "offences"].set_index("force")["rows_read"]
    assert (street["btp"], street["northern-ireland"]) == (4_798, 13_795)
    assert "south-yorkshire" in street.index
    northern_ireland = store.read("offences", where={"force": ["northern-ireland"]})
    assert northern_ireland["lsoa_code"].isna().all()
    btp = store.read("offences", where={"force": ["btp"]})
    assert btp["crime_id"].isna().all()
    assert len(btp) == 4_798  # without ids, like rows are not copies
