"""cspnb demo, render, batch."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cspnb.project import find_project

Report = Annotated[str, typer.Argument(help="A report type: annual-review.")]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Set an edited notebook aside and start from the template.")
]
Code = Annotated[bool, typer.Option("--code", help="Show the cells' code on the page.")]
Sample = Annotated[bool, typer.Option("--sample", help="Use the invented data of cspnb demo.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Reports at a time; as a rule, one a core.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print what came of it as JSON.")]


def demo(jobs: Jobs = None) -> None:
    """Five partnerships' annual reviews from invented data, and the index of them."""
    from cspnb import demo as demonstration

    project = find_project()
    typer.echo("Making the invented data ready ...")
    store = demonstration.sample_store(project)
    requests = demonstration.requests()
    _run(project, store, requests, workers=jobs or _cores(), fresh=False, as_json=False)


def render(
    report: Report,
    partnership: Annotated[str, typer.Argument(help="A file in params/partnerships.")],
    period: Annotated[str, typer.Argument(help="2013/14, 2013/14-Q3, 2014-03, 2013-04..2014-03")],
    subject: Annotated[str, typer.Option(help="A priority, problem or place.")] = "",
    fresh: Fresh = False,
    code: Code = False,
    sample: Sample = False,
) -> None:
    """Make one edition: the notebook, the page, and the record of both."""
    from cspnb import batch as batches
    from cspnb import listing
    from cspnb.render import render as make

    project = find_project()
    requests = [(report, partnership, period)]
    [job] = batches.plan(
        project,
        project.store(sample=sample),
        requests,
        subject=subject,
        fresh=fresh,
        show_code=code,
    )
    try:
        outcome = make(job)
    finally:
        listing.write_index(project)
    _tell(outcome)


def batch(
    reports: Annotated[
        list[str] | None, typer.Argument(help="Report types; none named means all.")
    ] = None,
    period: Annotated[str, typer.Option(help="The period of every report.")] = ...,
    partnership: Annotated[
        str | None, typer.Option(help="Partnerships, separated by commas.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every file in params/partnerships.")] = False,
    jobs: Jobs = None,
    fresh: Fresh = False,
    sample: Sample = False,
    as_json: AsJson = False,
) -> None:
    """Make many editions side by side; one that fails does not stop the rest."""
    from cspnb.params import list_partnerships

    project = find_project()
    names = list_partnerships(project) if all_ else _separated(partnership)
    requests = [(r, name, period) for r in reports or project.report_types() for name in names]
    store = project.store(sample=sample)
    _run(project, store, requests, workers=jobs or _cores(), fresh=fresh, as_json=as_json)


def _run(project, store, requests, *, workers, fresh, as_json):
    from cspnb import batch as batches
    from cspnb import listing

    jobs = batches.plan(project, store, requests, fresh=fresh)
    tell = (lambda _: None) if as_json else _counter(len(jobs))
    try:
        outcomes = batches.run(jobs, workers=workers, tell=tell)
    finally:
        page = listing.write_index(project)
    tally = Counter(outcome.status for outcome in outcomes)
    if as_json:
        typer.echo(json.dumps([_as_dict(outcome) for outcome in outcomes], indent=1))
    else:
        kept = f", {tally['kept']} kept as edited" if tally["kept"] else ""
        typer.echo(f"{tally['made']} made, {tally['failed']} failed{kept}. Open {_near(page)}")
    if tally["failed"] or tally["kept"]:
        raise typer.Exit(1)


def _counter(total):
    """Tell each outcome as it comes, with how many there are still to go."""
    told = iter(range(1, total + 1))

    def tell(outcome):
        typer.echo(f"[{next(told)}/{total}] ", nl=False)
        _tell(outcome)

    return tell


def _tell(outcome):
    job = outcome.job
    name = f"{job.report}, {job.partnership}, {job.period}"
    if outcome.status != "made":
        typer.echo(f"{outcome.status.upper()} {name}\n  {outcome.error}", err=True)
        return
    number = len(outcome.warnings)
    notes = f", {number} warning{'s' * (number != 1)}" if number else ""
    typer.echo(f"made {name} in {outcome.seconds:.1f} s{notes}: {_near(job.folder)}")


def _as_dict(outcome):
    job = outcome.job
    return {
        "report": job.report,
        "partnership": job.partnership,
        "period": job.period,
        "status": outcome.status,
        "seconds": round(outcome.seconds, 2),
        "folder": _near(job.folder),
        "error": outcome.error,
        "warnings": list(outcome.warnings),
    }


def _separated(names):
    slugs = [name.strip() for name in (names or "").split(",") if name.strip()]
    if not slugs:
        raise typer.BadParameter("name partnerships with --partnership a,b or take --all")
    return slugs


def _cores():
    return os.cpu_count() or 1


def _near(path: Path) -> str:
    """A path as short as it can be told from here."""
    path = Path(path)
    near = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return near.as_posix()
