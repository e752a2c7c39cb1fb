"""The indicators sheet: what police.uk does not hold, and the years it does not have whole.

Every count comes from the same model as the police.uk rows, so the two agree wherever both speak.
"""

import pandas as pd

from cspnb.periods import Month, Period
from cspnb.sample.kinds import ASB, CRIMES
from cspnb.sample.notice import INVENTED
from cspnb.sample.partnerships import PARTNERSHIPS, Partnership
from cspnb.sample.police_forces import FORCES

_COLUMNS = ["measure", "period", "area", "value", "base", "supplier", "note"]

_INJURY = ("domestic_injury", "assault_injury", "grave_injury")

_RECORDED_MEASURES = {
    "total_crime": CRIMES,
    "criminal_damage": ("criminal_damage",),
    ASB: (ASB,),
    "burglary": ("domestic_burglary", "commercial_burglary"),
    "vehicle_crime": ("theft_from_vehicle", "theft_of_vehicle"),
    "violence": (*_INJURY, "violence_without_injury"),
    "robbery": ("robbery",),
}
"""Measures that police.uk's rows give, and the sheet for the years they do not have whole."""

_SUPPLIED_MEASURES = {
    "domestic_burglary": ("domestic_burglary",),
    "commercial_burglary": ("commercial_burglary",),
    "theft_from_vehicle": ("theft_from_vehicle",),
    "theft_of_vehicle": ("theft_of_vehicle",),
    "violence_with_injury": _INJURY,
    "domestic_violence_with_injury": ("domestic_injury",),
    "domestic_abuse": ("domestic_abuse",),
    "hate_crime": ("hate_crime",),
    "primary_fires": ("primary_fires",),
    "secondary_fires": ("secondary_fires",),
    "road_casualties": ("road_casualties",),
}
"""Measures that only the sheet gives, month by month."""

_ASSAULT_MEASURE = {"assault_with_injury": ("domestic_injury", "assault_injury")}
"""The Metropolitan force's own measure: most of violence with injury."""

_FIRST_HELD = "2010-12"
_FIRST_TOLD_APART = {"criminal_damage": "2011-09"}
"""police.uk held criminal damage inside Other crime until then, so the sheet goes on longer."""

# Per cent satisfied in the six years to the reference year, and the answers in each; invented,
# but for Harborough's last, which is the published 88%. Of several districts: by their CSP's code.
_SATISFACTION = {
    "harborough": ("E07000131", (83, 84, 84, 85, 86, 88), 412),
    "melton": ("E07000133", (84, 83, 82, 81, 80, 78), 296),
    "barnet": ("E09000003", (72, 73, 75, 75, 77, 78), 655),
    "burnley": ("E07000117", (79, 80, 80, 82, 83, 83), 348),
    "north-worcestershire": ("E22000368", (76, 77, 79, 80, 80, 81), 520),
}


def indicators(monthly: pd.DataFrame) -> pd.DataFrame:
    """A row a figure: `measure`, `period`, `area`, `value`, `base`, `supplier`, `note`.

    monthly: of `model.monthly_counts`.
    """
    crimes = monthly[list(CRIMES)].sum(axis=1)
    parts = [_supplied(each, monthly) for each in PARTNERSHIPS]
    parts += [_years_not_whole(each, monthly) for each in PARTNERSHIPS]
    parts += [_force_years(each, crimes) for each in PARTNERSHIPS]
    parts += [_peer_years(each, crimes) for each in PARTNERSHIPS]
    parts += [_satisfaction(each) for each in PARTNERSHIPS]
    figures = pd.concat(parts, ignore_index=True).drop_duplicates(["measure", "period", "area"])
    figures = figures.sort_values(["measure", "area", "period"], ignore_index=True)
    return figures.assign(supplier=INVENTED, note="")[_COLUMNS]


def _supplied(partnership: Partnership, monthly) -> pd.DataFrame:
    """The measures that only the sheet gives, for six years and on to the last month supplied."""
    measures = _SUPPLIED_MEASURES | (_ASSAULT_MEASURE if partnership.slug == "barnet" else {})
    return _by_month(measures, partnership, partnership.supplied_to, monthly)


def _years_not_whole(partnership: Partnership, monthly) -> pd.DataFrame:
    """The measures that police.uk gives, to the end of the year in which it begins to.

    A total is of one source, so the sheet has that year whole.
    """
    parts = []
    for measure, kinds in _RECORDED_MEASURES.items():
        first_held = Month.parse(_FIRST_TOLD_APART.get(measure, _FIRST_HELD))
        last = min(str(first_held.financial_year.end), partnership.supplied_to)
        parts.append(_by_month({measure: kinds}, partnership, last, monthly))
    return pd.concat(parts)


def _by_month(measures, partnership, last: str, monthly) -> pd.DataFrame:
    """Each measure in each district, from the first of six years to a last month; may be none."""
    first = str(partnership.years[0].start)
    month = monthly.index.get_level_values("month")
    ours = monthly.index.get_level_values("lad_code").isin(partnership.districts)
    own = monthly[ours & (month >= first) & (month <= last)]
    counts = pd.DataFrame({name: own[list(kinds)].sum(axis=1) for name, kinds in measures.items()})
    figures = counts.rename_axis(["area", "period"]).reset_index()
    return figures.melt(["area", "period"], var_name="measure").assign(base="")


def _force_years(partnership: Partnership, crimes: pd.Series) -> pd.DataFrame:
    """Total crime of the force's other districts in the years that police.uk does not cover."""
    centres = next(force.centres for force in FORCES if force.slug == partnership.force)
    others = [code for code in centres if code not in partnership.districts]
    before = Month.parse(_FIRST_HELD)
    return _totals(others, [year for year in partnership.years if year.start < before], crimes)


def _peer_years(partnership: Partnership, crimes: pd.Series) -> pd.DataFrame:
    """Total crime of the peers in the reference year and the year before, and the area's own.

    Areas are compared by figures of one source.
    """
    compared = (*partnership.peers, *partnership.districts)
    return _totals(compared, partnership.years[-2:], crimes)


def _totals(codes, years, crimes) -> pd.DataFrame:
    rows = [
        ("total_crime", str(year), code, _year_of(crimes, code, year), "")
        for code in codes
        for year in years
    ]
    return pd.DataFrame(rows, columns=["measure", "period", "area", "value", "base"])


def _year_of(crimes: pd.Series, code: str, year: Period) -> int:
    return int(crimes.loc[code].loc[str(year.start) : str(year.end)].sum())


def _satisfaction(partnership: Partnership) -> pd.DataFrame:
    area, levels, answers = _SATISFACTION[partnership.slug]
    rows = [
        ("user_satisfaction", str(year), area, level, str(answers))
        for year, level in zip(partnership.years, levels, strict=True)
    ]
    return pd.DataFrame(rows, columns=["measure", "period", "area", "value", "base"])
