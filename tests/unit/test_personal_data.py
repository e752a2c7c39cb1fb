"""Personal data is known by a column's name and by its cells, and is never printed."""

import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.ingest.personal import masked, refuse_personal_data, suspicions
from cspnb.ingest.personal.headers import spoken_of
from cspnb.ingest.sheets import Sheet

EVENTS = ["01/04/2013", "15/06/2013", "30/09/2013", "24/12/2013", "31/03/2014", "02/02/2014"]


def suspected(cells, header="Q7", events=None):
    """The kind of personal data suspected in one column, under an innocent name."""
    frame = pd.DataFrame({header: pd.Series(cells, dtype="str")})
    if events is not None:
        frame["HAPPENED"] = pd.Series(events, dtype="str")
    found = {each.column: each for each in suspicions(frame, "HAPPENED")}
    assert not set(found) - {header}
    return found[header].kind if header in found else None


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("VICTIM_NAME", "names of people"),
        ("VictimForename1", "names of people"),
        ("Name of offender", "names of people"),
        ("OIC name", "names of people"),
        ("Surname", "names of people"),
        ("NAME", "names of people"),
        ("COMPLAINANTNAME", "names of people"),
        ("Victim DOB", "dates of birth"),
        ("D.O.B.", "dates of birth"),
        ("DATEOFBIRTH", "dates of birth"),
        ("birthDate", "dates of birth"),
        ("Mobile", "telephone numbers"),
        ("HOME_TEL", "telephone numbers"),
        ("TELEPHONENO", "telephone numbers"),
        ("E-mail", "e-mail addresses"),
        ("EMAIL_ADDR", "e-mail addresses"),
        ("Address line 1", "addresses"),
        ("LOC_ADDRESS", "addresses"),
        ("UPRN", "addresses"),
        ("House No", "addresses"),
        ("Postcode", "full postcodes"),
        ("POST_CODE", "full postcodes"),
        ("NI Number", "National Insurance numbers"),
        ("NHS_NO", "NHS numbers"),
        ("PNC ID", "police computer numbers"),
        ("VEHICLE_REG", "vehicle registrations"),
        ("VRM", "vehicle registrations"),
        ("MO", "free text"),
        ("MO_TEXT", "free text"),
        ("Narrative", "free text"),
        ("Case notes", "free text"),
    ],
)
def test_a_columns_name_speaks_of_personal_data(header, kind):
    assert spoken_of(header) == kind


@pytest.mark.parametrize(
    "header",
    [
        "Offence name",
        "OFFENCE_NAME",
        "Ward name",
        "LSOA11NM",
        "LSOA name",
        "District Name",
        "BEAT_NAME",
        "Street name",
        "Premises name",
        "Postcode sector",
        "POSTCODE_DISTRICT",
        "MO code",
        "Month",
        "Mode",
        "Registered date",
        "Victim age band",
        "Female",
        "Victim hash",
        "Suspect key",
        "Issue addressed",
        "Hotel",
        "Location",
        "Number of victims",
        "Named suspect",
        "HO_CODE",
        "Reported on",
    ],
)
def test_other_names_speak_of_none(header):
    assert spoken_of(header) is None


FORTY_NAMES = [
    f"{first} {last}"
    for first in ("Wilfrid", "Ottoline", "Barnaby", "Cordelia", "Peregrine")
    for last in ("Ashdown", "Bellweather", "Cranmer", "Duxbury", "Elphick", "Fanshawe", "Garside",
                 "Hollingbery")
]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["none", "none", "ask j.smith@example.org", "none"], "e-mail addresses"),
        (["01858 123456"], "telephone numbers"),
        (["(01858) 123 456"], "telephone numbers"),
        (["+44 7911 123456", "x"], "telephone numbers"),
        (["rang on 07911 123456 twice"], "telephone numbers"),
        (["7911123456"] * 5, "telephone numbers"),
        (["QQ123456C".replace("QQ", "AB")], "National Insurance numbers"),
        (["AB 12 34 56 C", "x"], "National Insurance numbers"),
        (["Near LE16 7AB", "x"], "full postcodes"),
        (["le16 7ab"], "full postcodes"),
        (["LE167AB", "LE88TT", "NN169XX"], "full postcodes"),
        (["9434765919", "943 476 5919"] * 3, "NHS numbers"),
        (["2001/1234567Z", "99/1234X"], "police computer numbers"),
        (["AB12 CDE", "XY63ZZT"], "vehicle registrations"),
        (["High Street", "24 High Street"], "addresses"),
        (["FLAT 3, 24 ST MARYS ROAD"], "addresses"),
        (["12a Coventry Rd, Market Harborough"], "addresses"),
        (["John Smith", "Margaret Elizabeth Jones", "unknown"], "names of people"),
        (["SMITH, John", "PATEL, Priya"], "names of people"),
        (["Smith", "Jones", "Patel", "Smith"], "names of people"),
        (["Mr Ashdown", "Mrs Bellweather"], "names of people"),
        (["mr ashdown", "mrs bellweather"], "names of people"),
        (FORTY_NAMES, "names of people"),
        ([name.lower() for name in FORTY_NAMES], "names of people"),
        (["jane smith", "mary jones", "unknown"], "names of people"),
        (["john paul george smith", "Mary Ann Louise Jones"], "names of people"),
        (["Smith, Jane (victim)", "Jones, Mary (offender)"], "names of people"),
        (["4111111111111111", "5500005555555559"], "payment card numbers"),
        (["4111 1111 1111 1111", "5500-0055-5555-5559", "none"], "payment card numbers"),
        (
            [f"Suspect {n} entered by the back door and left again with goods" for n in range(12)],
            "free text",
        ),
    ],
)
def test_cells_show_personal_data_under_an_innocent_name(cells, kind):
    assert suspected(cells) == kind


@pytest.mark.parametrize(
    "cells",
    [
        ["Town Centre", "Market Harborough"] * 20,
        ["Theft From Vehicle", "Criminal Damage To Vehicles", "Burglary Dwelling"],
        ["Driving Motor Vehicle In Excess Of 30 Mph On Restricted Road"] * 5,
        ["On or near High Street", "On or near Station Road", "On or near St Mary's Road"],
        ["Victoria Road", "Albert Street", "St James Close", "John Street"],
        ["A6 London Road", "B4036 Harborough Road", "M1 J20", "M1 2nd exit"],
        ["Great Glen", "Kibworth Beauchamp", "Broughton Astley", "Melton Mowbray"] * 3,
        ["Awaiting Assessment", "Under Investigation", "No Further Action"],
        ["Harborough 001A", "Harborough 002B"],
        ["E01025662", "E07000131", "E05005426"],
        ["28A", "45", "8N", "802/75", "105A"],
        ["477000", "285123.5", "470000"],
        ["18:12", "0930", "23:59"],
        ["2013-04-01", "2013-05-01T18:12:00"],
        ["3f2a9c1b7d4e8f60", "0123456789abcdef"],
        ["3f2a9c1b7d4e8f60"] * 20 + ["4111111111111111"],
        ["4111111111111112", "5500005555555551", "1234567890123456"],
        ["burglary dwelling", "theft from vehicle", "Market Harborough"],
        ["anti-social behaviour - nuisance (rowdy)", "noise (neighbour)", "market harborough"],
        ["great glen", "kibworth beauchamp", "melton mowbray"] * 3,
        ["awaiting assessment", "under investigation", "victoria road", "john street"],
        ["LE16", "LE16 7", "NN16 9"],
        ["White", "Black", "Asian"],
        ["Male", "Female"],
        ["Open", "Closed", "April", "May", "June"],
        ["1234567890", "1234567891", "1234567892", "1234567893", "1234567894", "1234567895"],
        ["", ""],
    ],
)
def test_places_offences_codes_and_numbers_are_not_taken_for_people(cells):
    assert suspected([cell or None for cell in cells]) is None


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (
            ["12/03/1978", "01/01/1990", "30/06/1985", "1/1/1999", "2/2/1941", None],
            "dates of birth",
        ),
        (["12/03/78", "01/01/90", "30/06/85", "1/1/99", "2/2/41", None], "dates of birth"),
        (["1978-03-12", "1990-01-01", "1985-06-30", "1999-01-01", None, None], "dates of birth"),
        (["12 Mar 1978", "1-Jan-1990", "30 June 1985", "2 Feb 1941", None, None], "dates of birth"),
        (["1978", "1990", "1985", "1999", "1941", None], "dates of birth"),
        (["02/04/2013", "16/06/2013", "01/10/2013", "24/12/2013", "31/03/2014", None], None),
        (["02/04/2005", "16/06/2010", "01/10/2013", "24/12/2013", "31/03/2014", None], None),
        (["12/03/1878", "01/01/1890", "30/06/1885", None, None, None], None),
    ],
)
def test_dates_of_10_to_90_years_before_the_events_are_dates_of_birth(cells, kind):
    """One old event among five, as with an offence reported late, makes no column of births."""
    assert suspected(cells, events=EVENTS) == kind


def refusal(columns, **options):
    frame = pd.DataFrame(columns, dtype="str")
    with pytest.raises(IngestError) as caught:
        refuse_personal_data(Sheet("cases.csv", "0" * 64, frame), **options)
    return str(caught.value)


def test_every_suspicious_column_is_told_at_once_and_no_cell_of_it():
    says = refusal(
        {"Q1": ["John Smith", "Mary Jones"], "dob": ["1/2/1978", None], "Town": ["Oadby", "Oadby"]},
        cleared=(),
        dated=None,
    )
    assert "2 columns look like personal data" in says
    assert "'Q1' (names of people, such as 'J… S…')" in says
    assert "'dob' (dates of birth, such as '1…')" in says
    assert "cases.csv" in says
    for secret in ("Smith", "Mary", "1978", "Oadby"):
        assert secret not in says


def test_a_column_wrongly_suspected_can_be_declared_harmless():
    frame = pd.DataFrame({"Notes": ["a", "b"], "Where": ["24 High Street", "x"]}, dtype="str")
    sheet = Sheet("cases.csv", "0" * 64, frame)
    refuse_personal_data(sheet, cleared=("Notes", "Where"), dated=None)


@pytest.mark.parametrize(
    "column",
    [
        {"Q1": ["a@example.org"]},
        {"Q1": ["01858 123456"]},
        {"Q1": ["LE16 7AB"]},
        {"Q1": ["AB123456C"]},
        {"Date of birth": ["x"]},
        {"Date of birth": [None]},
    ],
)
def test_but_not_where_the_cells_leave_no_doubt_or_the_name_says_birth(column):
    says = refusal(column, cleared=tuple(column), dated=None)
    assert "a column looks like personal data" in says
    assert "not_personal" not in says


def test_a_remedy_is_given_for_postcodes():
    says = refusal({"pc": ["LE16 7AB"]}, cleared=(), dated=None)
    assert "In place of a postcode give its LSOA" in says


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("John Smith", "J… S…"), ("j@example.org", "j…"), ("a b c d e", "a… b… c…"), ("7", "7…")],
)
def test_only_first_letters_are_shown(cell, shown):
    assert masked(cell) == shown
