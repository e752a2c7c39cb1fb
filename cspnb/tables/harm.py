"""Volume and harm as a table: each group's offences, weight and share of both; then the years."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.harm import Harm
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import severity as told


def harm(result: Harm) -> Exhibit:
    """A row an offence group, then all of them, for this year; the scores are in the notes."""
    if told.is_missing(result):
        return told.harm(result)
    unit = f"Harm ({result.unit})"
    columns = ("Offence group", "Offences", "Share of offences", unit, "Share of harm",
               "Harm an offence")  # fmt: skip
    rows = (*map(_row, result.groups.to_dict("records")), _all(result))
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(columns, rows, frozenset(columns[1:])),
        alternative=f"Table of {len(rows)} rows: {told.headline(result)}.",
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*_scores(result), *told.notes(result)),
        caveats=told.cautions(result),
        facts=told.facts(result),
    )


def _row(group: dict) -> tuple[str, ...]:
    each = group["harm"] / group["count"] if group["count"] > 0 else None
    return (
        group["offence_group"],
        numerals.count(group["count"]),
        numerals.level(100 * group["share_of_count"]),
        numerals.count(group["harm"]),
        numerals.level(100 * group["share_of_harm"]),
        numerals.rate(each, 1),
    )


def _all(result: Harm) -> tuple[str, ...]:
    number, weight = result.groups["count"].sum(), result.groups["harm"].sum()
    each = numerals.rate(weight / number, 1)
    return ("All with a weight", numerals.count(number), "100%", numerals.count(weight), "100%",
            each)  # fmt: skip


def _scores(result: Harm) -> tuple[str, ...]:
    """A sentence a year: the score, or why there is none."""
    said = []
    for year in result.years.to_dict("records"):
        if not pd.isna(year["score"]):
            about = "about " if result.approximation else ""
            limits = (
                ""
                if pd.isna(year["lower"])
                else f" (95% interval {told.score(year['lower'])} to {told.score(year['upper'])})"
            )
            said.append(
                f"{told.score_name(result)} in {year['label']}: {about}"
                f"{told.score(year['score'])} a resident{limits}, "
                f"{numerals.counted(year['count'], 'offences')}."
            )
    return tuple(said)


def _data(result: Harm) -> pd.DataFrame:
    """Every code of the period, with its weight."""
    codes = result.codes
    return pd.DataFrame(
        {
            "Code": codes["offence_code"],
            "Offence": codes["offence"],
            "Offence group": codes["offence_group"],
            "Offences": codes["count"],
            f"Weight ({result.unit})": codes["weight"],
            f"Harm ({result.unit})": codes["harm"],
        }
    )
