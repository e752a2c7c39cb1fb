"""Figures that partners supplied for a place: under its own codes, or summed over its districts."""

import pandas as pd

from cspnb.measures.months import ABNORMAL, SOUND
from cspnb.params import MeasureParams
from cspnb.periods import Period
from cspnb.report.places import Place

COLUMNS = ["start", "end", "value", "base", "supplier"]


def supplied_for(indicators: pd.DataFrame, params: MeasureParams, place: Place) -> pd.DataFrame:
    """A measure's supplied figures for a place: start, end, value, base, supplier.

    indicators: the figures in force. A figure counts where every partnership code, or every
    district, has one for the same period. One row a period; two where the codes and the
    districts disagree, for the reader of the table to say so. A district of a county has no
    figure of a measure published for upper-tier authorities alone, whatever was supplied.
    """
    of_measure = indicators[indicators["measure"] == params.key]
    ways = [
        _together(of_measure, codes)
        for codes in _codes_that_speak(params, place)
        if codes and (len(codes) == 1 or params.kind != "percentage")
    ]
    both = pd.concat([pd.DataFrame(columns=COLUMNS), *ways], ignore_index=True)
    return both.drop_duplicates(["start", "end", "value"]).sort_values(["start", "end"])[COLUMNS]


def county_alone(params: MeasureParams, place: Place) -> str:
    """Why a place can have no figure: it is published for its county alone; '' where it can."""
    if params.published_for != "upper_tier" or not place.is_below_county:
        return ""
    return f"Published for the county{f', {place.county},' if place.county else ''} alone"


def by_month(supplied: pd.DataFrame) -> pd.DataFrame:
    """Monthly figures: count, status, reason, indexed by month."""
    monthly = supplied[supplied["start"] == supplied["end"]].groupby("start")["value"]
    table = pd.DataFrame({"count": monthly.first().round().astype("Int64")})
    agree = monthly.nunique() == 1
    figures = monthly.agg(lambda values: " and ".join(f"{value:,.0f}" for value in values))
    table["status"] = agree.map({True: SOUND, False: ABNORMAL})
    table["reason"] = ("supplied figures disagree: " + figures.astype(str)).where(~agree, "")
    return table


def by_longer_period(supplied: pd.DataFrame, span: Period) -> pd.DataFrame:
    """Figures for longer than a month, within a span: start, end, value, source."""
    longer = supplied[
        (supplied["start"] != supplied["end"])
        & (supplied["start"] >= str(span.start))
        & (supplied["end"] <= str(span.end))
    ].rename(columns={"supplier": "source"})
    return longer[["start", "end", "value", "source"]].reset_index(drop=True)


def _codes_that_speak(params, place):
    """The sets of codes under which a figure may stand for a place."""
    if params.published_for != "upper_tier":
        return place.csp_codes, place.district_codes
    return () if place.is_below_county else (place.district_codes,)


def _together(figures, codes):
    """The figures of several areas added up, for periods in which every one has a figure."""
    periods = figures[figures["area_code"].isin(codes)].groupby(["start", "end"])
    summed = periods.agg(
        value=("value", "sum"),
        base=("base", lambda bases: bases.sum(min_count=1)),
        supplier=("supplier", lambda names: "; ".join(sorted(set(names)))),
        areas=("area_code", "nunique"),
    )
    return summed[summed["areas"] == len(codes)].reset_index()
