"""What an indicators workbook asks for: each measure, for each period, of each area."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple, get_args

from cspnb.errors import CspnbError, PeriodError
from cspnb.params import MeasureParams, Partnership
from cspnb.params.measure import Theme
from cspnb.params.nearest import did_you_mean
from cspnb.periods import Period

CADENCES = {"monthly": 1, "quarterly": 3, "annual": 12}
"""Months in each period asked for."""

THEMES = get_args(Theme)
DISTRICT_OF_A_COUNTY = "E07"


class Place(NamedTuple):
    """An area that figures are asked of."""

    code: str
    name: str


class Row(NamedTuple):
    """One figure that is asked for."""

    measure: MeasureParams
    period: Period
    area: Place


@dataclass(frozen=True)
class Form:
    """All that one workbook asks for. `left_out`: measures that cannot be asked, and why."""

    partnership: Partnership
    period: Period
    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()

    def on(self, theme: str) -> tuple[Row, ...]:
        """The rows of one sheet."""
        return tuple(row for row in self.rows if row.measure.theme == theme)

    @property
    def themes(self) -> tuple[str, ...]:
        """The sheets that have rows, in their order."""
        return tuple(theme for theme in THEMES if self.on(theme))

    @property
    def measures(self) -> tuple[MeasureParams, ...]:
        """Each measure once, in order of the rows."""
        return tuple({row.measure.key: row.measure for row in self.rows}.values())

    @property
    def periods(self) -> tuple[Period, ...]:
        """Each period once."""
        return tuple(dict.fromkeys(row.period for row in self.rows))

    @property
    def areas(self) -> tuple[Place, ...]:
        """Each area once."""
        return tuple(dict.fromkeys(row.area for row in self.rows))


def form(
    partnership: Partnership,
    measures: Mapping[str, MeasureParams],
    period: Period,
    *,
    years: int = 1,
    cadence: str = "",
    only: Collection[str] = (),
) -> Form:
    """What to ask of a partnership's partners, for a period and the same months of years before.

    measures: all there are. only: the keys of those to ask for; none means what no open source
    gives, and what the partnership's reports need and data.police.uk has not. cadence: one of
    CADENCES, or '' for the period whole. Counts are asked by district, percentages of the
    partnership, and what is published for counties alone of the county. Raises CspnbError for an
    unknown measure, or a cadence the period cannot be cut into.
    """
    periods = tuple(
        dict.fromkeys(piece for year in period.years_to(years) for piece in _cut(year, cadence))
    )
    asked = _asked(measures, only, partnership, period)
    rows = tuple(
        Row(measure, each, area)
        for theme in THEMES
        for measure in asked
        if measure.theme == theme
        for area in _areas(measure, partnership, period)
        for each in periods
    )
    left_out = [each.label for each in asked if not _areas(each, partnership, period)]
    return Form(partnership, period, rows, tuple(left_out))


def _asked(measures, only, partnership, period):
    if not only:
        needed = _needed(partnership, period)
        return [each for each in measures.values() if _is_asked(each, needed)]
    for key in only:
        if key not in measures:
            raise CspnbError(
                f"there is no measure '{key}'",
                where="params/measures",
                remedy=did_you_mean(key, measures, "The measures"),
            )
        if not measures[key].source("indicators"):
            raise CspnbError(
                f"'{key}' is not taken from supplied figures",
                where=f"params/measures/{key}.yml",
                remedy="Add 'origin: indicators' to its sources, or leave the measure out.",
            )
    return [measures[key] for key in dict.fromkeys(only)]


def _needed(partnership, period):
    """The measures of the partnership's reports and plan."""
    plan = partnership.plan_for(period).plan
    settings = partnership.settings_for("annual-review")
    prioritised = [key for each in (plan.priorities if plan else ()) for key in each.measures]
    return {*settings.key_measures, *partnership.tracked_at(period), *prioritised}


def _is_asked(measure, needed):
    origins = {source.origin for source in measure.sources}
    if "indicators" not in origins:
        return False
    return origins <= _OF_PARTNERS or (measure.key in needed and "police_uk" not in origins)


def _areas(measure, partnership, period) -> tuple[Place, ...]:
    """Whom a measure is asked of: codes under which a report looks for its figures."""
    districts = [Place(each.code, each.name) for each in partnership.districts_at(period)]
    if measure.published_for == "upper_tier":
        return _upper_tier(districts, partnership.county)
    listed = partnership.csps_at(period)
    if measure.kind == "percentage" and len(districts) > 1 and all(csp.code for csp in listed):
        return tuple(Place(csp.code, csp.name) for csp in listed)
    return tuple(districts)


def _upper_tier(districts, county) -> tuple[Place, ...]:
    """The districts that are authorities of the upper tier, and the county of those that are not.

    Nothing where a county is wanted and the params name none.
    """
    below = [each for each in districts if each.code.startswith(DISTRICT_OF_A_COUNTY)]
    if below and county is None:
        return ()
    above = [each for each in districts if each not in below]
    return (*above, *([Place(county.code, county.name)] if below else []))


def _cut(period, cadence) -> tuple[Period, ...]:
    """A period in pieces of so many months, each beginning where a quarter or a year does."""
    if not cadence:
        return (period,)
    months = CADENCES[cadence]
    if len(period) % months or (period.start.number - 4) % months:
        raise PeriodError(
            f"{period} cannot be cut into {cadence} figures: it is not made of whole "
            f"{'financial years' if months == 12 else 'quarters'}",
            remedy="Ask for whole financial years (2013/14), or take --monthly.",
        )
    starts = range(0, len(period), months)
    return tuple(Period(period.start + at, period.start + (at + months - 1)) for at in starts)


_OF_PARTNERS = {"indicators", "supplied_records", "surveys"}
"""Origins that no open source is: figures, extracts and answers that partners hold."""
