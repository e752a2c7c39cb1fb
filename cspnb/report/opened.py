"""An opened report: a partnership, a period and what is held, before anything is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cspnb.errors import CspnbError
from cspnb.measures.coverage import District
from cspnb.params import MeasureParams, Partnership, RegisterEntry
from cspnb.periods import Period
from cspnb.report.dating import dated
from cspnb.report.places import Place
from cspnb.report.reading import Holdings

YEARS = 6
"""A trend covers the report's year and the five before it."""


@dataclass(frozen=True)
class Opened:
    """What every kind of question starts from; the modules that ask are mixed into `Report`."""

    partnership: Partnership
    period: Period
    subject: str
    measures: Mapping[str, MeasureParams]
    holdings: Holdings
    register: tuple[RegisterEntry, ...] = ()

    @property
    def area(self) -> str:
        """The short name of what the partnership was at the period."""
        return self.partnership.name_at(self.period)

    @property
    def place(self) -> Place:
        """The partnership's districts, as they were at the end of the period."""
        csps = self.partnership.csps_at(self.period)
        districts = self.partnership.districts_at(self.period)
        return Place(
            name=self.area,
            districts=tuple(District(d.code, d.name) for d in districts),
            csp_codes=tuple(csp.code for csp in csps) if all(csp.code for csp in csps) else (),
            force=self.partnership.force,
            county=self.partnership.county.name if self.partnership.county else "",
            slug=self.partnership.slug,
        )

    @property
    def is_sample(self) -> bool:
        """Whether the figures are the sample's: invented params serve invented data alone."""
        return bool(self.holdings.store.is_sample())

    def _dated(self, result, origins):
        """The result, its measure with the dates of the register that concern it."""
        forces = frozenset({self.partnership.force})
        return replace(result, measure=dated(result.measure, self.register, origins, forces))

    def _params(self, measure: str) -> MeasureParams:
        if measure in self.measures:
            return self.measures[measure]
        raise CspnbError(
            f"there is no measure '{measure}'",
            where="params/measures",
            remedy=f"Choose one of: {', '.join(sorted(self.measures))}.",
        )
