"""Where a record belongs: the district of its LSOA, never the force whose file it came in."""

import pandas as pd

BY_LOOKUP = "lookup"
BY_NAME = "name"
BY_POINT = "point"
UNPLACED = "none"

_DISTRICT = ["lad_code", "lad_name"]
_NAME_AND_SERIAL = r"^\s*(.*\S)\s+\S+\s*$"


def place(rows: pd.DataFrame, geography: pd.DataFrame) -> pd.DataFrame:
    """The district of each record, by its LSOA: `lad_code`, `lad_name`, `placed_by` added.

    rows: any table with `lsoa_code` and `lsoa_name` (text, null where missing).
    geography: the `geography` table of `cspnb.schemas`.

    An LSOA of any vintage is looked up (`placed_by` 'lookup'); where several links know it, the
    newest district wins, and a link by way of its ward serves only where there is no direct one.
    A code in no lookup is placed by the district in its LSOA's name ('name'), with a null
    `lad_code` where that name is in no lookup either. The rest stay, unplaced ('none').
    Rows keep their number, order and index.
    """
    lsoas = rows[["lsoa_code", "lsoa_name"]].reset_index(drop=True)
    links = _concerning(lsoas["lsoa_code"], geography)
    looked_up = _merge(lsoas[["lsoa_code"]], lsoa_districts(links))
    named = _districts_in_names(lsoas["lsoa_name"].where(looked_up["lad_code"].isna()), geography)
    placed = looked_up.fillna(named)
    by = pd.Series(UNPLACED, index=placed.index, dtype="str")
    by = by.mask(placed["lad_name"].notna(), BY_NAME).mask(looked_up["lad_code"].notna(), BY_LOOKUP)
    return rows.assign(
        lad_code=placed["lad_code"].array, lad_name=placed["lad_name"].array, placed_by=by.array
    )


def place_points(
    points: pd.DataFrame, geography: pd.DataFrame, boundaries: pd.DataFrame
) -> pd.DataFrame:
    """The district of each record that has a point and no LSOA, in the columns `place` adds.

    points: any table with `longitude` and `latitude`. boundaries: that table of `cspnb.schemas`.

    The LSOA whose outline the point is in decides, its district found as of any other record;
    where there is none, the district whose outline it is in. Districts' outlines are of the year
    of the newest lookup of districts, or of the nearest year held, so that a record is placed in
    a district that the lookups know. `placed_by` is 'point', or 'none' where no outline held has
    the point. Rows keep their number, order and index.
    """
    from cspnb.locating import districts_by_point, lsoas_by_point

    bare = points.assign(lsoa_code=None, lsoa_name=None)
    bare = bare.astype({"lsoa_code": "str", "lsoa_name": "str"})
    by_lsoa = place(lsoas_by_point(bare, boundaries), geography)
    by_lsoa["placed_by"] = by_lsoa["placed_by"].where(by_lsoa["placed_by"] == UNPLACED, BY_POINT)
    year = outlines_year(boundaries, geography)
    placed = by_lsoa if year is None else districts_by_point(by_lsoa, boundaries, year)
    return placed.drop(columns=["lsoa_code", "lsoa_name"])


def outlines_year(boundaries: pd.DataFrame, geography: pd.DataFrame) -> int | None:
    """The year of the districts' outlines to place by; None where no district's are held."""
    years = sorted(boundaries.loc[boundaries["level"] == "lad", "vintage"].unique(), reverse=True)
    known = geography.loc[geography["parent_level"] == "lad", "parent_vintage"]
    if not years or known.empty:
        return int(years[0]) if years else None
    return int(min(years, key=lambda year: abs(int(year) - int(known.max()))))


def lsoa_districts(geography: pd.DataFrame) -> pd.DataFrame:
    """The newest district of each LSOA of any vintage: `lsoa_code`, `lad_code`, `lad_name`."""
    direct = _links(geography, "lsoa", "lad")
    wards = _links(geography, "lsoa", "ward")[["code", "parent_code"]]
    of_wards = _links(geography, "ward", "lad")
    by_way_of_ward = wards.merge(
        of_wards.rename(columns={"code": "ward", "parent_code": "lad_code"}),
        left_on="parent_code",
        right_on="ward",
        how="inner",
        validate="many_to_one",
    )
    by_way_of_ward = by_way_of_ward[["code", "lad_code", "parent_name"]]
    both = pd.concat([direct.rename(columns={"parent_code": "lad_code"}), by_way_of_ward])
    first = both.drop_duplicates("code", keep="first")
    return first.set_axis(["lsoa_code", *_DISTRICT], axis="columns").reset_index(drop=True)


def _concerning(lsoa_codes, geography):
    """The links of these LSOAs and of all larger areas: few records are of every LSOA there is."""
    codes = lsoa_codes.dropna().unique()
    return geography[(geography["level"] != "lsoa") | geography["code"].isin(codes)]


def _links(geography, level, parent_level):
    """The newest link of each smaller area: code, parent_code, parent_name."""
    links = geography[
        (geography["level"] == level) & (geography["parent_level"] == parent_level)
    ].sort_values(["parent_vintage", "vintage", "parent_code"], ascending=[False, False, True])
    return links.drop_duplicates("code")[["code", "parent_code", "parent_name"]].astype("str")


def _districts_in_names(lsoa_names, geography):
    """The district that each LSOA's name begins with, and its code where it is known."""
    name = lsoa_names.astype("str").str.extract(_NAME_AND_SERIAL)[0].rename("lad_name")
    return _merge(name.to_frame(), _known_names(geography))[_DISTRICT]


def _known_names(geography):
    """The newest code of each district's name."""
    as_parent = geography.loc[
        geography["parent_level"] == "lad", ["parent_vintage", "parent_code", "parent_name"]
    ].drop_duplicates()
    as_child = geography.loc[geography["level"] == "lad", ["vintage", "code", "name"]]
    columns = ["vintage", *_DISTRICT]
    names = pd.concat([part.set_axis(columns, axis="columns") for part in (as_parent, as_child)])
    newest = names.dropna(subset="lad_name").sort_values(
        ["vintage", "lad_code"], ascending=[False, True]
    )
    return newest.drop_duplicates("lad_name")[_DISTRICT].astype("str")


def _merge(rows, lookup):
    """The lookup's columns beside the rows, whose order and number stay; a plain index."""
    key = rows.columns[0]
    return rows.astype("str").merge(lookup, on=key, how="left", validate="many_to_one")
