"""Which months of a span can be trusted, in words."""

from collections.abc import Iterable

import pandas as pd

from cspnb.periods import Month, Period

SOUND = "sound"
ABSENT = "absent"
ABNORMAL = "abnormal"


def runs(months: Iterable[Month]) -> list[Period]:
    """Neighbouring months together, in the order given."""
    found: list[Period] = []
    for month in months:
        if found and found[-1].end + 1 == month:
            found[-1] = Period(found[-1].start, month)
        else:
            found.append(Period(month, month))
    return found


def unsound(months: pd.DataFrame) -> str:
    """The months that are not sound, as runs: 'April to November 2019 absent; ...'; '' for none.

    months: `month` (YYYY-MM) and `status`, a row a month in order.
    """
    stretches = {
        status: runs(
            Month.parse(month) for month in months.loc[months["status"] == status, "month"]
        )
        for status in (ABSENT, ABNORMAL)
    }
    return "; ".join(
        f"{', '.join(run.label for run in found)} {status}"
        for status, found in stretches.items()
        if found
    )


def coverage(months: pd.DataFrame) -> str:
    """How many of the months are sound, and which are not, as a sentence.

    months: as in `unsound`. 'All 24 months are sound.', or '22 of 24 months are sound; June to
    July 2020 absent.'
    """
    sound = int((months["status"] == SOUND).sum())
    if sound == len(months):
        return "The month is sound." if sound == 1 else f"All {sound} months are sound."
    are = "is" if sound == 1 else "are"
    return f"{sound} of {len(months)} months {are} sound; {unsound(months)}."
