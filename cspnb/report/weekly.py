"""Weekly figures: a measure's records by ISO week, with the weeks of the year before."""

from datetime import date

from cspnb.measures.key_dates import bank_holidays
from cspnb.measures.weeks import Weeks, weeks
from cspnb.report.when import When

_YEARS = 2
"""Weekly figures stand beside those of the year before."""


class Weekly(When):
    """Counts by week, where a source has the days of its records."""

    def weeks(self, measure: str, years: int = _YEARS) -> Weeks:
        """A measure's counts by ISO week over so many years to the end of the period.

        They are of the records that `events` gives: a measure without them has no weeks, and
        `missing` says why. Weeks with a bank holiday of England and Wales are flagged.
        """
        asked = ("weeks", self._params(measure), self.place, self.period, years)
        found = self.holdings.once(asked, lambda: self._weeks(measure, years))
        return self._dated(found, frozenset({found.origin} - {""}))

    def _weeks(self, measure: str, years: int) -> Weeks:
        events = self.events(measure, years)
        last = events.span.end + 1
        days = (date(end.year, end.number, 1) for end in (events.span.start, last))
        return weeks(events, bank_holidays(*days).index)
