"""How many, among how many: counts of measures with the residents or households of the place."""

from collections.abc import Iterable, Iterator

from cspnb.errors import CspnbError
from cspnb.measures.volumes import DENOMINATORS, Volume
from cspnb.report.figures import Figures
from cspnb.report.populations import populations_for

_NO_DENOMINATOR = "a rate of it would mean nothing: it is not of residents or of households"


class Volumes(Figures):
    """Counts with what they are shared out among."""

    def volumes(self, measures: Iterable[str] | None = None) -> tuple[Volume, ...]:
        """Counts of measures with the residents or households of the partnership's districts.

        The key measures where none is named; a percentage among them, which has a base of its
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
        codes = self.place.district_codes
        for measure in measures:
            counts, per = self.counts(measure), self._params(measure).denominator
            if per not in DENOMINATORS:
                yield Volume(counts, lack=_NO_DENOMINATOR)
                continue
            found = populations_for(self.holdings.populations, codes, per, self.period)
            population = found.of(codes)
            yield Volume(counts, population, found.label, found.lack(population))
