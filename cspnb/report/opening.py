"""Open a report: a partnership and a period, ready to be asked."""

import json
import os
from pathlib import Path

from cspnb import params
from cspnb.errors import CspnbError
from cspnb.periods import Period
from cspnb.project import Project, find_project
from cspnb.report.about import About
from cspnb.report.assessments import Assessments
from cspnb.report.harm import Harms
from cspnb.report.interventions import Interventions
from cspnb.report.keeping import kept, params_as_saved
from cspnb.report.outcomes import Closing
from cspnb.report.plans import Plans
from cspnb.report.points import Points
from cspnb.report.provenance import Provenance
from cspnb.report.reading import holdings_of
from cspnb.report.scanning import Scanning
from cspnb.report.volumes import Volumes
from cspnb.report.weekly import Weekly
from cspnb.report.when import When
from cspnb.report.where import Where
from cspnb.store import Store


class Report(
    About,
    Volumes,
    Plans,
    Provenance,
    Weekly,
    When,
    Points,
    Interventions,
    Scanning,
    Assessments,
    Where,
    Closing,
    Harms,
):
    """What a notebook asks of one partnership and period, by the kind of question."""


def open_report(partnership: str, period: str, subject: str = "") -> Report:
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
