"""Counts of small areas, wide by month or by year: which file speaks, and what its silence means.

A file that names an area and, anywhere, a category, and has a column for a period, says how many
there were even where it has no row: none. An area, a category or a period it does not name is
unknown to it. In a district, a category is spoken for, period by period, by the newest edition
that names both; older ones are not mixed with it, for areas and categories change between them.
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.delivery import Delivery
from cspnb.ingest.revisions import REMEDY, newest, rivals
from cspnb.schemas import AREA_COUNTS
from cspnb.store import Store

_CELL = ["code", "district_name", "category", "subcategory", "start", "end"]
_CLAIM = ["district_name", "category", "start", "end"]
_PLACE = ["district", "start", "end"]
_NAMED = ["source_id", "code", "name", "district_name"]


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows of `area_counts` that speak: those of the newest edition, by the rule above.

    frame: rows of one level. sources: rows of `sources`; rows it does not name do not count, and
    a file without an edition is older than any other.
    """
    return frame.merge(
        _speaking(frame, sources), on=["source_id", *_CLAIM], how="inner", validate="many_to_one"
    )


def counted(
    frame: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    codes: Iterable[str],
    category: str,
    subcategory: str | None = None,
) -> pd.DataFrame:
    """Offences of a category in each area and period: `code`, `name`, `start`, `end`, `count`.

    frame, sources: as for `in_force`. codes: the areas wanted. subcategory: None is the category
    as a whole. One row for each area in each period that any file has; `count` is null where no
    file in force speaks for it, and 0 where one does and has no row.
    """
    frame = frame[frame["source_id"].isin(sources["source_id"].unique())]
    periods = frame[["start", "end"]].drop_duplicates().sort_values("start")
    asked = pd.DataFrame({"code": list(dict.fromkeys(codes))}, dtype="str")
    wanted, speaking = _asked_of(frame, sources, category, subcategory)
    found = _found(frame[frame["code"].isin(asked["code"])], wanted, speaking)
    known_names = frame.drop_duplicates("code", keep="last")[["code", "name"]]
    return (
        asked.merge(known_names, on="code", how="left", validate="one_to_one")
        .merge(periods, how="cross")
        .merge(found, on=["code", "start", "end"], how="left", validate="one_to_one")
    )


def of_districts(
    frame: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    districts: Iterable[str],
    category: str,
    subcategory: str | None = None,
) -> pd.DataFrame:
    """Offences of a category in districts together, by period: `start`, `end`, `count`.

    frame, sources, subcategory: as for `counted`. districts: their names, in any case. Each period
    is the sum over the areas of the files that speak for it, so areas may get new borders from
    one period to the next. Only periods are given that files speak for in all of the districts.
    `count` is null where two of them have an area of one name under two codes: its old borders
    and its new, which would be counted twice.
    """
    names = {name.casefold() for name in districts}
    frame = frame[frame["source_id"].isin(sources["source_id"].unique())]
    wanted, speaking = _asked_of(frame, sources, category, subcategory)
    told = speaking.assign(district=speaking["district_name"].str.casefold())
    told = told[told["district"].isin(names)]
    rows = frame[wanted].merge(told, on=["source_id", *_CLAIM], how="inner", validate="many_to_one")
    counts = rows.groupby(_PLACE, as_index=False)["count"].sum()
    spoken = told[_PLACE].drop_duplicates()
    each = spoken.merge(counts, on=_PLACE, how="left", validate="one_to_one")
    each["count"] = each["count"].fillna(0.0).astype(float)
    twice = _under_two_codes(frame, told)
    each["count"] = each["count"].mask(pd.MultiIndex.from_frame(each[_PLACE]).isin(twice))
    sums = each.groupby(["start", "end"], as_index=False).agg(
        count=("count", lambda counts: counts.sum(skipna=False)), known=("district", "size")
    )
    return sums.loc[sums["known"].eq(len(names)), ["start", "end", "count"]].reset_index(drop=True)


def less_held(deliveries: list[Delivery], store: Store, edition: str | None) -> list[Delivery]:
    """The deliveries as of an edition, without the counts held already.

    edition: the month they were published, or None. Held against each are the files of its own
    edition and those before it; without an edition, the counts in force. Raises IngestError for
    a count that contradicts one of them; no row is a count of nothing, by the rule above.
    """
    levels = {level for one in deliveries for level in one.rows["level"].unique()}
    held = rivals(AREA_COUNTS, store, edition, in_force, where={"level": sorted(levels)})
    fresh = []
    for delivery in deliveries:
        one = _less(replace(delivery, edition=edition), held)
        held = pd.concat([held, one.rows.assign(source_id="")], ignore_index=True)
        fresh.append(one)
    return fresh


def _less(delivery, held):
    """Without the counts held; what both files speak for is compared, row or no row."""
    if set(delivery.rows["category"].unique()).isdisjoint(held["category"].unique()):
        return delivery
    rows, theirs = _shared(delivery.rows.reset_index(names="line"), held)
    theirs = theirs[[*_CELL, "count"]].drop_duplicates()
    both = rows[["line", *_CELL, "count"]].merge(
        theirs, on=_CELL, how="outer", suffixes=("", "_held"), validate="one_to_one"
    )
    differ = both[both["count"].fillna(0) != both["count_held"].fillna(0)]
    if len(differ):
        raise _contradiction(delivery, differ.iloc[0])
    fresh = delivery.rows.reset_index(names="line").merge(
        theirs[_CELL].assign(known=True), on=_CELL, how="left", validate="one_to_one"
    )
    fresh = fresh[fresh["known"].isna()].set_index("line")[list(delivery.rows.columns)]
    copied = delivery.copied + len(delivery.rows) - len(fresh)
    return replace(delivery, rows=fresh, copied=copied)


def _shared(*frames):
    """The rows of two frames in areas, kinds and periods that both of them name."""
    shared = list(frames)
    for part in (["code"], ["category", "subcategory"], ["start"]):
        one, other = (frame[part].drop_duplicates() for frame in frames)
        both = one.merge(other, on=part, how="inner", validate="one_to_one")
        shared = [
            frame.merge(both, on=part, how="inner", validate="many_to_one") for frame in shared
        ]
    return shared


def _speaking(frame, sources):
    """What each source speaks for and no newer edition does: source_id and a claim, once each."""
    districts = frame[["source_id", "district_name"]].drop_duplicates()
    kinds = frame[["source_id", "category", "start", "end"]].drop_duplicates()
    claims = districts.merge(kinds, on="source_id", how="inner", validate="many_to_many")
    return newest(claims, sources, _CLAIM)


def _asked_of(frame, sources, category, subcategory):
    """Which rows are of a kind, and what speaks for it: only sources that name it anywhere."""
    wanted = frame["category"].eq(category)
    if subcategory is not None:
        wanted &= frame["subcategory"].eq(subcategory)
    speaking = _speaking(frame, sources)
    speaking = speaking[speaking["category"].eq(category)]
    return wanted, speaking[speaking["source_id"].isin(frame.loc[wanted, "source_id"].unique())]


def _under_two_codes(frame, told):
    """District and period, where the files that speak give an area's name to two codes."""
    areas = frame[_NAMED].drop_duplicates().assign(name=frame["name"].str.casefold())
    both = areas.merge(
        told, on=["source_id", "district_name"], how="inner", validate="many_to_many"
    )
    of_each = both.groupby([*_PLACE, "name", "source_id"])["code"].nunique()
    of_all = both.groupby([*_PLACE, "name"])["code"].nunique()
    more = of_all > of_each.groupby([*_PLACE, "name"]).max()
    return list(more[more].index.droplevel("name").unique())


def _found(here, wanted, speaking):
    """The count of each area and period spoken for: nothing where there is no row."""
    areas = here[_NAMED].drop_duplicates()
    spoken = areas.merge(
        speaking, on=["source_id", "district_name"], how="inner", validate="many_to_many"
    )[["code", "start", "end"]].drop_duplicates()
    rows = here[wanted.reindex(here.index)]
    counts = (
        rows.merge(speaking, on=["source_id", *_CLAIM], how="inner", validate="many_to_one")
        .groupby(["code", "start", "end"], as_index=False)["count"]
        .sum()
    )
    both = spoken.merge(counts, on=["code", "start", "end"], how="left", validate="one_to_one")
    return both.assign(count=both["count"].fillna(0.0).astype(float))


def _contradiction(delivery, row):
    kind = row["category"] if pd.isna(row["subcategory"]) else row["subcategory"]
    line = None if pd.isna(row["line"]) else int(row["line"])
    here, held = ("no" if pd.isna(n) else f"{n:,.0f}" for n in (row["count"], row["count_held"]))
    return IngestError(
        f"{row['code']} has {here} {kind} in {row['start']} here, and {held} in a file "
        "already held",
        where=delivery.sheet.where(line),
        remedy=REMEDY,
    )
