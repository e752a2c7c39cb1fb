"""Each input of a report on a partnership: present, incomplete, missing or too old."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cspnb import params
from cspnb.inputs.asked import Asked, asked_of
from cspnb.inputs.states import (
    COLUMNS,
    PRESENT,
    force_input,
    lookup_input,
    measure_input,
    peers_input,
    population_input,
)
from cspnb.inputs.telling import as_text
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.report.opening import Report
from cspnb.report.reading import Holdings
from cspnb.store import Store


@dataclass(frozen=True)
class Checked:
    """The inputs of several reports: `table` has a row a report, partnership and input.

    Columns: `report`, `partnership`, `input`, `measure` (its key; empty where the input is none),
    `state` (present, incomplete, missing, too old), `source`, `to` (the last month or year held),
    `reason` (empty where present). `can_be_supplied`: keys of measures that partners may supply.
    """

    period: Period
    table: pd.DataFrame
    can_be_supplied: frozenset[str] = frozenset()

    def to_supply(self, partnership: str) -> tuple[str, ...]:
        """The measures that are wanting and that partners may supply, in order of their keys."""
        own = self.table[(self.table["partnership"] == partnership)]
        wanting = own.loc[own["state"] != PRESENT, "measure"]
        return tuple(sorted(set(wanting) & self.can_be_supplied))

    def as_text(self) -> str:
        """A grid for a terminal, then what is wanting and why."""
        return as_text(self)

    def as_json(self) -> str:
        """The same, for programs."""
        rows = json.loads(self.table.to_json(orient="records"))
        return json.dumps({"period": str(self.period), "inputs": rows}, indent=1)


def check_inputs(
    project: Project, store: Store, reports: Sequence[str], partnerships: Sequence[str], period: str
) -> Checked:
    """Whether the store holds what so many reports on so many partnerships need for a period.

    reports: names of notebooks ('annual-review'); none is all of them. No kernel starts and
    nothing is written. Raises CspnbError for a report there is no notebook of.
    """
    holdings = Holdings(store)
    measures, register = params.load_measures(project), params.load_register(project)
    names = reports or project.report_types()
    wanted = {name: asked_of(project.template(name)) for name in names}
    rows = []
    for slug in partnerships:
        partnership = params.load_partnership(project, slug)
        opened = Report(partnership, Period.parse(period), "", measures, holdings, register)
        for name, asked in wanted.items():
            found = [each for each in _inputs(opened, asked)]
            rows += [{"report": name, "partnership": partnership.slug} | each for each in found]
    table = pd.DataFrame(rows, columns=COLUMNS).fillna({"measure": ""})
    supplied = frozenset(key for key, each in measures.items() if each.source("indicators"))
    return Checked(Period.parse(period), table, supplied)


def _inputs(report: Report, asked: Asked):
    """Every input once, the measures in the order of their keys."""
    keys = sorted(asked.measures | _of_the_partnership(report, asked))
    held = {key: report.recorded(key) for key in keys}
    yield from (measure_input(figures, report.period) for figures in held.values())
    grouped = {report.measures[measure].denominator for _, measure in asked.groups}
    for denominator in sorted(grouped - {"none"}):
        yield population_input(report, denominator)
    if compared := _in_group(asked, "force_group"):
        yield lookup_input(report)
        yield force_input(report, compared)
    if compared := _in_group(asked, "peer_group"):
        yield peers_input(report, compared)


def _in_group(asked, kind):
    return [measure for group, measure in asked.groups if group == kind]


def _of_the_partnership(report, asked):
    """The measures that the partnership's params add to a report."""
    keys = set()
    if "key_counts" in asked.sets:
        keys |= set(report.key_measures)
    plan = report.partnership.plan_for(report.period).plan
    if "aims" in asked.sets:
        keys |= set(report.partnership.tracked_at(report.period))
    if plan and asked.sets & {"priority", "priorities"}:
        keys |= {measure for priority in plan.priorities for measure in priority.measures}
    return keys
