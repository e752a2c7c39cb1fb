"""Single records with their days and times: what happened when, and to whom again."""

from dataclasses import replace

from cspnb.measures.events import Events
from cspnb.measures.key_dates import Calendar
from cspnb.narrative.wording import clause, in_sentence, sentence
from cspnb.params import load_calendars
from cspnb.periods import Period
from cspnb.project import find_project
from cspnb.report.counting import as_measure
from cspnb.report.event_rows import STOPS, events_of_extract, events_of_stops, no_events
from cspnb.report.figures import Figures
from cspnb.report.holidays import calendar_of
from cspnb.report.keeping import kept, params_as_saved
from cspnb.report.opened import YEARS
from cspnb.report.series import records

_REMEDY = (
    "Records with their days are taken in by `cspnb ingest force-extract` or `council-asb` "
    "(docs/data-sources)."
)
_MONTHS_ONLY = "data.police.uk, which gives months only"
_GIVES = {
    "police_uk": _MONTHS_ONLY,
    "home_office": "the Home Office's tables, which give quarters only",
    "ward_counts": "ward tables, which give months only",
    "lsoa_counts": "yearly tables, which give years only",
    "fires": "fire statistics, which give years only",
    "road_casualties": "STATS19, which this report counts by year",
    "surveys": "a survey, which has no events",
    "indicators": "figures supplied ready counted",
}


class When(Figures):
    """Records of a measure one by one, where a source has their days."""

    def events(self, measure: str, years: int = 1) -> Events:
        """A measure's records over so many years to the end of the period, each with its times.

        They are those of the partner's extract that the measure's params name, in months for
        which it gives a sound count; a measure of no such extract has none, and `missing` says
        which source it has instead.
        """
        asked = ("events", self._params(measure), self.place, self.period, years)
        events = self.holdings.once(asked, lambda: self._events(measure, years))
        return self._dated(events, frozenset({events.origin} - {""}))

    def stop_events(self, years: int = 1) -> Events:
        """Stops and searches in the area over so many years, each at its local time."""
        nothing = no_events(STOPS, self.place, self.period, self._span(years))
        return self.holdings.once(
            ("stop events", self.place, self.period, years),
            lambda: events_of_stops(self.holdings, self.place, nothing),
        )

    @property
    def calendar(self) -> Calendar:
        """Key dates of the six years to the end of the period and of the period after it.

        School holidays are those of the partnership's own file in params/calendars, or of its
        county's; an invented one serves invented data alone.
        """
        project = find_project()
        saved = params_as_saved(project)
        held = kept("calendars", saved, lambda: load_calendars(project))
        county = self.place.county.lower().replace(" ", "-")
        mine = held.get(self.partnership.slug) or held.get(county)
        if mine is None or (mine.invented and not self.is_sample):
            return calendar_of(self._to_the_next, None)
        return calendar_of(self._to_the_next, mine)

    @property
    def _to_the_next(self) -> Period:
        return Period(self._span(YEARS).start, self.period.end + len(self.period))

    def _events(self, measure: str, years: int) -> Events:
        params, span = self._params(measure), self._span(years)
        nothing = no_events(as_measure(params, span), self.place, self.period, span)
        why = "no extract is named among its sources"
        for source in params.sources:
            if source.origin == records.ORIGIN:
                found = events_of_extract(self.holdings, params, source, self.place, nothing)
                if not found.missing:
                    return found
                why = found.missing
        return replace(nothing, missing=self._without_days(measure, why), remedy=_REMEDY)

    def _without_days(self, measure: str, why: str) -> str:
        """Which source the measure has, why it has no extract, and what would give its days."""
        params, recorded = self._params(measure), self.recorded(measure)
        if recorded.missing or recorded.origin not in _GIVES:
            stands = f"no source held has days or times of {in_sentence(params.label)}"
        else:
            stands = f"{params.label} in {self.area} is from {_GIVES[recorded.origin]}"
        also = "" if _MONTHS_ONLY in stands else "; data.police.uk gives months only"
        return (
            f"{sentence(stands + also)} A partner's extract would give days and times: "
            f"{clause(why)}."
        )

    def _span(self, years: int) -> Period:
        return Period(self.period.earlier(years - 1).start, self.period.end)
