"""One measure, several sources: which is used, what it gives, and that no two are added."""

from dataclasses import replace

import pytest

from cspnb.analysis.performance import Aim, performance
from cspnb.extracts import Cover, Extract
from cspnb.ingest import (
    council_asb,
    fire,
    force_extract,
    home_office,
    indicators,
    lookup,
    road_casualties,
    surveys,
    ward_counts,
)
from cspnb.measures.counts import total
from cspnb.measures.coverage import District
from cspnb.measures.months import ABSENT, SOUND
from cspnb.params.measure import MeasureParams
from cspnb.params.origins import (
    Fires,
    HomeOffice,
    Indicators,
    RoadCasualties,
    SuppliedRecords,
    Surveys,
    WardCounts,
)
from cspnb.periods import Period
from cspnb.report.counting import count, levels
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests import fire_files, home_office_files, road_casualties_files, ward_counts_files

HARBOROUGH = Place(
    "Harborough",
    (District("E07000131", "Harborough"),),
    ("E22000166",),
    force="leicestershire",
    slug="harborough",
)
YEAR = Period.parse("2020/21")

HINCKLEY = Place(
    "Hinckley and Bosworth",
    (District("E07000132", "Hinckley and Bosworth"),),
    ("E22000167",),
    force="leicestershire",
)

LOOKUP = """LSOA11CD,LSOA11NM,LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM
E01025800,Harborough 001A,E07000131,Harborough,E22000166,Harborough,E23000021,Leicestershire
E01025901,Melton 001A,E07000133,Melton,E22000169,Melton,E23000021,Leicestershire
E01025850,Hinckley 001A,E07000132,Hinckley and Bosworth,E22000167,\
Hinckley and Bosworth,E23000021,Leicestershire
"""


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "lookup.csv"
    path.write_text(LOOKUP, encoding="utf-8")
    store = Store(str(tmp_path / "store"))
    lookup.ingest([path], store)
    return store


def measure(*sources):
    return MeasureParams(
        key="burglary",
        label="Burglary",
        unit="offences",
        kind="count",
        good="lower",
        denominator="residents",
        why="It matters.",
        sources=sources,
        not_in={"police_uk": "police.uk has it otherwise."},
    )


def counted(store, *sources, place=HARBOROUGH, period=YEAR):
    return count(Holdings(store), measure(*sources), place, period, years=2)


def supply(store, folder, *rows):
    path = folder / "sheet.csv"
    path.write_text("\n".join(["measure,period,area,value", *rows]), encoding="utf-8")
    indicators.ingest([path], store)


def home_office_table(store, folder, *quarters, csp="Harborough", edition="2021-07"):
    """(year, quarter, residential burglaries, attempts)."""
    made = home_office_files
    rows = [
        made.row(year, quarter, csp, offence, number)
        for year, quarter, *numbers in quarters
        for offence, number in zip((made.RESIDENTIAL, made.ATTEMPTED), numbers, strict=True)
    ]
    home_office.ingest([made.csv_file(folder / "prc-csp.csv", rows)], store, edition=edition)


FOUR = [("2020/21", n, 10 * n, n) for n in (1, 2, 3, 4)]
RESIDENTIAL = HomeOffice(origin="home_office", subgroups=("Residential burglary",))


def test_four_quarters_of_the_home_office_make_a_year(store, tmp_path):
    home_office_table(store, tmp_path, *FOUR)

    year = total(counted(store, RESIDENTIAL), YEAR)

    assert (year.count, year.complete) == (100 + 10, True)
    assert year.sources == ("Home Office open data",)


def test_three_quarters_make_no_year(store, tmp_path):
    home_office_table(store, tmp_path, *FOUR[:3])

    year = total(counted(store, RESIDENTIAL), YEAR)

    assert not year.complete


def test_a_measure_may_be_made_of_codes(store, tmp_path):
    home_office_table(store, tmp_path, *FOUR)

    attempts = counted(store, HomeOffice(origin="home_office", codes=("28F",)))

    assert total(attempts, YEAR).count == 1 + 2 + 3 + 4


BURGLARY = HomeOffice(
    origin="home_office", subgroups=("Residential burglary", "Non-residential burglary")
)


def test_homes_alone_are_not_all_burglary(store, tmp_path):
    home_office_table(store, tmp_path, *FOUR)

    burglary = counted(store, BURGLARY)

    assert total(burglary, YEAR).count is None
    assert burglary.missing == "Home Office tables held lack Non-residential burglary for 2020/21"


def test_a_quarter_lacking_part_of_a_measure_is_told_and_not_counted(store, tmp_path):
    made = home_office_files
    shops = ("Burglary Business", made.THEFT, "Non-residential burglary", "30C")
    rows = [
        made.row("2020/21", quarter, "Harborough", offence, 5)
        for quarter, offences in [(1, [made.RESIDENTIAL]), (2, [made.RESIDENTIAL, shops])]
        for offence in offences
    ]
    home_office.ingest([made.csv_file(tmp_path / "prc.csv", rows)], store, edition="2021-07")

    burglary = counted(store, BURGLARY)

    second, first = Period.parse("2020/21-Q2"), Period.parse("2020/21-Q1")
    assert total(burglary, second).count == 10
    assert not total(burglary, first).complete
    assert burglary.caveats == (
        "Home Office tables held lack Non-residential burglary for April to June 2020",
    )


def test_taken_without_consent_is_part_of_theft_of_vehicles(store, tmp_path):
    """37.2 is aggravated vehicle taking: 48 alone is fewer than were stolen."""
    made = home_office_files
    stolen = ("Theft of a motor vehicle", "Vehicle offences", "Vehicle offences", "48")
    rows = [made.row("2020/21", quarter, "Harborough", stolen, 5) for quarter in (1, 2, 3, 4)]
    home_office.ingest([made.csv_file(tmp_path / "prc.csv", rows)], store, edition="2021-07")

    thefts = counted(store, HomeOffice(origin="home_office", codes=("37.2", "48")))

    assert thefts.missing == "Home Office tables held lack code 37.2 for 2020/21"


SPELT = [
    # edition of 'Hinckley and Bosworth', of 'Hinckley & Bosworth'; which speaks is the newest
    ("2021-07", "2022-07"),
    ("2022-07", "2021-07"),
]


@pytest.mark.parametrize(("in_full", "with_sign"), SPELT)
def test_the_newest_edition_speaks_however_it_spells_the_area(store, tmp_path, in_full, with_sign):
    revised = [(year, n, 3 * homes, attempts) for year, n, homes, attempts in FOUR]
    older, newer = sorted([(in_full, "Hinckley and Bosworth"), (with_sign, "Hinckley & Bosworth")])
    home_office_table(store, tmp_path, *FOUR, csp=older[1], edition=older[0])
    home_office_table(store, tmp_path, *revised, csp=newer[1], edition=newer[0])

    year = total(counted(store, RESIDENTIAL, place=HINCKLEY), YEAR)

    assert (year.count, year.complete) == (300 + 10, True)


def test_a_partnership_of_three_districts_has_no_figure_for_one_of_them(store, tmp_path):
    shared = (
        "LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM\n"
        "E07000234,Bromsgrove,E22000368,North Worcestershire,E23000016,West Mercia\n"
        "E07000236,Redditch,E22000368,North Worcestershire,E23000016,West Mercia\n"
    )
    (tmp_path / "shared.csv").write_text(shared, encoding="utf-8")
    lookup.ingest([tmp_path / "shared.csv"], store)
    home_office_table(store, tmp_path, *FOUR, csp="North Worcestershire")
    bromsgrove = Place("Bromsgrove", (District("E07000234", "Bromsgrove"),))
    both = Place("Both", (*bromsgrove.districts, District("E07000236", "Redditch")))

    assert "covers just Bromsgrove" in counted(store, RESIDENTIAL, place=bromsgrove).missing
    assert total(counted(store, RESIDENTIAL, place=both), YEAR).count == 110


def test_the_preferred_of_two_sources_is_used_and_never_both(store, tmp_path):
    home_office_table(store, tmp_path, *FOUR)
    supply(store, tmp_path, "burglary,2020/21,E07000131,999", "burglary,2019/20,E07000131,77")

    preferred = counted(store, RESIDENTIAL, Indicators())
    other = counted(store, Indicators(), RESIDENTIAL)

    assert total(preferred, YEAR).count == 110
    assert total(other, YEAR).count == 999
    before = total(preferred, Period.parse("2019/20"))
    assert (before.count, before.sources) == (77, ("not stated",))


EXTRACT = Extract(
    partnership="harborough",
    stream="force-extract",
    kind="offence",
    supplier="A police force",
    columns={
        "from": ("Began",),
        "offence": ("What",),
        "offence_code": ("Code",),
        "lsoa": ("Area",),
        "domestic": ("Domestic",),
    },
    dates="year first",
    yes=("Y",),
    no=("N",),
    covers=Cover(("E07000131",)),
)
RECORDS = """Began,What,Code,Area,Domestic
2020-04-03,Assault with injury,8N,E01025800,Y
2020-04-09,Assault with injury,8N,E01025800,N
2020-05-01,Shoplifting,46,E01025800,N
2020-05-02,Assault with injury,8N,E01025901,Y
2020-05-03,Assault with injury,8N,,Y
"""


def take_extract(store, folder, text, *, edition=None, **said):
    path = folder / "extract.csv"
    path.write_text(text, encoding="utf-8")
    force_extract.ingest([path], store, mapping=replace(EXTRACT, **said), edition=edition)


@pytest.fixture
def extract(store, tmp_path):
    take_extract(store, tmp_path, RECORDS)
    return store


def records(**which):
    return SuppliedRecords(origin="supplied_records", stream="force-extract", **which)


RECORDED = [
    # which records are counted                       April, May
    (records(codes=("8N",)), [2, 0]),
    (records(codes=("8N",), flag="domestic"), [1, 0]),
    (records(codes=("8N",), categories=("Shoplifting",)), [2, 1]),
    (records(categories=("Shoplifting",)), [0, 1]),
    (records(), [2, 1]),
]


@pytest.mark.parametrize(("source", "expected"), RECORDED)
def test_records_are_counted_where_and_when_they_happened(extract, source, expected):
    months = counted(extract, source).monthly.set_index("month")

    assert months.loc[["2020-04", "2020-05"], "count"].tolist() == expected
    assert set(months.loc[["2020-04", "2020-05"], "status"]) == {SOUND}
    assert months.loc["2020-06", "status"] == ABSENT, "an extract cannot prove a silent month"


NO_COVER, HERE, MELTON_ALONE = None, ("E07000131",), ("E07000133",)
COVERED = [
    # what the extract is said to cover      which records are counted     April, May
    (Cover(HERE), records(codes=("34A",)), [0, 0]),
    (Cover(HERE, ("46",)), records(codes=("46",)), [0, 1]),
    (Cover(HERE, ("46", "8N")), records(codes=("46",)), [0, 1]),
    (Cover(HERE, ("46",)), records(codes=("34A",)), [None, None]),
    (Cover(HERE, ("46",)), records(codes=("46", "8N")), [None, None]),
    (Cover(HERE, ("46",)), records(codes=("46",), categories=("Theft",)), [None, None]),
    (Cover(HERE, ("46",)), records(), [None, None]),
    (Cover(HERE, ("46",)), records(flag="domestic"), [None, None]),
    (Cover(MELTON_ALONE), records(), [None, None]),
    (Cover((*HERE, *MELTON_ALONE)), records(), [2, 1]),
    (NO_COVER, records(codes=("34A",)), [None, None]),
    (NO_COVER, records(codes=("46",)), [None, 1]),
    (NO_COVER, records(codes=("8N",), flag="domestic"), [1, None]),
    (NO_COVER, records(flag="domestic"), [1, None]),
]


@pytest.mark.parametrize(("covers", "source", "expected"), COVERED)
def test_an_extract_proves_a_nought_only_of_what_it_covers(
    store, tmp_path, covers, source, expected
):
    take_extract(store, tmp_path, RECORDS, covers=covers)

    months = counted(store, source).monthly.set_index("month").loc[["2020-04", "2020-05"]]

    assert months["count"].astype(object).where(months["count"].notna(), None).tolist() == expected
    assert months["reason"].ne("").tolist() == [count is None for count in expected]


def test_an_extract_that_does_not_say_what_it_covers_is_told_of(store, tmp_path):
    take_extract(store, tmp_path, RECORDS, covers=None)

    [caveat, _] = counted(store, records()).caveats

    assert caveat.startswith("the extract does not say what it covers")


SHOPLIFTING = "Began,What,Code,Area,Domestic\n" + "".join(
    f"{year}-{month:02}-05,Shoplifting,46,E01025800,N\n"
    for year, months in ((2020, range(4, 13)), (2021, range(1, 4)))
    for month in months
)


@pytest.mark.parametrize("covers", [None, Cover(("E07000131",), ("46",))])
def test_an_extract_of_shoplifting_says_nothing_of_robbery(store, tmp_path, covers):
    take_extract(store, tmp_path, SHOPLIFTING, covers=covers)

    assert total(counted(store, records(codes=("46",))), YEAR).count == 12
    robbery = total(counted(store, records(codes=("34A", "34B"))), YEAR)
    assert (robbery.count, robbery.complete) == (None, False)


def of_months(year, rows, lsoa):
    return "Began,What,Code,Area,Domestic\n" + "".join(
        f"{year + month // 12}-{month % 12 + 1:02}-05,Assault,8N,{lsoa},Y\n" * each
        for month, each in enumerate(rows, start=3)
    )


def test_a_stray_record_in_a_neighbours_extract_is_no_figure(store, tmp_path):
    """Melton's own, with one row of Harborough."""
    rows = of_months(2020, [2] * 12, "E01025901") + "2020-06-01,Assault,8N,E01025800,Y\n"
    take_extract(store, tmp_path, rows, partnership="melton", covers=None)

    year = total(counted(store, records(flag="domestic")), YEAR)

    assert (year.count, year.complete) == (None, False)


OWN_FIRST = [
    # Harborough's own extract is of   it is found to have
    (2020, 12),
    (None, 36),
]


@pytest.mark.parametrize(("own", "expected"), OWN_FIRST)
def test_a_partnerships_own_extract_comes_before_a_neighbours(store, tmp_path, own, expected):
    """The neighbour's has three records a month, of both districts, and covers both."""
    both = Cover(("E07000131", "E07000133"))
    rows = of_months(2020, [3] * 12, "E01025800")
    take_extract(store, tmp_path, rows, partnership="melton", covers=both)
    if own:
        take_extract(store, tmp_path, of_months(own, [1] * 12, "E01025800"))

    year = total(counted(store, records()), YEAR)

    assert (year.count, year.complete) == (expected, True)


def test_a_neighbours_old_records_do_not_hide_a_partnerships_own(store, tmp_path):
    """Twelve of its own in 2020/21, and 27 of the neighbour's in 2019."""
    take_extract(store, tmp_path, of_months(2020, [1] * 12, "E01025800"), covers=None)
    old = of_months(2019, [9, 9, 9], "E01025800")
    take_extract(store, tmp_path, old, partnership="melton", covers=None)

    year = total(counted(store, records()), YEAR)

    assert (year.count, year.complete) == (12, True)


def test_what_an_extract_covers_can_be_said_afterwards_with_a_newer_edition(store, tmp_path):
    take_extract(store, tmp_path, SHOPLIFTING, covers=None)
    take_extract(store, tmp_path, SHOPLIFTING, edition="2021-05")

    robbery = total(counted(store, records(codes=("34A", "34B"))), YEAR)

    assert (robbery.count, robbery.complete) == (0, True)


def test_records_in_no_known_district_are_told(extract):
    assert counted(extract, records()).caveats == (
        "1 of 5 records of the extract are in no district known",
    )


def test_a_councils_cases_and_a_forces_records_are_two_streams(extract, tmp_path):
    cases = Extract(
        partnership="harborough",
        stream="council-asb",
        kind="case",
        supplier="A council",
        columns={"from": ("On",), "type": ("What",), "status": ("State",), "lsoa": ("Area",)},
        dates="year first",
        covers=Cover(("E07000131",)),
    )
    path = tmp_path / "cases.csv"
    path.write_text("On,What,State,Area\n2020-04-01,Noise,Closed,E01025800\n", encoding="utf-8")
    council_asb.ingest([path], extract, mapping=cases)

    of_council = SuppliedRecords(origin="supplied_records", stream="council-asb")
    april = Period.parse("2020-04")

    assert total(counted(extract, of_council, period=april), april).count == 1
    assert total(counted(extract, records(), period=april), april).count == 2


def test_fires_are_counted_by_financial_year(store, tmp_path):
    fire.ingest([fire_files.as_csv(tmp_path / "fires.csv", fire_files.ROWS)], store)

    primary = counted(store, Fires(origin="fires", kinds=("primary",)))
    both = counted(store, Fires(origin="fires", kinds=("primary", "secondary")))

    assert total(primary, YEAR).count == 3
    assert total(both, YEAR).count == 4


def test_casualties_of_one_month_are_no_year(store, tmp_path):
    made = road_casualties_files
    collisions = made.written(tmp_path / "collisions.csv", [made.collision(1), made.collision(2)])
    hurt = [made.casualty(1, casualty_severity="2"), made.casualty(2)]
    casualties = made.written(tmp_path / "casualties.csv", hurt)
    road_casualties.ingest([collisions, casualties], store)
    serious = RoadCasualties(origin="road_casualties", severities=("fatal", "serious"))

    financial, calendar = Period.parse("2023/24"), Period.parse("2024-01..2024-12")

    assert not total(counted(store, serious, period=financial), financial).complete
    assert not total(counted(store, serious, period=calendar), calendar).complete, "one month held"


def test_ward_counts_are_summed_over_a_districts_wards(store, tmp_path):
    made = ward_counts_files
    months = {"202004": 3, "202005": 4}
    rows = made.newer(
        [
            ("BURGLARY", "RES BURGLARY OF A HOME", made.HILLSIDE, months),
            ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY", made.GARDEN, months),
            ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", made.GARDEN, months),
            ("BURGLARY", "RES BURGLARY OF A HOME", made.AIRPORT, months),
        ]
    )
    ward_counts.ingest([made.written(tmp_path / "wards.csv", rows)], store)
    barnet = Place("Barnet", (District("E09000003", "Barnet"),))
    source = WardCounts(origin="ward_counts", categories=("BURGLARY",))

    monthly = counted(store, source, place=barnet).monthly.set_index("month")

    assert monthly.loc[["2020-04", "2020-05"], "count"].tolist() == [6, 8]
    assert monthly.loc["2020-06", "status"] == ABSENT


SURVEY = """survey,question,answer,area,period,percentage,base,weighting,supplier
Residents,Safe after dark?,Very safe,E07000131,2020/21,25,100,unweighted,A council
Residents,Safe after dark?,Fairly safe,E07000131,2020/21,40,100,unweighted,A council
Residents,Safe after dark?,A bit unsafe,E07000131,2020/21,35,100,unweighted,A council
"""
SAFE = Surveys(origin="surveys", question="Safe after dark?", answers=("Very safe", "Fairly safe"))


def test_a_surveys_answers_are_counted_together_with_the_range_of_chance(store, tmp_path):
    """65 of 100: Wilson's interval is 55.25% to 73.64%."""
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")
    surveys.ingest([tmp_path / "survey.csv"], store)
    feels_safe = measure(SAFE, Indicators()).model_copy(update={"kind": "percentage"})

    held = levels(Holdings(store), feels_safe, HARBOROUGH, YEAR)
    [standing] = performance([Aim(held, None)], area="Harborough", period=YEAR).standings

    assert held.table[["value", "base"]].values.tolist() == [[65.0, 100.0]]
    assert (standing.share.lower, standing.share.upper) == pytest.approx(
        (0.552544, 0.736358), abs=1e-6
    )


BASES = [
    # how many answered    is it shown?    the reason where it is not
    (9, False, "9 people answered, too few for a percentage"),
    (10, True, ""),
]


@pytest.mark.parametrize(("base", "shown", "reason"), BASES)
def test_no_percentage_is_printed_of_fewer_than_ten(store, tmp_path, base, shown, reason):
    text = SURVEY.replace(",100,", f",{base},")
    (tmp_path / "survey.csv").write_text(text, encoding="utf-8")
    surveys.ingest([tmp_path / "survey.csv"], store)
    feels_safe = measure(SAFE).model_copy(update={"kind": "percentage"})

    held = levels(Holdings(store), feels_safe, HARBOROUGH, YEAR)
    [standing] = performance([Aim(held, None)], area="Harborough", period=YEAR).standings

    assert (standing.level is not None, standing.reason) == (shown, reason)


def test_a_share_lacking_one_of_its_answers_is_none(store, tmp_path):
    lines = [line for line in SURVEY.splitlines() if "Fairly" not in line]
    (tmp_path / "survey.csv").write_text("\n".join(lines), encoding="utf-8")
    surveys.ingest([tmp_path / "survey.csv"], store)
    feels_safe = measure(SAFE).model_copy(update={"kind": "percentage"})

    assert levels(Holdings(store), feels_safe, HARBOROUGH, YEAR).table.empty


SEVERAL = """survey,question,answer,area,period,percentage,base,weighting,choice
Residents,What worries you?,Burglary,E07000131,2020/21,60,100,unweighted,several
Residents,What worries you?,Speeding,E07000131,2020/21,30,100,unweighted,{choice}
"""
WORRIES = [
    # choice of the second    answers counted           the share
    ("several", ("Burglary", "Speeding"), []),
    ("", ("Burglary", "Speeding"), []),  # the question allowed several, whatever one line says
    ("several", ("Burglary",), [60.0]),
]


@pytest.mark.parametrize(("choice", "answers", "shares"), WORRIES)
def test_answers_of_which_one_person_gave_several_are_not_added(
    store, tmp_path, choice, answers, shares
):
    """60% and 30% may be the same people, or 90%: nobody can tell."""
    (tmp_path / "survey.csv").write_text(SEVERAL.format(choice=choice), encoding="utf-8")
    surveys.ingest([tmp_path / "survey.csv"], store)
    worried = Surveys(origin="surveys", question="What worries you?", answers=answers)
    worries = measure(worried).model_copy(update={"kind": "percentage"})

    held = levels(Holdings(store), worries, HARBOROUGH, YEAR)

    assert held.table["value"].tolist() == shares
    if not shares:
        assert held.missing == (
            "people could give several answers to 'What worries you?': shares of them are not added"
        )


def test_without_a_survey_there_is_no_share(store):
    feels_safe = measure(SAFE).model_copy(update={"kind": "percentage"})

    held = levels(Holdings(store), feels_safe, HARBOROUGH, YEAR)

    assert held.table.empty
    assert "no figure was supplied" in held.missing


def test_a_share_is_of_nobody_more_than_everybody(store, tmp_path):
    """Two files of one question, each with answers that are no more than everybody."""
    lines = SURVEY.replace("Very safe,E07000131,2020/21,25", "Very safe,E07000131,2020/21,65")
    head, very, fairly, _ = lines.splitlines()
    for name, line in (("one.csv", very), ("two.csv", fairly)):
        (tmp_path / name).write_text(f"{head}\n{line}\n", encoding="utf-8")
        surveys.ingest([tmp_path / name], store)
    feels_safe = measure(SAFE).model_copy(update={"kind": "percentage"})

    held = levels(Holdings(store), feels_safe, HARBOROUGH, YEAR)

    assert held.table.empty
    assert held.missing == "answers to 'Safe after dark?' add up to more than everybody"


def test_rounding_makes_no_share_of_more_than_everybody(store, tmp_path):
    """60.5% and 40% are 100%, rounded."""
    lines = SURVEY.replace(",25,", ",60.5,").splitlines()[:3]
    (tmp_path / "survey.csv").write_text("\n".join(lines), encoding="utf-8")
    surveys.ingest([tmp_path / "survey.csv"], store)
    feels_safe = measure(SAFE).model_copy(update={"kind": "percentage"})

    assert levels(Holdings(store), feels_safe, HARBOROUGH, YEAR).table["value"].tolist() == [100.0]
