"""Answers to surveys: none without a base, and none that add up to more than everybody."""

import pandas as pd
import pytest

from cspnb.ingest import surveys
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark
from tests.surveys_files import AFTER_DARK, COLUMNS, FOUR, rows


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def file(tmp_path):
    def file(records, name="survey.csv"):
        path = tmp_path / name
        pd.DataFrame(records).to_csv(path, index=False)
        return path

    return file


def held(store):
    frame = store.read("surveys")
    return dict(zip(frame["answer"], frame["percentage"], strict=True))


def test_answers_are_kept_with_base_weighting_and_period(store, file):
    taken = surveys.ingest([file(rows(note="By post", supplier="Council"))], store)
    row = store.read("surveys").set_index("answer").loc["Very safe"]
    assert row[["percentage", "base", "start", "end"]].tolist() == [31, 320, "2023-04", "2024-03"]
    assert row[["weighting", "supplier", "note"]].tolist() == ["age and sex", "Council", "By post"]
    assert pd.isna(row["weighted_base"])
    source = taken.sources.iloc[0]
    assert source[["rows_read", "rows_stored", "publisher"]].tolist() == [4, 4, "Council"]
    assert pd.isna(source["rejections"])


def test_counts_become_percentages_of_their_base(store, file):
    records = [
        {name: cell for name, cell in row.items() if name != "percentage"} | {"count": count}
        for row, count in zip(rows(weighting="unweighted"), (80, 120, 100, 20), strict=True)
    ]
    surveys.ingest([file(records)], store)
    assert held(store) == {
        "Very safe": 25,
        "Fairly safe": 37.5,
        "A bit unsafe": 31.25,
        "Very unsafe": 6.25,
    }


def test_a_percentage_may_carry_its_sign(store, file):
    surveys.ingest([file(rows([("Very safe", "31%"), ("Fairly safe", "41.5 %")]))], store)
    assert held(store) == {"Very safe": 31, "Fairly safe": 41.5}


@pytest.mark.parametrize(
    ("shares", "accepted"),
    [
        (["31", "41", "19", "9"], True),  # 100
        (["31", "41", "20", "10"], True),  # 102: four figures, each rounded by a half at most
        (["31", "41", "21", "10"], False),  # 103
        (["31", "41"], True),  # not every answer need be supplied
    ],
)
def test_answers_to_one_question_add_up_to_everybody_at_most(store, file, shares, accepted):
    given = [(answer, share) for (answer, _), share in zip(FOUR, shares, strict=False)]
    path = file(rows(given))
    if accepted:
        surveys.ingest([path], store)
        assert len(held(store)) == len(shares)
    else:
        error = refused(lambda path: surveys.ingest([path], store), path, store)
        assert "add up to more than everybody" in str(error)
        assert "'choice'" in error.remedy


def test_where_several_answers_were_allowed_they_may_add_up_to_more(store, file):
    records = rows([("Burglary", "60"), ("Speeding", "70")], choice="several")
    surveys.ingest([file(records)], store)
    assert held(store) == {"Burglary": 60, "Speeding": 70}
    assert set(store.read("surveys")["choice"]) == {"several"}


@pytest.mark.parametrize("changes", [{}, {"choice": ""}, {"choice": "one"}])
def test_a_question_is_of_one_choice_unless_it_says_several(store, file, changes):
    surveys.ingest([file(rows(**changes))], store)
    assert set(store.read("surveys")["choice"]) == {"one"}


def test_whether_several_could_be_given_is_part_of_an_answer(store, file):
    surveys.ingest([file(rows())], store)
    other = file(rows(choice="several"), "other.csv")
    error = refused(lambda path: surveys.ingest([path], store), other, store)
    assert "several" in str(error)
    surveys.ingest([other], store, edition="2024-06")


def test_areas_and_periods_are_added_up_by_themselves(store, file):
    records = rows() + rows(area="E07000133") + rows(period="2022/23")
    surveys.ingest([file(records)], store)
    assert len(store.read("surveys")) == 12


def test_small_bases_are_kept_and_counted(store, file):
    taken = surveys.ingest([file(rows() + rows(area="E07000133", base="99"))], store)
    assert taken.sources["rejections"].iloc[0] == "on a base under 100 (4), kept"
    assert len(store.read("surveys")) == 8


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"base": ""}, "line 2, column 'base': a blank cell stands where every answer needs one"),
        ({"base": "0"}, "'0' is below 1"),
        ({"base": "12.5"}, "'12.5' is not a whole number"),
        ({"weighting": ""}, "how it was weighted"),
        ({"percentage": "101"}, "'101' is not between 0 and 100"),
        ({"percentage": "-1"}, "'-1' is not between 0 and 100"),
        ({"percentage": "*"}, "marks a figure withheld"),
        ({"period": "last year"}, "'last year' is not a period"),
        ({"period": "2023-04-01"}, "is a date"),
        ({"area": "Harborough"}, "is the code of no area"),
        ({"question": ""}, "column 'question': a blank cell is no answer"),
        ({"weighted_base": "-5"}, "'-5' is below nothing"),
        ({"choice": "many"}, "neither 'one' nor 'several'"),
        ({"count": "3"}, "there is both a percentage and a count"),
        ({"colour": "red"}, "column 'colour' is not known"),
    ],
)
def test_a_faulty_sheet_is_refused_by_line_and_column(store, file, changes, says):
    error = refused(lambda path: surveys.ingest([path], store), file(rows(**changes)), store)
    assert says in str(error)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"count": "321"}, "'321' is more than the base"),
        ({"count": "20", "weighting": "age"}, "goes with a count of people, which is unweighted"),
    ],
)
def test_a_count_is_of_the_people_who_answered(store, file, changes, says):
    record = rows(FOUR[:1], weighting="unweighted")[0]
    del record["percentage"]
    error = refused(lambda path: surveys.ingest([path], store), file([record | changes]), store)
    assert says in str(error)


def test_the_same_file_again_changes_nothing_and_another_figure_is_refused(store, file):
    surveys.ingest([file(rows())], store)
    before = store.versions()
    assert surveys.ingest([file(rows())], store).unchanged == ("survey.csv",)
    assert store.versions() == before
    other = file(rows([("Very safe", "32")]), "other.csv")
    error = refused(lambda path: surveys.ingest([path], store), other, store)
    assert "--edition" in error.remedy


def test_the_newest_edition_speaks_for_a_question_whole(store, file):
    """The newer edition has three answers: a fourth of the older is not mixed in."""
    surveys.ingest([file(rows())], store, edition="2024-05")
    newer = [("Safe", "70"), ("Unsafe", "25"), ("Don't know", "5")]
    surveys.ingest([file(rows(newer), "newer.csv")], store, edition="2024-06")
    spoken = surveys.in_force(store.read("surveys"), store.sources())
    assert dict(zip(spoken["answer"], spoken["percentage"], strict=True)) == {
        "Safe": 70,
        "Unsafe": 25,
        "Don't know": 5,
    }
    assert set(spoken["question"]) == {AFTER_DARK}


GOOD = Good(pd.DataFrame(rows())[COLUMNS], number="percentage", required="base")


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store, file):
    surveys.ingest([file(rows(period="2010/11"), "held.csv")], store)
    for _, path in twins(GOOD, tmp_path / "twins"):
        refused(lambda path: surveys.ingest([path], store), path, store)


def test_a_workbook_and_a_byte_order_mark_are_no_fault(tmp_path, store):
    surveys.ingest([with_byte_order_mark(GOOD, tmp_path)], store)
    assert surveys.ingest([GOOD.workbook(tmp_path)], store).unchanged == ("supplied.xlsx",)
    assert len(store.read("surveys")) == 4
