"""The latest spans beside the same months a year before."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.recent import Recent, Span
from cspnb.exhibits import Exhibit, Grid
from cspnb.measures.change import LEAST_BASE_FOR_PERCENTAGE, NOT_COMPARED
from cspnb.narrative import changes
from cspnb.narrative import spans as told
from cspnb.narrative.wording import caveats, clause

_LOW, _NONE, _NOT_HELD = "[low]", "[z]", "[x]"
_MEANS = {
    _LOW: "[low]: no percentage is given on a base under 10.",
    _NONE: "[z]: not applicable, as there was none a year before.",
    _NOT_HELD: "[x]: not available.",
}


def recent(result: Recent) -> Exhibit:
    """A row a span: both counts, the difference, the percentage, and the verdict.

    Where some span is not compared, a last column says why.
    """
    unit = result.measure.unit.capitalize()
    numeric = (f"{unit} a year before", unit, "Difference", "Change")
    refused = any(span.change.verdict == NOT_COMPARED for span in result.spans)
    rows = tuple(_row(span)[: None if refused else -1] for span in result.spans)
    columns = ("Span", "Months", *numeric, "Verdict", *(["Why not"] if refused else []))
    marks = tuple(text for mark, text in _MEANS.items() if any(mark in row for row in rows))
    missing = (told.missing_sentence(result),) if result.missing else ()
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(columns, rows, frozenset(numeric)),
        alternative=f"Table of {len(rows)} spans: {told.headline(result)}.",
        data=pd.DataFrame([_numbers(span, unit) for span in result.spans]),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*missing, *marks, changes.CLEAR_MEANS, told.SEVERAL_TESTS, *told.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(span: Span) -> tuple[str, ...]:
    change = span.change
    is_compared = change.verdict != NOT_COMPARED
    before, now = (
        _NOT_HELD if total.count is None else changes.total_text(total)
        for total in (change.before, change.now)
    )
    return (
        told.span_name(span),
        span.period.label,
        before,
        now,
        numerals.difference(change.difference) if is_compared else _NOT_HELD,
        _percentage(span) if is_compared else _NOT_HELD,
        _verdict(span),
        "compared" if is_compared else clause(change.reason) or "no reason is held",
    )


def _percentage(span: Span) -> str:
    base = span.change.before.count
    if base == 0:
        return _NONE
    if base < LEAST_BASE_FOR_PERCENTAGE:
        return _LOW
    return numerals.percent_change(span.change.change_pct)


def _verdict(span: Span) -> str:
    change = span.change
    tested = f" ({numerals.p_value(change.p_value)})" if change.is_tested else ""
    return f"{change.verdict}{tested}"


def _numbers(span: Span, unit: str) -> dict:
    change = span.change
    return {
        "Span": told.span_name(span),
        "From": str(span.period.start),
        "To": str(span.period.end),
        f"{unit} a year before": change.before.count,
        unit: change.now.count,
        "Difference": change.difference,
        "Change (%)": change.change_pct,
        "p value": change.p_value,
        "Verdict": change.verdict,
        "Test": change.method,
        "Why not compared": change.reason,
    }
