"""The area a count is of: one district or several, and its name for readers."""

from dataclasses import dataclass

from cspnb.measures.coverage import District


@dataclass(frozen=True)
class Place:
    """Districts counted together under one name.

    `csp_codes` are codes under which figures may be supplied for the place as a whole; `force`
    is the police force to assume for a district that no lookup knows.
    """

    name: str
    districts: tuple[District, ...]
    csp_codes: tuple[str, ...] = ()
    force: str | None = None

    @property
    def district_codes(self) -> tuple[str, ...]:
        """The codes of its districts."""
        return tuple(district.code for district in self.districts)
