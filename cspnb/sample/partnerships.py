"""The five partnerships whose reference reports the sample serves, and their peers.

Peers are the ONS statistical neighbours of each district; Bromsgrove's serve North Worcestershire.
"""

from dataclasses import dataclass

from cspnb.periods import Period


@dataclass(frozen=True)
class Partnership:
    """One whose reference report the sample serves, and the districts it is compared with."""

    slug: str
    force: str
    districts: tuple[str, ...]
    period: str
    supplied_to: str
    peers: tuple[str, ...]

    @property
    def years(self) -> tuple[Period, ...]:
        """The report's year and the five before, oldest first."""
        return Period.parse(self.period).years_to(6)


PARTNERSHIPS = (
    Partnership(
        slug="harborough",
        force="leicestershire",
        districts=("E07000131",),
        period="2013/14",
        supplied_to="2014-03",
        peers=(
            "E07000180",  # Vale of White Horse
            "E07000176",  # Rushcliffe
            "E07000149",  # South Norfolk
            "E06000049",  # Cheshire East
            "E06000056",  # Central Bedfordshire
            "E07000221",  # Stratford-on-Avon
            "E07000085",  # East Hampshire
            "E07000220",  # Rugby
            "E07000011",  # Huntingdonshire
            "E06000055",  # Bedford
        ),
    ),
    Partnership(
        slug="melton",
        force="leicestershire",
        districts=("E07000133",),
        period="2020/21",
        supplied_to="2021-03",
        peers=(
            "E07000143",  # Breckland
            "E07000132",  # Hinckley and Bosworth
            "E07000082",  # Stroud
            "E07000032",  # Amber Valley
            "E06000011",  # East Riding of Yorkshire
            "E07000042",  # Mid Devon
            "E07000065",  # Wealden
            "E07000200",  # Babergh
            "E06000019",  # Herefordshire, County of
            "E07000127",  # West Lancashire
        ),
    ),
    Partnership(
        slug="barnet",
        force="metropolitan",
        districts=("E09000003",),
        period="2012/13",
        supplied_to="2013-03",
        peers=(
            "E09000005",  # Brent
            "E09000015",  # Harrow
            "E09000014",  # Haringey
            "E09000009",  # Ealing
            "E09000008",  # Croydon
            "E09000031",  # Waltham Forest
            "E09000026",  # Redbridge
            "E09000017",  # Hillingdon
            "E06000040",  # Windsor and Maidenhead
            "E09000024",  # Merton
        ),
    ),
    Partnership(
        slug="burnley",
        force="lancashire",
        districts=("E07000117",),
        period="2012/13",
        supplied_to="2013-03",
        peers=(
            "E08000008",  # Tameside
            "E08000034",  # Kirklees
            "E06000021",  # Stoke-on-Trent
            "E08000030",  # Walsall
            "E08000005",  # Rochdale
            "E06000015",  # Derby
            "E08000001",  # Bolton
            "E08000002",  # Bury
            "E08000027",  # Dudley
            "E08000017",  # Doncaster
        ),
    ),
    Partnership(
        slug="north-worcestershire",
        force="west-mercia",
        districts=("E07000234", "E07000236", "E07000239"),
        period="2008/09",
        supplied_to="2009-09",
        peers=(
            "E06000037",  # West Berkshire
            "E07000084",  # Basingstoke and Deane
            "E06000060",  # Buckinghamshire
            "E07000089",  # Hart
            "E06000049",  # Cheshire East
            "E08000009",  # Trafford
            "W06000021",  # Monmouthshire
            "E07000085",  # East Hampshire
            "E06000054",  # Wiltshire
            "E07000211",  # Reigate and Banstead
        ),
    ),
)
