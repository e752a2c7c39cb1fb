"""What offences weigh, and police.uk's category of each offence. No weight here is official."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from cspnb.ingest import severity
from cspnb.ingest.severity.codes import worked_back
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark

EDITION = {"weights_edition": "drawn for a test"}
OWN = Good(
    pd.DataFrame(
        {
            "scheme": ["Our own index", "Our own index"],
            "offence_code": ["4.10", "28A"],
            "weight": ["1,000", "12.5"],
            "offence": ["One", "Two"],
        }
    ),
    number="weight",
    required="offence_code",
    name="weights",
)
ONS = Good(
    pd.DataFrame(
        {
            "category_counts": ["a", "b"],
            "description": ["Arson endangering life", "Burglary in a dwelling"],
            "code_severity": ["56A", "28C"],
            "code_original": ["56A", "28A"],
            "category_severity": ["victim based", "victim based"],
            "offence": ["Arson", "Distraction burglary"],
            "weight": ["11.5", "7.25"],
        }
    ),
    number="weight",
    required="code_original",
    name="ons",
)
LIST = Good(
    pd.DataFrame(
        {
            "Category": ["Violence", "Theft"],
            "Code": ["1", "46"],
            "Offence": ["One", "Two"],
            "Weight": ["90.5", "2.5"],
        }
    ),
    number="Weight",
    required="Code",
    name="cssdatatool",
    above=("Title", "Subtitle", "Source", "Coverage"),
    sheet="List of weights",
)
MAPPING = Good(
    pd.DataFrame(
        {
            "Home Office Code": ["2", "13/1", "56/1"],
            "Sub Class": ["Violence", "Violence", "Arson"],
            "Offence": ["Attempt", "Abduction", "Arson endangering life"],
            "Police.uk Category": [
                "Violence and Sexual Offences",
                "Violence and Sexual Offences",
                "Criminal Damage and Arson",
            ],
        }
    ),
    number="Police.uk Category",
    required="Home Office Code",
    name="mapping",
    sheet="police-uk-category-mappings",
)
WEIGHTS = [OWN, ONS, LIST]


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


def _weights(store):
    rows = store.read("severity_weights")
    return dict(zip(rows["offence_code"], rows["weight"], strict=True))


def test_an_index_of_ones_own_keeps_its_name_and_edition(tmp_path, store):
    taken = severity.ingest([OWN.csv(tmp_path)], store, **EDITION)
    assert _weights(store) == {"4.10": 1000.0, "28A": 12.5}, "4.10 is not 4.1"
    rows = store.read("severity_weights")
    assert set(rows["scheme"]) == {"Our own index"}
    assert set(rows["weights_edition"]) == {"drawn for a test"}
    assert taken.sources.iloc[0]["licence"] == "as supplied"


def test_the_code_of_the_recorded_offence_is_the_one_that_bears_the_weight(tmp_path, store):
    severity.ingest([ONS.csv(tmp_path)], store, **EDITION)
    assert _weights(store) == {"56A": 11.5, "28A": 7.25}
    rows = store.read("severity_weights").set_index("offence_code")
    assert rows.at["28A", "offence"] == "Burglary in a dwelling"
    assert set(rows["scheme"]) == {"ONS Crime Severity Score"}


def test_the_list_of_weights_of_the_ons_comes_from_below_its_title_rows(tmp_path, store):
    """No real file is at hand: five rows of headings, category, code, offence, weight."""
    book = openpyxl.load_workbook(LIST.workbook(tmp_path))
    book.create_sheet("Notes").append(["Notes"])
    book.save(tmp_path / "cssdatatool.xlsx")
    severity.ingest([tmp_path / "cssdatatool.xlsx"], store, **EDITION)
    assert _weights(store) == {"1": 90.5, "46": 2.5}


@pytest.mark.parametrize("good", WEIGHTS)
@pytest.mark.parametrize("edition", [None, "", "  "])
def test_weights_without_the_name_of_their_edition_are_refused(tmp_path, store, good, edition):
    path = good.workbook(tmp_path)
    error = refused(
        lambda path: severity.ingest([path], store, weights_edition=edition), path, store
    )
    assert "--weights-edition" in error.remedy


def test_the_same_weight_of_a_code_twice_is_one(tmp_path, store):
    frame = pd.concat([OWN.frame, OWN.frame.assign(offence="Another")])
    taken = severity.ingest([OWN.csv(tmp_path, frame=frame)], store, **EDITION)
    assert list(taken.sources["rows_stored"]) == [2]
    assert list(taken.sources["rows_copied"]) == [2]


def test_another_edition_stands_beside_the_first(tmp_path, store):
    severity.ingest([OWN.csv(tmp_path)], store, weights_edition="first")
    severity.ingest(
        [OWN.csv(tmp_path, frame=OWN.frame.assign(weight="3"))], store, weights_edition="second"
    )
    rows = store.read("severity_weights")
    assert sorted(rows["weights_edition"]) == ["first", "first", "second", "second"]


def test_a_weight_that_differs_from_one_held_of_the_same_edition_is_refused(tmp_path, store):
    severity.ingest([OWN.csv(tmp_path)], store, **EDITION)
    path = OWN.csv(tmp_path, frame=OWN.frame.assign(weight="3"))
    error = refused(lambda path: severity.ingest([path], store, **EDITION), path, store)
    assert "4.10 is 3 here, and 1,000 in a file already held" in error.what


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"weight": ["-1", "2"]}, "'-1' is below nothing"),
        ({"weight": ["100001", "2"]}, "is heavier than any offence"),
        ({"offence_code": ["44562", "2"]}, "is a date that a spreadsheet made of a code"),
        ({"offence_code": ["2022-03-01", "2"]}, "is a date that a spreadsheet made of a code"),
        ({"offence_code": [None, "2"]}, "stands where every row must say"),
        ({"scheme": [None, "x"]}, "stands where every row must say"),
    ],
)
def test_a_weight_that_is_none_is_refused(tmp_path, store, changes, says):
    path = OWN.csv(tmp_path, frame=OWN.frame.assign(**changes))
    error = refused(lambda path: severity.ingest([path], store, **EDITION), path, store)
    assert says in error.what


@pytest.mark.parametrize("good", [OWN, ONS, replace(LIST, above=())])
def test_every_hostile_twin_of_weights_is_refused(tmp_path, store, good):
    held = OWN.frame.assign(offence_code=["99", "98"])
    severity.ingest([OWN.csv(tmp_path, frame=held)], store, **EDITION)
    for wrong, path in twins(good, tmp_path / "twins"):
        error = refused(lambda path: severity.ingest([path], store, **EDITION), path, store)
        assert error.remedy or wrong == "huge value", wrong


@pytest.mark.parametrize("good", [OWN, ONS, MAPPING])
def test_a_byte_order_mark_is_no_fault(tmp_path, store, good):
    taken = severity.ingest([with_byte_order_mark(good, tmp_path)], store, **EDITION)
    assert taken.sources["rows_stored"].sum() == len(good.frame)


# Which category police.uk publishes an offence under.


def _types(store):
    rows = store.read("offence_categories")
    return dict(zip(rows["offence_code"], rows["crime_type"], strict=True))


def test_categories_are_police_uks_own_whatever_their_capitals(tmp_path, store):
    severity.ingest([MAPPING.csv(tmp_path)], store)
    assert _types(store) == {
        "2": "Violence and sexual offences",
        "13/1": "Violence and sexual offences",
        "56/1": "Criminal damage and arson",
    }


def test_only_the_mapping_sheet_of_the_workbook_is_read(tmp_path, store):
    book = openpyxl.load_workbook(MAPPING.workbook(tmp_path))
    book.create_sheet("Cathegories", 0).append(["Row Labels", "Category"])
    book.save(tmp_path / "mapping.xlsx")
    severity.ingest([tmp_path / "mapping.xlsx"], store)
    assert len(_types(store)) == 3


def test_a_code_of_several_offences_has_none_named(tmp_path, store):
    again = MAPPING.frame.iloc[[0]].assign(Offence="Something else")
    taken = severity.ingest([MAPPING.csv(tmp_path, frame=pd.concat([MAPPING.frame, again]))], store)
    rows = store.read("offence_categories").set_index("offence_code")
    assert pd.isna(rows.at["2", "offence"])
    assert rows.at["2", "subclass"] == "Violence"
    assert list(taken.sources["rows_copied"]) == [1]


def test_a_code_in_two_categories_is_refused(tmp_path, store):
    again = MAPPING.frame.iloc[[0]].assign(**{"Police.uk Category": "Drugs"})
    path = MAPPING.csv(tmp_path, frame=pd.concat([MAPPING.frame, again]))
    error = refused(lambda path: severity.ingest([path], store), path, store)
    assert "2 is Violence and sexual offences on line 2 and Drugs on line 5" in error.what


def test_a_category_that_is_not_police_uks_is_refused(tmp_path, store):
    path = MAPPING.csv(tmp_path, frame=MAPPING.frame.assign(**{"Police.uk Category": "Mischief"}))
    error = refused(lambda path: severity.ingest([path], store), path, store)
    assert "'Mischief' is no category of police.uk" in error.what


def test_every_hostile_twin_of_a_mapping_is_refused(tmp_path, store):
    severity.ingest([OWN.csv(tmp_path)], store, **EDITION)
    for wrong, path in twins(
        Good(MAPPING.frame.assign(Count="1"), "Count", MAPPING.required, "mapping"),
        tmp_path / "twins",
    ):
        if wrong not in ("wrong type", "huge value", "two answers", "formula"):
            error = refused(lambda path: severity.ingest([path], store), path, store)
            assert error.remedy, wrong


# Codes that a spreadsheet made into dates. 44562 is 1 January 2022; 11902 is 1 August 1932.


def _worked_back(*codes):
    found = worked_back(pd.Series(list(codes)))
    return [None if pd.isna(code) else code for code in found.text]


def test_dates_are_codes_again_where_the_file_proves_that_months_came_first():
    """13/1 would be a date, had days come first. 4 March 2022 is 3/4, and August 1932 is 8/32."""
    assert _worked_back("13/1", "44624", "11902", "2", "802") == ["13/1", "3/4", "8/32", "2", "802"]


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (("105/1", "44624"), "nothing shows which came first"),
        (("13/1", "8/13", "44624"), "8/13 would be a date, had months come first"),
        (("13/1", "44624", "44289"), "typed in 2022 and in 2021: two years"),
        (("13/1", "44562"), "a first of January alone shows no year of typing"),
        (("13/1", "3/4", "44624"), "3/4 is there as text already"),
    ],
)
def test_a_date_that_could_be_two_codes_is_left_out(codes, why):
    given = [code for code in codes if not code.startswith("44")]
    assert _worked_back(*codes) == given + [None] * (len(codes) - len(given)), why


def test_a_first_of_a_month_of_a_year_that_is_a_day_of_it_is_not_guessed():
    """August 2029: 8/29 would have become the 29th of August 2022. 47331 is 1 August 2029."""
    assert _worked_back("13/1", "44624", "47331") == ["13/1", "3/4", None]


def test_codes_left_out_are_counted_and_named(tmp_path, store):
    frame = MAPPING.frame.assign(**{"Home Office Code": ["2", "105/1", "43918"]})
    taken = severity.ingest([MAPPING.csv(tmp_path, frame=frame)], store)
    source = taken.sources.iloc[0]
    assert (source["rows_stored"], source["rows_rejected"]) == (2, 1)
    assert source["rejections"] == "codes that a spreadsheet made dates (1): 43918"


def test_codes_worked_back_are_counted_and_named(tmp_path, store):
    frame = MAPPING.frame.assign(**{"Home Office Code": ["2", "13/1", "44624"]})
    taken = severity.ingest([MAPPING.csv(tmp_path, frame=frame)], store)
    said = taken.sources.iloc[0]["rejections"]
    assert said == "codes worked back from dates (1 rows): 44624 is 3/4"
    assert "3/4" in _types(store)


def test_a_file_of_dates_alone_is_refused(tmp_path, store):
    path = MAPPING.csv(tmp_path, frame=MAPPING.frame.assign(**{"Home Office Code": "43918"}))
    error = refused(lambda path: severity.ingest([path], store), path, store)
    assert "every code of the file" in error.what


def test_the_same_file_is_not_taken_again_under_another_edition(tmp_path, store):
    path = OWN.csv(tmp_path)
    severity.ingest([path], store, weights_edition="early 2021")
    error = refused(
        lambda given: severity.ingest([given], store, weights_edition="2022"), path, store
    )
    assert "the store holds this very file as of early 2021" in error.what
    assert severity.ingest([path], store, weights_edition="early 2021").unchanged == (path.name,)


def test_a_file_of_the_home_office_is_told_its_own_door(tmp_path, store):
    path = tmp_path / "prc.csv"
    path.write_text(
        "Financial Year,Financial Quarter,Force Name,Offence Code,Offence Count\n"
        "2017/18,1,Leicestershire,28A,5\n",
        encoding="utf-8",
    )
    error = refused(
        lambda given: severity.ingest([given], store, weights_edition="2022"), path, store
    )
    assert "recorded crime of the Home Office: cspnb ingest home-office" in error.remedy
