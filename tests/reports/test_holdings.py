"""`cspnb data`: what is held, and which months are not sound."""

import json

import pytest

from cspnb.errors import CspnbError
from cspnb.holdings import held
from cspnb.ingest import police_uk
from cspnb.store import Store

STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)
MONTHS = ["2020-01", "2020-02", "2020-03"]
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


@pytest.fixture
def burglaries(tmp_path):
    """Three months of a force's burglaries in two districts, and no other crime."""
    store = Store(str(tmp_path / "store"))
    for month in MONTHS:
        rows = [
            _row(month, district, n) for district in ("Harborough", "Melton") for n in range(40)
        ]
        path = tmp_path / f"{month}-leicestershire-street.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        police_uk.ingest([path], store)
    return store.address


def _row(month, district, number):
    crime_id = f"{month}{district}{number}".encode().hex().rjust(64, "0")
    lsoa = {"Harborough": "E01025800", "Melton": "E01025900"}[district]
    force = "Leicestershire Police"
    place = f"-1.0,52.5,On or near High Street,{lsoa},{district} 001A"
    return f"{crime_id},{month},{force},{force},{place},Burglary,Under investigation,"


def test_what_a_file_does_not_speak_for_is_absent_in_one_run_a_district(burglaries):
    months = held(burglaries).months

    told = months[["district", "from", "to", "status", "types"]].values.tolist()
    assert told == [
        ["Harborough", "2020-01", "2020-03", "absent", 13],
        ["Melton", "2020-01", "2020-03", "absent", 13],
    ]
    assert "speaks only for Burglary" in months["reason"].iloc[0]


def test_without_a_lookup_records_are_placed_by_name_and_it_is_said(burglaries):
    [files] = held(burglaries).files.to_dict("records")

    assert (files["files"], files["records"]) == (3, 240)
    assert (files["placed"], files["by name"], files["nowhere"]) == (0, 240, 0)


def test_one_district_is_shown_month_by_month(burglaries):
    months = held(burglaries, district="harborough").months

    sound = months[months["status"] == "sound"]
    assert list(sound["from"]) == MONTHS
    assert list(sound["records"]) == [40, 40, 40]


def test_the_same_can_be_had_as_json(burglaries):
    told = json.loads(held(burglaries).as_json())

    assert told["is_sample"] is False
    assert told["files"][0]["records"] == 240


def test_it_reads_well_in_a_terminal(burglaries):
    text = held(burglaries).as_text()

    assert "Files taken in" in text and "Coverage" in text
    assert max(map(len, text.splitlines())) <= 120


def test_a_district_nobody_knows_is_refused(burglaries):
    with pytest.raises(CspnbError, match="Atlantis"):
        held(burglaries, district="Atlantis")


def test_a_file_of_stops_cut_short_is_told(tmp_path):
    """Six months of some 100 stops, and a December that stops half way."""
    store = Store(str(tmp_path / "store"))
    for month, number in zip(range(7, 14), [100, 104, 98, 101, 99, 40, 102], strict=True):
        named = f"2022-{month:02d}" if month < 13 else "2023-01"
        rows = [f"Person search,{named}-02T10:0{n % 10}:00+00:00" + "," * 13 for n in range(number)]
        path = tmp_path / f"{named}-leicestershire-stop-and-search.csv"
        path.write_text("\n".join([STOPS, *rows]) + "\n", encoding="utf-8")
        police_uk.ingest([path], store)

    what = held(store.address)
    [told] = what.months.to_dict("records")

    assert (told["from"], told["status"], told["records"]) == ("2022-12", "abnormal", 40)
    assert "No recorded crime is held" in what.as_text() and "2022-12" in what.as_text()


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(CspnbError) as refused:
        held(str(tmp_path / "nothing"))
    assert "ingest" in refused.value.remedy
