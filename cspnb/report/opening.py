"""Open a report: a partnership and a period, ready to be asked."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cspnb import params
from cspnb.analysis.comparison import Group
from cspnb.analysis.performance import Aim
from cspnb.errors import CspnbError
from cspnb.exhibits import Exhibit
from cspnb.measures.counts import Counts, Levels, total
from cspnb.measures.coverage import District
from cspnb.measures.definition import Target
from cspnb.narrative.wording import listed
from cspnb.params import MeasureParams, Partnership, RegisterEntry
from cspnb.periods import Period
from cspnb.project import Project, find_project
from cspnb.report import counting, grouping, origins
from cspnb.report.dating import dated
from cspnb.report.keeping import kept, params_as_saved
from cspnb.report.peers import Peers, peers_of
from cspnb.report.places import Place
from cspnb.report.priorities import Priority
from cspnb.report.reading import Holdings, holdings_of
from cspnb.report.series import table_of
from cspnb.store import Store

YEARS = 6
"""A trend covers the report's year and the five before it."""


def open_report(partnership: str, period: str, subject: str = "") -> "Report":
    """The report on a partnership (a file in params/partnerships) at a period.

    The data is the store named by CSPNB_STORE; otherwise the project's own, or the invented
    data where the notebook stands among the editions made from it, or where nothing else is.
    """
    project = find_project()
    saved = params_as_saved(project)
    return Report(
        partnership=params.load_partnership(project, partnership),
        period=Period.parse(period),
        subject=subject,
        measures=kept("measures", saved, lambda: params.load_measures(project)),
        register=kept("register", saved, lambda: params.load_register(project)),
        holdings=holdings_of(_store(project)),
    )


def _store(project: Project) -> Store:
    versions = json.loads(os.environ.get("CSPNB_STORE_VERSIONS", "null"))
    named = bool(os.environ.get("CSPNB_STORE"))
    among_samples = not named and Path.cwd().is_relative_to(project.outputs / "sample")
    for sample in (False,) if named else (True,) if among_samples else (False, True):
        store = Store(project.store(sample=sample), versions)
        if store.exists():
            return store
    raise CspnbError(
        "there is no data yet",
        where=project.store(),
        remedy="Take in some files (cspnb ingest --help), or run make demo for invented data.",
    )


@dataclass(frozen=True)
class Report:
    """What a notebook asks: counts, groups, aims and priorities of one partnership and period."""

    partnership: Partnership
    period: Period
    subject: str
    measures: Mapping[str, MeasureParams]
    holdings: Holdings
    register: tuple[RegisterEntry, ...] = ()

    @property
    def area(self) -> str:
        """The short name of what the partnership was at the period."""
        return self.partnership.name_at(self.period)

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
    def who(self) -> str:
        """Who the partnership is, in a sentence."""
        partners = self.partnership.partners
        if len(partners) < 2:
            return f"{self.partnership.name} is led by {self.partnership.lead_authority}."
        return f"{self.partnership.name} brings together {self.partners}."

    @property
    def priorities_note(self) -> str:
        """How many priorities the plan has, and what runs through them."""
        plan = self.partnership.plan_for(self.period).plan
        number = len(plan.priorities) if plan else 0
        if not number:
            return f"{plan.name if plan else 'No plan'} lists no priorities here."
        ranked = "in order of importance" if plan.ranked else "not in any ranked order"
        are = "is 1 priority" if number == 1 else f"are {number} priorities, {ranked}"
        through = listed(plan.cross_cutting)
        return f"There {are}." + (f" Running through all of them: {through}." if through else "")

    @property
    def partners(self) -> str:
        """The statutory partners in running text: 'A, B and C'."""
        return listed(self.partnership.partners or (self.partnership.lead_authority,))

    @property
    def place(self) -> Place:
        """The partnership's districts, as they were at the end of the period."""
        csps = self.partnership.csps_at(self.period)
        districts = self.partnership.districts_at(self.period)
        return Place(
            name=self.area,
            districts=tuple(District(d.code, d.name) for d in districts),
            csp_codes=tuple(csp.code for csp in csps) if all(csp.code for csp in csps) else (),
            force=self.partnership.force,
            county=self.partnership.county.name if self.partnership.county else "",
            slug=self.partnership.slug,
        )

    def counts(self, measure: str) -> Counts:
        """A measure's counts over the six years to the end of the period."""
        asked = (self._params(measure), self.place, self.period)
        counts = self.holdings.once(
            asked, lambda: counting.count(self.holdings, *asked, years=YEARS)
        )
        return self._dated(counts, self._origins_of(counts))

    def levels(self, measure: str) -> Levels:
        """A percentage measure's figures, by period."""
        of_measure = self._params(measure)
        levels = counting.levels(self.holdings, of_measure, self.place, self.period)
        return self._dated(levels, frozenset({levels.origin}))

    def key_counts(self) -> tuple[Counts, ...]:
        """The counts of the partnership's key measures, in its order."""
        return tuple(self.counts(measure) for measure in self.key_measures)

    @property
    def key_measures(self) -> tuple[str, ...]:
        """The measures whose trends a report on the partnership shows, in its order."""
        return self.partnership.settings_for("annual-review").key_measures

    def aims(self) -> tuple[Aim, ...]:
        """Every measure the plan tracks, with its target for the period where one is set."""
        plan = self.partnership.plan_for(self.period).plan
        return self._aims(plan.tracked_measures if plan else self.partnership.key_measures)

    def force_group(self, measure: str) -> Group:
        """The partnership among the districts of its police force."""
        return self._group(grouping.force_group, measure)

    def peer_group(self, measure: str) -> Group:
        """The partnership among its peers: those its file lists, else those a list held names."""
        return self._group(grouping.peer_group, measure)

    @property
    def peers(self) -> Peers | None:
        """The group of peers with its source and date; None where none is known."""
        return peers_of(self.holdings, self.partnership, self.place, self.period)

    @property
    def priorities(self) -> tuple[Priority, ...]:
        """The plan's priorities, in its order."""
        plan = self.partnership.plan_for(self.period).plan
        return tuple(
            Priority(number, each, self._aims(each.measures), self.area, self.period)
            for number, each in enumerate(plan.priorities if plan else (), start=1)
        )

    def priority(self, slug: str = "") -> Priority:
        """One of the plan's priorities; the first where none is named."""
        for priority in self.priorities:
            if slug in ("", priority.slug):
                return priority
        known = ", ".join(priority.slug for priority in self.priorities) or "none"
        raise CspnbError(
            f"{self.area} has no priority '{slug}' in {self.period}",
            where=f"params/partnerships/{self.partnership.slug}.yml",
            remedy=f"Its priorities are: {known}.",
        )

    @property
    def plan_note(self) -> str:
        """Which plan the report is held against, and whether it was in force."""
        plan, in_force = self.partnership.plan_for(self.period)
        if plan is None:
            return f"No plan of {self.partnership.name} is recorded."
        if in_force:
            return f"The plan in force was {plan.name}."
        return (
            f"No plan that covers all of {self.period.label} is recorded for {self.area}. The "
            f"priorities are those of {plan.name}, which covers {plan.span.label}; a target is "
            "shown only where it was set for this period."
        )

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

    def coverage(self) -> pd.DataFrame:
        """Which months of recorded crime are sound: `month`, `status`, `reason`, `source`."""
        return self.counts("total_crime").coverage()

    def sources(self) -> pd.DataFrame:
        """The files behind the figures of its measures: one row a file."""
        return origins.origins(self.holdings.sources, self._tables, self._forces)

    @property
    def _tables(self) -> frozenset[str]:
        """The tables that its measures' figures are from, and those that place and divide them."""
        plan = self.partnership.plan_for(self.period).plan
        keys = {"total_crime", *self.key_measures, *(plan.tracked_measures if plan else ())}
        used = {origin for key in keys for origin in self._origins_of(self.recorded(key))}
        return frozenset(map(table_of, used - {""})) | {"geography", "places", "population"}

    def _origins_of(self, figures: Counts | Levels) -> frozenset[str]:
        if isinstance(figures, Levels):
            return frozenset({figures.origin})
        years = self.period.years_to(YEARS)
        return frozenset(total(figures, year).origin for year in years)

    @property
    def _forces(self) -> frozenset[str]:
        """The forces whose files the report may count: its own, and those of its peers."""
        groups = self.partnership.peers
        peers = [area.code for group in groups for area in group.areas]
        if not groups and self.peers:
            peers = list(self.peers.codes)
        others = {self.holdings.force_of(code) for code in peers} - {None}
        return frozenset({self.partnership.force, *others})

    def _aims(self, measures) -> tuple[Aim, ...]:
        targets = self.partnership.targets_for(self.period)
        return tuple(Aim(self.recorded(key), _target(targets.get(key))) for key in measures)

    def recorded(self, measure: str) -> Counts | Levels:
        """A measure's counts, or its levels where it is a percentage."""
        is_count = self._params(measure).kind == "count"
        return self.counts(measure) if is_count else self.levels(measure)

    def _group(self, grouped, measure: str) -> Group:
        params_of_measure = self._params(measure)
        group = grouped(self.holdings, self.partnership, params_of_measure, self.place, self.period)
        return self._dated(group, frozenset(group.areas["origin"]))

    def _dated(self, result, origins):
        """The result, its measure with the dates of the register that concern it."""
        forces = frozenset({self.partnership.force})
        return replace(result, measure=dated(result.measure, self.register, origins, forces))

    def _params(self, measure: str) -> MeasureParams:
        if measure in self.measures:
            return self.measures[measure]
        raise CspnbError(
            f"there is no measure '{measure}'",
            where="params/measures",
            remedy=f"Choose one of: {', '.join(sorted(self.measures))}.",
        )


def _target(target) -> Target | None:
    return Target(target.kind, target.value, target.set_by) if target else None
