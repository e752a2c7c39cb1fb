"""The range that chance alone gives an area's rate about a common rate."""

from scipy.stats import chi2


def funnel_limits(
    rate: float, population: float, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Lower and upper limits about a common rate per 1,000, for an area of this population.

    Exact Poisson limits by the chi-squared distribution, on the count the common rate would give
    the area: the smaller the area, the wider. Source: Spiegelhalter 2005, Statistics in Medicine
    24:1185-1202, the ratio of an observed to an expected count.
    """
    expected = rate * population / 1000
    tail = (1 - confidence) / 2
    lower = chi2.ppf(tail, 2 * expected) / 2 if expected > 0 else 0.0
    upper = chi2.ppf(1 - tail, 2 * (expected + 1)) / 2
    return float(1000 * lower / population), float(1000 * upper / population)
