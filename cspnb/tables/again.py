"""How many are recorded once, twice, and more often."""

from cspnb import numerals
from cspnb.analysis.repeats import Repeats
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import again as told
from cspnb.narrative.wording import caveats


def repeats(result: Repeats) -> Exhibit:
    """A row each for one occasion, two, and three or more, with the share of all."""
    if result.reason:
        return told.repeats(result)
    several = told.several(result).capitalize()
    numeric = (several, f"% of {several.lower()}", "Occasions on them", "% of occasions")
    rows = [_row(row) for row in result.table.to_dict("records")]
    rows.append(("All", _count(result.keys), "100%", _count(result.occasions), "100%"))
    data = result.table.assign(
        keys_share=100 * result.table["keys_share"],
        occasions_share=100 * result.table["occasions_share"],
    )
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(("Occasions", *numeric), tuple(rows), frozenset(numeric)),
        alternative=f"Table of {several.lower()} by number of occasions: {told.headline(result)}.",
        data=data[["number", "keys", "keys_share", "occasions", "occasions_share"]].set_axis(
            ["Occasions", *numeric], axis="columns"
        ),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(told.followed(result), *told.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(row: dict) -> tuple[str, ...]:
    shares = [numerals.level(100 * row[name]) for name in ("keys_share", "occasions_share")]
    return row["number"], _count(row["keys"]), shares[0], _count(row["occasions"]), shares[1]


def _count(number: int) -> str:
    return numerals.count(number)
