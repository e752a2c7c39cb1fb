"""Supplied figures: a sheet is read whole or refused, and one figure speaks for each cell."""

import datetime
from dataclasses import dataclass

import openpyxl
import pandas as pd
import pytest

from cspnb.errors import IngestError, PeriodError, StoreError
from cspnb.ingest import indicators, lookup
from cspnb.ingest.sample_mark import INVENTED
from cspnb.store import Store


@dataclass(frozen=True)
class Wanted:
    """What a test's measure must be."""

    label: str = "Fires"
    unit: str = "fires"
    kind: str = "count"
    published_for: str = "district"


COUNTED = Wanted()
MEASURES = {
    "fires": COUNTED,
    "user_satisfaction": Wanted("User satisfaction", "per cent", "percentage"),
    "reoffending": Wanted("Proven reoffending", "per cent", "percentage", "upper_tier"),
}

HEAD = "measure,period,area,value\n"
SATISFIED = "user_satisfaction,2013/14,E07000131"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(text, name="sheet.csv", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return indicators.ingest([path], store, **options)

    return take


def speaking(store):
    return indicators.in_force(store.read("indicators"), store.sources())


def refusal(take, store, text, **options):
    before = store.versions()
    with pytest.raises(IngestError) as raised:
        take(text, **options)
    assert store.versions() == before, "an error leaves the store as it was"
    return str(raised.value)


def test_a_sheet_in_any_order_and_case_is_read(take, store):
    taken = take(
        "Area,Note,VALUE,Base,Measure,Supplier,Period\n"
        'E07000131,postal survey,"1,088.5",412,user_satisfaction,The council,2013/14\n'
    )
    row = store.read("indicators").iloc[0]
    assert row.drop("source_id").to_dict() == {
        "measure": "user_satisfaction",
        "start": "2013-04",
        "end": "2014-03",
        "area_code": "E07000131",
        "value": 1088.5,
        "base": 412,
        "supplier": "The council",
        "note": "postal survey",
    }
    source = taken.sources.iloc[0]
    assert (source["publisher"], source["licence"]) == ("The council", "as supplied")
    assert not source["is_sample"]


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2013/14", "2013-04", "2014-03"),
        ("2013/14-Q3", "2013-10", "2013-12"),
        ("2014-03", "2014-03", "2014-03"),
        ("2013-12..2014-02", "2013-12", "2014-02"),
    ],
)
def test_a_period_is_written_in_any_of_the_four_ways(take, store, written, start, end):
    take(f"{HEAD}fires,{written},E07000131,3\n")
    row = store.read("indicators").iloc[0]
    assert (row["start"], row["end"]) == (start, end)


@pytest.mark.parametrize("area", ["E06000016", "E09000003", "W06000022", "E22000368", "W14000022"])
def test_an_area_is_a_district_or_a_partnership(take, store, area):
    take(f"{HEAD}fires,2013/14,{area},3\n")
    assert store.read("indicators")["area_code"].tolist() == [area]


def test_what_is_not_said_of_a_figure_is_missing_and_its_supplier_not_stated(take, store):
    take(f"{HEAD}{SATISFIED},88\n")
    row = store.read("indicators").iloc[0]
    assert pd.isna(row["base"])
    assert pd.isna(row["note"])
    assert row["supplier"] == "not stated"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("measure,period,value\nfires,2013/14,3\n", "column 'area' is missing"),
        ("measure,period,area,value,rate\nf,2013/14,E07000131,3,1\n", "a column is not known"),
        (f"{HEAD}{SATISFIED},\n", "line 2, column 'value': a blank cell"),
        (f"{HEAD}fires,2013/14,,3\n", "line 2, column 'area': a blank cell"),
        (f"{HEAD}{SATISFIED},[c]\n", "'[c]' is not a number; leave the row out"),
        (
            f"{HEAD}{SATISFIED},[c]\n",
            "withheld or not known is left out: a report shows it as missing",
        ),
        (f"{HEAD}{SATISFIED},x\n", "'x' is not a number; leave the row out"),
        (f"{HEAD}{SATISFIED},88%\n", "88, not 88%"),
        (f"{HEAD}fires,2013/15,E07000131,3\n", "column 'period': '2013/15' is not a financial"),
        (f"{HEAD}fires,2013/14,Harborough,3\n", "'Harborough' is the code of no district"),
        (f"{HEAD}fires,2013/14,E05009619,3\n", "'E05009619' is the code of no district"),
        (
            f"measure,period,area,value,base\n{SATISFIED},88,-1\n",
            "column 'base': '-1' is not a number of people asked",
        ),
        (
            f"{HEAD}{SATISFIED},88\nfires,2013/14,E07000131,3\n"
            "user_satisfaction,2013-04..2014-03,E07000131,87\n",
            "line 4, column 'value': user_satisfaction 2013-04..2014-03 E07000131 is 87 here and "
            "88 in line 2, column 'value'",
        ),
    ],
)
def test_a_faulty_sheet_is_refused_by_line_and_column(take, store, text, says):
    assert says in refusal(take, store, text)


@pytest.mark.parametrize("written", ["Mar-14", "01/03/2014", "2014-03-01", "41699"])
def test_a_period_that_a_spreadsheet_made_a_date_is_refused(take, store, written):
    says = refusal(take, store, f"{HEAD}fires,{written},E07000131,3\n")
    assert "is a date" in says
    assert "Format the column as text" in says


def test_a_date_in_a_workbook_is_refused_by_its_row(tmp_path, store):
    """2011/12 typed into a spreadsheet is 1 December 2011, and so is 2011-12."""
    book = openpyxl.Workbook()
    book.active.append(["measure", "period", "area", "value"])
    book.active.append(["fires", "2012/13", "E07000131", 3])
    book.active.append(["fires", datetime.datetime(2011, 12, 1), "E07000131", 4])
    book.save(tmp_path / "sheet.xlsx")
    with pytest.raises(IngestError, match=r"row 3, column 'period': '2011-12-01' is a date"):
        indicators.ingest([tmp_path / "sheet.xlsx"], store)


def test_an_unknown_measure_is_refused_with_the_nearest(take, store):
    known = {"domestic_burglary": COUNTED, "hate_crime": COUNTED}
    says = refusal(take, store, f"{HEAD}hate_crimes,2013/14,E07000131,3\n", measures=known)
    assert "'hate_crimes' is no measure of params/measures" in says
    assert "Did you mean 'hate_crime'?" in says


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("fires,2013/14,E07000131,-3", "'-3' is below nothing"),
        ("user_satisfaction,2013/14,E07000131,-3", "'-3' is below nothing"),
        ("fires,2013/14,E07000131,12.5", "'12.5' is not a whole number, and fires are counted"),
        ("fires,2013/14,E07000131,10000001", "'10000001' is more than any area has"),
        ("user_satisfaction,2013/14,E07000131,880", "'880' is more than 100 per cent"),
        ("user_satisfaction,2013/14,E07000131,0.88", "type 88, not 0.88, for 88%"),
        ("user_satisfaction,2013/14,E07000131,1", "would be no more than one per cent"),
        ("fires,2013/14,E07000131,1e5", "'1e5' is not a plain number"),
        ("fires,2013/14,E10000018,5", "'E10000018' is a county, and Fires is wanted of districts"),
        ("reoffending,2013/14,E07000131,28", "'E07000131' is a district of a county, and Proven"),
        ("reoffending,2013/14,E22000166,28", "'E22000166' is a partnership, and Proven"),
    ],
)
def test_a_figure_its_measure_cannot_have_is_refused(take, store, row, says):
    assert says in refusal(take, store, f"{HEAD}{row}\n", measures=MEASURES)


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("fires,2013/14,E07000131,0", 0),
        ("fires,2013/14,E07000131,12.0", 12),
        ("user_satisfaction,2013/14,E07000131,0", 0),
        ("user_satisfaction,2013/14,E07000131,1.1", 1.1),
        ("user_satisfaction,2013/14,E07000131,100", 100),
        ("reoffending,2013/14,E10000018,28", 28),
        ("reoffending,2013/14,E06000016,28", 28),
    ],
)
def test_a_figure_on_the_edge_of_what_its_measure_can_have_is_taken(take, store, row, value):
    take(f"{HEAD}{row}\n", measures=MEASURES)
    assert store.read("indicators")["value"].tolist() == [value]


def test_a_percentage_of_no_more_than_one_is_taken_once_somebody_has_checked(take, store):
    row = "user_satisfaction,2013/14,E07000131,0.88,Figure checked with the survey"
    take(f"measure,period,area,value,note\n{row}\n", measures=MEASURES)
    assert store.read("indicators")["value"].tolist() == [0.88]


@pytest.mark.parametrize("base", ["0", "0.5", "-1", "12.5", "99999999999"])
def test_a_base_is_a_whole_number_of_people(take, store, base):
    text = f"measure,period,area,value,base\n{SATISFIED},88,{base}\n"
    assert f"'{base}' is not a number of people asked" in refusal(take, store, text)


def test_all_that_is_wrong_is_told_at_once(take, store):
    says = refusal(
        take,
        store,
        f"{HEAD}fires,2013/15,E07000131,n/a\nfires,2013/14,Harborough,4\nfire,2013/14,,-2\n",
        measures=MEASURES,
    )
    assert says.splitlines()[0] == "sheet.csv: 6 things to put right"
    assert [line.split("'")[0].strip() for line in says.splitlines()[1:7]] == [
        "line 2, column",
        "line 2, column",
        "line 3, column",
        "line 4, column",
        "line 4, column",
        "line 4, column",
    ]


def test_no_more_than_twenty_faults_are_listed_and_the_rest_counted(take, store):
    rows = "".join(
        f"fires,{year}/{(year + 1) % 100:02d},E07000131,x\n" for year in range(1990, 2013)
    )
    says = refusal(take, store, HEAD + rows)
    assert says.splitlines()[0] == "sheet.csv: 23 things to put right"
    assert sum("is not a number" in line for line in says.splitlines()) == 20
    assert "  and 3 more" in says.splitlines()


LOOKUP = """LAD19CD,LAD19NM,CSP19CD,CSP19NM
E07000131,Harborough,E22000166,Harborough
E07000133,Melton,E22000169,Melton
"""


def test_a_district_that_no_lookup_has_is_refused_where_one_is_held(tmp_path, take, store):
    take(f"{HEAD}fires,2013/14,E07000130,3\n")  # nothing to check it against yet
    (tmp_path / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    lookup.ingest([tmp_path / "lookup.csv"], store)
    take(f"{HEAD}fires,2014/15,E07000133,3\nfires,2014/15,E22000166,3\n", "known.csv")
    for unknown in ("E07000132", "E07000999", "E22000100"):
        says = refusal(take, store, f"{HEAD}fires,2014/15,{unknown},3\n", name="new.csv")
        assert f"'{unknown}' is in no lookup that is held" in says


def test_a_district_newer_than_the_lookup_is_not_refused(tmp_path, take, store):
    """The ONS issues codes in order: one just past the last held is of a later reorganisation."""
    (tmp_path / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    lookup.ingest([tmp_path / "lookup.csv"], store)
    take(f"{HEAD}fires,2014/15,E07000134,3\n")
    assert store.read("indicators")["area_code"].tolist() == ["E07000134"]


def test_equal_figures_on_two_lines_are_one(take, store):
    taken = take(f"{HEAD}{SATISFIED},88\nuser_satisfaction,2013-04..2014-03,E07000131,88.0\n")
    assert store.read("indicators")["value"].tolist() == [88]
    assert taken.sources.iloc[0]["rows_copied"] == 1


def test_the_same_sheet_again_changes_nothing(take, store):
    take(f"{HEAD}{SATISFIED},88\n")
    before = store.versions()
    assert take(f"{HEAD}{SATISFIED},88\n").unchanged == ("sheet.csv",)
    assert store.versions() == before


def test_the_same_figure_in_another_sheet_is_no_change(take, store):
    take(f"{HEAD}{SATISFIED},88\n")
    taken = take(f"{HEAD}{SATISFIED},88\nfires,2013/14,E07000131,3\n", "more.csv")
    assert taken.sources.iloc[0][["rows_stored", "rows_copied"]].tolist() == [1, 1]
    assert len(speaking(store)) == len(store.read("indicators")) == 2


@pytest.mark.parametrize(
    ("first", "second"), [(None, None), ("2014-05", "2014-05"), ("2014-05", None)]
)
def test_a_different_figure_without_a_newer_edition_is_refused(take, store, first, second):
    take(f"{HEAD}{SATISFIED},85\n", edition=first)
    says = refusal(take, store, f"{HEAD}{SATISFIED},88\n", name="new.csv", edition=second)
    assert "is 88 here, and 85 in sheet.csv" in says
    assert "--edition YYYY-MM" in says


@pytest.mark.parametrize("first", [None, "2014-05"])
def test_a_newer_edition_replaces_the_older_figure(take, store, first):
    take(f"{HEAD}{SATISFIED},85\nfires,2013/14,E07000131,3\n", edition=first)
    take(f"{HEAD}{SATISFIED},88\n", edition="2014-06")
    assert dict(zip(speaking(store)["measure"], speaking(store)["value"], strict=True)) == {
        "user_satisfaction": 88,
        "fires": 3,
    }


def test_an_older_edition_that_comes_late_is_kept_and_does_not_speak(take, store):
    take(f"{HEAD}{SATISFIED},88\n", edition="2014-06")
    take(f"{HEAD}{SATISFIED},85\n", edition="2014-05")
    assert speaking(store)["value"].tolist() == [88]
    assert len(store.read("indicators")) == 2


def test_a_figure_confirmed_by_a_newer_edition_outlives_one_between(take, store):
    """May says 85, November confirms it; August, coming last, said 80 and was put right."""
    take(f"{HEAD}{SATISFIED},85\n", edition="2014-05")
    take(f"{HEAD}{SATISFIED},85\n", "november.csv", edition="2014-11")
    take(f"{HEAD}{SATISFIED},80\n", edition="2014-08")
    assert speaking(store)["value"].tolist() == [85]


def test_another_base_is_another_figure(take, store):
    head = "measure,period,area,value,base\n"
    take(f"{head}{SATISFIED},88,412\n")
    assert "88 (base 400) here, and 88 (base 412)" in refusal(
        take, store, f"{head}{SATISFIED},88,400\n"
    )


def test_two_sheets_of_one_call_may_not_differ(tmp_path, store):
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path, value in zip(paths, (85, 88), strict=True):
        path.write_text(f"{HEAD}{SATISFIED},{value}\n", encoding="utf-8")
    with pytest.raises(IngestError, match=r"b\.csv[^\0]*is 88 here, and 85 in a\.csv"):
        indicators.ingest(paths, store)
    assert not store.exists()


def test_an_edition_is_a_month(take):
    with pytest.raises(PeriodError, match="'May 2014' is not a month"):
        take(f"{HEAD}{SATISFIED},88\n", edition="May 2014")


def test_rows_whose_source_is_not_named_do_not_speak(take, store):
    take(f"{HEAD}{SATISFIED},88\n")
    nobody = store.sources().iloc[:0]
    assert indicators.in_force(store.read("indicators"), nobody).empty


def test_an_invented_sheet_cannot_join_real_ones(take):
    take(f"{HEAD}{SATISFIED},88\n")
    with pytest.raises(StoreError, match="never mix"):
        take(f"measure,period,area,value,supplier\nfires,2013/14,E07000131,3,{INVENTED}\n", "i.csv")


def test_a_sheet_that_does_not_say_it_is_invented_cannot_join_a_sample(take):
    invented = f"measure,period,area,value,supplier\nfires,2013/14,E07000131,3,{INVENTED}\n"
    assert take(invented).sources.iloc[0]["is_sample"]
    with pytest.raises(StoreError, match="never mix"):
        take(f"{HEAD}{SATISFIED},88\n", "real.csv")
