"""cspnb fetch: one command a source and kind of file; nothing is taken into the store yet."""

from pathlib import Path
from typing import Annotated

import typer

SITE = "https://data.police.uk"
FILES = (".geojson", ".json", ".gpkg", ".shp", ".zip", ".gz", ".kml")

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Fetch files from a publisher's site into a folder, to be ingested from there.",
)
police_uk = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="data.police.uk: an archive of every force, or months of one area or force.",
)
app.add_typer(police_uk, name="police-uk")

Base = Annotated[str, typer.Option("--site", help="The site's address.")]
Hosts = Annotated[
    list[str] | None, typer.Option("--allow-host", help="A host the site may send us to.")
]
Folder = Annotated[Path, typer.Option("--to-folder", help="The folder to fetch into.")]
First = Annotated[str, typer.Option("--from", help="The first month, YYYY-MM.")]
Last = Annotated[str, typer.Option("--to", help="The last month, YYYY-MM.")]
Force = Annotated[str, typer.Option("--force", help="The police force: leicestershire.")]
Anew = Annotated[bool, typer.Option("--anew", help="Fetch again what is there already.")]


@police_uk.command()
def archive(
    folder: Annotated[Path, typer.Option("--to", help="The folder to fetch into.")],
    month: Annotated[str | None, typer.Option(help="The archive's month, YYYY-MM.")] = None,
    latest: Annotated[bool, typer.Option("--latest", help="The newest there is.")] = False,
    largest: Annotated[int | None, typer.Option(help="Most bytes to accept.")] = None,
    anew: Anew = False,
    site: Base = SITE,
    allow_host: Hosts = None,
) -> None:
    """One archive (zip, about 1.7 GB): every force's last 36 months. Goes on where it stopped."""
    from cspnb.fetch import police_archives as source

    if (month is None) != latest:
        raise typer.BadParameter("give --month YYYY-MM, or --latest")
    client = _client(site, allow_host)
    largest = largest or source.LARGEST
    with _Bar() as bar:
        brought = source.archive(
            month, folder, client, largest=largest, anew=anew, progress=bar, say=_say
        )
    typer.echo(f"{brought.path}: {brought.size:,} bytes, {brought.checked}.")
    if brought.sha256:
        typer.echo(f"SHA-256 {brought.sha256}")
    typer.echo(f"Next: {brought.next_command}")


@police_uk.command()
def street(
    area: Annotated[
        str,
        typer.Option(help="A file of boundaries; or districts, whose boundaries the store has."),
    ],
    first: First,
    last: Last,
    folder: Folder,
    district: Annotated[
        str, typer.Option(help="Which of the file's areas: names or codes, by ';', or all.")
    ] = "",
    force: Annotated[
        str, typer.Option("--force", help="The force, where the site is not to be asked.")
    ] = "",
    covers: Annotated[
        str, typer.Option(help="Districts the area covers whole, where its file does not say.")
    ] = "",
    anew: Anew = False,
    site: Base = SITE,
    allow_host: Hosts = None,
) -> None:
    """Crimes and incidents within an area: a file a month, without LSOAs."""
    from cspnb.fetch import police_months as source

    period = _period(first, last)
    where = _area(area, district)
    api = _api(site, allow_host)
    slug = force or source.force_held(folder, where) or api.force_at(*where.inside)
    named = tuple(name.strip() for name in covers.split(";") if name.strip())
    _months(source.street(where, _force(slug), named), period, folder, api, anew)
    typer.echo(
        "The rows have points and no LSOA. Once they are taken in, see with cspnb data how many "
        "are placed, and how many nowhere, before you use their figures."
    )
    if not (named or where.districts):
        typer.echo(
            "The area is no whole district that its file names, so no district's months are "
            "complete by it. If it covers some, say so with --covers."
        )


@police_uk.command("no-location")
def no_location(
    force: Force,
    first: First,
    last: Last,
    folder: Folder,
    anew: Anew = False,
    site: Base = SITE,
    allow_host: Hosts = None,
) -> None:
    """A force's crimes that have no point, and so are in no area's file."""
    from cspnb.fetch import police_months as source

    question = source.no_location(_force(force))
    _months(question, _period(first, last), folder, _api(site, allow_host), anew)


@police_uk.command()
def stops(
    force: Force,
    first: First,
    last: Last,
    folder: Folder,
    anew: Anew = False,
    site: Base = SITE,
    allow_host: Hosts = None,
) -> None:
    """A force's stops and searches: a file a month."""
    from cspnb.fetch import police_months as source

    question = source.stops(_force(force))
    _months(question, _period(first, last), folder, _api(site, allow_host), anew)


@police_uk.command()
def months(site: Base = SITE, allow_host: Hosts = None) -> None:
    """The months that can be asked for, and how many forces published stops in each."""
    for month, forces in sorted(_api(site, allow_host).months().items()):
        typer.echo(f"{month}  stops of {len(forces)} forces")


def _months(question, period, folder, api, anew) -> None:
    from cspnb.fetch.police_months import fetch_months

    got = fetch_months(question, period, folder, api, anew=anew, say=_say)
    told = f"Months: {len(got.written)} fetched, {len(got.there)} there already"
    typer.echo(f"{told}, {len(got.unknown)} unknown.")
    if got.next_command:
        typer.echo(f"Next: {got.next_command}")


def _area(text, district):
    """A file's area; or else, where it looks like no file, districts the store draws."""
    from cspnb.fetch.areas import area_of
    from cspnb.fetch.held_areas import area_held

    path = Path(text)
    if path.exists() or path.suffix.lower() in FILES or path.name != text:
        return area_of(path, district)
    from cspnb.project import find_project
    from cspnb.store import Store

    return area_held(Store(find_project().store()), text, _say)


def _period(first, last):
    from cspnb.periods import Month, Period

    return Period(Month.parse(first), Month.parse(last))


def _api(site, allow_host):
    from cspnb.fetch.police_api import PoliceApi

    return PoliceApi(_client(site, allow_host), _say)


def _client(site, allow_host):
    from cspnb.fetch.client import Client
    from cspnb.fetch.sites import POLICE_UK, Site

    known = POLICE_UK if site.rstrip("/") == SITE else Site(site)
    return Client(known.allowing(*(allow_host or ())), say=_say)


def _force(name):
    from cspnb.forces import force_named

    return force_named(name)


def _say(text: str) -> None:
    typer.echo(text, err=True)


class _Bar:
    """A bar of bytes on the error stream, where that is a terminal."""

    def __enter__(self):
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()
        return self

    def __call__(self, done, total):
        self._progress.update(self._task, completed=done, total=total)

    def __exit__(self, *_):
        self._progress.stop()
