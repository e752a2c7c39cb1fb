"""Every drawing that can be made from results by hand: a name, and the call that draws it.

`tests/spec/test_contrast.py` looks at each, and `benchmarks/drawing.py` times it. A new chart or
map needs one line here: where its result is made, and what draws it.
"""

from functools import cache
from importlib import import_module

from cspnb import analysis, charts, maps

_RESULTS = {
    "charts.trend": lambda: _of("unit.results_by_hand").burglary_trend(),
    "charts.trends": lambda: [_of("unit.results_by_hand").burglary_trend()] * 6,
    "charts.comparison": lambda: _of("unit.results_by_hand").comparison(),
    "charts.rates": lambda: _of("unit.test_volumes").harborough(),
    "charts.control": lambda: _of("unit.test_control_shown").above(),
    "charts.recent": lambda: _of("unit.test_recent_shown").rising(),
    "charts.season": lambda: _of("unit.test_season_shown").summery(),
    "charts.forecast": lambda: _of("unit.test_forecast_shown").made(),
    "charts.harm": lambda: _of("unit.test_harm_shown").worked(),
    "charts.timing": lambda: _of("unit.test_hours").busy(),
    "charts.outcomes": lambda: _of("unit.test_outcomes_shown").clear(),
    "charts.impact": lambda: _of("unit.test_assessments").gates(),
    "charts.concerns": lambda: _of("unit.test_assessments").asked(),
    "charts.priority_matrix": lambda: _of("unit.test_assessments").matrix(),
    "charts.repeats": lambda: analysis.repeats(_of("unit.test_again").again()),
    "charts.prediction": lambda: analysis.prediction(_town()),
    "charts.concentration": lambda: analysis.concentration(_town()),
    "maps.small_area_rates": lambda: _of("unit.test_small_areas_shown").four(),
    "maps.hot_areas": lambda: _of("unit.test_small_areas_shown").spots(),
    "maps.top_places": lambda: analysis.top_places(_town()),
    "maps.density": lambda: analysis.density(_town()),
}


def _of(module):
    return import_module(f"tests.{module}")


def _town():
    return _of("unit.test_whereabouts").a_town()


def _drawing(name):
    """The drawing alone: its result is made once, when first it is drawn."""
    room, function = name.split(".")
    result = cache(_RESULTS[name])
    return lambda: getattr({"charts": charts, "maps": maps}[room], function)(result())


DRAWN = [(name, _drawing(name)) for name in _RESULTS]
