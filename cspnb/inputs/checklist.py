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
from cspnb.report.series import records
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
    "road_casualties": "times, places and ages as far as the file has them",
}
"""What each origin's figures lack of the detail the law asks for.

Of records in a partner's own extract it is looked up: some have times and places, some do not.
"""


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
    return about | _together([_answer(report, key) for key in item.measures])


def _together(answers: list[dict]) -> dict:
    """An item as its worst measure: in part, where one of several is not held at all."""
    held = [answer for answer in answers if answer["state"] != NOT_HELD]
    if not held:
        notes = dict.fromkeys(answer["note"] for answer in answers)
        return {"state": NOT_HELD, "to": answers[0]["to"], "note": "; ".join(notes)}
    absent = [answer["label"] for answer in answers if answer["state"] == NOT_HELD]
    notes = [f"not held: {', '.join(absent)}"] if absent else []
    notes += dict.fromkeys(answer["note"] for answer in held if answer["note"])
    last = min(answer["to"] for answer in held)
    return {"state": IN_PART if notes else HELD, "to": last, "note": "; ".join(notes)}


def _answer(report: Report, key: str) -> dict:
    figures = report.recorded(key)
    found = measure_input(figures, report.period)
    about = {"label": figures.measure.label, "to": found["to"]}
    if found["state"] != PRESENT:
        return about | {"state": NOT_HELD, "note": found["reason"]}
    short = _short_of(report, key, figures.origin)
    return about | {"state": IN_PART if short else HELD, "note": short}


def _short_of(report: Report, key: str, origin: str) -> str:
    if origin != records.ORIGIN:
        return SHORT_OF[origin]
    sources = report.measures[key].sources
    source = next(source for source in sources if source.origin == records.ORIGIN)
    return records.short_of(report.holdings, source, report.place, report.period)
