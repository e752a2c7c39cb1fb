"""Counts of wards and LSOAs summed over a district: of all of them, or not known and why."""

import pytest

from cspnb.ingest import lookup, lsoa_counts, ward_counts
from cspnb.measures.counts import total
from cspnb.measures.coverage import District
from cspnb.measures.months import ABSENT
from cspnb.params.measure import MeasureParams
from cspnb.params.origins import LsoaCounts, WardCounts
from cspnb.periods import Period
from cspnb.report.counting import count
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests import ward_counts_files as wards

BARNET = Place("Barnet", (District("E09000003", "Barnet"),))
IN_2020 = Period.parse("2020-01..2020-12")
IN_2021 = Period.parse("2021-01..2021-12")


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


def counted(store, source, period):
    measure = MeasureParams(
        key="burglary",
        label="Burglary",
        unit="offences",
        kind="count",
        good="lower",
        denominator="residents",
        why="It matters.",
        sources=(source,),
        not_in={"police_uk": "police.uk has it otherwise."},
    )
    return count(Holdings(store), measure, BARNET, period, years=2)


BURGLARY = LsoaCounts(origin="lsoa_counts", categories=("burglary",))
ONE, TWO, ANEW = "E01000115", "E01000116", "E01035001"


def lsoas_of_barnet(store, folder, census, *codes):
    lines = [f"{code},Barnet {code[-3:]},E09000003,Barnet" for code in codes]
    head = f"LSOA{census}CD,LSOA{census}NM,LAD19CD,LAD19NM"
    path = folder / f"lookup-{census}.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    lookup.ingest([path], store)


def yearly(store, folder, counts, category="burglary", head="2020,2021"):
    lines = [f"{code},Barnet {code[-3:]},Barnet,{by}" for code, by in counts.items()]
    path = folder / f"london-major-{category}.csv"
    text = "\n".join([f"LSOA11CD,LSOA11NM,LAD11NM,{head}", *lines, ""])
    path.write_text(text, encoding="utf-8")
    lsoa_counts.ingest([path], store)


def test_a_district_is_the_sum_of_all_its_lsoas(store, tmp_path):
    lsoas_of_barnet(store, tmp_path, 11, ONE, TWO)
    yearly(store, tmp_path, {ONE: "7,6", TWO: "0,3"})
    held = counted(store, BURGLARY, IN_2021)
    assert [total(held, year).count for year in (IN_2020, IN_2021)] == [7, 9]
    assert held.caveats == ()


def test_a_table_that_lacks_one_of_a_districts_lsoas_has_no_figure_of_it(store, tmp_path):
    lsoas_of_barnet(store, tmp_path, 11, ONE, TWO)
    yearly(store, tmp_path, {ONE: "7,6"})
    held = counted(store, BURGLARY, IN_2021)
    assert total(held, IN_2021).count is None
    assert held.missing == "the tables by LSOA lack 1 of the 2 LSOAs of Barnet"


def test_the_lsoas_of_another_census_are_not_wanting(store, tmp_path):
    """In 2021 the second LSOA became another: the table of 2011's codes is whole without it."""
    lsoas_of_barnet(store, tmp_path, 11, ONE, TWO)
    lsoas_of_barnet(store, tmp_path, 21, ONE, ANEW)
    yearly(store, tmp_path, {ONE: "7,6", TWO: "0,3"})
    assert total(counted(store, BURGLARY, IN_2021), IN_2021).count == 9


def test_a_category_that_no_table_has_is_told_from_a_district_that_is_missing(store, tmp_path):
    lsoas_of_barnet(store, tmp_path, 11, ONE)
    yearly(store, tmp_path, {ONE: "7,6"}, category="robbery")
    assert counted(store, BURGLARY, IN_2021).missing == "no table by LSOA that is held has burglary"


def test_a_last_year_far_below_the_one_before_is_a_caution_on_the_page(store, tmp_path):
    lsoas_of_barnet(store, tmp_path, 11, ONE)
    yearly(store, tmp_path, {ONE: "20,15"})
    caution = ("Burglary by LSOA: 2021 may be incomplete: 15 offences in all, against 20 in 2020.",)
    assert counted(store, BURGLARY, IN_2021).caveats == caution
    assert counted(store, BURGLARY, IN_2020).caveats == (), "the year is not in the report"


def test_a_year_that_a_later_table_goes_beyond_needs_no_caution(store, tmp_path):
    lsoas_of_barnet(store, tmp_path, 11, ONE)
    yearly(store, tmp_path, {ONE: "20,15"})
    yearly(store, tmp_path, {ONE: "20,15,15"}, head="2020,2021,2022")
    assert counted(store, BURGLARY, Period.parse("2022-01..2022-12")).caveats == ()


HOMES = ("BURGLARY", "RES BURGLARY OF A HOME")
BY_WARD = WardCounts(origin="ward_counts", categories=("BURGLARY",))
APRIL_TO_JULY = ["2020-04", "2020-05", "2020-06", "2020-07"]
OLD_NORTH, OLD_SOUTH = ("Hillside", "E05000011", "Barnet"), ("Garden", "E05000012", "Barnet")
NEW_NORTH, NEW_SOUTH = ("Hillside", "E05013011", "Barnet"), ("Lakeside", "E05013012", "Barnet")


def by_ward(store, folder, name, rows):
    path = wards.written(folder / name, wards.newer([(*HOMES, *row) for row in rows]))
    ward_counts.ingest([path], store)


def months(store):
    """The count of each of the four months, None where absent."""
    held = counted(store, BY_WARD, Period.parse("2020-04..2020-07"))
    monthly = held.monthly.set_index("month").loc[APRIL_TO_JULY]
    absent = monthly["status"].eq(ABSENT)
    return [None if gone else n for n, gone in zip(monthly["count"], absent, strict=True)]


def test_new_borders_of_wards_blank_no_month(store, tmp_path):
    spring, summer = ("202004", "202005"), ("202006", "202007")
    old = [(OLD_NORTH, dict.fromkeys(spring, 3)), (OLD_SOUTH, dict.fromkeys(spring, 2))]
    new = [(NEW_NORTH, dict.fromkeys(summer, 4)), (NEW_SOUTH, dict.fromkeys(summer, 4))]
    by_ward(store, tmp_path, "old.csv", old)
    by_ward(store, tmp_path, "new.csv", new)
    assert months(store) == [5, 5, 8, 8]


def test_a_month_in_two_files_under_old_codes_and_new_is_not_counted_twice(store, tmp_path):
    old = {"202004": 3, "202005": 3, "202006": 3}
    new = {"202006": 4, "202007": 4}
    by_ward(store, tmp_path, "old.csv", [(OLD_NORTH, old), (OLD_SOUTH, old)])
    by_ward(store, tmp_path, "new.csv", [(NEW_NORTH, new), (NEW_SOUTH, new)])
    assert months(store) == [6, 6, None, 8]


def test_a_borough_of_which_no_file_has_the_category_is_absent(store, tmp_path):
    brent = ("Hillside", "E05000099", "Brent")
    robbery = ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY")
    of_brent = [(*HOMES, brent, {"202004": 3})]
    of_barnet = [(*robbery, OLD_NORTH, {"202004": 3})]
    for number, rows in enumerate((of_brent, of_barnet)):
        path = wards.written(tmp_path / f"{number}.csv", wards.newer(rows))
        ward_counts.ingest([path], store)
    assert months(store) == [None] * 4
