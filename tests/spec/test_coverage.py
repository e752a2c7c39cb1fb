"""Missing is not zero: which months of a district are sound, absent or abnormal."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.measures.coverage import District, coverage, file_coverage
from cspnb.measures.recorded import district_counts, recorded
from cspnb.periods import Month
from cspnb.scopes import crime_types_of

FORCE = "leicestershire"
TOWN = District("E07000001", "Town")
SHIRE = District("E07000002", "Shire")
YEAR = [str(Month(2019, 9) + i) for i in range(13)]
MARCH = "2020-03"
TYPES = sorted(crime_types_of(MARCH))


def _source(month, *, types=TYPES, areas=("Town", "Shire"), name="whole", force=FORCE, rows=999):
    return {
        "source_id": f"{name} {month}",
        "table": "offences",
        "force": force,
        "month": month,
        "edition": "2020-11",
        "rows_digest": f"{name} {month}",
        "declared_types": "; ".join(types) if types != TYPES else "all",
        "declared_areas": "; ".join(areas) if len(areas) == 1 else "all",
        "types_seen": "; ".join(types),
        "districts_seen": "; ".join(areas),
        "rows_stored": rows,
        "rows_unplaced": 0,
    }


def _monthly(counts, *, area, crime_type="Burglary", force=FORCE):
    """Counts of a district by month, as `recorded` gives them."""
    return pd.DataFrame(
        {
            "force": force,
            "month": list(counts),
            "lad_code": area.code,
            "lad_name": area.name,
            "crime_type": crime_type,
            "count": list(counts.values()),
        }
    )


def _judged(town, shire, *, months=YEAR, sources=None, crime_type="Burglary", ask=(MARCH,)):
    """Statuses and reasons of the town, whose counts and the shire's are given by month."""
    held = pd.concat(
        [
            _monthly(town, area=TOWN, crime_type=crime_type),
            _monthly(shire, area=SHIRE, crime_type=crime_type),
        ]
    )
    sources = pd.DataFrame(sources or [_source(month) for month in months])
    return coverage(held, sources, force=FORCE, area=TOWN, months=ask)


def _usually(number, **unusual):
    """The same number every month, but for March."""
    return dict.fromkeys(YEAR, number) | ({MARCH: unusual["march"]} if unusual else {})


# The town usually has 400 records and the shire 3,600: a tenth of the force is the town's.
IN_MARCH = """
town | shire | status   | why
 400 |  3600 | sound    | as ever
 200 |  1800 | sound    | the whole force is down to a half, as in April 2020
 199 |  1800 | abnormal | and just under: the force's file is cut short
  46 |  3600 | abnormal | of 3,646 a tenth is 365: the town has an eighth of it
 190 |  3600 | sound    | of 3,790 a tenth is 379, and half of that 189.5
 189 |  3600 | abnormal | of 3,789 a tenth is 378.9, and half of that 189.45
   0 |  3600 | absent   | no record, where 360 were to be expected
1200 |  3600 | sound    | of 4,800 a tenth is 480, and 2.5 times that 1,200
1201 |  3600 | abnormal | of 4,801 a tenth is 480.1, and 2.5 times that 1,200.25
4000 |  7000 | abnormal | the whole force is over 2.5 times its usual 4,000
"""
MARCHES = [[cell.strip() for cell in row.split("|")] for row in IN_MARCH.strip().splitlines()[1:]]


@pytest.mark.parametrize(("town", "shire", "status", "why"), MARCHES)
def test_a_month_is_judged_by_the_districts_share_of_its_force(town, shire, status, why):
    judged = _judged(_usually(400, march=int(town)), _usually(3600, march=int(shire)))

    assert set(judged["status"]) == {status}, why
    assert len(judged) == 14
    assert (judged["reason"] == "").all() == (status == "sound")


def test_the_reason_says_what_the_month_holds_and_what_was_expected():
    judged = _judged(_usually(400, march=46), _usually(3600))

    assert judged["reason"].unique().tolist() == [
        "March 2020 holds 46 records in the district against about 360 expected from its usual "
        "share of the force"
    ]


def test_records_in_no_district_count_in_the_forces_total():
    """3,000 of the shire's records lost their place: that does not make the town too high."""
    nowhere = _monthly({MARCH: 3000}, area=District(None, None))
    placed = pd.concat(
        [_monthly(_usually(400), area=TOWN), _monthly(_usually(3600, march=600), area=SHIRE)]
    )
    sources = pd.DataFrame([_source(month) for month in YEAR])
    asked = {"force": FORCE, "area": TOWN, "months": [MARCH]}

    assert set(coverage(placed, sources, **asked)["status"]) == {"abnormal"}
    assert set(coverage(pd.concat([placed, nowhere]), sources, **asked)["status"]) == {"sound"}


@pytest.mark.parametrize(("others", "status"), [(5, "sound"), (6, "abnormal")])
def test_with_under_six_other_months_nothing_is_judged(others, status):
    months = [*YEAR[:others], MARCH]
    town = dict.fromkeys(months, 400) | {MARCH: 46}

    judged = _judged(town, dict.fromkeys(months, 3600), months=months)

    assert set(judged["status"]) == {status}


def test_an_abnormal_month_is_no_yardstick_for_another():
    """With six others, the three abnormal ones left out, three remain: too few to judge by."""
    months = YEAR[:7]
    town = dict.fromkeys(months, 400) | {months[0]: 9, months[1]: 9, months[2]: 9}

    judged = _judged(town, dict.fromkeys(months, 3600), months=months, ask=months)

    assert set(judged["status"]) == {"sound"}


# The town is a thousandth of the force, so that its own count hardly moves what is expected.
FEW = """
usual | march | status   | why
   31 |    15 | abnormal | under half of 31
   30 |     1 | sound    | a shade under 30 expected: too few to be called low
    9 |     0 | absent   | none where over 8 are expected
    8 |     0 | sound    | none where a shade under 8 are
"""
FEWS = [[cell.strip() for cell in row.split("|")] for row in FEW.strip().splitlines()[1:]]


@pytest.mark.parametrize(("usual", "march", "status", "why"), FEWS)
def test_a_few_records_are_not_judged(usual, march, status, why):
    judged = _judged(_usually(int(usual), march=int(march)), _usually(1000 * int(usual)))

    assert set(judged["status"]) == {status}, why


def test_a_month_without_a_file_is_absent():
    months = [month for month in YEAR if month != MARCH]

    judged = _judged(dict.fromkeys(months, 400), dict.fromkeys(months, 3600), months=months)

    assert set(judged["status"]) == {"absent"}
    assert set(judged["reason"]) == {"no file of the force is held for March 2020"}


def test_a_burglary_file_makes_every_other_type_absent_and_never_zero():
    sources = [_source(month, types=["Burglary"]) for month in YEAR]

    judged = _judged(_usually(400), _usually(3600), sources=sources).set_index("crime_type")

    assert judged.loc["Burglary", "status"] == "sound"
    others = judged.drop("Burglary")
    assert set(others["status"]) == {"absent"}
    assert set(others["reason"]) == {"the file held for March 2020 covers burglary only"}


def test_a_neighbours_file_makes_the_district_absent():
    sources = [_source(month, areas=["Shire"]) for month in YEAR]

    judged = _judged({}, _usually(3600), sources=sources)

    assert set(judged["reason"]) == {"the file held for March 2020 covers every type in Shire only"}


def test_an_extract_of_one_type_may_halve_and_be_sound():
    """Barnet's burglaries fell to 48% in April 2020; a whole file that did would be cut short."""
    town = _usually(266, march=129)
    extract = [_source(month, types=["Burglary"], areas=["Town"]) for month in YEAR]

    of_burglary = _judged(town, {}, sources=extract).set_index("crime_type")
    of_everything = _judged(town, {}).set_index("crime_type")

    assert of_burglary.loc["Burglary", "status"] == "sound"
    assert of_everything.loc["Burglary", "status"] == "abnormal"


def test_months_whose_files_speak_for_different_things_are_not_compared():
    """Seven months of the town's own extract, of which it is all; then seven of the force's."""
    months = [str(Month(2019, 9) + i) for i in range(14)]
    sources = [_source(month, areas=["Town"]) for month in months[:7]]
    sources += [_source(month) for month in months[7:]]

    judged = _judged(
        dict.fromkeys(months, 400), dict.fromkeys(months[7:], 3600), sources=sources, ask=months
    )

    assert set(judged["status"]) == {"sound"}


# Both districts usually have 1,000 anti-social behaviour incidents; the town has 40 burglaries,
# the shire 160.
OF_BURGLARY = """
town | shire | status   | why
  40 |   160 | sound    | as ever
   0 |   160 | absent   | none, where a fifth of 160, 32, was expected
  10 |   160 | sound    | of 170 a fifth is 34, and a quarter of that 8.5
   8 |   160 | abnormal | of 168 a fifth is 33.6, and a quarter of that 8.4
   9 |    30 | abnormal | the whole force has 39 burglaries, under a quarter of 200
   0 |     0 | absent   | a whole force without a burglary
  20 |    35 | sound    | a quarter of the usual in the force, a high share of a few
"""
BURGLARIES = [[c.strip() for c in row.split("|")] for row in OF_BURGLARY.strip().splitlines()[1:]]


@pytest.mark.parametrize(("town", "shire", "status", "why"), BURGLARIES)
def test_one_type_is_judged_by_looser_bounds(town, shire, status, why):
    held = pd.concat(
        [
            _monthly(_usually(40, march=int(town)), area=TOWN),
            _monthly(_usually(160, march=int(shire)), area=SHIRE),
            _monthly(_usually(1000), area=TOWN, crime_type="Anti-social behaviour"),
            _monthly(_usually(1000), area=SHIRE, crime_type="Anti-social behaviour"),
        ]
    )
    sources = pd.DataFrame([_source(month) for month in YEAR])

    judged = coverage(held, sources, force=FORCE, area=TOWN, months=[MARCH])

    by_type = judged.set_index("crime_type")["status"]
    assert by_type["Burglary"] == status, why
    assert set(by_type.drop("Burglary")) == {"sound"}


def test_a_category_is_judged_only_against_months_in_which_it_meant_the_same():
    """In September 2011 police.uk split drugs, damage and shoplifting off "Other crime"."""
    months = [str(Month(2010, 12) + i) for i in range(20)]
    before = [month for month in months if month < "2011-09"]
    town = {month: 200 if month in before else 10 for month in months}
    always = dict.fromkeys(months, 200)
    held = [
        _monthly(town, area=TOWN, crime_type="Other crime"),
        _monthly(always, area=SHIRE, crime_type="Other crime"),
        _monthly(always, area=TOWN, crime_type="Burglary"),
        _monthly(always, area=SHIRE, crime_type="Burglary"),
    ]
    sources = pd.DataFrame([_source(month) for month in months])

    judged = coverage(pd.concat(held), sources, force=FORCE, area=TOWN, months=months)

    assert set(judged["status"]) == {"sound"}


def test_a_railways_force_is_not_judged_by_district():
    held = pd.concat(
        [
            _monthly(_usually(400, march=0), area=TOWN, force="btp"),
            _monthly(_usually(3600), area=SHIRE, force="btp"),
        ]
    )
    sources = pd.DataFrame([_source(month, force="btp") for month in YEAR])

    judged = coverage(held, sources, force="btp", area=TOWN, months=[MARCH])

    assert set(judged["status"]) == {"sound"}


def test_a_file_of_searches_cut_short_is_abnormal():
    rows = pd.Series(_usually(12000, march=5706))

    judged = file_coverage(rows).set_index("month")

    assert judged.loc[MARCH, "status"] == "abnormal"
    assert judged.loc[MARCH, "reason"] == (
        "March 2020 holds 5,706 records in the force's files against about 12,000 in the months "
        "around it"
    )
    assert set(judged.drop(MARCH)["status"]) == {"sound"}


COUNTS = st.lists(st.integers(0, 900), min_size=len(YEAR), max_size=len(YEAR))


@settings(deadline=None, max_examples=5)
@given(COUNTS, COUNTS, st.integers(0, 99))
def test_the_order_of_rows_and_files_never_matters(town, shire, seed):
    held = pd.concat(
        [
            _monthly(dict(zip(YEAR, town, strict=True)), area=TOWN),
            _monthly(dict(zip(YEAR, shire, strict=True)), area=SHIRE),
        ]
    )
    sources = pd.DataFrame([_source(month) for month in YEAR])
    asked = {"force": FORCE, "area": TOWN}

    in_order = coverage(held, sources, months=YEAR, **asked)
    shuffled = coverage(
        held.sample(frac=1, random_state=seed),
        sources.sample(frac=1, random_state=seed),
        months=YEAR[::-1],
        **asked,
    )

    pd.testing.assert_frame_equal(in_order, shuffled)


# -- from cells to a district's counts ------------------------------------------------------------

GEOGRAPHY = pd.DataFrame(
    {
        "level": "lsoa",
        "vintage": 2011,
        "code": ["E01000001", "E01000002"],
        "name": ["Town 001A", "Shire 001A"],
        "parent_level": "lad",
        "parent_vintage": 2019,
        "parent_code": [TOWN.code, SHIRE.code],
        "parent_name": [TOWN.name, SHIRE.name],
    }
)
LSOAS = {"town": ("E01000001", "Town 001A"), "shire": ("E01000002", "Shire 001A")}


def _cells(*drawn):
    """(file, force, type, where, count) as the store's cells of March 2020."""
    rows = [
        (f"{name} {MARCH}", force, MARCH, crime_type, *LSOAS.get(where, (None, None)), count)
        for name, force, crime_type, where, count in drawn
    ]
    columns = ["source_id", "force", "month", "crime_type", "lsoa_code", "lsoa_name", "count"]
    return pd.DataFrame(rows, columns=columns).astype({"lsoa_code": "str", "lsoa_name": "str"})


def _town(cells, *sources):
    sources = pd.DataFrame(sources)
    table = district_counts(
        recorded(cells, sources, GEOGRAPHY),
        sources,
        force=FORCE,
        district=TOWN,
        months=[MARCH],
    )
    return table.set_index("crime_type")["count"]


def test_a_zero_is_a_count_only_where_a_file_speaks_for_it():
    cells = _cells(("whole", FORCE, "Burglary", "town", 5))

    whole = _town(cells, _source(MARCH))
    of_two_types = _town(cells, _source(MARCH, types=["Burglary", "Drugs"]))

    assert (whole["Burglary"], whole["Drugs"], whole["Robbery"]) == (5, 0, 0)
    assert (of_two_types["Burglary"], of_two_types["Drugs"]) == (5, 0)
    assert of_two_types["Robbery"] is pd.NA


def test_records_of_every_force_count_where_they_happened():
    cells = _cells(
        ("whole", FORCE, "Burglary", "town", 5),
        ("whole", FORCE, "Burglary", "shire", 7),
        ("railway", "btp", "Burglary", "town", 2),
    )

    town = _town(cells, _source(MARCH), _source(MARCH, name="railway", force="btp"))

    assert town["Burglary"] == 7


def test_a_railways_records_alone_do_not_make_a_district_known():
    cells = _cells(("railway", "btp", "Burglary", "town", 2))

    assert _town(cells, _source(MARCH, name="railway", force="btp")).isna().all()


def test_a_record_of_a_type_unknown_in_its_month_is_shown_and_not_lost():
    cells = _cells(("whole", FORCE, "Violent crime", "town", 5))

    assert _town(cells, _source(MARCH))["Violent crime"] == 5


def test_records_in_no_district_are_counted_apart():
    cells = _cells(
        ("whole", FORCE, "Burglary", "town", 5),
        ("whole", FORCE, "Burglary", "nowhere", 3),
    )

    counted = recorded(cells, pd.DataFrame([_source(MARCH)]), GEOGRAPHY)

    assert counted.monthly["count"].tolist() == [5]
    assert counted.unplaced.to_dict("records") == [
        {
            "source_id": f"whole {MARCH}",
            "force": FORCE,
            "month": MARCH,
            "crime_type": "Burglary",
            "count": 3,
        }
    ]
    assert dict(zip(counted.placed_by["placed_by"], counted.placed_by["count"], strict=True)) == {
        "lookup": 5,
        "none": 3,
    }


def test_a_neighbour_whose_records_lost_their_place_does_not_make_a_district_too_high():
    """In March the shire's 3,600 are nowhere: the town has all that is placed, as ever a tenth."""
    months = [
        _cells(
            ("whole", FORCE, "Burglary", "town", 400),
            ("whole", FORCE, "Burglary", "nowhere" if month == MARCH else "shire", 3600),
        ).assign(month=month, source_id=f"whole {month}")
        for month in YEAR
    ]
    cells, sources = pd.concat(months), pd.DataFrame([_source(month) for month in YEAR])
    counted = recorded(cells, sources, GEOGRAPHY)

    town = district_counts(counted, sources, force=FORCE, district=TOWN, months=YEAR)

    assert set(town["status"]) == {"sound"}


# -- records without a place ----------------------------------------------------------------------

# One month alone is held, so that no neighbour can tell what is usual. The shire's 2,000 records
# are in another file where the first speaks for the town only.
PLACELESS = """
file speaks for | town | shire | nowhere | status   | why
the town        |  400 |  2000 |       0 | sound    | as ever
the town        |    0 |  2000 |     400 | absent   | all that may be the town's has no place
the town        |    0 |  2000 |       1 | absent   | its one record has no place: that is no nought
the town        |    0 |  2000 |       0 | absent   | its records were all placed elsewhere
the town        |  400 |  2000 |      60 | sound    | a seventh without a place, as in March 2020
the town        |  200 |  2000 |     200 | sound    | half of them
the town        |  199 |  2000 |     201 | abnormal | more without a place than with one
the town        |    6 |  2000 |       7 | sound    | seven records: too few to be judged by
the town        |    7 |  2000 |       8 | abnormal | eight are enough
no location     |  400 |  2000 |     900 | sound    | what has no point is in no district's file
the force       |    0 |  2000 |    1999 | sound    | no crime there, as far as one month says
the force       |    0 |  2000 |    2001 | absent   | more without a place than with one, none in it
the force       |    0 |     0 |     400 | absent   | nothing could be placed
the force       |  400 |   600 |    3000 | sound    | its neighbour's records lost their place
"""
PLACELESS_ROWS = [[c.strip() for c in row.split("|")] for row in PLACELESS.strip().splitlines()[1:]]


@pytest.mark.parametrize(("speaks", "town", "shire", "nowhere", "status", "why"), PLACELESS_ROWS)
def test_a_nought_is_no_count_where_the_files_records_have_no_place(
    speaks, town, shire, nowhere, status, why
):
    by_file = {"town": [TOWN.code], "shire": ["Shire"], "lost": ["No location"]}
    if speaks == "the force":
        by_file = {"whole": ("Town", "Shire")}
    sources = [_source(MARCH, name=name, areas=areas) for name, areas in by_file.items()]
    lost = {"the force": "whole", "no location": "lost"}.get(speaks, "town")
    cells = _cells(
        ("whole" if speaks == "the force" else "town", FORCE, "Burglary", "town", int(town)),
        ("whole" if speaks == "the force" else "shire", FORCE, "Burglary", "shire", int(shire)),
        (lost, FORCE, "Burglary", "nowhere", int(nowhere)),
        ("railway", "btp", "Burglary", "town", 1),
    )
    sources = pd.DataFrame([*sources, _source(MARCH, name="railway", force="btp")])
    counted = recorded(cells[cells["count"] > 0], sources, GEOGRAPHY)

    judged = district_counts(counted, sources, force=FORCE, district=TOWN, months=[MARCH])

    assert set(judged["status"]) == {status}, why
    assert judged["count"].isna().all() == (status == "absent")
    assert (judged["reason"] == "").all() == (status == "sound")


def test_months_without_a_place_are_no_yardstick_for_others():
    """Six months of noughts from records without a place make no month with 400 look too high."""
    town = {month: 0 if month in YEAR[:6] else 400 for month in YEAR}
    held = [_monthly(town, area=TOWN)]
    held += [_monthly(dict.fromkeys(YEAR[:6], 400), area=District(None, None))]
    sources = pd.DataFrame([_source(month, areas=["Town"]) for month in YEAR])

    judged = coverage(pd.concat(held), sources, force=FORCE, area=TOWN, months=YEAR)

    by_month = judged.drop_duplicates("month").set_index("month")["status"]
    assert list(by_month) == ["absent"] * 6 + ["sound"] * 7


EXTRACTS = [
    # a file beside the whole one, and what it holds of burglary in the town
    {"types": ["Burglary"]},
    {"areas": ["Town"]},
    {"types": ["Burglary"], "areas": ["Town"]},
]


@pytest.mark.parametrize("extract", EXTRACTS)
@pytest.mark.parametrize("edition", ["2019-01", "2024-01", None])
@pytest.mark.parametrize("whole", [0, 5])
def test_a_partial_file_never_changes_what_a_wider_one_speaks_for(extract, edition, whole):
    """Not even where the wider one has none and the partial one, newer, has some."""
    of_the_whole = ("whole", FORCE, "Burglary", "town", whole)
    of_the_part = ("part", FORCE, "Burglary", "town", 3)
    partial = _source(MARCH, name="part", **extract) | {"edition": edition}
    sources = pd.DataFrame([partial, _source(MARCH)])

    town = _town(_cells(of_the_part, of_the_whole), *sources.to_dict("records"))
    counted = recorded(_cells(of_the_part, of_the_whole), sources, GEOGRAPHY)

    assert town["Burglary"] == whole
    assert town.notna().all()
    assert counted.left_out["count"].tolist() == [3]


def test_two_extracts_of_different_types_stand_side_by_side():
    cells = _cells(
        ("burglary", FORCE, "Burglary", "town", 5),
        ("robbery", FORCE, "Robbery", "town", 3),
    )

    town = _town(
        cells,
        _source(MARCH, name="burglary", types=["Burglary"]),
        _source(MARCH, name="robbery", types=["Robbery"]),
    )

    assert (town["Burglary"], town["Robbery"]) == (5, 3)
    assert town["Drugs"] is pd.NA
