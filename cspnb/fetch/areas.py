"""An area to ask about: polygons from a boundary file, and the districts they cover whole."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from cspnb.errors import IngestError

_CODE_COLUMN = re.compile(r"^lad\d\d(cd|nm)$", re.IGNORECASE)
_WGS84 = 4326
_HALF_STEP = 5e-7
"""Half a step of the six decimals police.uk gives: no point of its own lies on such a line."""


@dataclass(frozen=True)
class Area:
    """Polygons in degrees (longitude, latitude), and whole districts they are, if any."""

    name: str
    shape: BaseGeometry
    districts: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of its polygons."""
        return hashlib.sha256(shapely.to_wkb(self.shape.normalize())).hexdigest()

    @property
    def polygons(self) -> list[shapely.Polygon]:
        """Its parts, largest first."""
        return _polygons(self.shape)

    @property
    def inside(self) -> tuple[float, float]:
        """(latitude, longitude) of a point within its largest part."""
        point = self.polygons[0].representative_point()
        return point.y, point.x


def area_of(path: Path, district: str = "") -> Area:
    """The area a boundary file draws: GeoJSON, GeoPackage, shapefile, also gzipped or zipped.

    district: names or codes of the features meant, separated by ';', where the file has several;
    'all' for every one. Whole districts are known by columns such as LAD19CD. Raises IngestError
    for a file that cannot be read, has no polygons, or does not say which feature is meant.
    """
    rows = _read(path)
    columns = [name for name in rows.columns if _CODE_COLUMN.match(name)]
    chosen = _chosen(rows, district, path)
    shape = shapely.union_all(chosen.geometry.array)
    if not _polygons(shape):
        raise IngestError(
            "has no polygon", where=path.name, remedy="Give a file of boundaries, not of points."
        )
    codes = [name for name in columns if name.casefold().endswith("cd")]
    names = [name for name in columns if name.casefold().endswith("nm")]
    districts = tuple(sorted(set(chosen[codes[0]].astype("str")))) if codes else ()
    told = sorted(set(chosen[names[0]].astype("str"))) if names else [path.name.partition(".")[0]]
    return Area(district.strip() if not names and district else "; ".join(told), shape, districts)


def quarters(polygon: shapely.Polygon) -> list[shapely.Polygon]:
    """The polygon cut in four through the middle of its extent; parts that touch nothing.

    The cuts lie between the places a published point can have, so that each is in one part.
    """
    west, south, east, north = polygon.bounds
    x, y = _between((west + east) / 2), _between((south + north) / 2)
    x, y = min(x, east), min(y, north)
    boxes = [(west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)]
    parts = [polygon.intersection(shapely.box(*box)) for box in boxes]
    return [one for part in parts for one in _polygons(part)]


def as_poly(polygon: shapely.Polygon) -> str:
    """The outline as the API reads it: `latitude,longitude:...`, to seven decimals (1 cm).

    Holes cannot be told; the first point is not repeated, because the API closes the outline.
    """
    points = list(polygon.exterior.coords)[:-1]
    return ":".join(f"{y:.7f},{x:.7f}" for x, y, *_ in points)


def in_a_hole(polygon: shapely.Polygon, longitude: float, latitude: float) -> bool:
    """Whether a point within the outline lies in one of the holes."""
    point = shapely.Point(longitude, latitude)
    return any(shapely.Polygon(hole).contains(point) for hole in polygon.interiors)


def _read(path: Path) -> geopandas.GeoDataFrame:
    if not path.is_file():
        raise IngestError("there is no such file", where=str(path))
    source = f"/vsigzip/{path.resolve().as_posix()}" if path.suffix.lower() == ".gz" else path
    try:
        rows = geopandas.read_file(source)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise IngestError(
            f"cannot be read as boundaries: {error}",
            where=path.name,
            remedy="Give GeoJSON, a GeoPackage (.gpkg), or a zipped shapefile.",
        ) from error
    if not isinstance(rows, geopandas.GeoDataFrame) or rows.geometry.notna().sum() == 0:
        raise IngestError("draws nothing: it has no shapes", where=path.name)
    return _in_degrees(rows[rows.geometry.notna()], path)


def _in_degrees(rows: geopandas.GeoDataFrame, path: Path) -> geopandas.GeoDataFrame:
    rows = rows.set_crs(_WGS84) if rows.crs is None else rows.to_crs(_WGS84)
    rows = rows.set_geometry(rows.geometry.make_valid())
    west, south, east, north = rows.total_bounds
    if west < -9 or east > 2.5 or south < 49 or north > 61:
        raise IngestError(
            "lies outside the United Kingdom",
            where=path.name,
            remedy="Check that its coordinates are longitude then latitude, or that it says "
            "which system they are in.",
        )
    return rows


def _chosen(rows: geopandas.GeoDataFrame, district: str, path: Path) -> geopandas.GeoDataFrame:
    wanted = {name.strip().casefold() for name in district.split(";") if name.strip()}
    if wanted == {"all"} or (not wanted and len(rows) == 1):
        return rows
    text = rows.drop(columns=rows.geometry.name).astype("str")
    folded = text.apply(lambda column: column.str.strip().str.casefold())
    if not wanted:
        raise IngestError(
            f"draws {len(rows)} areas, and it is not said which is meant",
            where=path.name,
            remedy="Name it with --district: its code or name, several separated by ';', or all.",
        )
    if missing := sorted(wanted - set(folded.to_numpy().ravel())):
        raise IngestError(
            f"draws no area with the code or name '{missing[0]}'",
            where=path.name,
            remedy="Codes change when boundaries do: look up the one this file uses.",
        )
    return rows[folded.isin(wanted).any(axis="columns")]


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(shape)
    flat = [one for part in parts for one in shapely.get_parts(part)]
    found = [one for one in flat if one.geom_type == "Polygon" and one.area > 0]
    return sorted(found, key=lambda one: -one.area)


def _between(degrees: float) -> float:
    return round(degrees, 6) + _HALF_STEP
