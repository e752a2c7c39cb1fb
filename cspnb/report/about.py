"""Who the partnership is, and whom to ask, in words."""

from cspnb.exhibits import Exhibit
from cspnb.narrative.wording import listed
from cspnb.report.opened import Opened


class About(Opened):
    """Sentences on the partnership itself."""

    @property
    def who(self) -> str:
        """Who the partnership is, in a sentence."""
        partners = self.partnership.partners
        if len(partners) < 2:
            return f"{self.partnership.name} is led by {self.partnership.lead_authority}."
        return f"{self.partnership.name} brings together {self.partners}."

    @property
    def partners(self) -> str:
        """The statutory partners in running text: 'A, B and C'."""
        return listed(self.partnership.partners or (self.partnership.lead_authority,))

    @property
    def area_note(self) -> str:
        """Which districts the figures are of."""
        districts = [district.name for district in self.place.districts]
        names = listed(districts)
        now = self.partnership.short_name
        if self.area != now:
            return (
                f"The figures are those of {names} alone: in {self.period.label} it was a "
                f"partnership of its own, and only later part of {now}."
            )
        return f"The figures are those of the district{'s' * (len(districts) > 1)} of {names}."

    @property
    def contacts(self) -> Exhibit:
        """Whom to ask: roles, and the names and addresses that the params give, if any."""
        asked = self.partnership.contacts
        told = [", ".join(filter(None, (c.role, c.name, c.telephone, c.email))) for c in asked]
        return Exhibit(
            kind="statement",
            title="Whom to ask",
            body=tuple(told) or (f"Ask {self.partnership.lead_authority}.",),
        )
