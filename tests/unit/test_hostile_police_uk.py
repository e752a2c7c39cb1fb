"""Files of data.police.uk that must not come in: street crime, outcomes, stop and search."""

import io
import zipfile

import pytest

from cspnb.ingest import police_uk
from cspnb.store import Store
from tests.hostile import refused

STREET = """Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context
{id},2021-01,Leicestershire Police,Leicestershire Police,-1.0,52.5,On or near High Street,E01025800,Harborough 001A,Burglary,Under investigation,
"""  # noqa: E501
OUTCOMES = """Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type
{id},2021-01,Leicestershire Police,Leicestershire Police,-1.0,52.5,On or near High Street,E01025800,Harborough 001A,Local resolution
"""  # noqa: E501
STOPS = """Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing
Person search,2021-01-05T10:00:00+00:00,False,,52.5,-1.0,Male,18-24,,White,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,,
"""  # noqa: E501
KINDS = {"street": STREET, "outcomes": OUTCOMES, "stop-and-search": STOPS}
ID = "a" * 64


@pytest.fixture
def store(tmp_path):
    """A store that holds another month already."""
    store = Store(str(tmp_path / "store"))
    before = STREET.format(id="b" * 64).replace("2021-01", "2020-12")
    path = tmp_path / "2020-12-leicestershire-street.csv"
    path.write_text(before, encoding="utf-8")
    police_uk.ingest([path], store, types="all", areas="all")
    return store


def take(store):
    """Declared whole, so that no fault hides behind the question of what a file speaks for."""
    return lambda path: police_uk.ingest([path], store, types="all", areas="all")


def written(folder, kind, text, encoding="utf-8"):
    path = folder / f"2021-01-leicestershire-{kind}.csv"
    path.write_text(text.format(id=ID), encoding=encoding)
    return path


SPOILT = {
    "a column renamed": lambda text: text.replace("Longitude", "Colour", 1),
    "a column gone": lambda text: text.replace(",Latitude", "", 1),
    "names alone": lambda text: text.splitlines()[0] + "\n",
    "a line cut short": lambda text: text + text.splitlines()[1][:40] + "\n",
    "a quotation mark never closed": lambda text: text.replace("-1.0", '"-1.0'),
    "nothing": lambda text: "",
    "a page in place of the file": lambda text: "<!DOCTYPE html><html>Not found</html>",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", SPOILT)
def test_a_file_that_is_not_what_its_name_says_is_refused(store, tmp_path, kind, fault):
    text = KINDS[kind].format(id=ID)
    refused(take(store), written(tmp_path, kind, SPOILT[fault](text)), store)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_in_another_encoding_is_refused(store, tmp_path, kind):
    refused(take(store), written(tmp_path, kind, KINDS[kind], encoding="utf-16"), store)


@pytest.mark.parametrize("kind", KINDS)
def test_a_byte_order_mark_is_no_fault(store, tmp_path, kind):
    taken = take(store)(written(tmp_path, kind, KINDS[kind], encoding="utf-8-sig"))
    assert list(taken.sources["rows_stored"]) == [1]


@pytest.mark.parametrize("kind", ["street", "outcomes"])
def test_another_months_rows_are_refused(store, tmp_path, kind):
    text = KINDS[kind].replace(",2021-01,", ",2021-02,")
    error = refused(take(store), written(tmp_path, kind, text), store)
    assert "2021-02" in str(error)


def test_a_workbook_renamed_to_csv_is_refused(store, tmp_path):
    path = tmp_path / "2021-01-leicestershire-street.csv"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    refused(take(store), path, store)


def test_a_zip_inside_a_zip_is_never_opened(store, tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("2021-01-leicestershire-street.csv", STREET.format(id=ID))
    path = tmp_path / "2021-01.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    refused(take(store), path, store)


HUGE = {
    # the cell as it should be     as it is     what becomes of the row
    ",-1.0,52.5,": (",9e30,52.5,", "coordinates left out: outside the United Kingdom (1)"),
    ",Burglary,": (",=1+1,", "unknown crime type '=1+1' (1)"),
}


@pytest.mark.parametrize("cell", HUGE)
def test_a_cell_that_cannot_be_is_left_out_and_counted(store, tmp_path, cell):
    wrong, told = HUGE[cell]
    text = STREET.format(id=ID).replace(cell, wrong) + STREET.format(id="c" * 64).split("\n")[1]
    [source] = take(store)(written(tmp_path, "street", text)).sources.to_dict("records")
    assert source["rows_read"] == 2
    assert told in source["rejections"]


def test_the_month_again_with_other_rows_is_refused_without_an_edition(store, tmp_path):
    take(store)(written(tmp_path, "street", STREET))
    again = tmp_path / "again"
    again.mkdir()
    other = STREET.format(id=ID).replace("Burglary", "Robbery")
    refused(take(store), written(again, "street", other), store)
