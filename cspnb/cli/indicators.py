"""cspnb indicators: the workbook that partners fill in."""

from pathlib import Path
from typing import Annotated

import typer

from cspnb.project import find_project

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The workbook in which partners and analysts supply figures.",
)


@app.callback()
def indicators() -> None:
    """The workbook in which partners and analysts supply figures."""


@app.command()
def new(
    partnership: Annotated[str, typer.Argument(help="A file in params/partnerships.")],
    period: Annotated[str, typer.Option(help="2013/14, 2013/14-Q3, 2014-03, 2013-04..2014-03")],
    years: Annotated[
        int, typer.Option(min=1, max=30, help="This period, and the same of years before.")
    ] = 1,
    monthly: Annotated[bool, typer.Option("--monthly", help="A row a month.")] = False,
    quarterly: Annotated[bool, typer.Option("--quarterly", help="A row a quarter.")] = False,
    annual: Annotated[bool, typer.Option("--annual", help="A row a financial year.")] = False,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            help="A file in params/measures; may be repeated. None: what only partners have, "
            "and what the reports need and police.uk has not."
        ),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="The workbook to write, .xlsx.")] = None,
) -> None:
    """Write a workbook to fill in: one row a measure, period and area."""
    from cspnb import params, workbook
    from cspnb.periods import Period

    project = find_project()
    who = params.load_partnership(project, partnership)
    span = Period.parse(period)
    form = workbook.form(
        who,
        params.load_measures(project),
        span,
        years=years,
        cadence=_cadence(monthly=monthly, quarterly=quarterly, annual=annual),
        only=measure or (),
    )
    path = workbook.save(form, to or Path(f"indicators-{who.slug}-{span.slug}.xlsx"))
    typer.echo(f"Wrote {path.name}: {len(form.rows):,} rows on {len(form.themes)} sheets.")
    for label in form.left_out:
        typer.echo(f"left out   {label}: asked of a county, and the params name none")
    typer.echo("When it is filled in: cspnb ingest indicators " + path.name)


def _cadence(**chosen: bool) -> str:
    named = [name for name, is_chosen in chosen.items() if is_chosen]
    if len(named) > 1:
        raise typer.BadParameter(f"choose one of --{' and --'.join(named)}")
    return named[0] if named else ""
