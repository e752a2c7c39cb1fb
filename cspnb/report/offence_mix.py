"""Offences of a place by police.uk's categories, with the codes its force recorded in each."""

from collections.abc import Sequence

import pandas as pd

from cspnb.forces import force_of_area
from cspnb.ingest.home_office.reading import in_force
from cspnb.measures.harm import CATEGORIES
from cspnb.params.origins import PoliceUk
from cspnb.periods import Month, Period
from cspnb.report.offence_codes import (
    Coded,
    by_period,
    months_lacking,
    nothing,
    quarters_lacking,
    summed,
)
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import home_office, police_uk

_ASB = "Anti-social behaviour"

_FAR = 5
"""A force's mix of offences more years away than this says nothing of a period."""

_LEAST_MAPPED = 0.99
"""Of a force's offences, the share whose category must be known."""


def of_categories(holdings: Holdings, place: Place, periods: Sequence[Period]) -> Coded:
    """data.police.uk's categories, with what the force recorded in each by code."""
    asked = (police_uk.ORIGIN, police_uk.NAME, periods)
    composition, composed_of, why = _composition(holdings, place, periods[-1])
    if why:
        return nothing(*asked, why)
    source, span = PoliceUk(all_but=(_ASB,)), Period(periods[0].start, periods[-1].end)
    months = police_uk.series(holdings, source, None, place, span).monthly
    reasons = {period: months_lacking(period, months) for period in periods}
    forces = [holdings.force_of(each.code) or place.force for each in place.districts]
    if not place.districts or None in forces:
        return nothing(*asked, f"no lookup says which force polices {place.name}")
    cells = pd.concat(
        holdings.district_counts(district, force, span)
        for district, force in zip(place.districts, forces, strict=True)
    )
    cells = cells[cells["crime_type"].ne(_ASB) & cells["count"].notna()]
    named = cells.assign(
        offence_code=cells["crime_type"],
        offence=cells["crime_type"],
        offence_group=cells["crime_type"],
        count=cells["count"].astype("int64"),
    )
    counted = by_period(named, "month", periods)
    return Coded(
        origin=police_uk.ORIGIN,
        source=f"{police_uk.NAME}; {home_office.NAME}, {composed_of}",
        table=summed(counted),
        reasons=reasons,
        why=reasons[periods[-1]],
        code_system=CATEGORIES,
        composition=composition,
        composed_of=composed_of,
    )


def _composition(holdings: Holdings, place: Place, period: Period):
    """What the place's force recorded by category and code, of which year, and why there is none.

    Of the year nearest before the period, or of the first after it, and not over _FAR years away.
    """
    rows = holdings.store.read("recorded_crime", where={"area_level": ["pfa"]})
    own = rows[rows["force_name"].map(force_of_area).eq(place.force)]
    spoken = in_force(own, holdings.sources) if len(own) else own
    years = {Month.parse(start).financial_year for start in spoken["start"].unique()}
    held = {(start, end) for start, end in zip(spoken["start"], spoken["end"], strict=True)}
    wanted = period.start.financial_year
    years = [year for year in years if not quarters_lacking(year, held)]
    near = [year for year in years if abs(year.start - wanted.start) <= 12 * _FAR]
    if not near:
        return None, "", "no Home Office table of its force is held of a year near enough"
    year = min(near, key=lambda each: (each.start > wanted.start, abs(each.start - wanted.start)))
    counted = by_period(spoken, "start", [year])
    mapped = _mapped(counted, holdings.store.read("offence_categories"))
    number = counted["count"].clip(lower=0).sum()
    known = mapped["count"].clip(lower=0).sum()
    if not number or known / number < _LEAST_MAPPED:
        return None, "", "no list held says which category each offence code is published under"
    name = own["force_name"].iloc[0]
    return mapped, f"{name}, {year.label}", ""


def _mapped(counted: pd.DataFrame, categories: pd.DataFrame) -> pd.DataFrame:
    one = categories.drop_duplicates("offence_code")[["offence_code", "crime_type"]]
    both = counted.merge(one, on="offence_code", how="inner", validate="many_to_one")
    both = both.rename(columns={"crime_type": "category"})
    return both.groupby(["category", "offence_code"], as_index=False)["count"].sum()
