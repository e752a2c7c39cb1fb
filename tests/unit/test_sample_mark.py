"""Invented figures say so, and are never taken for real ones."""

import pytest

from cspnb.errors import IngestError
from cspnb.ingest.sample_mark import INVENTED, mark, settled
from cspnb.ingest.sheets import read


def marked(folder, text, *, lsoas=False):
    path = folder / "figures.csv"
    path.write_text(text, encoding="utf-8")
    sheet = read(path)
    return mark(sheet, sheet.frame["lsoa"] if lsoas else None)


@pytest.mark.parametrize(
    ("rows", "is_sample"),
    [
        ("E01990001\nE01990002\n", True),
        ("E01025631\nW01000001\n", False),
    ],
)
def test_lsoa_codes_say_what_a_file_is(tmp_path, rows, is_sample):
    assert marked(tmp_path, f"lsoa\n{rows}", lsoas=True) is is_sample


@pytest.mark.parametrize("column", ["supplier", "source_note", "Supplier"])
def test_without_lsoas_a_column_says_it(tmp_path, column):
    assert marked(tmp_path, f"area,{column}\na,{INVENTED}\nb,{INVENTED}\n") is True


def test_another_supplier_is_a_real_one(tmp_path):
    assert marked(tmp_path, "area,supplier\na,The force\nb,The council\n") is False


def test_the_mark_is_exact(tmp_path):
    assert marked(tmp_path, f"area,supplier\na,{INVENTED.lower()}\n") is False


def test_a_file_that_says_nothing_says_nothing(tmp_path):
    assert marked(tmp_path, "area\na\n") is None


@pytest.mark.parametrize(
    ("text", "lsoas"),
    [
        ("lsoa\nE01990001\nE01025631\n", True),
        (f"area,supplier\na,{INVENTED}\nb,The force\n", False),
        (f"area,supplier\na,{INVENTED}\nb,\n", False),
    ],
)
def test_a_mixture_is_refused_with_the_line_of_the_real_row(tmp_path, text, lsoas):
    with pytest.raises(IngestError, match="mixes sample data with real") as raised:
        marked(tmp_path, text, lsoas=lsoas)
    assert "line 3" in str(raised.value)


def test_real_lsoas_cannot_be_called_invented(tmp_path):
    with pytest.raises(IngestError, match="has real LSOAs"):
        marked(tmp_path, f"lsoa,source_note\nE01025631,{INVENTED}\n", lsoas=True)


@pytest.mark.parametrize(
    ("marks", "held", "is_sample"),
    [
        ([True, None], None, True),
        ([None, True], None, True),
        ([False, None], None, False),
        ([None], True, True),
        ([None], False, False),
        ([None], None, False),
        ([], None, False),
    ],
)
def test_a_silent_file_follows_its_company_then_the_store_and_is_real_otherwise(
    marks, held, is_sample
):
    assert settled(marks, held) is is_sample


def test_sample_and_real_files_cannot_come_together():
    with pytest.raises(IngestError, match="one kind at a time"):
        settled([True, None, False], None)
