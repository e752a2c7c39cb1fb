"""cspnb check, data, new: what is there, and what is wrong with it."""

from typing import Annotated

import typer

from cspnb.project import find_project


def check() -> None:
    """Read every params file: what is wrong, in which file and line, and what was meant."""
    from cspnb import params

    problems = params.check(find_project())
    for problem in problems:
        typer.echo(f"{problem.file}:{problem.line}: {problem.what}", err=True)
        typer.echo(f"  What to do: {problem.remedy}", err=True)
    typer.echo("Nothing wrong." if not problems else f"{len(problems)} problems.")
    if problems:
        raise typer.Exit(2)


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
    what = held(project.store(sample=sample), district=district)
    typer.echo(what.as_json() if as_json else what.as_text())
