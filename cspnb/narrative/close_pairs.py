"""Near repeats in words: how near and how soon another follows more often than chance has it."""

from cspnb import numerals
from cspnb.analysis.near_repeats import NearRepeats
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, listed, sentence

SAME_PLACE = 1
"""Metres: closer than this is the same place."""


def near_repeats(result: NearRepeats) -> Exhibit:
    """Whether another follows nearby soon after one, more often than chance would have it."""
    body = missing_sentence(result) if result.reason else _found(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=(body,),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def missing_sentence(result: NearRepeats) -> str:
    """That near repeats are not known, and why."""
    label = in_sentence(result.measure.label)
    if result.missing:
        return f"Near repeats of {label} in {result.area} are not known. {sentence(result.missing)}"
    return sentence(
        f"Near repeats of {label} in {result.area}, {result.span.label}, are not known: "
        f"{clause(result.reason)}"
    )


def headline(result: NearRepeats) -> str:
    """The message in about ten words."""
    label = result.measure.label
    if result.reason:
        return f"{label}: near repeats are not known"
    near, same = (_more(result, is_same) for is_same in (False, True))
    if near:
        soon = min(row["days_to"] for row in near)
        far = max(row["metres_to"] for row in near if row["days_to"] == soon)
        return f"{label}: more within {far:,g} metres and {soon:g} days than chance"
    if same:
        return f"{label}: more in the same place than chance, not nearby"
    return f"{label}: no more close together than chance"


def subtitle(result: NearRepeats) -> str:
    """Measure, place, period and unit."""
    unit = result.measure.unit
    return f"{result.measure.label}, {result.area}, {result.span.label}, pairs of {unit}"


def notes(result: NearRepeats) -> tuple[str, ...]:
    """What stands in full view beside the pairs."""
    if result.missing:
        return always([result.measure])
    told = () if result.reason else _left_out(result)
    return (
        *told,
        *always([result.measure]),
        *breaks.of_period(result.measure, result.span),
    )


def facts(result: NearRepeats) -> tuple[Fact, ...]:
    """Observed over expected of each band, under the measure's own name."""
    key = f"{result.measure.key}.near_repeats"
    return tuple(
        Fact(f"{key}.{row['metres_to']:g}m_{row['days_to']:g}d", _value(row), _ratio(row))
        for row in result.bands.to_dict("records")
    )


def distance(row: dict) -> str:
    """A band of distance: 'in the same place', '100 to under 200 metres apart'."""
    if row["metres_to"] <= SAME_PLACE:
        return "in the same place"
    if not row["metres_from"]:
        return f"under {row['metres_to']:,g} metres apart"
    return f"{row['metres_from']:,g} to under {row['metres_to']:,g} metres apart"


def lapse(row: dict) -> str:
    """A band of days: '0 to 6 days'."""
    return f"{row['days_from']:g} to {row['days_to'] - 1:g} days"


def _found(result: NearRepeats) -> str:
    held = numerals.counted(result.used, result.measure.unit)
    where = f"{result.measure.label} in {result.area}, {result.span.label}: {held}"
    more = [row for row in result.bands.to_dict("records") if row["is_more"]]
    if not more:
        return (
            f"{where}. Pairs of them that lie close in place and time are no more than chance "
            f"would give, at any of the {len(result.bands)} distances and times looked at."
        )
    told = listed(map(_told, more))
    return (
        f"{where}. Pairs of them that lie close in place and time are more than chance would give "
        f"in {len(more)} of {len(result.bands)} bands of distance and days: {told}."
    )


def _told(row: dict) -> str:
    pairs = numerals.counted(row["pairs"], "pairs")
    return (
        f"{pairs} {distance(row)} and {lapse(row)} later (chance gives "
        f"{numerals.rate(row['expected'], 1)})"
    )


def _more(result: NearRepeats, is_same: bool) -> list[dict]:
    return [
        row
        for row in result.bands.to_dict("records")
        if row["is_more"] and (row["metres_to"] <= SAME_PLACE) == is_same
    ]


def _left_out(result: NearRepeats) -> tuple[str, ...]:
    unit = result.measure.unit
    lost = (
        (result.without_place, "without a point"),
        (result.days_unknown, "that can lie on any of several days"),
    )
    said = [f"{numerals.counted(number, unit)} {why}" for number, why in lost if number]
    gaps = [result.gaps] if result.gaps else []
    left_out = (sentence(f"Left out: {listed([*said, *gaps])}"),) if said or gaps else ()
    return (*_recorded_twice(result), *left_out)


def _recorded_twice(result: NearRepeats) -> tuple[str, ...]:
    if not result.recorded_twice:
        return ()
    verb = "is" if result.recorded_twice == 1 else "are"
    again = numerals.counted(result.recorded_twice, result.measure.unit)
    return (f"{again} {verb} of a point and a day that another stands for.",)


def _value(row: dict) -> float | None:
    return None if numerals.is_missing(row["ratio"]) else float(row["ratio"])


def _ratio(row: dict) -> str:
    return numerals.rate(row["ratio"], 2)
