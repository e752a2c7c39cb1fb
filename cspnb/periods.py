"""Months and reporting periods as values. Nothing here, or anywhere, asks what day it is.

A period is a run of whole months. Four ways of writing one are read:

    2013/14              financial year, April to March
    2013/14-Q3           its quarter: Q1 April-June ... Q4 January-March
    2014-03              one month
    2013-04..2014-03     any run of months, both ends included
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import total_ordering

from cspnb.errors import PeriodError

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_YEAR = re.compile(r"^(\d{4})/(\d{2})$")
_YEAR_OTHERWISE = re.compile(r"^(\d{4})[-–/](?:\d{2})?(\d{2})$")
_QUARTER = re.compile(r"^(\d{4}/\d{2})-Q([1-4])$")
_YEAR_SLUG = re.compile(r"^fy-(\d{4})-(\d{2})$")
_QUARTER_SLUG = re.compile(r"^q([1-4])-(\d{4})-(\d{2})$")

_HOW_TO_WRITE = (
    "Write a financial year (2013/14), a quarter (2013/14-Q3), a month (2014-03) "
    "or a run of months (2013-04..2014-03)."
)


@total_ordering
@dataclass(frozen=True)
class Month:
    """A calendar month, counted so that arithmetic is plain addition."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written `YYYY-MM`."""
        match = _MONTH.match(str(text).strip())
        if not match or not 1 <= int(match[2]) <= 12:
            raise PeriodError(f"'{text}' is not a month", remedy="Write it as YYYY-MM: 2014-03.")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __lt__(self, other: "Month") -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __add__(self, months: int) -> "Month":
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def __sub__(self, other: "Month | int") -> "int | Month":
        """Months between two months, or the month so many months earlier."""
        if isinstance(other, Month):
            return (self.year - other.year) * 12 + self.number - other.number
        return self + -other

    @property
    def label(self) -> str:
        """'March 2014'."""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def financial_year(self) -> "Period":
        """The April-to-March year this month falls in."""
        return financial_year(self.year if self.number >= 4 else self.year - 1)


@dataclass(frozen=True)
class Period:
    """A run of whole months, `start` to `end`, both included."""

    start: Month
    end: Month

    def __post_init__(self):
        if self.end < self.start:
            raise PeriodError(
                f"the period {self.start}..{self.end} ends before it starts", remedy=_HOW_TO_WRITE
            )

    @classmethod
    def parse(cls, text: "str | Period") -> "Period":
        """The period written in any of the four ways above."""
        if isinstance(text, Period):
            return text
        written = str(text).strip()
        if match := _YEAR.match(written):
            return _year_written(match, written)
        if match := _QUARTER.match(written):
            year = cls.parse(match[1])
            start = year.start + 3 * (int(match[2]) - 1)
            return cls(start, start + 2)
        _refuse_year_otherwise(written)
        first, dots, last = written.partition("..")
        if _MONTH.match(first) and (not dots or _MONTH.match(last)):
            return cls(Month.parse(first), Month.parse(last or first))
        raise PeriodError(f"'{text}' is not a period", remedy=_HOW_TO_WRITE)

    @classmethod
    def parse_slug(cls, slug: str) -> "Period":
        """The period whose folder has this name."""
        if match := _YEAR_SLUG.match(slug):
            return cls.parse(f"{match[1]}/{match[2]}")
        if match := _QUARTER_SLUG.match(slug):
            return cls.parse(f"{match[2]}/{match[3]}-Q{match[1]}")
        return cls.parse(slug.removeprefix("m-").replace("-to-", ".."))

    def __len__(self) -> int:
        return (self.end - self.start) + 1

    def __contains__(self, month: Month) -> bool:
        return self.start <= month <= self.end

    def covers(self, other: "Period") -> bool:
        """Whether every month of the other period is in this one."""
        return self.start <= other.start and other.end <= self.end

    @property
    def kind(self) -> str:
        """'year', 'quarter', 'month' or 'months'; a year and a quarter are financial ones."""
        if len(self) == 12 and self.start.number == 4:
            return "year"
        if len(self) == 3 and self.start.number in (1, 4, 7, 10):
            return "quarter"
        return "month" if len(self) == 1 else "months"

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of the period, in order."""
        return tuple(self.start + i for i in range(len(self)))

    @property
    def _year_text(self) -> str:
        year = self.start.financial_year.start.year
        return f"{year}/{(year + 1) % 100:02d}"

    @property
    def _quarter_number(self) -> int:
        return (self.start.number - 4) % 12 // 3 + 1

    def __str__(self) -> str:
        """The one canonical way of writing this period; `Period.parse` reads it back."""
        match self.kind:
            case "year":
                return self._year_text
            case "quarter":
                return f"{self._year_text}-Q{self._quarter_number}"
            case "month":
                return str(self.start)
        return f"{self.start}..{self.end}"

    @property
    def slug(self) -> str:
        """A folder's name: 'fy-2013-14', 'q3-2012-13', 'm-2009-08', '2013-04-to-2014-03'."""
        year = self._year_text.replace("/", "-")
        match self.kind:
            case "year":
                return f"fy-{year}"
            case "quarter":
                return f"q{self._quarter_number}-{year}"
            case "month":
                return f"m-{self.start}"
        return f"{self.start}-to-{self.end}"

    @property
    def label(self) -> str:
        """As a reader would say it: '2013/14', 'October to December 2012', 'March 2014'."""
        if self.kind == "year":
            return self._year_text
        if self.kind == "month":
            return self.start.label
        first = (
            MONTH_NAMES[self.start.number - 1]
            if self.start.year == self.end.year
            else self.start.label
        )
        return f"{first} to {self.end.label}"

    @property
    def dates(self) -> str:
        """The span in full: '1 April 2013 to 31 March 2014'."""
        last_day = monthrange(self.end.year, self.end.number)[1]
        return f"1 {self.start.label} to {last_day} {self.end.label}"

    def earlier(self, years: int = 1) -> "Period":
        """The same months so many years before."""
        return Period(self.start - 12 * years, self.end - 12 * years)

    def years_to(self, count: int) -> tuple["Period", ...]:
        """This period and the same months of the years before, oldest first, `count` in all."""
        return tuple(self.earlier(years) for years in range(count - 1, -1, -1))


def financial_year(start_year: int) -> Period:
    """April of the year given to March of the next."""
    return Period(Month(start_year, 4), Month(start_year + 1, 3))


def _year_written(match: re.Match, written: str) -> Period:
    if int(match[2]) != (int(match[1]) + 1) % 100:
        raise PeriodError(
            f"'{written}' is not a financial year: its second half should be "
            f"{(int(match[1]) + 1) % 100:02d}",
            remedy=_HOW_TO_WRITE,
        )
    return financial_year(int(match[1]))


def _refuse_year_otherwise(written):
    """2021-22 and 2021/2022 are meant for the year 2021/22; 2011-12 is December 2011."""
    match = _YEAR_OTHERWISE.match(written)
    is_month = (month := _MONTH.match(written)) and 1 <= int(month[2]) <= 12
    if match and not is_month and int(match[2]) == (int(match[1]) + 1) % 100:
        raise PeriodError(
            f"'{written}' is not how a financial year is written",
            remedy=f"For the financial year write {match[1]}/{match[2]}.",
        )
