"""Every drawing that can be made from results by hand: a name, and the call that draws it.

`tests/spec/test_contrast.py` looks at each, and `benchmarks/drawing.py` times it. A new chart or
map needs one line here.
"""

from cspnb import charts
from tests.unit import results_by_hand as by_hand
from tests.unit.test_volumes import harborough as rates_by_hand


def _prepared(draw, result):
    """The drawing alone: its result is made beforehand."""
    return lambda: draw(result)


DRAWN = [
    ("charts.trend", _prepared(charts.trend, by_hand.burglary_trend())),
    ("charts.trends", _prepared(charts.trends, [by_hand.burglary_trend()] * 6)),
    ("charts.comparison", _prepared(charts.comparison, by_hand.comparison())),
    ("charts.rates", _prepared(charts.rates, rates_by_hand())),
]
