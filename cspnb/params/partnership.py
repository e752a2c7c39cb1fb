"""A file of params/partnerships: who a partnership is, where, with whom, and what it plans."""

from typing import NamedTuple

from pydantic import Field, model_validator

from cspnb.errors import ParamsError
from cspnb.extracts import Extract
from cspnb.params.areas import County, Csp, District, Peers
from cspnb.params.consistency import contradictions
from cspnb.params.extracts import ExtractParams
from cspnb.params.fields import Email, ForceSlug, MeasureKey, Part, Slug, Telephone, Text, refuse
from cspnb.params.nearest import did_you_mean
from cspnb.params.plans import Plan, Target
from cspnb.periods import Period


class Contact(Part):
    """Whom to ask: a role; the committed files hold no people."""

    role: Text
    """Office or post."""
    name: Text | None = None
    """A person, where the partnership wants one printed."""
    telephone: Telephone | None = None
    """In quotes."""
    email: Email | None = None
    """Best a team's, which outlasts a person."""


class ReportSettings(Part):
    """What one kind of report does differently for this partnership."""

    report: Slug
    """The report's name: annual-review."""
    title: Text | None = None
    """A title in place of the report's own."""
    key_measures: tuple[MeasureKey, ...] = ()
    """In place of the partnership's."""


class PlanAt(NamedTuple):
    """The plan to report on at a period (None: there is none), and whether it was in force."""

    plan: Plan | None
    in_force: bool


class Partnership(Part):
    """A partnership as its file defines it; the file's name is its `slug`."""

    slug: Slug
    """The file's name."""
    name: Text
    """In full."""
    short_name: Text
    """As in a heading or beside a bar: Harborough."""
    also_known_as: tuple[Slug, ...] = ()
    """Other short names a report may be asked for by."""
    place_phrase: Text = ""
    """Where, in running text; left out: 'in' and the short name."""
    force: ForceSlug
    """The police force, by its police.uk name: leicestershire."""
    force_name: Text
    """The police force's name for readers."""
    csps: tuple[Csp, ...] = Field(min_length=1)
    """The listed partnerships it is, or was, dated: it may span several, or be one of many."""
    county: County | None = None
    """The county it lies in, where there is a county council; some figures are its alone."""
    lead_authority: Text
    """Who runs its business."""
    partners: tuple[Text, ...] = ()
    """Statutory partners: names of organisations."""
    contacts: tuple[Contact, ...] = ()
    """Roles to ask."""
    peers: tuple[Peers, ...] = ()
    """Groups to compare with, the usual one first."""
    key_measures: tuple[MeasureKey, ...] = ()
    """The measures whose trends a report shows."""
    plans: tuple[Plan, ...] = ()
    """Plans and strategies; their years may not overlap."""
    budget_note: Text | None = None
    """What the partnership has to spend, in a sentence."""
    reports: tuple[ReportSettings, ...] = ()
    """What particular reports do differently."""
    extracts: dict[Slug, ExtractParams] = {}
    """Extracts that partners supply record by record, each under the name measures call it by."""

    def csps_at(self, period: Period) -> tuple[Csp, ...]:
        """The listed partnerships it was in the last month of a period.

        Raises ParamsError where none is listed for that month.
        """
        if found := tuple(csp for csp in self.csps if csp.in_force(period.end)):
            return found
        raise ParamsError(
            f"no CSP of {self.short_name} is listed for {period.end.label}",
            where=f"params/partnerships/{self.slug}.yml",
            remedy="Add one under csps, or widen valid_from and valid_to.",
        )

    def districts_at(self, period: Period) -> tuple[District, ...]:
        """The districts it covered in the last month of a period, each once.

        A trend counts the same districts in every year: those at the end of its last period.
        Raises ParamsError where no CSP is listed for that month.
        """
        return tuple(district for csp in self.csps_at(period) for district in csp.districts)

    def name_at(self, period: Period) -> str:
        """The short name of what it was at a period: of its listed CSPs, where they were others."""
        then = self.csps_at(period)
        if then == tuple(csp for csp in self.csps if csp.valid_to is None):
            return self.short_name
        return " and ".join(csp.name for csp in then)

    def plan_for(self, period: Period) -> PlanAt:
        """The plan covering the whole period; else, not in force, the nearest.

        The nearest is the last to have ended before the period's own end, or where there is
        none, the first to begin.
        """
        plans = sorted(self.plans, key=lambda plan: plan.span.start)
        for plan in plans:
            if plan.span.covers(period):
                return PlanAt(plan, True)
        ended = [plan for plan in plans if plan.span.end < period.end]
        return PlanAt(ended[-1] if ended else next(iter(plans), None), False)

    def targets_for(self, period: Period) -> dict[str, Target]:
        """Each measure's target at a period: of those whose own period covers it, the shortest."""
        targets = [target for plan in self.plans for target in plan.targets]
        holding = [target for target in targets if target.period.covers(period)]
        holding.sort(key=lambda target: len(target.period), reverse=True)
        return {target.measure: target for target in holding}

    def tracked_at(self, period: Period) -> tuple[str, ...]:
        """The measures of the plan to report on at a period; without one, the key measures."""
        plan = self.plan_for(period).plan
        return plan.tracked_measures if plan else self.key_measures

    def settings_for(self, report: str) -> ReportSettings:
        """A report's settings, with the partnership's key measures where it names none."""
        found = next((each for each in self.reports if each.report == report), None)
        settings = found or ReportSettings(report=report)
        measures = settings.key_measures or self.key_measures
        return settings.model_copy(update={"key_measures": measures})

    def extract(self, name: str) -> Extract:
        """An extract as the doors of ingest take it; ParamsError where none has that name."""
        if name in self.extracts:
            districts = dict.fromkeys(d.code for csp in self.csps for d in csp.districts)
            return self.extracts[name].described(self.slug, name, tuple(districts))
        known = did_you_mean(name, self.extracts, "The extracts")
        raise ParamsError(
            f"{self.short_name} has no extract '{name}'",
            where=f"params/partnerships/{self.slug}.yml",
            remedy=f"Describe its columns under extracts (docs/params.md). {known}",
        )

    @model_validator(mode="before")
    @classmethod
    def _place_phrase(cls, values):
        if isinstance(values, dict) and "place_phrase" not in values:
            return {**values, "place_phrase": f"in {values.get('short_name')}"}
        return values

    @model_validator(mode="after")
    def _agrees_with_itself(self):
        if findings := [*contradictions(self)]:
            refuse(*findings)
        return self
