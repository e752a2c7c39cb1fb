"""cspnb ingest: one command a source."""

from pathlib import Path
from typing import Annotated

import typer

from cspnb.project import find_project

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Take files into the store: all of them, or on any error none.",
)

Archives = Annotated[list[Path], typer.Argument(help="Archives or CSVs, or folders of them.")]
Sheets = Annotated[list[Path], typer.Argument(help="Files: CSV, CSV.GZ or XLSX.")]
Edition = Annotated[
    str | None,
    typer.Option(help="The month the file was published, YYYY-MM: newer replaces older."),
]


@app.command("police-uk")
def police_uk(
    paths: Archives,
    edition: Edition = None,
    types: Annotated[
        str | None,
        typer.Option(help="Crime types the files speak for, separated by '; ', or all."),
    ] = None,
    areas: Annotated[
        str | None,
        typer.Option(help="Districts the files speak for, by name or code, or all."),
    ] = None,
) -> None:
    """Street crime, outcomes, stop and search: police.uk archives (zip) or loose CSVs."""
    from cspnb.ingest import police_uk as source

    _tell(source.ingest(paths, _store(), edition=edition, types=types, areas=areas))


@app.command()
def lookup(paths: Sheets) -> None:
    """ONS lookups between LSOAs, wards, districts, partnerships and forces, of any vintage."""
    from cspnb.ingest import lookup as source

    _tell(source.ingest(paths, _store()))


@app.command()
def population(
    paths: Sheets,
    year: Annotated[
        int | None, typer.Option(help="The mid-year, where neither file nor name tells it.")
    ] = None,
) -> None:
    """Residents and households by LSOA or district."""
    from cspnb.ingest import population as source

    _tell(source.ingest(paths, _store(), year=year))


@app.command()
def indicators(paths: Sheets, edition: Edition = None) -> None:
    """A sheet of supplied figures: measure, period, area, value."""
    from cspnb.ingest import indicators as source
    from cspnb.params import load_measures

    measures = load_measures(find_project())
    _tell(source.ingest(paths, _store(), edition=edition, measures=measures))


def _store():
    from cspnb.store import Store

    return Store(find_project().store())


def _tell(taken):
    for name in taken.unchanged:
        typer.echo(f"unchanged  {name}: the store holds these rows already")
    for name in taken.ignored:
        typer.echo(f"passed by  {name}: not a file of this kind")
    for source in taken.sources.to_dict("records"):
        typer.echo(f"taken in   {_summary(source)}")
    typer.echo(f"{len(taken.sources)} files taken in, {len(taken.unchanged)} unchanged.")


def _summary(source):
    """A file's rows in a line: how many are kept, and what became of the others."""
    name = source["member"] if isinstance(source["member"], str) else source["file_name"]
    parts = [f"{name}: {source['rows_stored']:,} of {source['rows_read']:,} rows"]
    if source["rows_copied"]:
        parts.append(f"{source['rows_copied']:,} copies left out")
    if source["rows_rejected"]:
        parts.append(f"{source['rows_rejected']:,} rejected")
    if isinstance(source["rejections"], str):
        parts.append(source["rejections"])
    return ", ".join(parts)
