"""The statutory checklist of shared information: what the store holds of each item, and how."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cspnb import params
from cspnb.inputs.states import PRESENT, measure_input
from cspnb.inputs.telling import checklist_text
from cspnb.params.checklist import Checklist, Item
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.report.opening import Report
from cspnb.report.reading import Holdings
from cspnb.store import Store

HELD, IN_PART, NOT_HELD = "held", "in part", "not held"

COLUMNS = ["partnership", "body", "information", "asked", "state", "to", "note"]

SHORT_OF = {
    "police_uk": "by month and snap point, without times",
    "home_office": "counted by quarter, without places",
    "ward_counts": "counted by ward and month",
    "lsoa_counts": "counted by LSOA and year",
    "fires": "counted by year, deliberate or not",
    "indicators": "ready counted, without times or places",
    "surveys": "answers to a survey",
    "supplied_records": "",
    "road_casualties": "",
}
"""What each origin's figures lack of the detail the law asks for; nothing where they have it."""


@dataclass(frozen=True)
class Grid:
    """A checklist filled in: `table` has a row an item and partnership.

    Columns: `partnership`, `body`, `information`, `asked`, `state` (held, in part, not held),
    `to` (the last month held), `note` (what it is short of, or why it is not held).
    """

    checklist: Checklist
    period: Period
    table: pd.DataFrame

    def as_text(self) -> str:
        """A grid for a terminal."""
        return checklist_text(self)

    def as_json(self) -> str:
        """The same, for programs."""
        rows = json.loads(self.table.to_json(orient="records"))
        about = {"checklist": self.checklist.title, "period": str(self.period)}
        return json.dumps(about | {"items": rows}, indent=1)


def checklist_of(
    project: Project, store: Store, name: str, partnerships: Sequence[str], period: str
) -> Grid:
    """A checklist (a file of params/checklists) for so many partnerships over a period."""
    checklist = params.load_checklist(project, name)
    measures, register = params.load_measures(project), params.load_register(project)
    holdings, rows = Holdings(store), []
    for slug in partnerships:
        partnership = params.load_partnership(project, slug)
        report = Report(partnership, Period.parse(period), "", measures, holdings, register)
        rows += [{"partnership": slug} | _row(report, item) for item in checklist.items]
    return Grid(checklist, Period.parse(period), pd.DataFrame(rows, columns=COLUMNS))


def _row(report: Report, item: Item) -> dict:
    about = {"body": item.body, "information": item.information, "asked": item.asked}
    if not item.measures:
        return about | {"state": NOT_HELD, "to": "", "note": "no measure shows it"}
    answers = [_answer(report, key) for key in item.measures]
    order = (HELD, IN_PART, NOT_HELD)
    return about | min(answers, key=lambda answer: order.index(answer["state"]))


def _answer(report: Report, key: str) -> dict:
    figures = report.recorded(key)
    found = measure_input(figures, report.period)
    if found["state"] != PRESENT:
        return {"state": NOT_HELD, "to": found["to"], "note": found["reason"]}
    short = SHORT_OF[figures.origin]
    return {"state": IN_PART if short else HELD, "to": found["to"], "note": short}
