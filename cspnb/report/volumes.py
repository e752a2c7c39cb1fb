"""How many, among how many: counts of measures with the residents or households of the place."""

from collections.abc import Iterable, Iterator

from cspnb.errors import CspnbError
from cspnb.measures.counts import Counts
from cspnb.measures.volumes import DENOMINATORS, STAND_IN, Volume
from cspnb.report.figures import Figures
from cspnb.report.populations import populations_for

_NO_DENOMINATOR = "a rate of it would mean nothing: it is not of residents or of households"


class Volumes(Figures):
    """Counts with what they are shared out among."""

    def volumes(self, measures: Iterable[str] | None = None) -> tuple[Volume, ...]:
        """Counts of measures with the residents or households of the partnership's districts.

        Residents stand in where no households are held, and the volume says so. The key measures
        where none is named; a percentage among them, which has a base of its
        own, is passed over. Raises CspnbError for a percentage that is named.
        """
        named = tuple(self.key_measures if measures is None else measures)
        counted = tuple(key for key in named if self._params(key).kind == "count")
        if measures is not None and counted != named:
            percentages = ", ".join(key for key in named if key not in counted)
            raise CspnbError(
                f"{percentages}: a percentage has no rate per 1,000",
                where="report.volumes",
                remedy="Name measures that are counts; report.levels gives percentages.",
            )
        return tuple(self._volumes(counted))

    def _volumes(self, measures: tuple[str, ...]) -> Iterator[Volume]:
        for measure in measures:
            counts, per = self.counts(measure), self._params(measure).denominator
            if per not in DENOMINATORS:
                yield Volume(counts, lack=_NO_DENOMINATOR)
                continue
            own = self._volume(counts, per)
            if own.population is None and per != STAND_IN:
                instead = self._volume(counts, STAND_IN)
                own = own if instead.population is None else instead
            yield own

    def _volume(self, counts: Counts, per: str) -> Volume:
        codes = self.place.district_codes
        stand_in = "" if per == counts.measure.denominator else per
        found = populations_for(self.holdings.populations, codes, per, self.period)
        population = found.of(codes)
        return Volume(counts, population, found.label, found.lack(population), stand_in)
