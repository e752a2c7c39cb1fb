"""A survey's answers: the share of those asked who gave any of the answers a measure counts."""

import pandas as pd

from cspnb.ingest import surveys
from cspnb.params.origins import Surveys
from cspnb.report.places import Place
from cspnb.report.reading import Holdings

COLUMNS = ["start", "end", "value", "base", "source", "weighting"]


_ONCE = ["survey", "area_code", "start", "end"]
_SEVERAL = "people could give several answers to '{}': shares of them are not added"
_TOO_MANY = "answers to '{}' add up to more than everybody"


def shares(holdings: Holdings, source: Surveys, place: Place) -> pd.DataFrame:
    """Percentages by period of one area's answers: COLUMNS, the base unweighted.

    A place of several districts has a share only where it was asked as a whole, under its own
    code: shares of parts are not added up. A period lacking one of the answers has none. Answers
    of which one person could give several are not added either: see `why_none`.
    """
    asked = _added(holdings, source, place)
    sound = asked[asked["fault"] == ""].astype({"base": "float64"})
    sound = sound.assign(value=sound["value"].clip(upper=100))
    return sound.drop_duplicates(["start", "end", "value"])[COLUMNS]


def why_none(holdings: Holdings, source: Surveys, place: Place) -> str:
    """Why answers that are held make no share, of the newest; '' where that is not so."""
    faults = _added(holdings, source, place).sort_values("end")["fault"]
    return next(iter(faults[faults != ""].iloc[::-1]), "").format(source.question)


def _added(holdings, source, place):
    """The answers added up by survey, area and period, each with its `fault`; '' for none."""
    wanted = {answer.casefold() for answer in source.answers}
    asked = _asked(holdings, source, place)
    sums = (
        asked[asked["given"].isin(wanted)]
        .groupby(_ONCE, as_index=False)
        .agg(
            value=("percentage", "sum"),
            base=("base", "min"),
            source=("survey", "first"),
            weighting=("weighting", "first"),
            several=("several", "any"),
            given=("given", "nunique"),
            rows=("given", "size"),
        )
    )
    whole = sums[(sums["given"] == len(wanted)) & (sums["rows"] == len(wanted))]
    several = whole["several"] & (len(wanted) > 1)
    too_many = whole["value"] > 100 + surveys.ROUNDING * len(wanted)
    fault = pd.Series("", index=whole.index, dtype="str")
    return whole.assign(fault=fault.mask(too_many, _TOO_MANY).mask(several, _SEVERAL))


def _asked(holdings, source, place):
    """All answers to the question in the place, `given` in lower case, and if of `several`."""
    codes = place.csp_codes if len(place.csp_codes) == 1 else ()
    codes += place.district_codes if len(place.district_codes) == 1 else ()
    rows = surveys.in_force(holdings.store.read("surveys"), holdings.sources)
    asked = rows[
        rows["area_code"].isin(codes)
        & rows["question"].str.casefold().eq(source.question.casefold())
    ]
    several = asked["choice"].eq(surveys.SEVERAL).groupby([asked[name] for name in _ONCE])
    return asked.assign(several=several.transform("any"), given=asked["answer"].str.casefold())
