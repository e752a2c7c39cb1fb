"""The area a count is of: one district or several, and its name for readers."""

from dataclasses import dataclass

from cspnb.measures.coverage import District

DISTRICT_OF_A_COUNTY = "E07"


@dataclass(frozen=True)
class Place:
    """Districts counted together under one name.

    `slug` is the partnership's whose place it is, where it is one's with a file of its own.
    `csp_codes` are codes under which figures may be supplied for the place as a whole; `force`
    is the police force to assume for a district that no lookup knows, and `county` the name of
    the county it lies in, where there is a county council.
    """

    name: str
    districts: tuple[District, ...]
    csp_codes: tuple[str, ...] = ()
    force: str | None = None
    county: str = ""
    slug: str = ""

    @property
    def district_codes(self) -> tuple[str, ...]:
        """The codes of its districts."""
        return tuple(district.code for district in self.districts)

    @property
    def is_below_county(self) -> bool:
        """Whether some of it is a district of a county: some figures are the county's alone."""
        return any(code.startswith(DISTRICT_OF_A_COUNTY) for code in self.district_codes)
