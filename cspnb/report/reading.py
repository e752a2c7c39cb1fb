"""What a report reads from the store, once."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from cspnb import forces
from cspnb.ingest import indicators
from cspnb.measures.coverage import District
from cspnb.measures.recorded import Recorded, district_counts, recorded
from cspnb.periods import Period
from cspnb.report.ground import Ground
from cspnb.report.keeping import kept
from cspnb.report.nearby import Links, recorded_near
from cspnb.report.outlines import placed_points
from cspnb.report.populations import district_populations
from cspnb.report.stops import PlacedStops, StopsIn, placed_stops, stops_in, stops_of
from cspnb.store import Store


def holdings_of(store: Store) -> "Holdings":
    """What a store holds, kept from one report to the next for as long as it stays the same."""
    return kept("holdings", store.state(), lambda: Holdings(store))


@dataclass(frozen=True)
class Holdings:
    """The store's tables as a report needs them; each is read when it is first asked for."""

    store: Store

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Every file taken in: the `sources` table."""
        return self.store.sources()

    def holds(self, table: str) -> bool:
        """Whether any file taken in has brought rows to a table."""
        return table in self._tables

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset(self.sources["table"])

    @cached_property
    def geography(self) -> pd.DataFrame:
        """Links between areas: the `geography` table."""
        return self.store.read("geography")

    @cached_property
    def population(self) -> pd.DataFrame:
        """Residents and households: the `population` table."""
        return self.store.read("population")

    @cached_property
    def populations(self) -> pd.DataFrame:
        """Residents and households by district, also of districts whose code has changed."""
        return district_populations(self.population, self.geography, self.ground.parts())

    @cached_property
    def ground(self) -> Ground:
        """Which codes are of the same ground: the `successors` table in force."""
        return Ground.held(self.store, self.sources)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Supplied figures, the newest edition of each: the `indicators` table."""
        return indicators.in_force(self.store.read("indicators"), self.sources)

    @cached_property
    def recorded(self) -> Recorded:
        """police.uk's records of every force, counted where they happened."""
        street = self._street["source_id"]
        return recorded(self.store.cells(street), self._street, self.geography, self._points[0])

    def district_counts(self, district: District, force: str, span: Period) -> pd.DataFrame:
        """A district's police.uk counts by month and crime type, with their coverage.

        Judging coverage takes longest of all, and most measures ask for the same district.
        """
        return self.once(
            (district, force, span),
            lambda: district_counts(
                self._recorded_in(district, force),
                self._street,
                force=force,
                district=self.ground.of(district),
                months=span.months,
            ),
        )

    def _recorded_in(self, district: District, force: str) -> Recorded:
        """What is known of a district: of it alone, unless every force is counted already."""
        if "recorded" in vars(self):
            return self.recorded
        return self.once(
            ("recorded in", district, force),
            lambda: recorded_near(
                self.store,
                self._street,
                self._links,
                district=self.ground.of(district),
                force=force,
                points=self._points[0],
            ),
        )

    def point_caveat(self, district: District, force: str, span: Period) -> str:
        """How many of a district's records are placed by their points; '' where none is."""
        if not self._points[1]:
            return ""
        rows = self._recorded_in(district, force).by_point
        here = self.ground.of(district).holds(rows)
        asked = {str(month) for month in span.months}
        number = rows.loc[here & rows["month"].isin(asked), "count"].sum()
        if not number:
            return ""
        records = "1 record is" if number == 1 else f"{number:,} records are"
        return f"In {district.name} {records} placed by their points, {self._points[1]}."

    @cached_property
    def _street(self) -> pd.DataFrame:
        """Every street file, what it was declared to be of widened to codes of the same ground."""
        return self.ground.with_same_ground(self.sources[self.sources["table"] == "offences"])

    @cached_property
    def _points(self) -> tuple[pd.DataFrame | None, str]:
        """Street records without an LSOA, placed by their points, and by which outlines."""
        if not self.holds("boundaries"):
            return None, ""
        return placed_points(self.store, self._street["source_id"], self.geography)

    def stops_in(self, district: District, span: Period) -> StopsIn:
        """Stops and searches in a district, by month, with their coverage."""
        force = self.force_of(district.code) or ""
        return stops_in(self.stops, self.sources, self.ground.of(district), force, span)

    def stops_of(self, district: District, span: Period) -> pd.DataFrame:
        """The stops that `stops_in` counts, a row each."""
        ground = self.ground.of(district)
        return stops_of(self.store, self.geography, self.sources, ground, span)

    @cached_property
    def stops(self) -> PlacedStops:
        """Every stop and search held, by the district its point lies in."""
        return placed_stops(self.store, self.geography)

    @cached_property
    def _links(self) -> Links:
        return Links(self.geography)

    def once(self, asked: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` makes of these holdings, made the first time it is asked for."""
        if asked not in self._made:
            self._made[asked] = make()
        return self._made[asked]

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def force_of(self, lad_code: str) -> str | None:
        """police.uk's name of the force a district belongs to; None where no lookup says.

        A district whose code has changed belongs where those of its ground do.
        """
        if lad_code in self._forces:
            return self._forces[lad_code]
        ground = self.ground.of(District(lad_code, ""))
        forces_there = {self._forces.get(each.code) for each in (*ground.parts, *ground.larger)}
        known = forces_there - {None}
        return known.pop() if len(known) == 1 else None

    def districts_of(self, force: str) -> tuple[District, ...]:
        """The districts a force polices, by the newest lookup that knows the force, by name."""
        newest = self._newest_links_of(force)
        districts = map(District, newest["code"], newest["name"])
        return tuple(sorted(districts, key=lambda district: district.name))

    def name_of(self, code: str) -> str:
        """A district's newest name, by the lookups or the histories of codes; else its code."""
        links = self.geography
        named = links[links["parent_code"] == code].sort_values("parent_vintage")["parent_name"]
        known = [*named.dropna(), *links.loc[links["code"] == code, "name"].dropna()]
        return known[-1] if known else self.ground.name_of(code)

    def lookup_year(self, force: str) -> str:
        """The vintage of the lookup that says which districts a force polices: '2019'."""
        return str(self._newest_links_of(force)["parent_vintage"].max())

    def districts_of_csp(self, csp_code: str) -> tuple[District, ...]:
        """The districts of a partnership, by the newest lookup that knows it."""
        links = self.geography
        links = links[(links["parent_level"] == "csp") & (links["parent_code"] == csp_code)]
        newest = links[links["parent_vintage"] == links["parent_vintage"].max()]
        districts = newest[newest["level"] == "lad"].drop_duplicates("code")
        return tuple(map(District, districts["code"], districts["name"]))

    def _newest_links_of(self, force: str) -> pd.DataFrame:
        links = self._force_links
        links = links[links["parent_name"].map(forces.force_of_area) == force]
        return links[links["parent_vintage"] == links["parent_vintage"].max()]

    @cached_property
    def _force_links(self) -> pd.DataFrame:
        links = self.geography
        links = links[(links["level"] == "lad") & (links["parent_level"] == "pfa")]
        return links.sort_values("parent_vintage", ascending=False).drop_duplicates("code")

    @cached_property
    def _forces(self) -> dict[str, str | None]:
        links = self._force_links
        return dict(zip(links["code"], links["parent_name"].map(forces.force_of_area), strict=True))
