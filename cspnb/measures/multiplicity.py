"""Many tests at once: how many of those called clear would be so by chance."""

from collections.abc import Sequence

import numpy as np
from statsmodels.stats.multitest import multipletests


def false_discovery_q(p_values: Sequence[float]) -> np.ndarray:
    """The q-value of each of a family's p-values, in their order; empty for none.

    Calling all tests with q at or under a level leaves at most that share of the calls, on
    average, to chance. Source: Benjamini and Hochberg 1995; statsmodels `multipletests`, 'fdr_bh'.
    """
    if not len(p_values):
        return np.array([])
    return multipletests(list(p_values), method="fdr_bh")[1]
