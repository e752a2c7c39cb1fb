"""Districts to ask about, by code or name, as the store's boundaries draw them."""

from collections.abc import Callable

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from cspnb.errors import IngestError
from cspnb.fetch.areas import Area
from cspnb.locating import outlines
from cspnb.national_grid import DEGREES, transformer
from cspnb.store import Store


def area_held(store: Store, wanted: str, say: Callable[[str], None] = lambda _: None) -> Area:
    """The districts of these codes or names, separated by ';', as one area.

    Of several outlines of a district the newest serves, and of those the finest. Raises
    IngestError for a district whose outline the store does not hold.
    """
    held = store.read("boundaries", where={"level": ["lad"]})
    names = [name.strip() for name in wanted.split(";") if name.strip()]
    rows = pd.concat([_outlines(held, name) for name in names]).drop_duplicates("code")
    told = rows["name"].fillna(rows["code"])
    if coarse := sorted(told[rows["resolution"].eq("BUC")]):
        say(
            f"{'; '.join(coarse)}: drawn ultra-generalised, so points near the edge may be missed; "
            "take in finer boundaries (BGC or BFC) for exact figures"
        )
    shape = shapely.union_all([_in_degrees(wkb) for wkb in rows["geometry"]])
    return Area("; ".join(sorted(told)), shape, tuple(sorted(rows["code"])))


def _outlines(held: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """The newest and finest outline of a district, by its code or its name."""
    named = held[["code", "name"]].astype("str").apply(lambda column: column.str.casefold())
    rows = held[(named == wanted.casefold()).any(axis="columns")]
    if rows.empty:
        raise IngestError(
            f"the store holds no boundary of a district '{wanted}'",
            where="--area",
            remedy="Take one in with cspnb ingest boundaries, or give --area a file of boundaries.",
        )
    return outlines(rows, "lad")


def _in_degrees(wkb: bytes) -> BaseGeometry:
    back = transformer(DEGREES)

    def moved(east, north):
        return back.transform(east, north, direction="INVERSE")

    return shapely.make_valid(shapely.transform(shapely.from_wkb(wkb), moved, interleaved=False))
