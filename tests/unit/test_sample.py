"""The invented data set: the real formats, the same every time, and plainly invented."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cspnb import sample
from cspnb.schemas import SAMPLE_LSOA_PREFIX

HARBOROUGH = "E07000131"

STREET_COLUMNS = [
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
]

# police.uk's three sets of crime types, written out by hand from what it has published.
SIX = {
    "Anti-social behaviour",
    "Burglary",
    "Other crime",
    "Robbery",
    "Vehicle crime",
    "Violent crime",
}
ELEVEN = SIX | {
    "Criminal damage and arson",
    "Drugs",
    "Other theft",
    "Public disorder and weapons",
    "Shoplifting",
}
FOURTEEN = (ELEVEN - {"Violent crime", "Public disorder and weapons"}) | {
    "Bicycle theft",
    "Possession of weapons",
    "Public order",
    "Theft from the person",
    "Violence and sexual offences",
}

# Harborough's published table: measure, 2012/13, 2013/14, and where the sample says it.
PUBLISHED = [
    ("domestic_burglary", 153, 253),
    ("commercial_burglary", 107, 106),
    ("theft_from_vehicle", 335, 284),
    ("theft_of_vehicle", 38, 54),
    ("violence_with_injury", 163, 176),
    ("domestic_violence_with_injury", 59, 68),
]
PUBLISHED_TYPES = [
    ("Criminal damage and arson", 490, 412),
    ("Anti-social behaviour", 1269, 1159),
    ("Burglary", 153 + 107, 253 + 106),
    ("Vehicle crime", 335 + 38, 284 + 54),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("sample"), seed=2014)


@pytest.fixture(scope="module")
def members(files):
    """Every member of every archive, as bytes, by name."""
    held = {}
    for path in files.police_uk:
        with zipfile.ZipFile(path) as archive:
            held |= {name: archive.read(name) for name in archive.namelist()}
    return held


@pytest.fixture(scope="module")
def street(files):
    """All street records as text, with the `member` and the `archive` each came in."""
    frames = []
    for path in files.police_uk:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith("-street.csv"):
                    frame = pd.read_csv(archive.open(name), dtype=str, keep_default_na=False)
                    frames.append(frame.assign(member=name, archive=path.name))
    return pd.concat(frames, ignore_index=True)


@pytest.fixture(scope="module")
def placed(files, street):
    """The street records with the district that the sample's own lookup gives."""
    lookup = pd.read_csv(files.lookups[0], dtype=str)[["LSOA11CD", "LAD19CD"]]
    return street.merge(
        lookup, left_on="LSOA code", right_on="LSOA11CD", how="left", validate="many_to_one"
    )


@pytest.fixture(scope="module")
def sheet(files):
    return pd.read_csv(files.indicators[0], dtype={"period": str}, keep_default_na=False)


def financial_year_start(months: pd.Series) -> pd.Series:
    return months.str[:4].astype(int) - (months.str[5:7].astype(int) < 4)


def of_year(rows: pd.DataFrame, column: str, first: int) -> pd.DataFrame:
    return rows[financial_year_start(rows[column]) == first]


def monthly_figures(sheet, measure, area):
    own = sheet[(sheet["measure"] == measure) & (sheet["area"] == area)]
    return own[~own["period"].str.contains("/")]


# the same for the same seed


def test_the_same_seed_gives_the_same_bytes(files, tmp_path):
    again = sample.write(tmp_path, seed=2014)
    first = {path.name: path.read_bytes() for path in files.police_uk[0].parent.iterdir()}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert [path.name for path in again.police_uk] == [path.name for path in files.police_uk]


def test_another_seed_gives_other_records_and_the_same_published_counts(tmp_path, files, sheet):
    other = sample.write(tmp_path, seed=7)
    assert other.police_uk[0].read_bytes() != files.police_uk[0].read_bytes()
    assert other.population[0].read_bytes() != files.population[0].read_bytes()
    other_sheet = pd.read_csv(other.indicators[0], dtype={"period": str})
    for measure, *_ in PUBLISHED:
        drawn = monthly_figures(other_sheet, measure, HARBOROUGH)
        usual = monthly_figures(sheet, measure, HARBOROUGH)
        for first in (2012, 2013):
            year, same_year = (of_year(rows, "period", first) for rows in (drawn, usual))
            assert year["value"].sum() == same_year["value"].sum()


# police.uk's own formats


def test_archives_are_named_by_edition_and_hold_each_month_once(files, members):
    assert [path.name for path in files.police_uk] == ["2017-04.zip", "2020-04.zip", "2021-03.zip"]
    total = sum(len(zipfile.ZipFile(path).namelist()) for path in files.police_uk)
    assert len(members) == total


@pytest.mark.parametrize(
    ("force", "first", "last", "months"),
    [
        ("leicestershire", "2010-12", "2021-03", 124),
        ("lancashire", "2010-12", "2013-03", 28),
        ("metropolitan", "2010-12", "2013-03", 28),
    ],
)
def test_a_force_has_a_street_file_for_every_month(members, force, first, last, months):
    held = sorted(name for name in members if name.endswith(f"-{force}-street.csv"))
    assert held[0] == f"{first}/{first}-{force}-street.csv"
    assert held[-1] == f"{last}/{last}-{force}-street.csv"
    assert len(held) == months


def test_every_street_file_has_the_twelve_columns_and_no_quoted_field(members):
    header = ",".join(STREET_COLUMNS)
    for name, content in members.items():
        if name.endswith("-street.csv"):
            lines = content.decode("utf-8").splitlines()
            assert lines[0] == header, name
            assert {line.count(",") for line in lines} == {11}, name


def test_outcomes_have_the_ten_columns_and_crimes_of_the_month(members, street):
    content = members["2014-03/2014-03-leicestershire-outcomes.csv"].decode("utf-8")
    lines = content.splitlines()
    assert lines[0].split(",") == [*STREET_COLUMNS[:9], "Outcome type"]
    known = set(street.loc[street["Month"] == "2014-03", "Crime ID"])
    assert {line.split(",")[0] for line in lines[1:]} <= known - {""}


def test_stops_have_the_fifteen_columns_latitude_first(members):
    lines = members["2015-01/2015-01-leicestershire-stop-and-search.csv"].decode().splitlines()
    assert lines[0].split(",") == [
        "Type",
        "Date",
        "Part of a policing operation",
        "Policing operation",
        "Latitude",
        "Longitude",
        "Gender",
        "Age range",
        "Self-defined ethnicity",
        "Officer-defined ethnicity",
        "Legislation",
        "Object of search",
        "Outcome",
        "Outcome linked to object of search",
        "Removal of more than just outer clothing",
    ]
    for line in lines[1:]:
        cells = line.split(",")
        assert len(cells) == 15
        assert 51 < float(cells[4]) < 54
        assert cells[1].startswith("2015-01-") and cells[1].endswith("+00:00")


def test_every_row_is_of_its_files_month(street):
    assert (street["member"].str[:7] == street["Month"]).all()


def test_crime_types_are_those_of_the_month(street):
    seen = street.groupby("Month")["Crime type"].unique().map(set)
    for month, types in seen.items():
        expected = SIX if month < "2011-09" else ELEVEN if month < "2013-05" else FOURTEEN
        assert types == expected, month


def test_only_crimes_have_an_id_and_no_two_the_same(street):
    incidents = street["Crime type"] == "Anti-social behaviour"
    assert (street.loc[incidents, "Crime ID"] == "").all()
    assert (street.loc[incidents, "Last outcome category"] == "").all()
    ids = street.loc[~incidents, "Crime ID"]
    assert ids.str.fullmatch(r"[0-9a-f]{64}").all()
    assert ids.is_unique


def test_a_force_publishes_under_the_name_it_had(street):
    leicestershire = street[street["member"].str.contains("leicestershire")]
    names = leicestershire.groupby("Month")["Reported by"].unique().map(list)
    assert names["2013-12"] == ["Leicestershire Constabulary"]
    assert names["2014-01"] == ["Leicestershire Police"]
    assert (street["Reported by"] == street["Falls within"]).all()


# the size


def test_it_is_about_a_quarter_of_a_million_records_in_a_few_megabytes(files, street):
    assert 230_000 < len(street) < 290_000
    assert sum(path.stat().st_size for path in files.police_uk) < 15_000_000


def test_most_records_are_in_the_first_archive_and_none_is_empty(street):
    by_archive = street.groupby("archive").size()
    assert (
        by_archive["2017-04.zip"] > by_archive["2020-04.zip"] > by_archive["2021-03.zip"] > 10_000
    )
    assert street.groupby("member").size().min() > 800


# the published year


def test_harboroughs_total_crime_is_the_published_one(placed):
    own = placed[(placed["LAD19CD"] == HARBOROUGH)]
    crimes = own[own["Crime type"] != "Anti-social behaviour"]
    assert len(of_year(crimes, "Month", 2012)) == 2773
    assert len(of_year(crimes, "Month", 2013)) == 2778


@pytest.mark.parametrize(("crime_type", "before", "now"), PUBLISHED_TYPES)
def test_harboroughs_records_sum_to_the_published_counts(placed, crime_type, before, now):
    own = placed[(placed["LAD19CD"] == HARBOROUGH) & (placed["Crime type"] == crime_type)]
    assert len(of_year(own, "Month", 2012)) == before
    assert len(of_year(own, "Month", 2013)) == now


@pytest.mark.parametrize(("measure", "before", "now"), PUBLISHED)
def test_harboroughs_sheet_sums_to_the_published_counts(sheet, measure, before, now):
    own = monthly_figures(sheet, measure, HARBOROUGH)
    for first, expected in ((2012, before), (2013, now)):
        year = of_year(own, "period", first)
        assert len(year) == 12
        assert year["value"].sum() == expected


def test_harboroughs_satisfaction_is_the_published_88_per_cent_with_a_base(sheet):
    own = sheet[(sheet["measure"] == "user_satisfaction") & (sheet["area"] == HARBOROUGH)]
    year = own.set_index("period").loc["2013/14"]
    assert year["value"] == 88
    assert int(year["base"]) == 412


def test_burglary_is_the_same_in_the_records_and_in_the_sheet_month_by_month(placed, sheet):
    own = placed[(placed["LAD19CD"] == HARBOROUGH) & (placed["Crime type"] == "Burglary")]
    records = own.groupby("Month").size()
    supplied = sum(
        monthly_figures(sheet, measure, HARBOROUGH).set_index("period")["value"]
        for measure in ("domestic_burglary", "commercial_burglary")
    )
    both = records.index.intersection(supplied.index)
    assert len(both) == 40  # December 2010 to March 2014
    assert (records[both] == supplied[both]).all()


def spread_after_season(counts: list[int]) -> float:
    """Pearson's chi-squared over its degrees of freedom, two years by twelve months.

    Expected: year's total by month's total over all, which is the Poisson fit on year and month.
    """
    table = np.array(counts, dtype=float).reshape(2, 12)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return ((table - expected) ** 2 / expected).sum() / 11


def test_the_spread_after_season_is_measured_as_by_hand():
    """Years 24 and 12 over twelve months, all even but one pair of months in the first year.

    Rows 1,3,2x10 and 1x12: columns 2,4,3x10; expected 4/3, 8/3, 2 and 2/3, 4/3, 1, so
    1/12 + 1/24 + 1/6 + 1/12 = 3/8 over 11.
    """
    counts = [1, 3, *[2] * 10, *[1] * 12]
    assert spread_after_season(counts) == pytest.approx(0.375 / 11)


@pytest.mark.parametrize("measure", [measure for measure, *_ in PUBLISHED])
def test_no_supplied_measure_varies_more_than_chance_once_season_is_out(sheet, measure):
    own = monthly_figures(sheet, measure, HARBOROUGH).sort_values("period")
    two_years = own[own["period"].between("2012-04", "2014-03")]
    assert spread_after_season(two_years["value"].tolist()) <= 1


@pytest.mark.parametrize("which", ["total", "Criminal damage and arson", "Anti-social behaviour"])
def test_no_recorded_measure_varies_more_than_chance_once_season_is_out(placed, which):
    own = placed[placed["LAD19CD"] == HARBOROUGH]
    chosen = (
        own["Crime type"] != "Anti-social behaviour"
        if which == "total"
        else (own["Crime type"] == which)
    )
    counts = own[chosen].groupby("Month").size().loc["2012-04":"2014-03"]
    assert spread_after_season(counts.tolist()) <= 1


# the ground


def test_every_lsoa_is_marked_as_invented(files, street):
    lookup = pd.read_csv(files.lookups[0], dtype=str)
    drawn = json.loads(files.boundaries[0].read_text(encoding="utf-8"))["features"]
    polygons = {feature["properties"]["LSOA11CD"] for feature in drawn}
    assert lookup["LSOA11CD"].str.match(SAMPLE_LSOA_PREFIX + r"\d{4}$").all()
    assert lookup["LSOA11CD"].is_unique
    assert polygons == set(lookup["LSOA11CD"])
    assert set(street["LSOA code"]) - {""} <= polygons


def test_an_lsoa_is_named_after_its_district(files):
    lookup = pd.read_csv(files.lookups[0], dtype=str)
    district = lookup["LSOA11NM"].str.replace(r" \d{3}[A-D]$", "", regex=True)
    assert (district == lookup["LAD19NM"]).all()


def box(feature):
    corners = np.array(feature["geometry"]["coordinates"][0])
    return (*corners.min(axis=0), *corners.max(axis=0))


def test_snap_points_lie_inside_their_lsoa(files, street):
    drawn = json.loads(files.boundaries[0].read_text(encoding="utf-8"))["features"]
    boxes = {feature["properties"]["LSOA11CD"]: box(feature) for feature in drawn}
    points = street.loc[street["LSOA code"] != "", ["LSOA code", "Longitude", "Latitude"]]
    for code, longitude, latitude in points.drop_duplicates().itertuples(index=False):
        west, south, east, north = boxes[code]
        assert west < float(longitude) < east
        assert south < float(latitude) < north


def test_no_two_districts_overlap(files):
    drawn = json.loads(files.boundaries[0].read_text(encoding="utf-8"))["features"]
    cells = pd.DataFrame(
        [(f["properties"]["LSOA11NM"][:-5], *box(f)) for f in drawn],
        columns=["district", "west", "south", "east", "north"],
    )
    whole = cells.groupby("district").agg(
        {"west": "min", "south": "min", "east": "max", "north": "max"}
    )
    for i, one in enumerate(whole.itertuples()):
        for other in list(whole.itertuples())[i + 1 :]:
            apart = (
                one.east <= other.west
                or other.east <= one.west
                or one.north <= other.south
                or other.north <= one.south
            )
            assert apart, f"{one.Index} and {other.Index}"


def test_a_record_without_a_place_has_none_of_it(street):
    nowhere = street[street["LSOA code"] == ""]
    assert 0 < len(nowhere) < len(street) / 100
    assert (nowhere["Location"] == "No Location").all()
    assert (nowhere[["Longitude", "Latitude", "LSOA name"]] == "").all(axis=None)


def test_every_location_is_an_invented_street(street):
    somewhere = street.loc[street["LSOA code"] != "", "Location"]
    assert somewhere.str.fullmatch(r"On or near Sample Street \d+").all()


def test_a_districts_share_of_its_force_is_steady(placed):
    located = placed[placed["LAD19CD"].notna()]
    force = located["member"].str[16:-11]
    for _, own in located.groupby(force):
        counts = pd.crosstab(own["Month"], own["LAD19CD"])
        share = counts.div(counts.sum(axis=1), axis=0)
        relative = share / share.median()
        assert relative.min(axis=None) > 0.7
        assert relative.max(axis=None) < 1.35


# the sheets


def test_lookups_have_the_columns_of_the_ons(files):
    lsoas, districts = (pd.read_csv(path, dtype=str) for path in files.lookups)
    assert list(lsoas) == ["LSOA11CD", "LSOA11NM", "WD19CD", "WD19NM", "LAD19CD", "LAD19NM"]
    assert list(districts) == ["LAD19CD", "LAD19NM", "CSP19CD", "CSP19NM", "PFA19CD", "PFA19NM"]
    assert set(lsoas["LAD19CD"]) <= set(districts["LAD19CD"])
    north = districts[districts["CSP19NM"] == "North Worcestershire"]
    assert set(north["LAD19NM"]) == {"Bromsgrove", "Redditch", "Wyre Forest"}


REAL_LOOKUP = (
    Path(__file__).parents[2].parent / "shared/data/real/ons-lookups/lad19-to-csp19-to-pfa19-ew.csv"
)


def test_districts_partnerships_and_forces_are_the_onss(files):
    if not REAL_LOOKUP.exists():
        pytest.skip("the ONS lookup of 2019 is not here")
    ours = pd.read_csv(files.lookups[1], dtype=str)
    published = pd.read_csv(REAL_LOOKUP, dtype=str, encoding="utf-8-sig")[list(ours)]
    both = ours.merge(published, on=list(ours), how="left", validate="1:1", indicator=True)
    assert (both["_merge"] == "both").all()


def test_every_figure_in_a_sheet_says_it_is_invented(files, sheet):
    people = pd.read_csv(files.population[0])
    assert list(people) == [
        "area_code",
        "area_name",
        "year",
        "residents",
        "households",
        "source_note",
    ]
    assert list(sheet) == ["measure", "period", "area", "value", "base", "supplier", "note"]
    assert set(people["source_note"]) == set(sheet["supplier"]) == {"Invented sample data"}


def test_no_figure_is_given_twice(files, sheet):
    people = pd.read_csv(files.population[0])
    assert not sheet.duplicated(["measure", "period", "area"]).any()
    assert not people.duplicated(["area_code", "year"]).any()


def test_the_lsoas_of_a_district_sum_to_it(files):
    people = pd.read_csv(files.population[0])
    lookup = pd.read_csv(files.lookups[0], dtype=str)
    lsoas = people.merge(
        lookup, left_on="area_code", right_on="LSOA11CD", how="inner", validate="m:1"
    )
    summed = lsoas.groupby(["LAD19CD", "year"])[["residents", "households"]].sum()
    districts = people.set_index(["area_code", "year"]).loc[summed.index]
    assert (summed.to_numpy() == districts[["residents", "households"]].to_numpy()).all()


@pytest.mark.parametrize(
    ("partnership", "districts", "first"),
    [
        ("harborough", ["E07000131"], 2008),
        ("melton", ["E07000133"], 2015),
        ("barnet", ["E09000003"], 2007),
        ("burnley", ["E07000117"], 2007),
        ("north-worcestershire", ["E07000234", "E07000236", "E07000239"], 2003),
    ],
)
def test_six_years_of_total_crime_and_residents_are_there(
    files, sheet, placed, partnership, districts, first
):
    assert int(sample.REFERENCE_PERIODS[partnership][:4]) == first + 5
    people = pd.read_csv(files.population[0]).set_index(["area_code", "year"])
    crimes = placed[placed["Crime type"] != "Anti-social behaviour"]
    for code in districts:
        supplied = set(monthly_figures(sheet, "total_crime", code)["period"])
        recorded = set(crimes.loc[crimes["LAD19CD"] == code, "Month"])
        assert supplied & recorded <= {"2010-12", "2011-01", "2011-02", "2011-03"}
        months = pd.Series(sorted(supplied | recorded))
        years = financial_year_start(months).value_counts()
        for year in range(first, first + 6):
            assert years[year] == 12, (code, year)
            assert people.loc[(code, year), "residents"] > 0


def test_rates_are_of_a_believable_size(files, placed, sheet):
    """Between 35 and 125 crimes per 1,000 residents supplied by year; 40 to 110 in the records."""
    people = pd.read_csv(files.population[0]).set_index(["area_code", "year"])["residents"]
    annual = sheet[(sheet["measure"] == "total_crime") & sheet["period"].str.contains("/")]
    year = annual["period"].str[:4].astype(int)
    residents = people.loc[list(zip(annual["area"], year, strict=True))].to_numpy()
    rates = 1000 * annual["value"] / residents
    assert rates.min() > 35
    assert rates.max() < 125
    crimes = placed[(placed["Crime type"] != "Anti-social behaviour") & placed["LAD19CD"].notna()]
    crimes = of_year(crimes, "Month", 2012).groupby("LAD19CD").size()
    recorded = 1000 * crimes / people.xs(2012, level="year")[crimes.index]
    assert recorded.min() > 40
    assert recorded.max() < 110


def test_a_peers_annual_figure_is_that_of_its_records_where_both_are_held(placed, sheet):
    brent = placed[(placed["LAD19CD"] == "E09000005")]
    crimes = brent[brent["Crime type"] != "Anti-social behaviour"]
    stated = sheet[(sheet["measure"] == "total_crime") & (sheet["area"] == "E09000005")]
    value = stated.set_index("period").loc["2012/13", "value"]
    assert len(of_year(crimes, "Month", 2012)) == value


def test_each_of_ten_peers_has_its_total_in_the_year_and_the_year_before(sheet):
    totals = sheet[sheet["measure"] == "total_crime"]
    burnleys = [
        "E08000008",
        "E08000034",
        "E06000021",
        "E08000030",
        "E08000005",
        "E06000015",
        "E08000001",
        "E08000002",
        "E08000027",
        "E08000017",
    ]
    for code in burnleys:
        assert {"2011/12", "2012/13"} <= set(totals.loc[totals["area"] == code, "period"])


def test_the_folder_and_the_archives_say_that_all_is_invented(files):
    folder = files.police_uk[0].parent
    assert "Invented sample data" in (folder / "SAMPLE-DATA.txt").read_text(encoding="utf-8")
    for path in files.police_uk:
        with zipfile.ZipFile(path) as archive:
            assert b"Invented sample data" in archive.comment


# a force's extract, offence by offence


@pytest.fixture(scope="module")
def extract(files):
    rows = pd.read_csv(files.extracts["harborough"], dtype=str, keep_default_na=False)
    return rows.assign(month=rows["date_to"].str[:7])


@pytest.mark.parametrize("first", [2012, 2013])
def test_an_extract_has_the_very_offences_that_the_sheet_counts(extract, sheet, first):
    mine = of_year(extract[extract["offence_code"] == "28A"], "month", first)
    theirs = of_year(monthly_figures(sheet, "domestic_burglary", HARBOROUGH), "period", first)
    assert mine.groupby("month").size().to_dict() == dict(
        zip(theirs["period"], theirs["value"].astype(int), strict=True)
    )


def test_an_extract_and_the_street_files_have_as_many_burglaries_and_robberies(extract, placed):
    burglaries = extract[extract["offence_code"].isin(["28A", "30A"])].groupby("month").size()
    robberies = extract[extract["offence_code"].isin(["34A", "34B"])].groupby("month").size()
    here = placed[placed["LAD19CD"] == HARBOROUGH]
    for mine, kind in ((burglaries, "Burglary"), (robberies, "Robbery")):
        street = here[here["Crime type"] == kind].groupby("Month").size()
        assert mine.to_dict() == street.loc["2012-04":"2014-03"].to_dict()


def test_no_offence_ends_before_it_begins_or_leaves_its_month(extract):
    start = pd.to_datetime(extract["date_from"] + " " + extract["time_from"])
    end = pd.to_datetime(extract["date_to"] + " " + extract["time_to"])
    assert (end >= start).all()
    assert (extract["date_from"].str[:7] == extract["date_to"].str[:7]).all()
    assert (end > start).any() and (end == start).any()


def test_some_victims_come_again_and_where_they_were(extract):
    again = extract[extract.duplicated("victim", keep=False)]
    assert 0.1 < extract["victim"].duplicated().mean() < 0.25
    assert again.groupby("victim")[["easting", "northing", "place"]].nunique().eq(1).all(axis=None)


def test_every_row_of_the_survey_the_index_and_the_extracts_says_that_it_is_invented(files):
    for path in (*files.surveys, *files.weights, *files.extracts.values()):
        assert pd.read_csv(path)["supplier"].eq("Invented sample data").all()


def test_answers_to_a_question_of_one_choice_are_everybody_who_answered(files):
    answers = pd.read_csv(files.surveys[0])
    of_one = answers[answers["choice"] == "one"]
    asked = of_one.groupby(["area", "period", "question"])
    assert (asked["count"].sum() == asked["base"].first()).all()
