"""A measure's counts in a place, from the sources its params name, best first."""

from dataclasses import replace

from cspnb.measures.counts import Counts, Levels, Series, total_of
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT
from cspnb.params import MeasureParams
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import is_told, series_of, surveys
from cspnb.report.supplied import county_alone, supplied_for


def as_measure(params: MeasureParams, span: Period) -> Measure:
    """The measure as the science knows it, with the cautions that concern a span."""
    return Measure(
        key=params.key,
        label=params.label,
        unit=params.unit,
        kind=params.kind,
        good=params.good,
        denominator=params.denominator,
        why=params.why,
        said_always=params.said_always,
        caveats=params.caveats_on(span),
    )


def count(
    holdings: Holdings, params: MeasureParams, place: Place, period: Period, years: int = 6
) -> Counts:
    """The counts of a measure in a place, over so many years to the end of the period.

    They are of the first of the measure's sources that has the period whole; where none has, of
    the first that has some of it, or anything at all. The others stand by for the years before.
    """
    span = Period(period.earlier(years - 1).start, period.end)
    held = [series_of(holdings, source, params, place, span) for source in params.sources]
    chosen, *others = sorted(held, key=lambda series: _merit(series, period))
    counts = Counts(
        measure=as_measure(params, span),
        area=place.name,
        period=period,
        monthly=chosen.monthly,
        stated=chosen.stated,
        origin=chosen.origin,
        caveats=(*_not_the_preferred(held[0], chosen, period), *chosen.caveats),
        others=tuple(series for series in others if _holds_anything(series)),
    )
    if _holds_anything(chosen):
        return counts
    return replace(counts, missing=_why_missing(holdings, params, held, place, period))


def levels(holdings: Holdings, params: MeasureParams, place: Place, period: Period) -> Levels:
    """A percentage for a place, by period: of the first source that has one for the period."""
    held = [(source.origin, _shares(holdings, source, params, place)) for source in params.sources]
    origin, table = min(held, key=lambda each: _lack(each[1], period))
    return Levels(
        measure=as_measure(params, period),
        area=place.name,
        period=period,
        table=table.sort_values("start").reset_index(drop=True),
        missing="" if len(table) else _why_no_level(holdings, params, place),
        origin=origin,
    )


def _shares(holdings, source, params, place):
    if source.origin == "surveys":
        return surveys.shares(holdings, source, place)
    supplied = supplied_for(holdings.indicators, params, place)
    return supplied.assign(source=supplied["supplier"], weighting=None)[surveys.COLUMNS]


def _why_no_level(holdings, params, place):
    told = [
        surveys.why_none(holdings, source, place)
        for source in params.sources
        if source.origin == "surveys"
    ]
    return next(filter(None, told), "") or _not_supplied(params, place)


def _lack(table, period) -> int:
    """0 for a table that has the period itself, 1 for one with any other."""
    has = (table["start"] == str(period.start)) & (table["end"] == str(period.end))
    return 0 if has.any() else 1 if len(table) else 2


def _merit(series: Series, period: Period) -> int:
    """0 for a series that has the period whole; sorting by it keeps the order of preference."""
    found = total_of(series, period)
    if found.complete:
        return 0
    if found.count is not None:
        return 1
    return 2 if _holds_anything(series) else 3


def _holds_anything(series: Series) -> bool:
    return len(series.stated) > 0 or series.monthly["status"].ne(ABSENT).any()


def _not_the_preferred(preferred: Series, chosen: Series, period: Period) -> tuple[str, ...]:
    """A sentence where the first choice of source does not have the period, and another has."""
    if preferred is chosen or not _holds_anything(preferred):
        return ()
    return (
        f"The figures are from {chosen.source}: the first choice, {preferred.source}, does not "
        f"have {period.label} whole.",
    )


def _why_missing(holdings, params, held, place, period):
    """Why nothing is held: what the first source says that can say it, or that none can."""
    for series in held:
        if series.origin != "indicators" and is_told(holdings, series.origin):
            return str(series.monthly.set_index("month").loc[str(period.end), "reason"])
    return _not_supplied(params, place)


def _not_supplied(params, place):
    why = county_alone(params, place)
    return why or f"{params.not_in.police_uk.rstrip('.')}, and no figure was supplied"
