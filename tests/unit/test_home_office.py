"""Recorded crime comes in as published: every layout, form of quarter and form of count.

The files are made here in the documented layout (tests/home_office_files.py); figures invented.
"""

import gzip

import openpyxl
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import home_office
from cspnb.ingest.sample_mark import INVENTED
from cspnb.store import Store
from tests.home_office_files import (
    ATTEMPTED,
    BICYCLE,
    HEADINGS,
    HOMICIDE,
    NEW,
    OLDER_HEADINGS,
    RESIDENTIAL,
    csv_file,
    ods_file,
    ods_of,
    ods_row,
    row,
    table,
    xlsx_file,
)

HARBOROUGH = [
    row("2020/21", 1, "Harborough", RESIDENTIAL, 12),
    row("2020/21", 1, "Harborough", BICYCLE, 3),
    row("2020/21", 4, "Harborough", RESIDENTIAL, 9),
    row("2020/21", 4, "Unassigned Leicestershire", RESIDENTIAL, 2),
]
LATER = [row("2021/22", 2, "Melton", RESIDENTIAL, 5)]

STORED = {
    ("Harborough", "2020-04", "2020-06", "28E", 12),
    ("Harborough", "2020-04", "2020-06", "44", 3),
    ("Harborough", "2021-01", "2021-03", "28E", 9),
    ("Unassigned Leicestershire", "2021-01", "2021-03", "28E", 2),
    ("Melton", "2021-07", "2021-09", "28E", 5),
}


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(rows, name="prc-csp.csv", headings=HEADINGS, **options):
        return home_office.ingest([csv_file(tmp_path / name, rows, headings)], store, **options)

    return take


def stored(store, *columns):
    columns = columns or ("area_name", "start", "end", "offence_code", "count")
    rows = store.read("recorded_crime", columns=list(columns))
    return sorted(rows.itertuples(index=False, name=None))


def refusal(take, store, *args, **options):
    before = store.versions()
    with pytest.raises(IngestError) as raised:
        take(*args, **options)
    assert store.versions() == before, "an error leaves the store as it was"
    return str(raised.value)


def test_a_csv_file_is_one_sheet(take, store):
    taken = take(HARBOROUGH + LATER)
    assert set(stored(store)) == STORED
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"]) == (5, 5)
    assert (source["publisher"], source["licence"]) == (
        "Home Office",
        "Open Government Licence v3.0",
    )


def test_a_workbook_gives_every_sheet_that_is_called_by_a_year(tmp_path, store):
    path = xlsx_file(
        tmp_path / "prc-csp.xlsx",
        {
            "Contents": [["Year", "Sheet"], ["2020/21", "2020_21"]],
            "2020_21": [["Recorded crime by partnership"], [], HEADINGS, *HARBOROUGH],
            "2021-22": [HEADINGS, *LATER],
        },
    )
    home_office.ingest([path], store)
    assert set(stored(store)) == STORED


def test_an_open_document_is_read_through_its_endless_blank_cells(tmp_path, store):
    sheets = {"2020_21": [HEADINGS, *HARBOROUGH], "2021_22": [HEADINGS, *LATER]}
    home_office.ingest([ods_file(tmp_path / "prc-csp.ods", sheets)], store)
    assert set(stored(store)) == STORED


def test_a_gzipped_file_and_a_byte_order_mark_change_nothing(tmp_path, store):
    plain = csv_file(tmp_path / "plain.csv", HARBOROUGH + LATER).read_bytes()
    path = tmp_path / "prc-csp.csv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain))
    home_office.ingest([path], store)
    assert set(stored(store)) == STORED


def test_headings_of_other_years_are_the_same_columns(take, store):
    headings = [heading.upper().replace(" ", "  ") for heading in OLDER_HEADINGS]
    take(HARBOROUGH + LATER, headings=headings)
    assert set(stored(store)) == STORED


def test_without_partnerships_the_rows_are_of_forces(take, store):
    headings = [h for h in OLDER_HEADINGS if h != "CSP Name"]
    headings[headings.index("Police Force")] = "Force Name"
    rows = [
        ("2017/18", 1, "London, City of", *RESIDENTIAL, 4),
        ("2017/18", 1, "Action Fraud", "Fraud", "Fraud offences", "Fraud: action fraud", "AF", 66),
    ]
    take(rows, headings=headings)
    assert stored(store, "area_level", "area_name", "force_name", "is_unassigned", "count") == [
        ("pfa", "Action Fraud", "Action Fraud", False, 66),
        ("pfa", "London, City of", "London, City of", False, 4),
    ]


def test_offences_of_no_partnership_are_kept_and_marked(take, store):
    take(HARBOROUGH)
    marked = {(name, mark) for name, mark in stored(store, "area_name", "is_unassigned")}
    assert marked == {("Harborough", False), ("Unassigned Leicestershire", True)}


@pytest.mark.parametrize(
    ("year", "quarter", "start", "end"),
    [
        ("2017/18", "1", "2017-04", "2017-06"),
        ("2017-18", "Q2 ", "2017-07", "2017-09"),
        ("2017/2018", "q3", "2017-10", "2017-12"),
        (" 2017_18", "Quarter 4", "2018-01", "2018-03"),
        ("1999/00", 4, "2000-01", "2000-03"),
    ],
)
def test_a_quarter_is_three_months_of_the_financial_year(take, store, year, quarter, start, end):
    take([row(year, quarter, "Melton", BICYCLE, 1)])
    assert stored(store, "start", "end") == [(start, end)]


@pytest.mark.parametrize(
    ("written", "count", "told"),
    [
        (" 66776 ", 66776, None),
        ("1,234", 1234, None),
        (" - ", 0, "dashes read as nought (1)"),
        ("-00 ", 0, "dashes read as nought (1)"),
        ("–", 0, "dashes read as nought (1)"),
        ("-3", -3, "negative counts, kept: earlier offences cancelled (1)"),
        ("0", 0, None),
        ("7.0", 7, None),
    ],
)
def test_forms_of_a_count(take, store, written, count, told):
    taken = take([row("2017/18", 1, "Melton", BICYCLE, written)])
    assert stored(store, "count") == [(count,)]
    reasons = taken.sources["rejections"].iloc[0]
    assert reasons == told if told else not isinstance(reasons, str)


@pytest.mark.parametrize("written", ["", "[x]", "..", "n/a"])
def test_a_count_not_given_is_left_out_and_is_not_nought(take, store, written):
    rows = [
        row("2017/18", 1, "Melton", BICYCLE, written),
        row("2017/18", 2, "Melton", BICYCLE, 4),
    ]
    source = take(rows).sources.iloc[0]
    assert stored(store, "start", "count") == [("2017-07", 4)]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (2, 1, 1)
    assert source["rejections"] == "no count given, left out (1)"


def test_an_unknown_code_is_kept_and_told_with_the_subgroup_it_counts_under(take, store):
    rows = [row("2026/27", q, "Melton", NEW, n) for q, n in ((1, 30), (2, 4))]
    source = take([*rows, row("2026/27", 1, "Melton", BICYCLE, 1)]).sources.iloc[0]
    assert ("28Z", 30) in stored(store, "offence_code", "count")
    assert source["rejections"] == (
        "code 28Z not known (2 rows, 34 offences): counts under Residential burglary"
    )


def test_an_unknown_code_of_an_unknown_subgroup_counts_in_totals_alone(take, store):
    source = take([row("2026/27", 1, "Melton", ("New", "New", "New", "77Z"), 8)]).sources.iloc[0]
    assert "nor is its subgroup 'New': counts in totals alone" in source["rejections"]
    assert stored(store, "offence_code", "count") == [("77Z", 8)]


def test_homicide_is_published_as_four_rows_that_add_up(take, store):
    rows = [row("2017/18", 1, "Melton", HOMICIDE, n) for n in (0, 1, 1, 2)]
    source = take(rows).sources.iloc[0]
    assert sum(count for (count,) in stored(store, "count")) == 4
    assert (source["rows_stored"], source["rows_copied"]) == (4, 0)


def test_a_fifth_row_of_homicide_is_one_too_many(take, store):
    rows = [row("2017/18", 1, "Melton", HOMICIDE, n) for n in (0, 1, 1, 2, 0)]
    assert "Melton, quarter from 2017-04, Homicide" in refusal(take, store, rows)


def test_a_row_that_stands_twice_counts_once(take, store):
    rows = [row("2017/18", 1, "Melton", BICYCLE, 4)] * 2
    source = take(rows).sources.iloc[0]
    assert stored(store, "count") == [(4,)]
    assert (source["rows_read"], source["rows_stored"], source["rows_copied"]) == (2, 1, 1)


def test_two_counts_of_one_offence_are_refused_by_their_lines(take, store):
    rows = [row("2017/18", 1, "Melton", BICYCLE, n) for n in (4, 5)]
    assert "has 4 on line 2 and 5 on line 3" in refusal(take, store, rows)


def test_one_code_under_two_descriptions_is_two_counts(take, store):
    other = ("Theft of a pedal cycle, attempted", *BICYCLE[1:])
    take([row("2017/18", 1, "Melton", each, 4) for each in (BICYCLE, other)])
    assert stored(store, "count") == [(4,), (4,)]


@pytest.mark.parametrize("code", ["43918", "2024-03-28", "28/03/2024", "28-Mar", "Mar-28"])
def test_a_code_that_a_spreadsheet_made_a_date_of_is_refused_with_the_remedy(take, store, code):
    says = refusal(take, store, [row("2017/18", 1, "Melton", (*BICYCLE[:3], code), 1)])
    assert "line 2, column 'Offence Code'" in says
    assert "the format Text" in says


CORPORATE = ("Corporate manslaughter", "Violence against the person", "Homicide")


def test_4_10_is_not_4_1_in_a_csv_file(take, store):
    take([row("2017/18", 1, "Melton", (*CORPORATE, "4.10"), 1)])
    assert stored(store, "offence_code") == [("4.10",)]


def test_4_10_that_has_become_4_1_is_known_by_its_description(tmp_path, store):
    rows = [row("2017/18", 1, "Melton", (*CORPORATE, 4.1), 1)]
    path = xlsx_file(tmp_path / "prc-csp.xlsx", {"2017-18": [HEADINGS, *rows]})
    source = home_office.ingest([path], store).sources.iloc[0]
    assert stored(store, "offence_code") == [("4.10",)]
    assert "code 4.1 read as 4.10, corporate manslaughter" in source["rejections"]


def test_a_workbook_that_shows_4_10_has_4_10(tmp_path, store):
    rows = [row("2017/18", 1, "Melton", ("Killing", *CORPORATE[1:], 4.1), 1)]
    path = xlsx_file(tmp_path / "prc-csp.xlsx", {"2017-18": [HEADINGS, *rows]})
    book = openpyxl.load_workbook(path)
    book.active["H2"].number_format = "0.00"
    book.save(path)
    home_office.ingest([path], store)
    assert stored(store, "offence_code") == [("4.10",)]


def test_4_1_that_nothing_tells_from_4_10_is_told(take, store):
    source = take([row("2017/18", 1, "Melton", ("Killing", *CORPORATE[1:], "4.1"), 1)]).sources
    assert "code 4.1 with a description that is not manslaughter (1)" in source["rejections"][0]


def test_an_open_document_shows_4_10_though_it_holds_4_1(tmp_path, store):
    """The description says nothing that could tell the two apart."""
    killing = ("Killing", *CORPORATE[1:], (4.1, "4.10"))
    cells = row("2017/18", (1, "1"), "Melton", killing, (1234.0, "1,2"))
    sheet = table("2017_18", ods_row(HEADINGS) + ods_row(cells))
    home_office.ingest([ods_of(tmp_path / "prc-csp.ods", sheet)], store)
    assert stored(store, "offence_code", "count") == [("4.10", 1234)]


def test_rows_of_homicide_that_a_file_says_once_with_a_repeat_are_all_there(tmp_path, store):
    cells = row("2017/18", 1, "Melton", HOMICIDE, 1)
    sheet = table("2017_18", ods_row(HEADINGS) + ods_row(cells, repeated=4))
    home_office.ingest([ods_of(tmp_path / "prc-csp.ods", sheet)], store)
    assert stored(store, "count") == [(1,)] * 4


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("prc-csp-mar2021-mar2026-tables-230726.ods", "2026-07"),
        ("prc-csp-mar16-dec24-tables-240425.xlsx", "2025-04"),
        ("prc-pfa-mar2013-onwards-tables201718.csv.gz", None),
        ("prc-csp-0203-to-0607-tabs.xlsx", None),
        ("prc-csp-999999.csv", None),
    ],
)
def test_the_edition_is_the_day_in_the_files_name(name, edition):
    assert home_office.edition_of(name) == edition


def test_the_edition_of_a_file_is_recorded_or_asked_for(take, store):
    assert take(LATER, "prc-csp-230726.csv").sources["edition"].tolist() == ["2026-07"]
    assert take(HARBOROUGH, edition="2026-04").sources["edition"].tolist() == ["2026-04"]


def test_an_edition_that_contradicts_the_files_name_is_refused(take, store):
    says = refusal(take, store, LATER, "prc-csp-230726.csv", edition="2026-04")
    assert "published in 2026-07, and --edition says 2026-04" in says


def test_the_same_file_again_changes_nothing(take, store):
    take(HARBOROUGH)
    before = store.versions()
    assert take(HARBOROUGH).unchanged == ("prc-csp.csv",)
    assert store.versions() == before


def test_the_same_file_cannot_be_of_two_editions(take, store):
    take(HARBOROUGH, edition="2026-04")
    says = refusal(take, store, HARBOROUGH, edition="2026-07")
    assert "holds this very file as published in 2026-04" in says


def test_counts_held_of_the_same_edition_are_left_out(take, store):
    take(HARBOROUGH, edition="2026-04")
    source = take(HARBOROUGH + LATER, "more.csv", edition="2026-04").sources.iloc[0]
    assert set(stored(store)) == STORED
    assert len(stored(store)) == 5
    assert (source["rows_read"], source["rows_stored"], source["rows_copied"]) == (5, 1, 4)


def test_a_count_that_differs_within_an_edition_is_refused(take, store):
    take(HARBOROUGH, edition="2026-04")
    other = [row("2020/21", 1, "Harborough", BICYCLE, 4)]
    says = refusal(take, store, other, "other.csv", edition="2026-04")
    assert "(44) is 4 here, and 3 in prc-csp.csv" in says
    assert "--edition" in says


def test_a_later_edition_may_differ_and_both_are_held(take, store):
    take(HARBOROUGH, edition="2026-04")
    take([row("2020/21", 1, "Harborough", BICYCLE, 4)], "later.csv", edition="2026-07")
    assert len(stored(store)) == 5


def test_files_of_one_call_agree_or_none_is_taken(tmp_path, store):
    one = csv_file(tmp_path / "one.csv", HARBOROUGH)
    two = csv_file(tmp_path / "two.csv", [row("2020/21", 1, "Harborough", BICYCLE, 4)])
    with pytest.raises(IngestError, match=r"is 4 here, and 3 in one\.csv"):
        home_office.ingest([one, two], store)
    assert not store.exists()


def test_figures_by_force_do_not_contradict_those_by_partnership(take, store):
    take([row("2017/18", 1, "Wiltshire", BICYCLE, 4, force="Wiltshire")])
    headings = [heading for heading in HEADINGS if heading != "CSP Name"]
    take([("2017/18", 1, "Wiltshire", *BICYCLE, 6)], "pfa.csv", headings)
    assert stored(store, "area_level", "count") == [("csp", 4), ("pfa", 6)]


def test_a_file_marked_invented_makes_a_sample(take):
    rows = [(*cells, INVENTED) for cells in HARBOROUGH]
    source = take(rows, headings=(*HEADINGS, "source_note")).sources.iloc[0]
    assert source["is_sample"]
    assert source["publisher"] == INVENTED


def test_columns_that_are_not_taken_are_told(take):
    rows = [(*cells, "x") for cells in HARBOROUGH]
    source = take(rows, headings=(*HEADINGS, "Remarks")).sources.iloc[0]
    assert source["rejections"] == "columns not taken: Remarks"


NOTES = [
    ["Notes"],
    ["Updated: 23 July 2026"],
    ["Force Notes"],
    [
        "Leicestershire: the force recorded Harborough and Melton under an unassigned group in "
        "the year ending March 2026."
    ],
    ["2", "Figures are subject to revision in future releases"],
]


@pytest.mark.parametrize(("write", "suffix"), [(xlsx_file, "xlsx"), (ods_file, "ods")])
def test_notes_are_kept_for_every_area_they_name(tmp_path, store, write, suffix):
    sheets = {"2020_21": [HEADINGS, *HARBOROUGH, *LATER], "Notes": NOTES}
    taken = home_office.ingest([write(tmp_path / f"prc-csp.{suffix}", sheets)], store)
    notes = store.read("notes", columns=["number", "area_name", "start", "end", "text"])
    told = {
        tuple(None if cell != cell else cell for cell in cells)
        for cells in notes.itertuples(index=False, name=None)
    }
    assert told == {
        (None, None, None, None, "Updated: 23 July 2026"),
        ("2", None, None, None, "Figures are subject to revision in future releases"),
        *(
            (None, area, "2025-04", "2026-03", NOTES[3][0])
            for area in ("Leicestershire", "Harborough", "Melton")
        ),
    }
    assert set(taken.sources["edition"]) == {"2026-07"}
    of_notes = taken.sources[taken.sources["table"] == "notes"].iloc[0]
    assert (of_notes["rows_read"], of_notes["rejections"]) == (5, "headings (2)")


def test_an_attempt_and_the_whole_offence_are_two_codes(take, store):
    take([row("2017/18", 1, "Melton", each, 2) for each in (RESIDENTIAL, ATTEMPTED)])
    assert stored(store, "offence_code") == [("28E",), ("28F",)]
