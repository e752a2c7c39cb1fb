"""Forces go by several names; each leads to one slug."""

import pytest

from cspnb.errors import IngestError
from cspnb.forces import FORCES, force_named, force_of_area

PFA_2019 = """Metropolitan Police|Cumbria|Lancashire|Merseyside|Greater Manchester|Cheshire
Northumbria|Durham|North Yorkshire|West Yorkshire|South Yorkshire|Humberside|Cleveland
West Midlands|Staffordshire|West Mercia|Warwickshire|Derbyshire|Nottinghamshire|Lincolnshire
Leicestershire|Northamptonshire|Cambridgeshire|Norfolk|Suffolk|Bedfordshire|Hertfordshire|Essex
Thames Valley|Hampshire|Surrey|Kent|Sussex|City of London|Devon and Cornwall|Avon and Somerset
Gloucestershire|Wiltshire|Dorset|North Wales|Gwent|South Wales|Dyfed-Powys"""
AREAS = PFA_2019.replace("\n", "|").split("|")


def test_there_are_45_forces():
    assert len(FORCES) == 45


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Leicestershire Constabulary", "leicestershire"),  # June 2013
        ("Leicestershire Police", "leicestershire"),  # from 2019
        ("South Yorkshire", "south-yorkshire"),  # June 2013: no 'Police'
        ("South Yorkshire Police", "south-yorkshire"),
        ("Metropolitan Police Service", "metropolitan"),
        ("Police Service of Northern Ireland", "northern-ireland"),
        ("British Transport Police", "btp"),
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("dyfed-powys", "dyfed-powys"),
    ],
)
def test_a_force_is_known_by_any_name_it_publishes_under(name, slug):
    assert force_named(name) == slug


def test_every_name_and_slug_leads_back_to_its_own_force():
    for slug, force in FORCES.items():
        assert {force_named(name) for name in (slug, *force.names)} == {slug}


def test_a_name_of_no_force_is_refused_with_the_nearest():
    with pytest.raises(IngestError, match="Did you mean 'leicestershire'"):
        force_named("leicestershir")


def test_every_police_force_area_of_england_and_wales_has_its_own_force():
    assert len(AREAS) == 43
    assert len({force_of_area(area) for area in AREAS} - {None}) == 43


@pytest.mark.parametrize("area", ["Scotland", "", float("nan"), "btp"])
def test_an_area_no_force_of_ours_polices_has_none(area):
    assert force_of_area(area) is None
