"""Small areas in tables: the ten highest rates, and the areas in hot and cold spots."""

from dataclasses import replace

import pandas as pd

from cspnb import numerals
from cspnb.analysis.hot_areas import COLD, HOT, RATES, HotAreas
from cspnb.analysis.small_area_rates import HIDDEN, LEADING, SmallAreaRates
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import area_rates, clusters
from cspnb.narrative.area_wording import (
    areas_of,
    cautions,
    notes,
    one_area,
    plain_name,
)

_DATA = ("area_code", "area_name", "ward_name", "count", "population")
_AREA_FIRST = ("Code", "Area", "Ward")


def small_area_rates(result: SmallAreaRates) -> Exhibit:
    """The ten areas with the highest rates, then the partnership; every area is in the data."""
    if area_rates.has_nothing(result):
        return area_rates.small_area_rates(result)
    shown = result.areas.head(LEADING).to_dict("records")
    columns, numeric = _columns(result)
    rows = tuple(_row(row, columns, result) for row in (*shown, *_rest(result)))
    return Exhibit(
        kind="table",
        title=area_rates.headline(result),
        subtitle=area_rates.subtitle(result),
        body=Grid(columns, rows, frozenset(numeric)),
        alternative=(
            f"Table of {len(shown)} of {areas_of(result, len(result.areas))}, and of "
            f"{result.area}: {area_rates.headline(result)}."
        ),
        data=rates_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_of_all(result, len(shown)), *notes(result)),
        caveats=cautions(result),
        facts=area_rates.facts(result),
    )


def rates_data(result: SmallAreaRates) -> pd.DataFrame:
    """Every area with its count, its people and its rate, by names for readers."""
    small = result.small_areas
    per = f"per 1,000 {small.denominator}"
    named = {
        "rate": f"Rate {per}",
        "rate_lower": f"Lower limit {per}",
        "rate_upper": f"Upper limit {per}",
        "share": "Share of all",
        "rank": "Rank by rate",
        "q_value": "q",
        "verdict": "Against the partnership's rate",
        "reason": "Why there is no rate",
    }
    first = _named_first(result)
    data = result.areas[[*_DATA, *named]]
    if small.hidden:
        figures = ["count", *(name for name in named if name not in ("verdict", "reason"))]
        not_shown = data["area_code"].isin(small.hidden)
        marked = data[figures].astype(object).mask(not_shown, numerals.HIDDEN)
        data = data.assign(**{name: marked[name] for name in figures})
    return data.rename(columns=first | named)


def hot_areas(result: HotAreas) -> Exhibit:
    """The areas in hot and in cold spots with what was judged; every area is in the data."""
    found = pd.concat([result.called(HOT), result.called(COLD)])
    if clusters.is_missing(result):
        return clusters.hot_areas(result)
    if found.empty:
        return replace(clusters.hot_areas(result), body=(clusters.none_found(result),))
    judged = clusters.unit(result).capitalize()
    columns = (one_area(result).capitalize(), "Ward", "Found", judged, "Neighbours", "Gi*", "q")
    rows = tuple(
        (
            row["area_name"],
            plain_name(row["ward_name"]),
            row["verdict"],
            _judged(row, result),
            numerals.count(row["neighbours"]),
            numerals.plain(row["z"]),
            clusters.strength(row).removeprefix("q = "),
        )
        for row in found.to_dict("records")
    )
    return Exhibit(
        kind="table",
        title=clusters.headline(result),
        subtitle=clusters.subtitle_of(result),
        body=Grid(columns, rows, frozenset((judged, "Neighbours", "Gi*", "q"))),
        alternative=f"Table of {areas_of(result, len(rows))}: {clusters.headline(result)}.",
        data=hot_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=clusters.under(result),
        caveats=cautions(result),
        facts=clusters.facts(result),
    )


def hot_data(result: HotAreas) -> pd.DataFrame:
    """Every area with what was judged, its neighbours, and how sure it is."""
    named = {
        "value": f"{clusters.unit(result).capitalize()} judged",
        "neighbours": "Neighbours",
        "z": "Gi*",
        "p_value": "p",
        "q_value": "q",
        "verdict": "Found",
    }
    return result.areas[[*_DATA, *named]].rename(columns=_named_first(result) | named)


def _named_first(result) -> dict[str, str]:
    of = (result.measure.unit.capitalize(), result.small_areas.denominator.capitalize())
    return dict(zip(_DATA, (*_AREA_FIRST, *of), strict=True))


def _columns(result: SmallAreaRates) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns, and which of them are numbers."""
    first = (one_area(result).capitalize(),)
    if result.areas["ward_name"].notna().any():
        first = (*first, "Ward")
    numbers = (result.measure.unit.capitalize(),)
    if not area_rates.has_rates(result):
        return (*first, *numbers, "Share of all"), (*numbers, "Share of all")
    people = result.small_areas.denominator.capitalize()
    numbers = (*numbers, people, f"Rate per 1,000 {people.lower()}", "95% interval")
    return (*first, *numbers, "Against the partnership's rate"), numbers


def _row(row: dict, columns: tuple[str, ...], result: SmallAreaRates) -> tuple[str, ...]:
    if row.get("verdict") == HIDDEN:
        return _row_hidden(row, columns, result)
    limits = [area_rates.rate(row.get(name), result) for name in ("rate_lower", "rate_upper")]
    share = row.get("share")
    cells = {
        "Ward": plain_name(row.get("ward_name")),
        result.measure.unit.capitalize(): numerals.count(row["count"]),
        result.small_areas.denominator.capitalize(): numerals.count(row.get("population")),
        "95% interval": " to ".join(limits) if limits[0] != numerals.DASH else numerals.DASH,
        "Against the partnership's rate": row.get("verdict", numerals.DASH),
        "Share of all": numerals.DASH if share is None else numerals.level(100 * share),
    }
    rate = area_rates.rate(row.get("rate"), result)
    return (row["area_name"], *(cells.get(name, rate) for name in columns[1:]))


def _row_hidden(row: dict, columns: tuple[str, ...], result: SmallAreaRates) -> tuple[str, ...]:
    """An area whose count is not shown: neither is anything that is worked from it."""
    cells = {
        "Ward": plain_name(row.get("ward_name")),
        result.small_areas.denominator.capitalize(): numerals.count(row["population"]),
        "Against the partnership's rate": HIDDEN,
    }
    return (row["area_name"], *(cells.get(name, numerals.HIDDEN) for name in columns[1:]))


def _rest(result: SmallAreaRates) -> list[dict]:
    """The rows under the areas: what is in none, and the partnership as a whole."""
    people = result.areas["population"].sum(skipna=False)
    whole = {"area_name": result.area, "count": result.total, "population": people}
    if area_rates.has_rates(result):
        whole["rate"] = result.own_rate
    unplaced = result.small_areas.unplaced
    nowhere = {"area_name": f"In no {one_area(result)}", "count": unplaced}
    return [*([nowhere] if unplaced else []), whole]


def _of_all(result: SmallAreaRates, shown: int) -> str:
    highest = "rates" if area_rates.has_rates(result) else "counts"
    if shown == len(result.areas):
        return f"All {areas_of(result, shown)} are shown, the highest {highest} first."
    return (
        f"The {shown} highest {highest} of {areas_of(result, len(result.areas))} are shown; the "
        "data have them all."
    )


def _judged(row: dict, result: HotAreas) -> str:
    if result.judged_by != RATES:
        return numerals.count(row["value"])
    mean = result.areas["value"].mean()
    return numerals.rate(row["value"], numerals.rate_places(mean))
