"""A forecast in words: always a range, with how such forecasts have done; or why none is given."""

from cspnb import numerals
from cspnb.analysis.forecast import Forecast
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.sound_run import span_of
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, sentence
from cspnb.periods import Month

_TOO_NARROW = 0.9  # where fewer of the months tested fell inside their 95% ranges
_TOO_WIDE = 0.95  # where more of them fell inside their 80% ranges

NO_CAUSE = (
    "A forecast carries the past on. It knows of no operation, no change of recording and no "
    "change of circumstances to come."
)


def forecast(result: Forecast) -> Exhibit:
    """What the next months may bring, and how far to trust it."""
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in _paragraphs(result) if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def is_missing(result: Forecast) -> bool:
    """Whether no forecast is given."""
    return bool(result.reason)


def missing_sentence(result: Forecast) -> str:
    """That no forecast is given, and why; with the errors, where it lost to the year before."""
    label = in_sentence(result.measure.label)
    why = sentence(f"No forecast of {label} in {result.area} is given: {clause(result.reason)}")
    return f"{why} {error_sentence(result)}".strip()


def headline(result: Forecast) -> str:
    """The message: 'Burglary in 2024/25: between 1,873 and 3,049, four times in five'."""
    label = result.measure.label
    if is_missing(result):
        return f"{label}: no forecast is given"
    if year := result.year_end:
        reach = _between(year.lower_80, year.upper_80)
        return f"{label} in {year.period.label}: {reach}, four times in five"
    last = result.ahead.iloc[-1]
    reach = _between(last["lower_80"], last["upper_80"])
    return f"{label} in {Month.parse(last['month']).label}: {reach}, four times in five"


def subtitle(result: Forecast) -> str:
    """Measure, place, months and unit."""
    span = span_of(result.history)
    held = span.label if span else result.period.label
    ahead = ""
    if len(result.ahead):
        last = Month.parse(result.ahead["month"].iloc[-1]).label
        ahead = f", and forecast to {last}"
    return f"{result.measure.label}, {result.area}, {held}{ahead}, {result.measure.unit} a month"


def notes(result: Forecast) -> tuple[str, ...]:
    """What is said in full view beside any exhibit of a forecast."""
    span = span_of(result.history)
    told = breaks.of_period(result.measure, span) if span else ()
    cause = () if is_missing(result) else (NO_CAUSE,)
    shortened = (result.shortened,) if result.shortened else ()
    return (*cause, *shortened, *always([result.measure]), *told)


def error_sentence(result: Forecast) -> str:
    """How far such forecasts were out, beside what repeating the year before gives."""
    errors = result.errors
    if errors is None:
        return ""
    unit, past = result.measure.unit, numerals.counted(errors.origins, "past months")
    return sentence(
        f"Tested from {past}, forecasts were {_amount(errors.mean_error)} {unit} a month out on "
        f"average{_share(result)}; repeating the year before would have been "
        f"{_amount(errors.naive_error)} out"
    )


def facts(result: Forecast) -> tuple[Fact, ...]:
    """The range of the year's end, and the errors of the back-test."""
    key, found = result.measure.key, []
    if year := result.year_end:
        found.append(Fact(f"{key}.so_far", year.so_far, numerals.count(year.so_far)))
        for name in ("lower_80", "upper_80", "lower_95", "upper_95"):
            limit = getattr(year, name)
            found.append(Fact(f"{key}.year_end_{name}", limit, numerals.count(limit)))
    if errors := result.errors:
        for name in ("mean_error", "naive_error"):
            value = getattr(errors, name)
            found.append(Fact(f"{key}.forecast_{name}", value, _amount(value)))
        if errors.mase is not None:
            found.append(Fact(f"{key}.forecast_mase", errors.mase, f"{errors.mase:.2f}"))
    return tuple(found)


def _paragraphs(result: Forecast) -> list[str]:
    if is_missing(result):
        return [missing_sentence(result)]
    return [_year_end(result), _next(result), f"{error_sentence(result)} {_coverage(result)}"]


def _year_end(result: Forecast) -> str:
    year, measure = result.year_end, result.measure
    if year is None:
        return ""
    so_far = ""
    if year.months_so_far:
        number = year.months_so_far
        months = "month" if number == 1 else f"{number} months"
        so_far = f"; its first {months} had {numerals.count(year.so_far)}"
    return (
        f"If the past is a guide, {in_sentence(measure.label)} in {result.area} will come to "
        f"{_between(year.lower_80, year.upper_80)} {measure.unit} in {year.period.label} four "
        f"times in five, and {_between(year.lower_95, year.upper_95)} nineteen times in "
        f"twenty{so_far}. {_against_last_year(result)}"
    ).strip()


def _against_last_year(result: Forecast) -> str:
    year = result.year_end
    if year.last_year is None:
        return ""
    before = f"{year.period.earlier().label} had {numerals.count(year.last_year)}"
    if year.lower_95 <= year.last_year <= year.upper_95:
        return f"{before}, which lies inside that range: neither a rise nor a fall can be told."
    place = "below" if year.upper_95 < year.last_year else "above"
    return f"{before}: the whole of that range lies {place} it."


def _next(result: Forecast) -> str:
    """The first month to come and, where it is another, the last."""
    rows = result.ahead.to_dict("records")
    said = [
        f"{_between(row['lower_80'], row['upper_80'])} in {Month.parse(row['month']).label}"
        for row in (rows[0], rows[-1])[: len(rows)]
    ]
    later = f" and {said[1]}" if len(said) == 2 else ""
    return f"By month, four times in five: {said[0]}{later}."


def _coverage(result: Forecast) -> str:
    errors = result.errors
    inside = {level: _per_cent(share) for level, share in errors.within.items()}
    said = (
        f"Of {numerals.counted(errors.months, 'months')} forecast so, {inside[0.8]} fell inside "
        f"their four-in-five range and {inside[0.95]} inside the wider one."
    )
    if errors.within[0.95] < _TOO_NARROW:
        said += " The ranges have been too narrow: think of them as wider."
    elif errors.within[0.8] > _TOO_WIDE:
        said += " The ranges have been wider than they need be."
    return said


def _share(result: Forecast) -> str:
    """The error as a share of a month's count, where that is no tiny base."""
    errors = result.errors
    if errors.mean_count < 10:
        return ""
    return f" ({_per_cent(errors.mean_error / errors.mean_count)} of a month's count)"


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _between(lower: float, upper: float) -> str:
    return f"between {numerals.count(lower)} and {numerals.count(upper)}"


def _amount(value: float) -> str:
    return numerals.rate(value, 1)
