"""police.uk's records of one district, without counting everybody else's."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cspnb.measures.coverage import District
from cspnb.measures.recorded import Recorded, recorded
from cspnb.scopes import scope_of
from cspnb.store import Near, Store

_KIND = ["source_id", "force", "month", "crime_type"]

_ELSEWHERE = "elsewhere 1"
"""An LSOA's name, of a district that is not asked about."""


@dataclass(frozen=True)
class Links:
    """The `geography` table, asked for the share of it that concerns a few LSOAs."""

    geography: pd.DataFrame

    def near(self, district: District) -> Near:
        """Every LSOA that a lookup might place in the district, by code or name; perhaps more.

        With the cells of no LSOA, and those of all other districts of the same ground.
        """
        asked = (district, *district.parts, *district.larger)
        every = {each.code for each in asked}
        links = self.geography[self.geography["parent_code"].isin(every)]
        wards = links.loc[links["level"] == "ward", "code"]
        by_ward = self._of_lsoas & self.geography["parent_code"].isin(wards)
        direct = links.loc[links["level"] == "lsoa", "code"]
        codes = {*direct, *self.geography.loc[by_ward, "code"]}
        itself = self.geography[self.geography["code"].isin(every)]
        called = {each.name for each in asked}
        names = called | {*links["parent_name"].dropna(), *itself["name"].dropna()}
        return Near(frozenset(codes), frozenset(names), nowhere=True)

    @cached_property
    def _of_lsoas(self) -> pd.Series:
        return self.geography["level"] == "lsoa"


def recorded_near(
    store: Store,
    sources: pd.DataFrame,
    links: Links,
    *,
    district: District,
    force: str,
    points: pd.DataFrame | None = None,
) -> Recorded:
    """The counts in force of one district, and of all else in its force's files together.

    What every force's files hold in the district, and what its own force's hold nowhere, is
    counted as `recorded` counts it. Of the rest of the force only the sum of each month and crime
    type is known, as if it were of one district 'elsewhere': that is all that the district's
    coverage asks. A month with a file that speaks for some districts only is counted in full, for
    there each record's place decides which file serves it. points: as `recorded` takes them.
    """
    street = sources[sources["table"] == "offences"]
    own = street[street["force"] == force]
    by_place = own["month"].isin(_months_by_place(own))
    in_full = set(own.loc[by_place, "source_id"])
    near = store.cells(set(street["source_id"]) - in_full, near=links.near(district))
    near = near[near["lsoa_code"].notna() | near["lsoa_name"].notna() | near["force"].eq(force)]
    totals = store.tallies(own.loc[~by_place, "source_id"])
    parts = [near, _elsewhere(totals, near)] + ([store.cells(in_full)] if in_full else [])
    cells = pd.concat(parts, ignore_index=True)
    return recorded(cells, sources, links.geography, points)


def _months_by_place(sources: pd.DataFrame) -> set[str]:
    """The months in which some file speaks for some districts only."""
    return {one["month"] for one in sources.to_dict("records") if scope_of(one).areas is not None}


def _elsewhere(totals: pd.DataFrame, near: pd.DataFrame) -> pd.DataFrame:
    """What the files hold besides the cells, in cells of one place that is not asked about."""
    counted = near.groupby(_KIND, as_index=False)["count"].sum().rename(columns={"count": "near"})
    both = totals.merge(counted, on=_KIND, how="left", validate="one_to_one")
    rest = both.assign(count=both["count"] - both["near"].fillna(0).astype("int64"))
    rest = rest.drop(columns="near").assign(lsoa_code=None, lsoa_name=_ELSEWHERE)
    return rest[rest["count"] > 0].astype({"lsoa_code": "str", "lsoa_name": "str"})
