"""cspnb check, data, new: what is there, and what is wrong with it."""

from typing import Annotated

import typer

from cspnb.cli.progress import Progress
from cspnb.project import find_project


def check(
    period: Annotated[
        str, typer.Option(help="Say as well whether the data for this period is there: 2013/14.")
    ] = "",
    report: Annotated[
        list[str] | None, typer.Option(help="A report: annual-review. Left out: every one.")
    ] = None,
    partnership: Annotated[
        str, typer.Option(help="Partnerships, separated by commas. Left out: every one.")
    ] = "",
    checklist: Annotated[
        str, typer.Option(help="In place of reports, a checklist: si-2007-1831.")
    ] = "",
    sample: Annotated[bool, typer.Option("--sample", help="The invented data.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Read every params file; with a period, tell which inputs of the reports are wanting."""
    from cspnb import params

    project = find_project()
    problems = params.check(project)
    for problem in problems:
        typer.echo(f"{problem.file}:{problem.line}: {problem.what}", err=True)
        typer.echo(f"  What to do: {problem.remedy}", err=True)
    if problems:
        typer.echo(f"{len(problems)} problems.", err=True)
        raise typer.Exit(2)
    if checklist and not period:
        raise typer.BadParameter("a checklist is of a period: give --period 2013/14")
    if not period:
        typer.echo("Nothing wrong.")
        return
    whose = [each.strip() for each in partnership.split(",") if each.strip()]
    whose = whose or params.list_partnerships(project)
    told = _inputs(project, sample, checklist, report or [], whose, period)
    typer.echo(told.as_json() if as_json else told.as_text())


def _inputs(project, sample, checklist, reports, partnerships, period):
    from cspnb.holdings import opened
    from cspnb.inputs import check_inputs, checklist_of

    store = opened(project.store(sample=sample))
    if checklist:
        return checklist_of(project, store, checklist, partnerships, period)
    return check_inputs(project, store, reports, partnerships, period)


def new(
    slug: Annotated[str, typer.Argument(help="Small letters and hyphens: north-shire.")],
    name: Annotated[str, typer.Option(help="The partnership's name in full.")] = "",
) -> None:
    """Write a params file for a partnership, to fill in."""
    from cspnb import params

    path = params.new_partnership(find_project(), slug, name or slug.replace("-", " ").title())
    typer.echo(f"Wrote {path.name} in params/partnerships. Fill in the blanks, then: cspnb check")


def data(
    sample: Annotated[bool, typer.Option("--sample", help="The invented data.")] = False,
    district: Annotated[str, typer.Option(help="Show one district's coverage by month.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """What the store holds: files, forces, months, and which months are not sound."""
    from cspnb.holdings import held

    project = find_project()
    with Progress() as progress:
        what = held(project.store(sample=sample), district=district, say=progress)
    typer.echo(what.as_json() if as_json else what.as_text())
