"""Which files a report's figures come from."""

import pandas as pd

from cspnb.report import origins
from cspnb.report.figures import Figures
from cspnb.report.series import table_of


class Provenance(Figures):
    """The files behind the figures."""

    def sources(self) -> pd.DataFrame:
        """The files behind the figures of its measures: one row a file."""
        return origins.origins(self.holdings.sources, self._tables, self._forces)

    @property
    def _tables(self) -> frozenset[str]:
        """The tables that its measures' figures are from, and those that place and divide them."""
        tracked = self.partnership.tracked_at(self.period)
        keys = {"total_crime", *self.key_measures, *tracked}
        used = {origin for key in keys for origin in self._origins_of(self.recorded(key))}
        return frozenset(map(table_of, used - {""})) | {"geography", "places", "population"}

    @property
    def _forces(self) -> frozenset[str]:
        """The forces whose files the report may count: its own, and those of its peers."""
        groups = self.partnership.peers
        peers = [area.code for group in groups for area in group.areas]
        if not groups and self.peers:
            peers = list(self.peers.codes)
        others = {self.holdings.force_of(code) for code in peers} - {None}
        return frozenset({self.partnership.force, *others})
