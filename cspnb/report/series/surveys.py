"""A survey's answers: the share of those asked who gave any of the answers a measure counts."""

import pandas as pd

from cspnb.ingest import surveys
from cspnb.params.origins import Surveys
from cspnb.report.places import Place
from cspnb.report.reading import Holdings

COLUMNS = ["start", "end", "value", "base", "source"]


def shares(holdings: Holdings, source: Surveys, place: Place) -> pd.DataFrame:
    """Percentages by period of one area's answers: COLUMNS, the base unweighted.

    A place of several districts has a share only where it was asked as a whole, under its own
    code: shares of parts are not added up. A period lacking one of the answers has none.
    """
    codes = place.csp_codes if len(place.csp_codes) == 1 else ()
    codes += place.district_codes if len(place.district_codes) == 1 else ()
    rows = surveys.in_force(holdings.store.read("surveys"), holdings.sources)
    wanted = {answer.casefold() for answer in source.answers}
    ours = rows[
        rows["area_code"].isin(codes)
        & rows["question"].str.casefold().eq(source.question.casefold())
        & rows["answer"].str.casefold().isin(wanted)
    ]
    asked = ours.groupby(["survey", "area_code", "start", "end"], as_index=False).agg(
        value=("percentage", "sum"),
        base=("base", "min"),
        source=("survey", "first"),
        answers=("answer", "nunique"),
    )
    whole = asked[asked["answers"] == len(wanted)].astype({"base": "float64"})
    return whole.drop_duplicates(["start", "end", "value"])[COLUMNS]
