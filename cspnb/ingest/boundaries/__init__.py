"""Outlines of areas of any level and vintage, on the British National Grid."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.boundaries.areas import Areas, areas_of, recognised
from cspnb.ingest.boundaries.files import outline_files
from cspnb.ingest.boundaries.layers import Layer, layers_of
from cspnb.ingest.boundaries.shapes import shapes_of
from cspnb.ingest.delivery import Delivery, deliver
from cspnb.ingest.sample_mark import mark
from cspnb.schemas import BOUNDARIES
from cspnb.store import Store

PUBLISHER = "Office for National Statistics"

_ON_THE_GRID = ("E", "W", "S")
_KEY = ["level", "vintage", "code", "resolution"]
_BOUNDS = ["min_east", "min_north", "max_east", "max_north"]
_SAME = 0.001
"""The share of its area by which two outlines may differ and be the same one, rounded."""


@dataclass(frozen=True)
class Asked:
    """What the user says of files that do not say it: see `ingest`."""

    level: str | None = None
    vintage: int | None = None
    layer: str | None = None
    crs: str | None = None


@dataclass(frozen=True)
class Outlines(Delivery):
    """The outlines of one layer: a delivery that knows its place in an archive."""

    layer: Layer | None = None
    areas: Areas | None = None

    def source(self, source_id: str, *, is_sample: bool) -> dict:
        """The row of SOURCES, less what the store adds."""
        hashed = self.rows["geometry"].map(lambda shape: hashlib.sha256(shape).hexdigest())
        short = replace(self, rows=self.rows.assign(geometry=hashed))
        named = {"file_name": self.layer.file.entry.path.name, "member": self.layer.member}
        return Delivery.source(short, source_id, is_sample=is_sample) | named


def ingest(
    paths: Iterable[Path],
    store: Store,
    *,
    level: str | None = None,
    vintage: int | None = None,
    layer: str | None = None,
    crs: str | None = None,
) -> Taken:
    """Take GeoJSON, GeoPackages and shapefiles into `boundaries`, all of them or none.

    level, vintage: of the codes, for files whose columns do not tell. layer: which of a
    GeoPackage's to take; without it, all that are recognised. crs: the coordinate reference
    system of files that state none. Outlines held already are left out, and so are areas outside
    Great Britain, counted. Raises IngestError for what is no sound outline of an area, and for
    an outline that differs from one held of the same area, vintage and resolution.
    """
    asked = Asked(level, vintage, layer, crs)
    files, ignored = outline_files(paths)
    found = [_outlines(one, asked) for file in files for one in _layers(file, asked)]
    held = _held(store, {one.rows["level"].iloc[0] for one in found})
    fresh = []
    for one in found:
        one = _less_held(one, held)
        fresh.append(one)
        held = pd.concat([held, one.rows[[*_KEY, "geometry"]]], ignore_index=True)
    return replace(deliver(fresh, store), ignored=ignored)


def _layers(file, asked):
    layers = layers_of(file, asked.layer)
    if len(layers) == 1:
        return layers
    known = [layer for layer in layers if recognised(layer.sheet)]
    if known:
        return known
    raise IngestError(
        f"none of its layers tells its level: {', '.join(layer.name for layer in layers)}",
        where=str(file.entry),
        remedy="Say which one, and of what: --layer, --level and --vintage.",
    )


def _outlines(layer: Layer, asked: Asked) -> Outlines:
    areas = areas_of(layer.sheet, level=asked.level, vintage=asked.vintage)
    codes = areas.codes(layer.sheet)
    elsewhere = ~codes.str[0].isin(_ON_THE_GRID)
    codes = codes[~elsewhere]
    if codes.empty:
        raise IngestError(
            "none of its areas is in Great Britain, and the National Grid covers nothing else",
            where=layer.sheet.name,
        )
    shapes = shapes_of(layer, codes, areas.code, asked.crs)
    return Outlines(
        layer.sheet,
        BOUNDARIES,
        _rows(layer, areas, codes, shapes.outlines.to_numpy()),
        publisher=PUBLISHER,
        marked=mark(layer.sheet, codes if areas.level == "lsoa" else None),
        rejected=int(elsewhere.sum()),
        rejections=_told(int(elsewhere.sum()), shapes.mended),
        layer=layer,
        areas=areas,
    )


def _rows(layer: Layer, areas: Areas, codes: pd.Series, shapes: np.ndarray) -> pd.DataFrame:
    rows = pd.DataFrame(shapely.bounds(shapes), index=codes.index, columns=_BOUNDS)
    rows = rows.assign(
        level=areas.level,
        vintage=areas.vintage,
        code=codes,
        name=areas.names(layer.sheet)[codes.index],
        hectares=shapely.area(shapes) / 10_000,
        resolution=layer.resolution,
        geometry=shapely.to_wkb(shapes, byte_order=1),
    )
    text = dict.fromkeys(("level", "code", "name", "resolution"), "str")
    return rows.astype(text)[[name for name in BOUNDARIES.columns if name != "source_id"]]


def _told(elsewhere, mended):
    said = [f"outside Great Britain, off the National Grid ({elsewhere})"] * (elsewhere > 0)
    said += [f"{mended} outline{'s' * (mended > 1)} mended"] * (mended > 0)
    return "; ".join(said) or None


def _held(store, levels):
    columns = [*_KEY, "geometry"]
    held = store.read(BOUNDARIES.name, columns=columns, where={"level": sorted(levels)})
    return held.drop_duplicates(_KEY, ignore_index=True)


def _less_held(one: Outlines, held: pd.DataFrame) -> Outlines:
    """Without the outlines that are held; IngestError for one that differs from what is held."""
    both = one.rows.reset_index(names="line").merge(
        held, on=_KEY, how="inner", suffixes=("", "_held"), validate="one_to_one"
    )
    if both.empty:
        return one
    one.sheet.refuse(
        pd.Series(_differ(both["geometry"], both["geometry_held"]), index=both["line"]),
        one.areas.code,
        "has another outline in a file already held, of the same year and resolution",
        "Find out which is right; to use this one, ingest it into a new store. Where the two are "
        "of different resolutions, say so in the file's name: BFC, BGC, BSC or BUC.",
    )
    return replace(one, rows=one.rows.drop(both["line"]), copied=one.copied + len(both))


def _differ(here, there):
    """Whether two outlines of an area differ by more than rounding; equal bytes are not drawn."""
    differ = (here != there).to_numpy(copy=True)
    drawn = [shapely.from_wkb(column[differ]) for column in (here, there)]
    apart = shapely.area(shapely.symmetric_difference(*drawn))
    differ[differ] = apart > _SAME * shapely.area(drawn[1])
    return differ
