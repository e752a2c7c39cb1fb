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
Tables = Annotated[list[Path], typer.Argument(help="Files: CSV, CSV.GZ, XLSX or ODS.")]
Whose = Annotated[str, typer.Option("--partnership", help="Whose file maps the columns.")]
Which = Annotated[str, typer.Option("--extract", help="The extract's name in that file.")]
Months = Annotated[
    str | None, typer.Option(help="The months it covers, where its own dates do not say.")
]
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
    """Street crime, outcomes, stops: police.uk archives, CSVs."""
    from cspnb.ingest import police_uk as source

    _tell(source.ingest(paths, _store(), edition=edition, types=types, areas=areas))


@app.command()
def lookup(paths: Sheets) -> None:
    """Which area lies in which: ONS lookups of any vintage."""
    from cspnb.ingest import lookup as source

    _tell(source.ingest(paths, _store()))


@app.command()
def population(
    paths: Sheets,
    year: Annotated[
        int | None, typer.Option(help="The mid-year, where neither file nor name tells it.")
    ] = None,
    edition: Edition = None,
) -> None:
    """Residents and households by LSOA or district."""
    from cspnb.ingest import population as source

    _tell(source.ingest(paths, _store(), year=year, edition=edition))


@app.command()
def indicators(paths: Sheets, edition: Edition = None) -> None:
    """Any other figures: a sheet, or the filled-in workbook."""
    from cspnb.ingest import indicators as source
    from cspnb.params import load_measures

    measures = load_measures(find_project())
    _tell(source.ingest(paths, _store(), edition=edition, measures=measures))


@app.command("home-office")
def home_office(paths: Tables, edition: Edition = None) -> None:
    """Recorded crime by quarter: Home Office open data."""
    from cspnb.ingest import home_office as source

    _tell(source.ingest(paths, _store(), edition=edition))


@app.command("area-codes")
def area_codes(paths: Sheets, edition: Edition = None) -> None:
    """What became of the codes of districts and wards."""
    from cspnb.ingest import area_codes as source

    _tell(source.ingest(paths, _store(), edition=edition))


@app.command()
def boundaries(
    paths: Annotated[
        list[Path],
        typer.Argument(help="GeoJSON, GeoPackage or shapefiles; zips or folders of them."),
    ],
    level: Annotated[
        str | None, typer.Option(help="lsoa, msoa, ward, lad, csp or pfa, if no column says it.")
    ] = None,
    vintage: Annotated[int | None, typer.Option(help="The year of the codes, likewise.")] = None,
    layer: Annotated[str | None, typer.Option(help="The layer, where there are several.")] = None,
    crs: Annotated[
        str | None, typer.Option(help="The coordinates, where the file is silent: EPSG:27700.")
    ] = None,
) -> None:
    """Outlines of areas of any level and vintage."""
    from cspnb.ingest import boundaries as source

    where = {"level": level, "vintage": vintage, "layer": layer, "crs": crs}
    _tell(source.ingest(paths, _store(), **where))


@app.command()
def deprivation(paths: Sheets) -> None:
    """Indices of multiple deprivation by LSOA."""
    from cspnb.ingest import deprivation as source

    _tell(source.ingest(paths, _store()))


@app.command("similar-areas")
def similar_areas(
    paths: Sheets,
    group: Annotated[str | None, typer.Option(help="The group's name for readers.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="most similar group, statistical neighbours or cluster.")
    ] = None,
    as_at: Annotated[str | None, typer.Option(help="The month it holds from, YYYY-MM.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who made the list.")] = None,
) -> None:
    """Most similar groups, statistical neighbours."""
    from cspnb.ingest import similar_areas as source

    about = {"group": group, "kind": kind, "as_at": as_at, "publisher": publisher}
    _tell(source.ingest(paths, _store(), **about))


@app.command()
def severity(
    paths: Sheets,
    weights_edition: Annotated[
        str | None, typer.Option(help="The edition of the weights, as their publisher names it.")
    ] = None,
) -> None:
    """What offences weigh, in a named edition."""
    from cspnb.ingest import severity as source

    _tell(source.ingest(paths, _store(), weights_edition=weights_edition))


@app.command("force-extract")
def force_extract(
    paths: Sheets,
    partnership: Whose,
    extract: Which = "force-extract",
    edition: Edition = None,
    months: Months = None,
) -> None:
    """A force's offences or incidents, one by one."""
    from cspnb.ingest import force_extract as source

    mapping = _mapping(partnership, extract)
    _tell(source.ingest(paths, _store(), mapping=mapping, edition=edition, months=months))


@app.command("council-asb")
def council_asb(
    paths: Sheets,
    partnership: Whose,
    extract: Which = "council-asb",
    edition: Edition = None,
    months: Months = None,
) -> None:
    """A council's ASB cases, one by one."""
    from cspnb.ingest import council_asb as source

    mapping = _mapping(partnership, extract)
    _tell(source.ingest(paths, _store(), mapping=mapping, edition=edition, months=months))


@app.command()
def fire(paths: Tables, edition: Edition = None) -> None:
    """Primary and secondary fires, by LSOA or service."""
    from cspnb.ingest import fire as source

    _tell(source.ingest(paths, _store(), edition=edition))


@app.command("road-casualties")
def road_casualties(
    paths: Sheets,
    district: Annotated[
        str | None, typer.Option(help="The district's code, where the file has none.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="The year, where the file has none.")] = None,
    edition: Edition = None,
) -> None:
    """Collisions and casualties: STATS19, old names or new."""
    from cspnb.ingest import road_casualties as source

    _tell(source.ingest(paths, _store(), district=district, year=year, edition=edition))


@app.command("ward-counts")
def ward_counts(paths: Sheets, edition: Edition = None) -> None:
    """The Metropolitan Police's counts by ward and month."""
    from cspnb.ingest import ward_counts as source

    _tell(source.ingest(paths, _store(), edition=edition))


@app.command("lsoa-counts")
def lsoa_counts(paths: Archives, edition: Edition = None) -> None:
    """Counts by LSOA and year, as London publishes them."""
    from cspnb.ingest import lsoa_counts as source

    _tell(source.ingest(paths, _store(), edition=edition))


@app.command()
def surveys(paths: Sheets, edition: Edition = None) -> None:
    """Answers to a survey, with their base and weighting."""
    from cspnb.ingest import surveys as source

    _tell(source.ingest(paths, _store(), edition=edition))


def _mapping(partnership, extract):
    from cspnb.params import load_partnership

    return load_partnership(find_project(), partnership).extract(extract)


def _store():
    from cspnb.store import Store

    return Store(find_project().store())


def _tell(taken):
    from cspnb.cli.telling import told

    for line in told(taken):
        typer.echo(line)
