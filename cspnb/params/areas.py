"""Where a partnership is, dated, and the areas it is compared with."""

from pydantic import Field

from cspnb.params.fields import (
    AreaCode,
    CountyCode,
    CspCode,
    DistrictCode,
    MonthText,
    Part,
    Text,
)
from cspnb.periods import Month


class District(Part):
    """A local authority district."""

    code: DistrictCode
    """The ONS's: E07000131."""
    name: Text
    """The ONS's."""


class County(Part):
    """The county whose council serves the districts, where there are two tiers of councils."""

    code: CountyCode
    """The ONS's: E10000018."""
    name: Text
    """The ONS's."""


class Csp(Part):
    """A Community Safety Partnership as the Home Office and the ONS list it, while it lasted."""

    name: Text
    """Its name in those lists."""
    code: CspCode | None = None
    """The ONS's (E22 or W14); left out where no list at hand has it."""
    valid_from: MonthText | None = None
    """Its first month; left out: as far back as there are figures."""
    valid_to: MonthText | None = None
    """Its last month; left out: it still is."""
    districts: tuple[District, ...] = Field(min_length=1)
    """What it covers."""

    def in_force(self, month: Month) -> bool:
        """Whether it existed in a month."""
        begun = self.valid_from is None or self.valid_from <= month
        return begun and (self.valid_to is None or month <= self.valid_to)

    def overlaps(self, other: "Csp") -> bool:
        """Whether some month knew both."""
        return not (_ended_before(self, other) or _ended_before(other, self))


class Area(Part):
    """An area to compare with."""

    code: AreaCode
    """The ONS's, of a district or a partnership."""
    name: Text
    """The ONS's."""


class Peers(Part):
    """A group of areas to compare with: whose choice it is, of when, and who is in it."""

    name: Text
    """What the group is called."""
    source: Text
    """Who drew it up."""
    date: Text
    """Of when; 'undated edition' where the source does not say."""
    note: Text | None = None
    """What a reader must know about the group."""
    areas: tuple[Area, ...] = Field(min_length=1)
    """Nearest first, without the partnership itself."""


def _ended_before(one: Csp, other: Csp) -> bool:
    return (
        one.valid_to is not None
        and other.valid_from is not None
        and one.valid_to < other.valid_from
    )
