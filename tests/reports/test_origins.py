"""Which files a report names as those behind its figures."""

import pandas as pd

from cspnb.report.origins import origins

COLUMNS = [
    "table", "file_name", "member", "edition", "publisher", "licence", "force", "month",
    "rows_stored", "rows_copied", "rows_rejected", "sha256", "declared_areas",
]  # fmt: skip
ONS, UK, FORCE = "Office for National Statistics", "police.uk", "Kent Police"
OGL, AGREED = "OGL", "as supplied"
# fmt: off
ROWS = [
    ("geography", "lookup.csv", None, None, ONS, OGL, None, None, 9, 0, 0, "a", None),
    ("places", "lookup.csv", None, None, ONS, OGL, None, None, 3, 0, 0, "a", None),
    ("offences", "june.zip", "1.csv", "2013-06", UK, OGL, "kent", "2013-05", 5, 1, 0, "b", None),
    ("offences", "june.zip", "2.csv", "2013-06", UK, OGL, "kent", "2013-06", 6, 0, 2, "c", None),
    ("offences", "june.zip", "3.csv", "2013-06", UK, OGL, "essex", "2013-06", 7, 0, 0, "d", None),
    ("casualties", "roads.csv", None, None, "DfT", OGL, None, None, 8, 0, 0, "e", None),
    ("supplied_records", "ours.csv", None, None, FORCE, AGREED, None, None, 4, 0, 0, "f", "E1; E2"),
    ("supplied_records", "theirs.csv", None, None, FORCE, AGREED, None, None, 4, 0, 0, "g", "E3"),
    ("supplied_records", "silent.csv", None, None, FORCE, AGREED, None, None, 4, 0, 0, "h", None),
]  # fmt: on


def told(tables, forces=("kent",)):
    sources = pd.DataFrame(ROWS, columns=COLUMNS).assign(is_sample=False)
    return origins(sources, tables, frozenset(forces), frozenset({"E2"})).set_index("file")


def test_a_file_that_fills_two_tables_is_named_once():
    files = told({"geography", "places"})
    assert files["records"].to_dict() == {"lookup.csv": 12}
    assert files.loc["lookup.csv", "sha256"] == "a"


def test_an_archive_is_one_row_and_its_hash_is_not_that_of_a_file_inside():
    june = told({"offences"}).loc["june.zip"]
    assert (june["inside"], june["records"], june["left_out"], june["rejected"]) == (2, 11, 1, 2)
    assert pd.isna(june["sha256"])
    assert june["months"] == "2013-05 to 2013-06"


def test_files_of_sources_that_no_figure_is_from_are_not_named():
    assert "roads.csv" not in told({"offences", "geography"}).index


def test_an_extract_said_to_cover_other_districts_is_not_behind_a_figure_here():
    assert set(told({"supplied_records"}).index) == {"ours.csv", "silent.csv"}
