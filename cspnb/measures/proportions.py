"""Proportions of people asked, with the range that chance alone would give them."""

from dataclasses import dataclass

from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

UNWEIGHTED = "unweighted"
FEW = 10
"""On a base under this no percentage is printed; see the data rules, 6."""

SMALL = 100
"""On a base under this a percentage is flagged: its range is some 10 points either way, or more."""


@dataclass(frozen=True)
class Proportion:
    """A share of those who answered, as fractions of one, with its interval.

    base: how many answered, unweighted. weighting: 'unweighted', or how it was weighted.
    is_approximate: the interval takes no account of the weights, and is the narrower for it.
    """

    value: float
    lower: float
    upper: float
    base: int
    confidence: float
    weighting: str = UNWEIGHTED
    is_approximate: bool = False

    @property
    def is_small(self) -> bool:
        """Whether the base is so small that the figure is flagged."""
        return self.base < SMALL

    @property
    def is_printable(self) -> bool:
        """Whether the base is large enough for a percentage to be printed at all."""
        return self.base >= FEW


@dataclass(frozen=True)
class Difference:
    """The first proportion less the second, as a fraction of one, with its interval."""

    value: float
    lower: float
    upper: float
    confidence: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.lower > 0 or self.upper < 0


def proportion(count: int, base: int, *, confidence: float = 0.95) -> Proportion:
    """`count` of the `base` people who answered, with its Wilson interval.

    Raises ValueError for a base under 1, and a count that is not between 0 and the base.
    Source: Wilson 1927; statsmodels `proportion_confint`, 'wilson'.
    """
    _check(count, base)
    lower, upper = proportion_confint(count, base, alpha=1 - confidence, method="wilson")
    return Proportion(count / base, float(lower), float(upper), base, confidence)


def weighted_proportion(
    percentage: float, base: int, *, weighting: str, confidence: float = 0.95
) -> Proportion:
    """A published percentage of `base` people, with the Wilson interval of that base.

    For a weighted percentage the interval is approximate: weights make it wider, by a design
    effect that is seldom published; the unweighted base is used, and the result says so. Raises
    ValueError as `proportion` does.
    """
    count = percentage / 100 * base
    _check(count, base)
    lower, upper = proportion_confint(count, base, alpha=1 - confidence, method="wilson")
    return Proportion(
        percentage / 100,
        float(lower),
        float(upper),
        base,
        confidence,
        weighting,
        weighting != UNWEIGHTED,
    )


def difference(
    count: float, base: int, other_count: float, other_base: int, *, confidence: float = 0.95
) -> Difference:
    """The first proportion less the second, of two groups of people, with Newcombe's interval.

    Raises ValueError as `proportion` does. Source: Newcombe 1998, method 10; statsmodels
    `confint_proportions_2indep`, 'newcomb'.
    """
    _check(count, base)
    _check(other_count, other_base)
    lower, upper = confint_proportions_2indep(
        count, base, other_count, other_base, method="newcomb", compare="diff",
        alpha=1 - confidence,
    )  # fmt: skip
    value = count / base - other_count / other_base
    return Difference(value, float(lower), float(upper), confidence)


def _check(count, base):
    if base < 1:
        raise ValueError("nobody answered: a proportion needs a base of at least 1")
    if not 0 <= count <= base:
        raise ValueError(f"{count:g} of {base:,} is no proportion")
