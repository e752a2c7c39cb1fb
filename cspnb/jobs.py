"""A report to render, and what became of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from cspnb.editions import EditionKey, files
from cspnb.periods import Period
from cspnb.project import Project

RUNS_KEPT = 20


@dataclass(frozen=True)
class Job:
    """A report to render, in plain values that travel between processes.

    `store` is the address of the data, `is_sample` whether it holds invented data; `fresh` sets
    an edited notebook aside and starts again from the template; `show_code` puts the cells' code
    on the page.
    """

    root: str
    store: str
    report: str
    partnership: str
    period: str
    subject: str = ""
    is_sample: bool = False
    fresh: bool = False
    show_code: bool = False

    @property
    def key(self) -> EditionKey:
        """The edition it makes."""
        period = Period.parse(self.period)
        return EditionKey(self.report, self.partnership, period, self.subject, self.is_sample)

    @property
    def folder(self) -> Path:
        """Where the edition goes."""
        return self.key.folder(Project(Path(self.root)).outputs)


@dataclass(frozen=True)
class Outcome:
    """What became of a job: 'made', 'failed', or 'kept' as it was because it has been edited."""

    job: Job
    status: str
    seconds: float
    error: str = ""
    warnings: tuple[str, ...] = ()


def fail(job: Job, error: str, seconds: float = 0.0) -> Outcome:
    """The outcome of a job that failed, recorded in its folder if that can be written."""
    outcome = Outcome(job, "failed", seconds, error)
    try:
        record_run(outcome)
    except OSError as unwritten:
        return replace(outcome, error=f"{error} (and it could not be recorded: {unwritten})")
    return outcome


def record_run(outcome: Outcome) -> None:
    """Add the run to the history in the edition's folder."""
    folder = outcome.job.folder
    last = {
        "status": outcome.status,
        "seconds": round(outcome.seconds, 2),
        "error": outcome.error,
        "warnings": list(outcome.warnings),
    }
    history = [*files.read_runs(folder).get("history", ()), last]
    runs = {"last": last, "history": history[-RUNS_KEPT:]}
    files.write_text(folder / files.RUNS, files.as_json(runs))
