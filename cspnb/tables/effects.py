"""What was recorded before and after something was done, zone by zone."""

from cspnb import numerals
from cspnb.analysis.impact import Impact
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import effects

_NUMERIC = ("Areas", "Before", "After", "Expected", "Difference")


def impact(result: Impact) -> Exhibit:
    """A row a zone with its counts, then the difference and its interval where it is judged."""
    if result.zones.empty:
        return effects.impact(result)
    parts = {row["part"]: row for row in result.parts.to_dict("records")}
    rows = tuple(_row(zone, parts) for zone in result.zones.to_dict("records"))
    if "together" in parts:
        rows = (*rows, _together(parts["together"]))
    missing = (effects.missing_sentence(result),) if effects.is_missing(result) else ()
    columns = ("Zone", *_NUMERIC, "95% interval", "Verdict")
    return Exhibit(
        kind="table",
        title=effects.headline(result),
        subtitle=effects.subtitle(result),
        body=Grid(columns, rows, frozenset(_NUMERIC)),
        alternative=f"Table of {len(rows)} zones: {effects.headline(result)}.",
        data=result.zones.set_axis(
            ["Zone", "Areas", "Before", "After", "Complete", "What is missing"], axis="columns"
        ),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*missing, *effects.notes(result)),
        caveats=effects.cautions(result),
        facts=effects.facts(result),
    )


def _row(zone: dict, parts: dict) -> tuple[str, ...]:
    counts = tuple(_count(zone[name], zone["complete"]) for name in ("before", "after"))
    start = (zone["zone"].capitalize(), numerals.count(zone["areas"]), *counts)
    return (*start, *_judged(parts.get(zone["zone"])))


def _together(part: dict) -> tuple[str, ...]:
    counts = tuple(numerals.count(part[name]) for name in ("before", "after"))
    return ("Treated area and ring", numerals.DASH, *counts, *_judged(part))


def _judged(part: dict | None) -> tuple[str, ...]:
    if part is None:
        return (numerals.DASH,) * 4
    return (
        numerals.count(part["expected"]),
        numerals.difference(part["difference"]),
        effects.limits(part),
        part["verdict"],
    )


def _count(value, complete: bool) -> str:
    mark = "" if complete or numerals.is_missing(value) else " (incomplete)"
    return f"{numerals.count(value)}{mark}"
