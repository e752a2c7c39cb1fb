"""What was recorded: a measure's counts and levels, and those of the areas compared with."""

import pandas as pd

from cspnb.analysis.comparison import Group
from cspnb.measures.counts import Counts, Levels, total
from cspnb.report import counting, grouping
from cspnb.report.opened import YEARS, Opened
from cspnb.report.peers import Peers, peers_of


class Figures(Opened):
    """Counts, levels and groups of measures."""

    def counts(self, measure: str) -> Counts:
        """A measure's counts over the six years to the end of the period."""
        asked = (self._params(measure), self.place, self.period)
        counts = self.holdings.once(
            asked, lambda: counting.count(self.holdings, *asked, years=YEARS)
        )
        return self._dated(counts, self._origins_of(counts))

    def levels(self, measure: str) -> Levels:
        """A percentage measure's figures, by period."""
        of_measure = self._params(measure)
        levels = counting.levels(self.holdings, of_measure, self.place, self.period)
        return self._dated(levels, frozenset({levels.origin}))

    def recorded(self, measure: str) -> Counts | Levels:
        """A measure's counts, or its levels where it is a percentage."""
        is_count = self._params(measure).kind == "count"
        return self.counts(measure) if is_count else self.levels(measure)

    def key_counts(self) -> tuple[Counts, ...]:
        """The counts of the partnership's key measures, in its order."""
        return tuple(self.counts(measure) for measure in self.key_measures)

    @property
    def key_measures(self) -> tuple[str, ...]:
        """The measures whose trends a report on the partnership shows, in its order."""
        return self.partnership.settings_for("annual-review").key_measures

    def force_group(self, measure: str) -> Group:
        """The partnership among the districts of its police force."""
        return self._group(grouping.force_group, measure)

    def peer_group(self, measure: str) -> Group:
        """The partnership among its peers: those its file lists, else those a list held names."""
        return self._group(grouping.peer_group, measure)

    @property
    def peers(self) -> Peers | None:
        """The group of peers with its source and date; None where none is known."""
        return peers_of(self.holdings, self.partnership, self.place, self.period)

    def coverage(self) -> pd.DataFrame:
        """Which months of recorded crime are sound: `month`, `status`, `reason`, `source`."""
        return self.counts("total_crime").coverage()

    def _origins_of(self, figures: Counts | Levels) -> frozenset[str]:
        if isinstance(figures, Levels):
            return frozenset({figures.origin})
        years = self.period.years_to(YEARS)
        return frozenset(total(figures, year).origin for year in years)

    def _group(self, grouped, measure: str) -> Group:
        params_of_measure = self._params(measure)
        group = grouped(self.holdings, self.partnership, params_of_measure, self.place, self.period)
        return self._dated(group, frozenset(group.areas["origin"]))
