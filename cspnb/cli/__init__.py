"""The command line: parse, call one function, print. What takes long to import waits until used."""

import sys

import typer

from cspnb.cli import fetching, indicators, ingesting, looking, rendering
from cspnb.errors import CspnbError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Reports of Community Safety Partnerships: from files of data to pages for readers.",
)
app.command()(rendering.demo)
app.command()(rendering.render)
app.command()(rendering.batch)
app.command()(looking.check)
app.command()(looking.data)
app.command()(looking.new)
app.add_typer(ingesting.app, name="ingest")
app.add_typer(fetching.app, name="fetch")
app.add_typer(indicators.app, name="indicators")


def main() -> None:
    """Run the command; a failure a user can mend is told without a traceback."""
    try:
        app()
    except CspnbError as error:
        print(f"cspnb: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(error.exit_code)
    except OSError as error:
        print(f"cspnb: {error.strerror}: {error.filename}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
