"""The Home Office's codes: what belongs where, by any of its labels."""

import pytest

from cspnb.offences import codes_in, group_of, known_subgroup, offence, parts_of, subgroup_of


def test_4_10_is_not_4_1():
    assert offence("4.10").description == "Corporate manslaughter"
    assert offence("4.1").description == "Manslaughter"


def test_case_and_blanks_pass():
    assert offence(" 28e ").code == "28E"
    assert known_subgroup("Drug  Offences") is None
    assert known_subgroup("possession of  DRUGS") == "Possession of drugs"


@pytest.mark.parametrize(
    ("older", "today"),
    [
        ("Domestic burglary", "Residential burglary"),
        ("Residential burglary of a home", "Residential burglary"),
        ("Non-domestic burglary", "Non-residential burglary"),
        ("Rape", "Rape offences"),
        ("Miscellaneous crimes", "Miscellaneous crimes against society"),
        ("Theft from a vehicle", "Vehicle offences"),
    ],
)
def test_an_older_label_means_todays_subgroup(older, today):
    assert known_subgroup(older) == today


def test_a_codes_own_subgroup_speaks_before_the_label_beside_it():
    """Deaths by driving stood under violence with injury; they have a subgroup of their own."""
    driving = "Death or serious injury - unlawful driving"
    assert subgroup_of("4.4", "Violence with injury") == driving


def test_an_unknown_code_falls_back_to_its_label():
    assert subgroup_of("28Z", "Domestic burglary") == "Residential burglary"
    assert subgroup_of("28Z", "No such label") is None


def test_codes_published_together_are_each_of_their_parts():
    assert parts_of("1/4.1/4.10/4.2") == ("1", "4.1", "4.10", "4.2")
    assert subgroup_of("1/4.1/4.10/4.2") == "Homicide"


def test_a_closed_code_stays_in_its_subgroup():
    assert offence("28A").closed == "2017-03"
    assert {"28A", "28E", "29A"} <= codes_in("Residential burglary")


def test_theft_of_and_from_vehicles_are_told_by_code_alone():
    assert codes_in("Vehicle offences") == {"48", "37.2", "45", "126"}


def test_every_subgroup_has_a_group_and_codes():
    for subgroup in ("Homicide", "Shoplifting", "Fraud: CIFAS", "Arson", "Bicycle theft"):
        assert group_of(subgroup)
        assert codes_in(subgroup)
