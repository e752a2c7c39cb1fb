"""What a file speaks for, and which of two files of one month serves a figure."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.errors import IngestError
from cspnb.scopes import Scope, clash, crime_types_of, in_force, scope_of

ALL_14 = "; ".join(sorted(crime_types_of("2020-03")))
SIX_OF_14 = "; ".join(sorted(crime_types_of("2020-03"))[:6])
LEICESTERSHIRE = "Blaby; Harborough; Melton"


def _source(name="a", **fields):
    source = {
        "source_id": name,
        "table": "offences",
        "force": "leicestershire",
        "month": "2020-03",
        "edition": None,
        "rows_digest": name,
        "file_name": "2020-03-leicestershire-street.csv",
        "member": None,
        "declared_types": None,
        "declared_areas": None,
        "types_seen": ALL_14,
        "districts_seen": LEICESTERSHIRE,
        "rows_stored": 8146,
        "rows_unplaced": 0,
    }
    return source | fields


def _only(types=None, areas=None):
    return Scope(
        None if types is None else frozenset(types), None if areas is None else frozenset(areas)
    )


@pytest.mark.parametrize(
    ("month", "number", "has", "has_not"),
    [
        ("2010-12", 6, "Violent crime", "Shoplifting"),
        ("2011-08", 6, "Other crime", "Drugs"),
        ("2011-09", 11, "Public disorder and weapons", "Bicycle theft"),
        ("2013-04", 11, "Violent crime", "Public order"),
        ("2013-05", 14, "Violence and sexual offences", "Violent crime"),
        ("2025-02", 14, "Possession of weapons", "Public disorder and weapons"),
    ],
)
def test_police_uk_has_published_three_sets_of_crime_types(month, number, has, has_not):
    types = crime_types_of(month)

    assert len(types) == number
    assert has in types
    assert has_not not in types


# what the file is          | types seen | districts seen | rows | unplaced | types    | areas
INFERRED = """
every type                  | 14         | Blaby; Melton  | 8146 | 1157     | all      | all
half of the types           | 7          | Blaby; Melton  | 5000 | 0        | all      | all
burglary alone              | Burglary   | Blaby; Melton  | 400  | 0        | Burglary | all
burglary alone, 30 records  | Burglary   | Blaby; Melton  | 30   | 0        | Burglary | all
one district                | 14         | Harborough     | 422  | 0        | all      | Harborough
one district, half unplaced | 14         | Harborough     | 422  | 211      | all      | Harborough
one district, most unplaced | 14         | Harborough     | 422  | 212      | all      | all
burglary in one district    | Burglary   | Barnet         | 300  | 0        | Burglary | Barnet
no LSOA names at all        | 14         |                | 8146 | 8146     | all      | all
"""


def _drawn(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _types(number):
    return "; ".join(sorted(crime_types_of("2020-03"))[: int(number)])


def _named(names):
    return None if names == "all" else frozenset(names.split("; "))


@pytest.mark.parametrize(
    ("what", "types", "districts", "rows", "unplaced", "for_types", "in_areas"), _drawn(INFERRED)
)
def test_a_file_speaks_for_what_it_plainly_is(
    what, types, districts, rows, unplaced, for_types, in_areas
):
    source = _source(
        types_seen=_types(types) if types.isdigit() else types,
        districts_seen=districts or None,
        rows_stored=int(rows),
        rows_unplaced=int(unplaced),
    )

    assert scope_of(source) == Scope(_named(for_types), _named(in_areas))


def test_half_of_the_types_is_half_of_those_of_the_month():
    three = {"types_seen": "Burglary; Other crime; Robbery"}

    assert scope_of(_source(month="2011-01", **three)) == Scope()
    assert scope_of(_source(month="2012-01", **three)) == _only(three["types_seen"].split("; "))


@pytest.mark.parametrize(
    ("force", "district"), [("city-of-london", "City of London"), ("btp", "Leeds")]
)
def test_a_force_that_has_no_districts_to_leave_out_is_whole_with_one(force, district):
    assert scope_of(_source(force=force, districts_seen=district)) == Scope()


@pytest.mark.parametrize("table", ["outcomes", "stops"])
def test_outcomes_and_stops_have_no_types_to_leave_out(table):
    file = _source(table=table, types_seen=None, districts_seen=None, rows_stored=9)

    assert scope_of(file) == Scope()


@pytest.mark.parametrize(
    ("holds", "option"),
    [
        ({"types_seen": "Burglary", "rows_stored": 29}, "--types"),
        ({"types_seen": SIX_OF_14, "rows_stored": 12}, "--types"),
        ({"types_seen": None, "districts_seen": None, "rows_stored": 0}, "--types"),
        ({"districts_seen": "Harborough", "rows_stored": 29}, "--areas"),
    ],
)
def test_a_file_too_small_to_tell_is_refused_until_it_is_declared(holds, option):
    with pytest.raises(IngestError, match=option):
        scope_of(_source(**holds))


DECLARED = [
    ({"declared_types": "Burglary; Robbery"}, _only({"Burglary", "Robbery"})),
    ({"declared_areas": "E07000131; Melton"}, _only(areas={"E07000131", "Melton"})),
    ({"declared_types": "all", "types_seen": "Burglary", "rows_stored": 3}, _only()),
    ({"declared_areas": "all", "districts_seen": "Rutland"}, _only()),
]


@pytest.mark.parametrize(("declared", "scope"), DECLARED)
def test_a_declaration_wins_over_what_the_file_holds(declared, scope):
    assert scope_of(_source(**declared)) == scope


@pytest.mark.parametrize(
    ("scope", "spoken_for"),
    [
        (_only(), True),
        (_only({"Burglary"}), True),
        (_only({"Robbery"}), False),
        (_only(areas={"Harborough"}), True),
        (_only(areas={"harborough"}), True),
        (_only(areas={"E07000131"}), True),
        (_only(areas={"Melton", "E07000130"}), False),
        (_only({"Burglary"}, {"Melton"}), False),
    ],
)
def test_a_scope_speaks_for_a_type_in_a_district_by_code_or_name(scope, spoken_for):
    assert scope.speaks_for("Burglary", "E07000131", "Harborough") is spoken_for


def test_a_district_file_does_not_speak_for_records_that_are_nowhere():
    assert _only({"Burglary"}).speaks_for("Burglary", None, None)
    assert not _only(areas={"Harborough"}).speaks_for("Burglary", None, None)


WHOLE = {}
BURGLARY = {"types_seen": "Burglary"}
ROBBERY = {"types_seen": "Robbery"}
BOTH = {"types_seen": "Burglary; Robbery"}
BARNET = {"types_seen": "Burglary", "districts_seen": "Barnet"}
HARBOROUGH = {"districts_seen": "Harborough"}

RANKED = [
    # one file, its edition       another, its edition       which is asked first
    (WHOLE, "2020-05", BURGLARY, "2023-01", "one", "a wider file whatever the editions"),
    (BURGLARY, None, BARNET, "2025-03", "one", "a force's burglary before one district's"),
    (WHOLE, None, HARBOROUGH, None, "one", "a wider file, no edition known"),
    (WHOLE, "2020-05", WHOLE, "2020-06", "other", "of two of the same, the newer edition"),
    (HARBOROUGH, "2020-07", BURGLARY, "2020-06", "one", "of two that overlap, the newer"),
    (BURGLARY, "2020-05", ROBBERY, "2020-06", "other", "two that do not meet stand side by side"),
]


@pytest.mark.parametrize(
    ("one", "edition", "other", "other_edition", "first"),
    [row[:5] for row in RANKED],
    ids=[row[5] for row in RANKED],
)
def test_which_file_is_asked_first(one, edition, other, other_edition, first):
    pair = [
        _source("one", edition=edition, **one),
        _source("other", edition=other_edition, **other),
    ]

    for sources in (pair, pair[::-1]):
        ranked = in_force(pd.DataFrame(sources))
        assert ranked["source_id"].iloc[0] == first
        assert ranked["order"].tolist() == [1, 2]
    assert clash(pair[0], pair[1:]) is None


def test_files_are_ranked_within_their_own_table_force_and_month():
    sources = [
        _source("march"),
        _source("april", month="2020-04"),
        _source("rutland", force="rutland"),
        _source("outcomes", table="outcomes"),
        _source("lookup", table="geography", force=None, month=None),
    ]

    ranked = in_force(pd.DataFrame(sources))

    assert ranked.set_index("source_id")["order"].to_dict() == {
        "march": 1, "april": 1, "rutland": 1, "outcomes": 1,
    }  # fmt: skip


def test_no_files_are_in_force_where_none_is_held():
    assert in_force(pd.DataFrame([_source()]).head(0)).empty


CLASHES = [
    # one file, its edition     another, its edition      do they clash
    (WHOLE, None, WHOLE, None, True),
    (WHOLE, "2020-05", WHOLE, None, True),
    (WHOLE, "2020-05", WHOLE, "2020-05", True),
    (WHOLE, "2020-05", WHOLE, "2020-06", False),
    (BURGLARY, None, HARBOROUGH, None, True),
    (BURGLARY, None, ROBBERY, None, False),
    (BURGLARY, None, BOTH, None, False),
    (BURGLARY, None, {"types_seen": "Burglary", "month": "2020-04"}, None, False),
    (BURGLARY, None, {"types_seen": "Burglary", "force": "btp"}, None, False),
    (WHOLE, None, {"table": "outcomes"}, None, False),
    (WHOLE, None, {"rows_digest": "one"}, None, False),  # the same rows twice
]


@pytest.mark.parametrize(("one", "edition", "other", "other_edition", "clashes"), CLASHES)
def test_two_files_clash_where_neither_can_be_put_first(
    one, edition, other, other_edition, clashes
):
    source = _source("one", edition=edition, **one)
    another = _source("other", edition=other_edition) | other

    assert clash(source, [another]) is (another if clashes else None)
    assert clash(another, [source]) is (source if clashes else None)


EXTRACTS = [
    # rows of the file held, rows of the newer one, declared of it, are they ranked
    (900, 880, None, True),
    (900, 460, None, True),
    (900, 400, None, False),
    (900, 400, "all", True),
]


@pytest.mark.parametrize(("held", "newer", "declared", "ranked"), EXTRACTS)
def test_a_newer_file_with_under_half_the_records_may_be_an_extract(held, newer, declared, ranked):
    whole = _source("whole", edition="2020-05", rows_stored=held)
    other = _source("other", edition="2020-06", rows_stored=newer, declared_areas=declared)

    assert clash(other, [whole]) is (None if ranked else whole)


KINDS = st.sampled_from([WHOLE, BURGLARY, ROBBERY, BOTH, BARNET, HARBOROUGH])
EDITIONS = st.sampled_from(["2020-05", "2020-06", "2020-07"])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(KINDS, EDITIONS), min_size=1, max_size=6), st.randoms())
def test_the_order_of_asking_never_depends_on_the_order_of_arrival(files, random):
    sources = [_source(f"s{i}", edition=edition, **kind) for i, (kind, edition) in enumerate(files)]
    arrived = random.sample(sources, len(sources))

    ranked = in_force(pd.DataFrame(sources))

    assert ranked["source_id"].tolist() == in_force(pd.DataFrame(arrived))["source_id"].tolist()
    scopes = [scope_of(row) for row in ranked.to_dict("records")]
    later_covers = [b for i, a in enumerate(scopes) for b in scopes[i:] if b.covers(a) and b != a]
    assert later_covers == []
