"""Where a record belongs: by its LSOA, in any vintage; then by its LSOA's name; or nowhere."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.placing import place

LINKS = """
level | vintage | code | name | parent_level | parent_vintage | parent_code | parent_name
lsoa | 2011 | E01000001 | Harborough 001A   | lad  | 2011 | E07000131 | Harborough
lsoa | 2011 | E01000002 | Wellingborough 1A | lad  | 2019 | E07000156 | Wellingborough
lsoa | 2011 | E01000002 | Wellingborough 1A | lad  | 2021 | E06000061 | North Northamptonshire
lsoa | 2021 | E01000003 | Melton 002B       | lad  | 2019 | E07000133 | Melton
lsoa | 2011 | E01000004 | Barnet 003C       | ward | 2019 | E05000050 | Mill Hill
ward | 2019 | E05000050 | Mill Hill         | lad  | 2019 | E09000003 | Barnet
lsoa | 2011 | E01000001 | Harborough 001A   | ward | 2019 | E05000051 | Elsewhere
ward | 2019 | E05000051 | Elsewhere         | lad  | 2019 | E07000999 | Elsewhere
"""


def _geography(drawn):
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    links = pd.DataFrame(lines[1:], columns=lines[0], dtype="str")
    return links.astype({"vintage": int, "parent_vintage": int})


GEOGRAPHY = _geography(LINKS)


def _rows(*lsoas):
    return pd.DataFrame(lsoas, columns=["lsoa_code", "lsoa_name"], dtype="str")


# the rule                            | code      | name            | district, and by what
PLACED = """
a code of the 2011 list               | E01000001 | Harborough 001A | E07000131 | Harborough | lookup
a code of the 2021 list               | E01000003 | Melton 002B     | E07000133 | Melton | lookup
the newest district of a merged one   | E01000002 | Wellingborough 1A | E06000061 | North Northamptonshire | lookup
by way of its ward                    | E01000004 | Barnet 003C     | E09000003 | Barnet | lookup
the code before the name              | E01000001 | Melton 001A     | E07000131 | Harborough | lookup
a code in no list                     | E01999999 | Barnet 090F     | E09000003 | Barnet | name
a name without a code                 |           | Melton 002B     | E07000133 | Melton | name
a district in no list                 | E01999999 | Hinckley and Bosworth 001A | | Hinckley and Bosworth | name
a code in no list without a name      | E01999999 |                 | | | none
neither code nor name                 |           |                 | | | none
a name that is one word               |           | Melton          | | | none
"""  # noqa: E501
RULES = [[cell.strip() or None for cell in row.split("|")] for row in PLACED.strip().splitlines()]


@pytest.mark.parametrize(("rule", "code", "name", "lad_code", "lad_name", "by"), RULES)
def test_a_record_is_placed_by_its_lsoa(rule, code, name, lad_code, lad_name, by):
    placed = place(_rows((code, name)), GEOGRAPHY).iloc[0]

    expected = {"lad_code": lad_code, "lad_name": lad_name, "placed_by": by}
    assert {key: placed[key] if pd.notna(placed[key]) else None for key in expected} == expected


def test_without_any_lookup_the_name_alone_places_a_record():
    placed = place(_rows(("E01000001", "Harborough 001A")), GEOGRAPHY.head(0)).iloc[0]

    assert (placed["lad_name"], placed["placed_by"]) == ("Harborough", "name")
    assert pd.isna(placed["lad_code"])


def test_placing_leaves_the_other_columns_and_the_index_as_they_were():
    rows = _rows(("E01999999", None), ("E01999999", "Melton 002B")).assign(count=[3, 5])
    rows.index = [7, 7]

    placed = place(rows, GEOGRAPHY)

    pd.testing.assert_frame_equal(placed[rows.columns], rows)
    assert placed["placed_by"].tolist() == ["none", "name"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(RULES), max_size=12), st.permutations(range(len(GEOGRAPHY))))
def test_every_row_is_placed_as_it_would_be_alone_in_any_order(rules, order):
    lsoas = [(code, name) for _, code, name, *_ in rules]

    placed = place(_rows(*lsoas), GEOGRAPHY.iloc[order])

    assert len(placed) == len(lsoas)
    assert placed["placed_by"].tolist() == [by for *_, by in rules]
