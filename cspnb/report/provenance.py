"""Which files a report's figures come from."""

import pandas as pd

from cspnb.report import origins
from cspnb.report.figures import Figures
from cspnb.report.series import table_of


class Provenance(Figures):
    """The files behind the figures."""

    def sources(self) -> pd.DataFrame:
        """The files behind the figures of its measures: one row a file."""
        peers = self._peer_codes
        others = {self.holdings.force_of(code) for code in peers} - {None}
        forces = frozenset({self.partnership.force, *others})
        districts = frozenset({*self.place.district_codes, *peers})
        return origins.origins(self.holdings.sources, self._tables, forces, districts)

    @property
    def _tables(self) -> frozenset[str]:
        """The tables that its measures' figures are from, and those that place and divide them."""
        tracked = self.partnership.tracked_at(self.period)
        keys = {"total_crime", *self.key_measures, *tracked}
        used = {origin for key in keys for origin in self._origins_of(self.recorded(key))}
        return frozenset(map(table_of, used - {""})) | {"geography", "places", "population"}

    @property
    def _peer_codes(self) -> frozenset[str]:
        """The districts compared with, whose files the report may count too."""
        groups = self.partnership.peers
        listed = [area.code for group in groups for area in group.areas]
        return frozenset(listed if groups or not self.peers else self.peers.codes)
