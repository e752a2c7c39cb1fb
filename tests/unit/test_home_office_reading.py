"""Recorded crime read back: which edition speaks, what a code or a subgroup adds up to, notes."""

import pandas as pd
import pytest

from cspnb.ingest.home_office.notes import edition_stated, notes
from cspnb.ingest.home_office.reading import (
    area_keys,
    force_quarterly,
    in_force,
    notes_for,
    published_names,
    quarterly,
    short_quarters,
)
from cspnb.periods import Period

Q1, Q2 = ("2020-04", "2020-06"), ("2020-07", "2020-09")
BURGLARY = "Residential burglary"
EVERY_BURGLARY_CODE = ("28E", "28F", "28G", "28H", "29A")

SOURCES = pd.DataFrame(
    {
        "source_id": ["undated", "april", "july"],
        "edition": [None, "2026-04", "2026-07"],
        "sha256": ["a", "b", "c"],
    }
)


def rows(*drawn):
    """source, area, quarter, code, subgroup, count; of Leicestershire, by partnership."""
    records = [
        {
            "source_id": source,
            "area_level": "pfa" if area == "Leicestershire" else "csp",
            "area_name": area,
            "force_name": "Leicestershire",
            "is_unassigned": area.startswith("Unassigned"),
            "start": quarter[0],
            "end": quarter[1],
            "offence_code": code,
            "offence": "as published",
            "offence_group": "Theft offences",
            "offence_subgroup": subgroup,
            "count": count,
        }
        for source, area, quarter, code, subgroup, count in drawn
    ]
    return pd.DataFrame(records)


def values(frame):
    return list(frame[["area_name", "start", "value"]].itertuples(index=False, name=None))


def test_the_newest_edition_of_a_quarter_speaks_and_older_quarters_stay():
    held = rows(
        ("april", "Melton", Q1, "44", "Bicycle theft", 5),
        ("july", "Melton", Q1, "44", "Bicycle theft", 7),
        ("april", "Melton", Q2, "44", "Bicycle theft", 2),
    )
    found = quarterly(held, SOURCES, codes=["44"])
    assert values(found) == [("Melton", "2020-04", 7), ("Melton", "2020-07", 2)]


def test_a_table_without_an_edition_is_older_than_any():
    held = rows(
        ("undated", "Melton", Q1, "44", "Bicycle theft", 5),
        ("april", "Melton", Q1, "44", "Bicycle theft", 7),
    )
    assert values(quarterly(held, SOURCES, codes=["44"])) == [("Melton", "2020-04", 7)]


def test_an_older_edition_is_not_mixed_into_a_newer_one():
    """A code that the newer edition has no more would be counted twice: it has been renamed."""
    held = rows(
        ("april", "Melton", Q1, "28A", "Domestic burglary", 5),
        ("july", "Melton", Q1, "28E", BURGLARY, 5),
    )
    assert values(quarterly(held, SOURCES, subgroups=[BURGLARY])) == [("Melton", "2020-04", 5)]


def test_a_newer_extract_of_a_few_offences_does_not_replace_the_whole_table():
    whole = [("april", "Melton", Q1, code, "x", 1) for code in ("44", "46", "39", "28E", "34B")]
    held = rows(*whole, ("july", "Melton", Q1, "44", "x", 9), ("july", "Melton", Q1, "46", "x", 9))
    assert set(in_force(held, SOURCES)["source_id"]) == {"april"}


def test_a_newer_file_of_one_partnership_leaves_the_others_as_they_were():
    held = rows(
        ("april", "Melton", Q1, "44", "Bicycle theft", 5),
        ("april", "Harborough", Q1, "44", "Bicycle theft", 6),
        ("july", "Melton", Q1, "44", "Bicycle theft", 7),
    )
    assert values(quarterly(held, SOURCES, codes=["44"])) == [
        ("Harborough", "2020-04", 6),
        ("Melton", "2020-04", 7),
    ]


def test_rows_of_a_source_that_is_not_named_do_not_count():
    held = rows(("gone", "Melton", Q1, "44", "Bicycle theft", 5))
    assert quarterly(held, SOURCES).empty


def test_a_quarter_without_a_row_of_the_offence_is_missing_and_not_nought():
    held = rows(
        ("july", "Melton", Q1, "44", "Bicycle theft", 0),
        ("july", "Melton", Q2, "46", "Shoplifting", 3),
    )
    assert values(quarterly(held, SOURCES, codes=["44"])) == [("Melton", "2020-04", 0)]


def test_a_negative_count_takes_away():
    held = rows(
        ("july", "Melton", Q1, "28E", BURGLARY, 5),
        ("july", "Melton", Q1, "28F", BURGLARY, -2),
    )
    assert values(quarterly(held, SOURCES, codes=["28E", "28F"])) == [("Melton", "2020-04", 3)]


def test_theft_of_vehicles_is_told_from_theft_from_them_by_code():
    held = rows(
        ("july", "Melton", Q1, "48", "Vehicle offences", 5),
        ("july", "Melton", Q1, "37.2", "Vehicle offences", 1),
        ("july", "Melton", Q1, "45", "Vehicle offences", 20),
    )
    assert quarterly(held, SOURCES, codes=["48", "37.2"])["value"].tolist() == [6]
    assert quarterly(held, SOURCES, subgroups=["Vehicle offences"])["value"].tolist() == [26]


def test_a_subgroup_gathers_its_older_labels_and_closed_codes():
    held = rows(
        ("july", "Melton", Q1, "28A", "Domestic burglary", 5),
        ("july", "Melton", Q2, "28E", "RESIDENTIAL BURGLARY", 6),
    )
    assert quarterly(held, SOURCES, subgroups=["Domestic burglary"])["value"].tolist() == [5, 6]


WITH_UNKNOWN = rows(
    ("july", "Melton", Q1, "28E", BURGLARY, 5),
    *[("july", "Melton", Q1, code, BURGLARY, 0) for code in EVERY_BURGLARY_CODE[1:]],
    ("july", "Melton", Q1, "28Z", "Residential burglary of a home", 3),
)


@pytest.mark.parametrize(
    ("asked", "value", "unknown", "beside"),
    [
        ({"subgroups": [BURGLARY]}, 8, 3, 0),
        ({"codes": EVERY_BURGLARY_CODE}, 8, 3, 0),
        ({"codes": ["28E"]}, 5, 0, 3),
        ({"codes": ["28E", "28Z"]}, 8, 0, 0),
        ({}, 8, 0, 0),
    ],
    ids=["its subgroup", "every open code of it", "one code of it", "by name", "everything"],
)
def test_an_unknown_code_counts_under_its_subgroup_where_that_can_be_told(
    asked, value, unknown, beside
):
    found = quarterly(WITH_UNKNOWN, SOURCES, **asked).iloc[0]
    told = (found["value"], found["offences_unknown"], found["offences_beside"])
    assert told == (value, unknown, beside)


BUSINESS = "Non-residential burglary"
BEFORE = ("2017-01", "2017-03")
OLD_CODES, NEW_CODES = ("28A", "28B", "28C", "28D", "29"), EVERY_BURGLARY_CODE


def of_codes(quarter, *codes, label=BURGLARY, area="Melton"):
    """A row of one offence for each code, as published in July."""
    return [("july", area, quarter, code, label, 1) for code in codes]


HELD_AND_LACKED = [
    # the rows held                 what is asked for                     the sum   what is lacked
    (of_codes(Q1, "28E"), {"subgroups": [BURGLARY, BUSINESS]}, None, BUSINESS),
    (of_codes(Q1, "28E", "30C"), {"subgroups": [BURGLARY, BUSINESS]}, 2, ""),
    (of_codes(Q1, "28E"), {"subgroups": ["Domestic burglary", BURGLARY]}, 1, ""),
    (of_codes(Q1, "28A", label="Domestic burglary"), {"subgroups": [BURGLARY]}, 1, ""),
    (of_codes(Q1, "28Z"), {"subgroups": [BURGLARY]}, 1, ""),
    (of_codes(Q1, "44"), {"subgroups": [BURGLARY]}, None, BURGLARY),
    (of_codes(Q1, "48"), {"codes": ["37.2", "48"]}, None, "code 37.2"),
    (of_codes(Q1, "48", "37.2"), {"codes": ["37.2", "48"]}, 2, ""),
    (of_codes(Q1, *NEW_CODES), {"codes": OLD_CODES + NEW_CODES}, 5, ""),
    (of_codes(BEFORE, *OLD_CODES), {"codes": OLD_CODES + NEW_CODES}, 5, ""),
    (of_codes(BEFORE, *NEW_CODES, *OLD_CODES[1:]), {"codes": OLD_CODES}, None, "code 28A"),
    (of_codes(Q1, "1/4.1/4.10/4.2"), {"codes": ["1", "4.1", "4.10", "4.2"]}, 1, ""),
    (of_codes(Q1, "1/4.1/4.10/4.2", "48"), {"codes": ["1", "48"]}, None, "code 1"),
    (of_codes(Q1, "44"), {"codes": ["46"], "subgroups": ["Arson"]}, None, "Arson, code 46"),
    (of_codes(Q1, "44"), {}, 1, ""),
]


@pytest.mark.parametrize(("drawn", "asked", "value", "lacked"), HELD_AND_LACKED)
def test_a_quarter_lacking_part_of_what_is_asked_for_has_no_sum(drawn, asked, value, lacked):
    held = rows(*drawn)
    found = quarterly(held, SOURCES, **asked)
    short = short_quarters(held, SOURCES, **asked)
    assert found["value"].tolist() == ([] if value is None else [value])
    assert short["lacked"].tolist() == ([lacked] if lacked else [])


def test_each_quarter_and_each_area_is_judged_by_itself():
    held = rows(
        *of_codes(Q1, "48", "37.2"),
        *of_codes(Q2, "48"),
        *of_codes(Q2, "48", "37.2", area="Harborough"),
    )
    found = quarterly(held, SOURCES, codes=["37.2", "48"])
    short = short_quarters(held, SOURCES, codes=["37.2", "48"])
    assert values(found) == [("Harborough", "2020-07", 2), ("Melton", "2020-04", 2)]
    assert short[["area_name", "start", "end"]].values.tolist() == [["Melton", *Q2]]


def test_an_edition_in_force_is_not_completed_from_an_older_one():
    held = rows(
        ("april", "Melton", Q1, "48", "Vehicle offences", 5),
        ("april", "Melton", Q1, "37.2", "Vehicle offences", 1),
        ("july", "Melton", Q1, "48", "Vehicle offences", 6),
    )
    assert quarterly(held, SOURCES, codes=["37.2", "48"]).empty


def test_a_code_that_nobody_here_knows_is_wanted_from_the_quarter_it_appears():
    held = rows(*of_codes(Q1, "28E"), *of_codes(Q2, "28E", "28Z"))
    assert values(quarterly(held, SOURCES, codes=["28E", "28Z"])) == [
        ("Melton", "2020-04", 1),
        ("Melton", "2020-07", 2),
    ]
    gone = rows(*of_codes(Q1, "28E", "28Z"), *of_codes(Q2, "28E"))
    assert values(quarterly(gone, SOURCES, codes=["28E", "28Z"])) == [("Melton", "2020-04", 2)]


def test_a_code_that_is_nowhere_is_lacked_everywhere():
    held = rows(*of_codes(Q1, "28E"), *of_codes(Q2, "28E"))
    assert quarterly(held, SOURCES, codes=["28E", "28Z"]).empty


def test_a_force_is_not_the_sum_of_partnerships_where_one_lacks_part():
    held = rows(
        *of_codes(Q1, "48", "37.2"),
        *of_codes(Q1, "48", area="Harborough"),
        *of_codes(Q2, "48", "37.2"),
        *of_codes(Q2, "48", "37.2", area="Harborough"),
    )
    found = force_quarterly(held, SOURCES, codes=["37.2", "48"])
    assert values(found) == [("Leicestershire", "2020-07", 4)]


HOMICIDE_ROWS = rows(*[("july", "Melton", Q1, "1/4.1/4.10/4.2", "Homicide", n) for n in (0, 1, 2)])


def test_homicide_is_counted_by_all_of_its_codes():
    every = quarterly(HOMICIDE_ROWS, SOURCES, codes=["1", "4.1", "4.10", "4.2"])
    assert every["value"].tolist() == [3]


def test_murder_alone_cannot_be_told_from_homicide():
    assert quarterly(HOMICIDE_ROWS, SOURCES, codes=["1"]).empty


def test_a_force_is_never_added_to_its_partnerships():
    held = rows(
        ("july", "Leicestershire", Q1, "44", "Bicycle theft", 12),
        ("july", "Melton", Q1, "44", "Bicycle theft", 5),
        ("july", "Harborough", Q1, "44", "Bicycle theft", 6),
        ("july", "Unassigned Leicestershire", Q1, "44", "Bicycle theft", 1),
    )
    found = force_quarterly(held, SOURCES, codes=["44"])
    assert values(found) == [("Leicestershire", "2020-04", 12)]


def test_without_rows_by_force_it_is_its_partnerships_and_what_is_in_none():
    held = rows(
        ("july", "Melton", Q1, "44", "Bicycle theft", 5),
        ("july", "Harborough", Q1, "44", "Bicycle theft", 6),
        ("july", "Unassigned Leicestershire", Q1, "44", "Bicycle theft", 1),
        ("july", "Leicestershire", Q2, "44", "Bicycle theft", 9),
    )
    found = force_quarterly(held, SOURCES, codes=["44"])
    assert values(found) == [("Leicestershire", "2020-04", 12), ("Leicestershire", "2020-07", 9)]
    assert found["areas"].tolist() == [3, 1]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Shepway", "Folkestone and Hythe"),
        ("City of London", "London, City of"),
        ("North Devon", "Northern Devon"),
        ("Dartford & Gravesham", "Dartford and Gravesham"),
        ("MELTON", "Melton"),
    ],
)
def test_a_partnership_is_found_by_the_home_offices_name(ours, theirs):
    found = published_names({"E22000001": ours}, [theirs, "Elsewhere"])
    assert (found.names, found.unmatched) == ((theirs,), ())


def test_a_former_name_of_its_code_finds_it_too():
    places = pd.DataFrame(
        {
            "level": ["csp", "csp", "lad"],
            "code": ["E22000001", "E22000001", "E22000001"],
            "vintage": [2019, 2011, 2020],
            "name": ["South Kent Coast", "Shepway", "Elsewhere"],
        }
    )
    found = published_names({"E22000001": "New name"}, ["Folkestone and Hythe"], places)
    assert found.names == ("Folkestone and Hythe",)


def test_a_name_that_is_not_there_is_told_to_a_human():
    found = published_names({"E22000001": "Melton", "E22000002": "Atlantis"}, ["Melton"])
    assert (found.names, found.unmatched) == (("Melton",), ("Atlantis",))


def test_other_names_stay_other():
    assert area_keys(pd.Series(["Devon", "Northern Devon", "Derby", "Derbyshire"])).is_unique


def noted(*texts, areas=("Kent", "Derbyshire", "Derbyshire Dales", "Medway")):
    frame, headings = notes([(line, [text]) for line, text in enumerate(texts, 1)], set(areas))
    return frame, headings


KENT = "Kent: in the year ending March 2026 Medway was recorded under an unassigned group."


@pytest.mark.parametrize(
    ("text", "areas", "span"),
    [
        (KENT, ["Kent", "Medway"], ("2025-04", "2026-03")),
        ("Derbyshire Dales has moved.", ["Derbyshire Dales"], (None, None)),
        ("Derbyshire: see 2024/25 and 2025/26.", ["Derbyshire"], ("2024-04", "2026-03")),
        ("From April 2017 sheds count as homes.", [None], ("2017-04", None)),
        ("Kent: June 2020 to March 2021 is short.", ["Kent"], ("2020-06", "2021-03")),
        ("Kent: years ending March 2024 and March 2025.", ["Kent"], ("2023-04", "2025-03")),
        ("Kentish Town is elsewhere.", [None], (None, None)),
    ],
)
def test_a_note_names_areas_and_months(text, areas, span):
    frame, _ = noted(text)
    told = [None if pd.isna(name) else name for name in frame["area_name"]]
    assert told == areas
    first = frame.iloc[0]
    assert tuple(None if pd.isna(first[m]) else first[m] for m in ("start", "end")) == span


def test_a_note_may_be_numbered_in_a_cell_or_in_its_text():
    frame, _ = notes([(1, ["[3]", "Text of it."]), (2, ["Note 4: Text of this."])], {"Kent"})
    assert frame["number"].tolist() == ["3", "4"]
    assert frame["text"].tolist() == ["Text of it.", "Text of this."]


def test_headings_are_counted_and_are_no_notes():
    frame, headings = noted("Notes", "Force Notes", KENT)
    assert (len(frame), headings) == (2, 2)


def test_a_file_without_notes_has_none():
    frame, headings = noted()
    assert (len(frame), headings) == (0, 0)


def test_the_notes_say_when_they_were_updated():
    assert edition_stated([(1, ["Notes"]), (2, ["Updated: 23 July 2026"])]) == "2026-07"
    assert edition_stated([(1, ["Updated: soon"])]) is None


HELD_NOTES = pd.DataFrame(
    [
        ("april", None, "Kent", "2024-04", "2025-03", "An older note."),
        ("july", None, "Kent", "2025-04", "2026-03", KENT),
        ("july", None, "Medway", "2025-04", "2026-03", KENT),
        ("july", None, None, None, None, "Of everybody."),
        ("july", None, "Derbyshire", None, None, "Of others."),
    ],
    columns=["source_id", "number", "area_name", "start", "end", "text"],
)


def test_a_partnership_is_told_its_own_notes_and_its_forces_once():
    assert notes_for(HELD_NOTES, SOURCES, ["Medway", "Kent"]) == (KENT, "An older note.")


def test_a_note_of_other_years_is_left_out():
    span = Period.parse("2025/26")
    assert notes_for(HELD_NOTES, SOURCES, ["Kent"], span=span) == (KENT,)


def test_notes_that_came_with_figures_replaced_since_are_left_out():
    assert notes_for(HELD_NOTES, SOURCES, ["Kent"], speaking=["july"]) == (KENT,)
