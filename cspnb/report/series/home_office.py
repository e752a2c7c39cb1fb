"""The Home Office's tables: counts by quarter of whole partnerships, never of parts of them."""

import pandas as pd

from cspnb.ingest.home_office.reading import (
    area_keys,
    in_force,
    notes_for,
    published_names,
    quarterly,
    short_quarters,
)
from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import HomeOffice
from cspnb.periods import Month, Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import no_month, nothing_stated, within

ORIGIN = "home_office"
NAME = "Home Office open data"

_BY_QUARTER = "the Home Office counts by quarter, not by month"


def series(
    holdings: Holdings, source: HomeOffice, params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each quarter's sum over the partnerships that the place is made of."""
    rows = holdings.store.read("recorded_crime", where={"area_level": ["csp"]})
    named = partnerships_of(holdings, place)
    found = published_names(named, rows["area_name"], holdings.store.read("places"))
    if not named or found.unmatched or rows.empty:
        why = _why_none(place, named, found, rows)
        return Series(ORIGIN, NAME, no_month(span, NAME, why), nothing_stated())
    keys = area_keys(pd.Series(found.names, dtype="str"))
    ours = rows[area_keys(rows["area_name"]).isin(keys)]
    asked = {"codes": source.codes, "subgroups": source.subgroups}
    quarters = quarterly(ours, holdings.sources, **asked)
    stated = within(_together(quarters, len(found.names)), span, source.since)
    short = _short(short_quarters(ours, holdings.sources, **asked), span, source.since)
    told = (*dict.fromkeys(short.values()), *_notes(holdings, ours, found.names, span))
    caveats = (*_unsure(params, quarters), *(told if len(stated) else ()))
    return Series(ORIGIN, NAME, _months(span, short), stated, caveats=caveats)


def _short(quarters, span, since):
    """Month, as text, to a sentence on what its quarter lacks; of months that have a say."""
    told = {}
    for lacked, of_one in quarters.groupby("lacked"):
        inside = within(of_one.assign(value=0.0, source=NAME), span, since)
        for run in _runs(inside):
            said = f"Home Office tables held lack {lacked} for {run.label}"
            told |= {str(month): said for month in run.months}
    return told


def _runs(quarters):
    """Quarters that follow one another, as periods."""
    runs = []
    for start, end in sorted({*zip(quarters["start"], quarters["end"], strict=True)}):
        start, end = Month.parse(start), Month.parse(end)
        if runs and runs[-1].end + 1 == start:
            start = runs.pop().start
        runs.append(Period(start, end))
    return runs


def _months(span, short):
    """Every month absent, and why."""
    months = no_month(span, NAME, _BY_QUARTER)
    return months.assign(reason=[short.get(month, _BY_QUARTER) for month in months["month"]])


def partnerships_of(holdings, place):
    """Partnership code to name, of partnerships that together cover just the place's districts."""
    codes = place.csp_codes or _made_of(holdings, place)
    links = holdings.geography
    names = links[links["parent_level"] == "csp"].sort_values("parent_vintage")
    newest = dict(zip(names["parent_code"], names["parent_name"], strict=True))
    return {code: newest.get(code, place.name) for code in codes}


def _made_of(holdings, place):
    links = holdings.geography
    of_ours = links[
        (links["parent_level"] == "csp")
        & (links["level"] == "lad")
        & links["code"].isin(place.district_codes)
    ]
    newest = of_ours[of_ours["parent_vintage"] == of_ours["parent_vintage"].max()]
    codes = tuple(dict.fromkeys(newest["parent_code"]))
    covered = {d.code for code in codes for d in holdings.districts_of_csp(code)}
    return codes if codes and covered == set(place.district_codes) else ()


def _together(quarters: pd.DataFrame, partnerships: int) -> pd.DataFrame:
    """The quarters in which every partnership has a figure: start, end, value, source."""
    summed = (
        quarters.assign(area_key=area_keys(quarters["area_name"]))
        .groupby(["start", "end"], as_index=False)
        .agg(value=("value", "sum"), areas=("area_key", "nunique"))
    )
    whole = summed[summed["areas"] == partnerships]
    return whole.assign(value=whole["value"].astype("float64"), source=NAME)


def _unsure(params, quarters):
    """Sentences on offences of codes that nobody here knows, or that cannot be told apart."""
    unknown, beside = (
        int(quarters["offences_unknown"].sum()),
        int(quarters["offences_beside"].sum()),
    )
    label = params.label.lower()
    said = []
    if unknown:
        said.append(f"{unknown:,} offences of newer codes are counted as {label} by their subgroup")
    if beside:
        said.append(f"{beside:,} offences that may be {label} are published with others, left out")
    return tuple(said)


def _notes(holdings, ours, names, span):
    forces = list(ours["force_name"].unique())
    speaking = in_force(ours, holdings.sources)["source_id"].unique()
    return notes_for(
        holdings.store.read("notes"),
        holdings.sources,
        [*names, *forces],
        span=span,
        speaking=speaking,
    )


def _why_none(place, named, found, rows):
    if rows.empty:
        return "no Home Office table by partnership is held"
    if not named:
        return f"no partnership of the lookups held covers just {place.name}"
    return f"the Home Office's tables have no partnership called {', '.join(found.unmatched)}"
