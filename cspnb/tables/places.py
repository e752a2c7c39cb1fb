"""Answers about places as tables: top places, concentration, density and how its map did."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.concentration import Concentration
from cspnb.analysis.density import Density
from cspnb.analysis.prediction import Prediction
from cspnb.analysis.top_places import TopPlaces
from cspnb.analysis.whereabouts import Whereabouts
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import busiest, densest, evenness, hindsight, whereabouts
from cspnb.narrative.whereabouts import share
from cspnb.narrative.wording import caveats, sentence


def top_places(result: TopPlaces) -> Exhibit:
    """A row a place, most records first, numbered as on the map."""
    unit, before = result.measure.unit.capitalize(), result.period.earlier().label
    now, then = f"{unit} in {result.period.label}", f"{unit} in {before}"
    columns = ("Place", "Small area", now, then, "Difference", "Share of all")
    rows = tuple(
        (
            f"{row['rank']}. {row['location']}",
            _named(row["lsoa_name"]),
            numerals.count(row["count"]),
            numerals.count(row["before"]),
            numerals.difference(row["difference"]),
            share(row["share"]),
        )
        for row in result.places.to_dict("records")
    )
    shown = ["location", "lsoa_name", "count", "before", "difference", "share"]
    data = result.places[["rank", *shown, "easting", "northing"]].set_axis(
        ["Number", *columns[:-1], "Share of all", "Easting", "Northing"], axis="columns"
    )
    told = (busiest.headline(result), whereabouts.subtitle(result), busiest.notes(result))
    grid = Grid(columns, rows, frozenset(columns[2:]))
    missing = busiest.missing_sentence(result) if result.reason else ""
    return _table(result, told, grid, data, missing, busiest.facts(result))


def concentration(result: Concentration) -> Exhibit:
    """A row a share of the places, with what they hold, and the fewest that hold half."""
    unit = result.measure.unit.capitalize()
    columns = ("Places with most", "Number of places", unit, "Share of all")
    shares = [
        (f"Top {row['percentage']:g}%", row["places"], row["records"], row["share"])
        for row in result.shares.to_dict("records")
    ]
    if not result.reason:
        shares.append(("All", result.places, result.records, 1.0))
    data = pd.DataFrame(shares, columns=list(columns))
    rows = tuple(
        (name, numerals.count(places), numerals.count(records), share(part))
        for name, places, records, part in shares
    )
    told = (evenness.headline(result), whereabouts.subtitle(result), evenness.notes(result))
    grid = Grid(columns, rows, frozenset(columns[1:]))
    missing = evenness.missing_sentence(result) if result.reason else ""
    return _table(result, told, grid, data, missing, evenness.facts(result))


def density(result: Density) -> Exhibit:
    """A row a peak of the surface, with its records within the bandwidth; of exact places, none.

    A peak of those could be a home: a row is a class of the map instead.
    """
    if not result.are_snapped:
        return _classes(result)
    unit = result.measure.unit.capitalize()
    near = f"{unit} within {result.bandwidth:,.0f} metres"
    columns = ("Peak", "Place with most of them", "Small area", near, "Share of all")
    rows = tuple(
        (
            numerals.count(row["rank"]),
            _named(row["location"]),
            _named(row["lsoa_name"]),
            numerals.count(row["count"]),
            share(row["share"]),
        )
        for row in result.peaks.to_dict("records")
    )
    data = result.peaks[["rank", "location", "lsoa_name", "count", "share", "easting", "northing"]]
    data = data.set_axis([*columns, "Easting", "Northing"], axis="columns")
    told = (densest.headline(result), densest.subtitle(result), densest.notes(result))
    grid = Grid(columns, rows, frozenset(columns[-2:]))
    missing = densest.missing_sentence(result) if result.reason else ""
    return _table(result, told, grid, data, missing, densest.facts(result))


def _classes(result: Density) -> Exhibit:
    unit = result.measure.unit.capitalize()
    columns = ("Densest ground that holds", unit, "Square kilometres", "Share of the area")
    of_all = [densest.portion(part) for part in result.classes["share"]]
    data = result.classes[["records", "square_km", "share_of_area"]].set_axis(
        list(columns[1:]), axis="columns"
    )
    data.insert(0, columns[0], of_all)
    rows = tuple(
        (part, numerals.count(records), f"{ground:,.1f}", share(of_area))
        for part, records, ground, of_area in data.itertuples(index=False)
    )
    told = (densest.headline(result), densest.subtitle(result), densest.notes(result))
    missing = densest.missing_sentence(result) if result.reason else ""
    grid = Grid(columns, rows, frozenset(columns[1:]))
    return _table(result, told, grid, data, missing, densest.facts(result))


def prediction(result: Prediction) -> Exhibit:
    """A row a share of the ground: what it held, the best it could have, PAI, PEI and RRI."""
    unit = result.measure.unit.capitalize()
    held = f"{unit} in {result.period.label}"
    columns = ("Densest ground", "Square kilometres", held, "Share of all", "Best possible")
    columns = (*columns, "PAI", "PEI", "RRI")
    index = hindsight.index
    rows = tuple(
        (
            f"{row['percentage']:g}%",
            f"{row['square_km']:,.1f}",
            numerals.count(row["hits"]),
            share(row["share"]),
            numerals.count(row["best"]),
            *(index(row[name]) for name in ("pai", "pei", "rri")),
        )
        for row in result.hotspots.to_dict("records")
    )
    names = ["percentage", "square_km", "hits", "share", "best", "pai", "pei", "rri"]
    data = result.hotspots[names].set_axis(list(columns), axis="columns")
    told = (hindsight.headline(result), hindsight.subtitle(result), hindsight.notes(result))
    grid = Grid(columns, rows, frozenset(columns[1:]))
    missing = hindsight.missing_sentence(result) if result.reason else ""
    return _table(result, told, grid, data, missing, hindsight.facts(result))


def _table(result: Whereabouts, told, grid: Grid, data, missing: str, facts) -> Exhibit:
    title, subtitle, notes = told
    number = len(grid.rows)
    rows = "1 row" if number == 1 else f"{number} rows"
    return Exhibit(
        kind="table",
        title=title,
        subtitle=subtitle,
        body=grid,
        alternative=f"Table of {rows}. {sentence(title)}",
        data=data,
        source=whereabouts.source(result, with_outline=isinstance(result, Density | Prediction)),
        method=result.method,
        coverage=result.coverage,
        notes=(*([missing] if missing else []), *notes),
        caveats=caveats(result.measure, result.caveats),
        facts=facts,
    )


def _named(name: object) -> str:
    return numerals.DASH if pd.isna(name) else str(name)
