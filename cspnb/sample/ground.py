"""The invented ground: LSOAs as cells of a lattice, and the snap points that offences lie on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.sample.districts import DISTRICTS
from cspnb.sample.model import stream
from cspnb.sample.police_forces import FORCES, Force
from cspnb.schemas import SAMPLE_LSOA_PREFIX

_RESIDENTS_OF_AN_LSOA = 1500
_POINTS_IN_AN_LSOA = 8
_CENTRE_DRAW = 4
"""How much more crime the middle cell, the town centre, draws than another."""


@dataclass(frozen=True)
class Ground:
    """`lsoas`: a row a cell, with its codes, names, bounds (`west`, `south`, `east`, `north`,
    degrees WGS84), `residents_share` of its district and `crime_share`.
    `points`: a row a snap point, with `lsoa_code`, `lad_code`, `longitude`, `latitude`,
    `location` and its `share` of the district's crime.
    """

    lsoas: pd.DataFrame
    points: pd.DataFrame


def make_ground(seed: int) -> Ground:
    """LSOAs and snap points of every district that has a place in a force."""
    chance = stream(seed, "ground")
    cells = [_cells(force, code, chance) for force in FORCES for code in force.centres]
    lsoas = pd.concat(cells, ignore_index=True)
    numbers = np.arange(1, len(lsoas) + 1)
    lsoas.insert(0, "lsoa_code", [f"{SAMPLE_LSOA_PREFIX}{number:04d}" for number in numbers])
    wards = lsoas.groupby(["lad_code", "ward_name"], sort=False).ngroup() + 1
    lsoas.insert(2, "ward_code", [f"E0599{number:04d}" for number in wards])
    return Ground(lsoas, _points(lsoas, chance))


def _cells(force: Force, code: str, chance: np.random.Generator) -> pd.DataFrame:
    """One district's lattice, filled row by row from the south-west."""
    district = DISTRICTS[code]
    wanted = max(4, round(district.residents / _RESIDENTS_OF_AN_LSOA))
    across = int(np.ceil(np.sqrt(wanted)))
    up = int(np.ceil(wanted / across))
    order = np.arange(across * up)
    row, column = np.divmod(order, across)
    (longitude, latitude), (width, height) = force.centres[code], force.cell
    west = np.round(longitude + (column - across / 2) * width, 6)
    south = np.round(latitude + (row - up / 2) * height, 6)
    draw = chance.gamma(4, size=order.size)
    draw[(up // 2) * across + across // 2] = _CENTRE_DRAW * draw.mean()
    residents = chance.gamma(60, size=order.size)
    return pd.DataFrame(
        {
            "lsoa_name": [f"{district.name} {i // 4 + 1:03d}{'ABCD'[i % 4]}" for i in order],
            "ward_name": [f"{district.name} Sample Ward {i // 4 + 1}" for i in order],
            "lad_code": code,
            "lad_name": district.name,
            "west": west,
            "south": south,
            "east": np.round(west + width, 6),
            "north": np.round(south + height, 6),
            "residents_share": residents / residents.sum(),
            "crime_share": draw / draw.sum(),
        }
    )


def _points(lsoas: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    """Snap points inside the middle four fifths of each cell."""
    cells = lsoas.loc[lsoas.index.repeat(_POINTS_IN_AN_LSOA)].reset_index(drop=True)
    weight = chance.gamma(1.5, size=(len(lsoas), _POINTS_IN_AN_LSOA))
    weight /= weight.sum(axis=1, keepdims=True)
    right, above = chance.uniform(0.1, 0.9, size=(2, len(cells)))
    street = cells.groupby("lad_code", sort=False).cumcount() + 1
    return pd.DataFrame(
        {
            "lsoa_code": cells["lsoa_code"],
            "lsoa_name": cells["lsoa_name"],
            "lad_code": cells["lad_code"],
            "longitude": np.round(cells["west"] + right * (cells["east"] - cells["west"]), 6),
            "latitude": np.round(cells["south"] + above * (cells["north"] - cells["south"]), 6),
            "location": "On or near Sample Street " + street.astype(str),
            "share": cells["crime_share"] * weight.ravel(),
        }
    )


def boundaries(lsoas: pd.DataFrame) -> dict:
    """The cells as a GeoJSON feature collection in WGS84, properties `LSOA11CD`, `LSOA11NM`."""
    return {
        "type": "FeatureCollection",
        "name": "Invented sample LSOAs",
        "features": [_feature(cell) for cell in lsoas.itertuples()],
    }


def _feature(cell) -> dict:
    ring = [
        [cell.west, cell.south],
        [cell.east, cell.south],
        [cell.east, cell.north],
        [cell.west, cell.north],
        [cell.west, cell.south],
    ]
    return {
        "type": "Feature",
        "properties": {"LSOA11CD": cell.lsoa_code, "LSOA11NM": cell.lsoa_name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
