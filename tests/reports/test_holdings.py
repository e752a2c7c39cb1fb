"""`cspnb data`: what is held, and which months are not sound."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from cspnb.errors import CspnbError
from cspnb.holdings import held
from cspnb.holdings.files import OF_POLICE_UK
from cspnb.holdings.others import TELLINGS
from cspnb.holdings.runs import COLUMNS, in_runs, shared_once
from cspnb.ingest import indicators, lookup, police_uk, population
from cspnb.report.reading import Holdings
from cspnb.schemas import TABLES
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
    assert "covers burglary only" in months["reason"].iloc[0]


def test_without_a_lookup_records_are_placed_by_name_and_it_is_said(burglaries):
    [files] = held(burglaries).files.to_dict("records")

    assert (files["files"], files["records"]) == (3, 240)
    assert (files["placed"], files["by name"], files["nowhere"]) == (0, 240, 0)


def test_one_district_is_shown_alone_in_runs_sound_ones_too(burglaries):
    what = held(burglaries, district="harborough")

    told = what.months[["district", "from", "to", "status", "types", "records"]]
    assert told.astype(object).where(told.notna(), None).values.tolist() == [
        ["Harborough", "2020-01", "2020-03", "absent", 13, None],
        ["Harborough", "2020-01", "2020-03", "sound", 1, 120],
    ]
    text = what.as_text()
    assert "Coverage of Harborough" in text
    assert "Files of data.police.uk" not in text and "Melton" not in text


def test_the_reason_of_a_run_is_worded_for_all_its_months(burglaries):
    reason = held(burglaries).months["reason"].iloc[0]

    assert reason == "the file held for these months covers burglary only"


def _month(month, reason, status="abnormal"):
    return ["north-shire", "Northton", month, month, status, 14, 5, reason]


def test_months_of_one_kind_of_reason_are_one_run_that_tells_the_first():
    months = [
        _month("2020-01", "January 2020 holds 5 records against about 1,900"),
        _month("2020-02", "February 2020 holds 6 records against about 900"),
        _month("2020-04", "April 2020 holds 6 records against about 900"),
        _month("2020-05", "May 2020 has no place"),
    ]

    told = in_runs(pd.DataFrame(months, columns=COLUMNS))

    assert told[["from", "to", "records", "reason"]].values.tolist() == [
        ["2020-01", "2020-02", 10, "first: January 2020 holds 5 records against about 1,900"],
        ["2020-04", "2020-04", 5, "April 2020 holds 6 records against about 900"],
        ["2020-05", "2020-05", 5, "May 2020 has no place"],
    ]


def test_what_a_name_alone_makes_different_is_told_of_the_first_district():
    names = ["Aton", "Beeton", "Ceeton", "Deeton"]
    rows = [["f", n, "2020-01", "2020-01", "absent", 14, 1, f"none in {n}"] for n in names]

    [told] = shared_once(pd.DataFrame(rows, columns=COLUMNS), 9).to_dict("records")

    assert (told["district"], told["records"]) == ("4 of 9 districts", 4)
    assert told["reason"] == "Aton: none in Aton"


def test_the_same_can_be_had_as_json(burglaries):
    told = json.loads(held(burglaries).as_json())

    assert told["is_sample"] is False
    assert told["files"][0]["records"] == 240


def test_it_reads_well_in_a_terminal(burglaries):
    text = held(burglaries).as_text()

    assert "Files of data.police.uk" in text
    assert "only months that are not sound are listed" in text
    assert "2 districts of 1 force are judged" in text
    assert "\u2026" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_numbers_dates_and_names_are_never_cut(burglaries):
    wide = held(burglaries)
    force = "a-force-of-a-very-long-name-indeed-" * 4
    files = wide.files.assign(force=force, records=123_456_789, what="2020-01")
    text = replace(wide, files=files, others=files).as_text()

    assert text.count(f"{force} ") == 2 and text.count("123,456,789") == 2
    assert max(map(len, text.splitlines())) > 200


def test_a_long_reason_wraps(burglaries):
    what = held(burglaries)
    told = replace(what, months=what.months.assign(reason="many words " * 60)).as_text()

    lines = told[told.index("Coverage") :].splitlines()
    assert len(lines) > 10 and max(map(len, lines)) <= 120


def test_what_is_being_done_can_be_told(burglaries):
    told = []
    held(burglaries, say=told.append)

    assert told[-1] == "judging the months of leicestershire: 2 districts"


def test_the_name_of_a_district_is_looked_at_before_anything_is_counted(burglaries, monkeypatch):
    def counted(_):
        raise AssertionError("records were counted")

    monkeypatch.setattr(Holdings, "recorded", property(counted))
    with pytest.raises(CspnbError, match="Harboro'"):
        held(burglaries, district="Harboro")


def test_a_force_no_lookup_knows_is_judged_where_a_lookup_placed_its_records(burglaries, tmp_path):
    """The files say where records are placed, and the coverage must say the same."""
    path = tmp_path / "lookup.csv"
    rows = ["E01025800,Harborough 001A,E07000131,Harborough"]
    path.write_text("\n".join(["LSOA11CD,LSOA11NM,LAD19CD,LAD19NM", *rows]), encoding="utf-8")
    lookup.ingest([path], Store(burglaries))

    what = held(burglaries, district="Harborough")
    [files] = held(burglaries).files.to_dict("records")

    assert (files["placed"], files["by name"]) == (120, 120)
    sound = what.months[what.months["status"] == "sound"]
    assert list(sound["records"]) == [120]


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


COUNTED_AT_THE_DOOR = {"cells", "tallies", "points"}
"""Sums of the offences, made as they are taken in; the files they come from are told."""


def test_every_table_of_the_store_has_its_way_of_being_told():
    assert set(TELLINGS) | set(OF_POLICE_UK) | COUNTED_AT_THE_DOOR | {"sources"} >= set(TABLES)
    for name, telling in TELLINGS.items():
        assert set(telling.columns) <= set(TABLES[name].columns)


@pytest.fixture
def residents_and_figures(tmp_path):
    """Residents of two districts at two mid-years, and a measure's figures over three years."""
    store = Store(str(tmp_path / "other"))
    rows = [f"E0700013{n},Place {n},{year},1000" for n in (1, 3) for year in (2018, 2019)]
    path = tmp_path / "residents.csv"
    path.write_text("\n".join(["area_code,area_name,year,residents", *rows]), encoding="utf-8")
    population.ingest([path], store)
    path = tmp_path / "figures.csv"
    rows = [f"fires,{year}/{year - 1999},E07000131,7" for year in (2017, 2018, 2019)]
    path.write_text("\n".join(["measure,period,area,value", *rows]), encoding="utf-8")
    indicators.ingest([path], store, edition="2020-05")
    return store.address


def test_what_is_held_besides_crime_is_told_with_its_span(residents_and_figures):
    others = held(residents_and_figures).others.set_index("what")

    told = ["table", "from", "to", "areas", "rows", "edition"]
    fires = others.loc["fires", told].tolist()
    assert fires == ["indicators", "2017-04", "2020-03", 1, 3, "2020-05"]
    assert list(others.loc[others["table"] == "population", "areas"]) == [2, 2]
    assert list(others.loc[others["table"] == "population", "from"]) == ["2018", "2019"]


def test_a_store_without_crime_is_told_all_the_same(residents_and_figures):
    text = held(residents_and_figures).as_text()

    assert "No recorded crime is held." in text
    assert "indicators" in text and "2020-03" in text
