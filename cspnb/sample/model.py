"""The invented counts: every district, month and kind, from which all the files are written.

A district's year is drawn first, then spread over its months. Seven in ten of a year's offences
are laid out as evenly as whole numbers and the season allow, and three in ten fall at random, so
months vary less than a Poisson count would (about a third of its variance). Real series vary
more, three or four times the mean; here the spread is held down on purpose, so that a test which
allows for it gives the verdicts that a Poisson test gives on the published counts.
"""

from zlib import crc32

import numpy as np
import pandas as pd

from cspnb.periods import financial_year
from cspnb.sample.districts import DISTRICTS
from cspnb.sample.kinds import KIND_NAMES, KINDS, levels, seasons

YEARS = range(2003, 2021)
"""Financial years by their first: 2003/04 to 2020/21."""

_CALIBRATED = "E07000131"
_CALIBRATED_YEARS = (2012, 2013)
_EVEN_SHARE = 0.7


def stream(seed: int, name: str) -> np.random.Generator:
    """Random numbers for one part of the sample, so that a change in one moves no other."""
    return np.random.default_rng([seed, crc32(name.encode("ascii"))])


def yearly_counts(seed: int) -> np.ndarray:
    """Counts by district, financial year and kind (in the order of their lists).

    Harborough's 2012/13 and 2013/14 are the published counts; its other years follow from the
    nearer of the two. Elsewhere the year 2012/13 is the district's rate, spread over the kinds as
    in Harborough, with a draw of about 8% in each. Years then vary by about 3% everywhere alike,
    and by 2% in each district.
    """
    chance = stream(seed, "years")
    expected = _expected_in_2012(chance)[:, None, :] * levels(YEARS)[None, :, :]
    calibrated = list(DISTRICTS).index(_CALIBRATED)
    expected[calibrated] = _expected_when_calibrated()
    expected *= chance.lognormal(0, 0.03, size=expected.shape[1:])
    expected *= chance.lognormal(0, 0.02, size=(*expected.shape[:2], 1))
    counts = np.rint(expected).astype(np.int64)
    counts[calibrated, [YEARS.index(year) for year in _CALIBRATED_YEARS]] = _published()
    return counts


def _published() -> np.ndarray:
    """The counts of the two calibrated years, years by kinds."""
    return np.array([kind.harborough for kind in KINDS]).T


def _expected_when_calibrated() -> np.ndarray:
    """Years by kinds: the nearer of the two published years, at the level of each year."""
    nearer = np.array([0 if year <= _CALIBRATED_YEARS[0] else 1 for year in YEARS])
    return _published()[nearer] * levels(YEARS) / levels(_CALIBRATED_YEARS)[nearer]


def _expected_in_2012(chance: np.random.Generator) -> np.ndarray:
    published = _published()[0]
    is_crime = np.array([kind.is_crime for kind in KINDS])
    crimes = np.array([d.residents * d.crimes_per_1000 / 1000 for d in DISTRICTS.values()])
    mix = published * chance.lognormal(0, 0.08, size=(len(DISTRICTS), len(KINDS)))
    mix[:, is_crime] *= published[is_crime].sum() / mix[:, is_crime].sum(axis=1, keepdims=True)
    return mix * crimes[:, None] / published[is_crime].sum()


def monthly_counts(seed: int) -> pd.DataFrame:
    """Counts by district and month: index `lad_code`, `month` (YYYY-MM), a column a kind.

    Every year's months sum to `yearly_counts`.
    """
    by_month = _spread(yearly_counts(seed), stream(seed, "months")).swapaxes(2, 3)
    months = [str(month) for year in YEARS for month in financial_year(year).months]
    index = pd.MultiIndex.from_product([list(DISTRICTS), months], names=["lad_code", "month"])
    return pd.DataFrame(by_month.reshape(len(index), len(KINDS)), index, columns=list(KIND_NAMES))


def _spread(counts: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Counts spread over twelve months, on a new last axis: part evenly, part at random."""
    share = seasons()
    even = np.rint(counts * _EVEN_SHARE).astype(np.int64)
    start = chance.random(counts.shape)[..., None]
    reached = np.floor(even[..., None] * np.cumsum(share, axis=-1) + start).astype(np.int64)
    reached[..., -1] = even
    evenly = np.diff(reached, axis=-1, prepend=0)
    return evenly + chance.multinomial(counts - even, np.broadcast_to(share, (*counts.shape, 12)))
