"""Who again? Victims, places and offenders that are recorded more than once, and how soon."""

from dataclasses import dataclass

import pandas as pd
from scipy.stats import binomtest

from cspnb.measures.definition import Measure
from cspnb.measures.events import Events
from cspnb.measures.months import coverage, unsound
from cspnb.measures.proportions import Proportion, proportion
from cspnb.measures.repetition import by_number, cumulative, days_to_next, occasions
from cspnb.measures.suppression import LARGEST_SMALL
from cspnb.periods import Period

VICTIM, LOCATION, OFFENDER = "victim", "location", "offender"
WINDOW = 365
SOON = 30

FEWEST = 30
"""With fewer victims than this, or fewer that can be followed, no share is given."""

LEAST_KNOWN = 0.5
"""Where fewer than this share have a key, those that have may be unlike the others."""

_FEWEST_REPEATS = 10


@dataclass(frozen=True)
class Repeats:
    """How many victims, places or offenders (`by`) are recorded again, and how soon.

    `table` has a row each for one occasion, two, and three or more (or two or more, where those
    would be few): `number`, `keys` (victims, places or offenders), `occasions`, `keys_share`,
    `occasions_share` (fractions). `events` is
    how many records there are, `without_key` how many of them say nothing of who, `same_day` how
    many are of an occasion that another record stands for.
    `curve` has `days` (to `window`, from the first by which five or more were), `repeated`,
    `share`: of the `followed` first occasions, those with another by then; empty where
    `curve_reason` says why. `again` is the share within the window with its interval. `soon` is
    how many of those repeats came within 30 days, and `soon_p_value` tells whether that is more
    than if they came evenly; None under 10 repeats, and where one to four came so soon.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    by: str
    table: pd.DataFrame
    curve: pd.DataFrame
    events: int
    without_key: int
    same_day: int
    window: int = WINDOW
    followed: int = 0
    again: Proportion | None = None
    soon: int | None = None
    soon_p_value: float | None = None
    alpha: float = 0.05
    method: str = ""
    source: str = ""
    coverage: str = ""
    reason: str = ""
    curve_reason: str = ""
    missing: str = ""
    gaps: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def keys(self) -> int:
        """How many victims, places or offenders there are."""
        return int(self.table["keys"].sum())

    @property
    def repeat_keys(self) -> int:
        """How many of them have two occasions or more."""
        return int(self.table["keys"].iloc[1:].sum())

    @property
    def occasions(self) -> int:
        """How many occasions there are."""
        return int(self.table["occasions"].sum())

    @property
    def repeat_occasions(self) -> int:
        """How many occasions are of those that have two or more."""
        return int(self.table["occasions"].iloc[1:].sum())

    @property
    def are_soon(self) -> bool:
        """Whether repeats come sooner than if they came evenly over the window."""
        return self.soon_p_value is not None and self.soon_p_value < self.alpha


def repeats(
    events: Events, *, by: str = VICTIM, window: int = WINDOW, alpha: float = 0.05
) -> Repeats:
    """How many victims, places or offenders are recorded again, and how soon after the first.

    by: 'victim', 'location' or 'offender'. Records of one of them on one day are one occasion.
    The curve follows first occasions that have `window` days of sound months after them, so that
    the recent ones do not make it too low. Nothing is given with fewer than 30 of them, with one
    to four that are recorded again, or where fewer than half of the records have a key (of
    offenders, most of whom are never known, however few have). Raises ValueError for another `by`.
    """
    if by not in (VICTIM, LOCATION, OFFENDER):
        raise ValueError(f"repeats are by victim, location or offender, not by '{by}'")
    key = f"{by}_key"
    keyed = int(events.table[key].notna().sum())
    days = occasions(events.table, key)
    table = by_number(days)
    reason = _why_not(events, by, keyed, table)
    gaps = days_to_next(days, events.months, window)
    return Repeats(
        measure=events.measure,
        area=events.area,
        period=events.period,
        span=events.span,
        by=by,
        table=table,
        events=len(events.table),
        without_key=len(events.table) - keyed,
        same_day=keyed - len(days),
        window=window,
        **_followed(pd.Series(dtype=float) if reason else gaps, window),
        alpha=alpha,
        method=f"{_method(window, alpha)} {events.remedy}".strip(),
        source=events.source,
        coverage=coverage(events.months),
        reason=reason,
        missing=events.missing,
        gaps="" if events.missing else unsound(events.months),
        caveats=events.caveats,
    )


def _followed(gaps: pd.Series, window: int) -> dict:
    repeated, soon = int(gaps.notna().sum()), int((gaps <= SOON).sum())
    if why := _why_no_curve(len(gaps), repeated, window):
        nothing = cumulative(gaps, window).iloc[:0]
        return {"curve": nothing, "followed": len(gaps), "curve_reason": why}
    is_shown = not 1 <= soon <= LARGEST_SMALL
    is_tested = repeated >= _FEWEST_REPEATS and window > SOON and is_shown
    curve = cumulative(gaps, window)
    test = binomtest(soon, repeated, SOON / window, "greater") if is_tested else None
    return {
        "curve": curve[curve["repeated"] > LARGEST_SMALL].reset_index(drop=True),
        "followed": len(gaps),
        "again": proportion(repeated, len(gaps)),
        "soon": soon if is_shown else None,
        "soon_p_value": float(test.pvalue) if test else None,
    }


def _why_no_curve(followed: int, repeated: int, window: int) -> str:
    if followed < FEWEST:
        of_them = f"{followed or 'none'} of them can be followed for {window} days"
        return f"{of_them}, and {FEWEST} are needed"
    if repeated <= LARGEST_SMALL:
        again = f"fewer than {LARGEST_SMALL + 1} were recorded again"
        return f"of {followed:,} that can be followed for {window} days {again}"
    return ""


def _why_not(events: Events, by: str, keyed: int, table: pd.DataFrame) -> str:
    keys, repeat_keys = int(table["keys"].sum()), int(table["keys"].iloc[1:].sum())
    if events.missing:
        return events.missing
    if not keyed:
        return f"no record says which {by} it is of; that needs an extract with a hashed {by} key"
    if by != OFFENDER and keyed < LEAST_KNOWN * len(events.table):
        return f"only {keyed:,} of {len(events.table):,} records say which {by} they are of"
    if keys < FEWEST:
        return f"there are {keys}, and {FEWEST} are needed"
    if 1 <= repeat_keys <= LARGEST_SMALL:
        return f"there are fewer than {LARGEST_SMALL + 1} of them, and that few are not published"
    return ""


def _method(window: int, alpha: float) -> str:
    return (
        "Records of one key on one day are one occasion. The curve follows each first occasion in "
        f"the months held that has {window} days of sound months after it, whether or not there "
        "was another; the interval is Wilson's at 95%. Whether repeats come soon is a one-sided "
        f"binomial test of those within {SOON} days, against even spacing, at the "
        f"{100 * alpha:g}% level."
    )
