"""The months to come, each with its ranges, and the year they fill."""

from cspnb import numerals
from cspnb.analysis.forecast import Forecast
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import forecasts as told
from cspnb.narrative.wording import caveats
from cspnb.periods import Month

_LIMITS = {
    "lower_95": "95% from",
    "lower_80": "80% from",
    "central": "Middle",
    "upper_80": "80% to",
    "upper_95": "95% to",
}


def forecast(result: Forecast) -> Exhibit:
    """A row a month to come, then the financial year; a statement where none is given."""
    if told.is_missing(result):
        return told.forecast(result)
    columns = ("Month", *_LIMITS.values())
    rows = [_row(Month.parse(row["month"]).label, row) for row in result.ahead.to_dict("records")]
    if year := result.year_end:
        rows.append(_row(f"Year {year.period.label}", vars(year)))
    data = result.ahead[["month", *_LIMITS]].set_axis(list(columns), axis="columns")
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(columns, tuple(rows), frozenset(_LIMITS.values())),
        alternative=f"Table of {numerals.counted(len(result.ahead), 'months')} to come: "
        f"{told.headline(result)}.",
        data=data,
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            *_year_note(result),
            told.error_sentence(result),
            *told.notes(result),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(name: str, row: dict) -> tuple[str, ...]:
    return name, *(numerals.count(row[column]) for column in _LIMITS)


def _year_note(result: Forecast) -> tuple[str, ...]:
    if result.year_end is None:
        return ()
    return (
        "The year has its own range, of months so far and whole futures: months seldom all come "
        "out high, or all low, so that their limits do not add up to it.",
    )
