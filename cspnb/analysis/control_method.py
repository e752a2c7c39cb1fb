"""How control limits were drawn and signals found, as sentences for readers."""

from cspnb.measures.control import LANEY_U, XMR, C, U
from cspnb.measures.control_rules import MAKING_DATA_COUNT, NELSON, RULES, WESTERN_ELECTRIC

_CHANCE_ALONE = (
    "They allow for chance alone (Poisson). Recorded crime commonly varies more, and then some "
    "signals are false; an XmR chart allows for that"
)
_LIMITS = {
    XMR: (
        "XmR chart of single {points}: the limits are the mean, plus and minus 2.66 times the "
        "mean difference between neighbouring {points}{screened}. They allow for how much the "
        "{points} do vary, which for recorded crime is commonly more than chance"
    ),
    C: (
        "c chart: the limits are the mean, plus and minus three times its square root. "
        f"{_CHANCE_ALONE}"
    ),
    U: (
        "u chart: the limits are the mean rate, plus and minus three times the square root of the "
        f"mean over each point's denominator. {_CHANCE_ALONE}"
    ),
    LANEY_U: (
        "Laney u' chart: limits of a u chart, multiplied by how much the {points} vary beyond "
        "chance, by the mean difference between neighbouring standardised {points}"
    ),
}
_SCREENED = ", differences over 3.267 times that mean left out"
_NAMES = {
    MAKING_DATA_COUNT: "Making Data Count (NHS England)",
    WESTERN_ELECTRIC: "the Western Electric handbook (1956)",
    NELSON: "Nelson (1984)",
}
_ANEW = (
    "Nothing runs on across a {point} that is not sound, and the limits start anew where the "
    "register says that figures changed their meaning. A season is not taken out: a measure with "
    "a strong one is marked every year. Where over half of the points lie in runs on either side "
    "of the mean, one as long as a year, the level has shifted: the latest {latest}, if on one "
    "level, are then judged by themselves."
)
_LATEST = {"months": "36 months (or 24)", "weeks": "52 weeks"}


def method_of(chart: str, rules: str, points: str, *, screened: bool = False) -> str:
    """The chart, its limits, the rules by name and what each says. points: 'months' or 'weeks'."""
    left_out = _SCREENED if screened and chart == XMR else ""
    limits = _LIMITS[chart].format(points=points, screened=left_out)
    said = "; ".join(rule.says for rule in RULES[rules])
    anew = _ANEW.format(point=points.removesuffix("s"), latest=_LATEST[points])
    return f"{limits}. Signals by the rules of {_NAMES[rules]}: {said}. {anew}"
