"""The index of each calendar month, with what it is a share of."""

from cspnb import numerals
from cspnb.analysis.season import Season
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import seasons as told
from cspnb.narrative.wording import caveats

_LOW = "[low]"
_LOW_MEANS = "[low]: in no year does the trend give the month ten, the least base for an index."


def season(result: Season) -> Exhibit:
    """A row a calendar month, April first: index, range over the years, recorded and expected."""
    if told.is_missing(result):
        return told.season(result)
    unit = result.measure.unit.capitalize()
    numeric = ("Index", "Lowest year", "Highest year", unit, f"{unit} by the trend", "Years")
    rows = tuple(_row(row) for row in result.index.to_dict("records"))
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(("Month", *numeric), rows, frozenset(numeric)),
        alternative=f"Table of 12 months: {told.headline(result)}.",
        data=result.index.drop(columns="number").set_axis(
            [
                *("Month", "Index", "Lowest year", "Highest year"),
                *(unit, f"{unit} by the trend", "Years"),
            ],
            axis="columns",
        ),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            "An index of 100 is an average month. The lowest and the highest year are single "
            "months, each against an average month at the trend of the time.",
            *((_LOW_MEANS,) if any(_LOW in row for row in rows) else ()),
            *told.notes(result),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(row: dict) -> tuple[str, ...]:
    index, *ends = (row[name] for name in ("index", "lowest", "highest"))
    shares = (_LOW if numerals.is_missing(end) else numerals.count(end) for end in ends)
    sums = (numerals.count(row[name]) for name in ("count", "trend", "years"))
    return row["name"], numerals.count(index), *shares, *sums
