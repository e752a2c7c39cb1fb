"""Recorded offences by code, and what codes weigh: the two inputs of harm."""

import pandas as pd

from cspnb.measures.dispersion import dispersion
from cspnb.measures.harm import HarmIndex, OffenceCounts
from cspnb.report import offence_codes, offence_mix
from cspnb.report.counting import as_measure
from cspnb.report.figures import Figures
from cspnb.report.populations import populations_for

TOTAL = "total_crime"

_COLUMNS = ["offence_code", "offence", "weight"]
_YEARS = ["period", "label", "complete", "reason", "population", "population_label"]


class Harms(Figures):
    """How harmful the offences of an area are."""

    def harm(self, years: int = 3, *, approximate: bool = False) -> OffenceCounts:
        """Recorded offences by code over the same months of so many years, from one source.

        From the Home Office's tables by partnership, or else a force's extract with codes. Where
        neither has the period, `approximate=True` takes data.police.uk's categories, to be
        weighed by what the force recorded in each, as far as its Home Office table is held.
        """
        asked = ("harm", self.place, self.period, years, approximate)
        found = self.holdings.once(asked, lambda: self._offence_counts(years, approximate))
        return self._dated(found, frozenset({found.origin} - {""}))

    def harm_index(self, edition: str = "", *, scheme: str = "", unit: str = "points") -> HarmIndex:
        """What offences weigh, of an edition taken in by `cspnb ingest severity`.

        edition, scheme: as they were taken in; either may be left out where only one is held.
        unit: what a weight is in, for readers: 'days in custody'. An index that is not held, or
        cannot be told from others, has `missing` say so.
        """
        rows = self.holdings.store.read("severity_weights")
        kinds = rows[["scheme", "weights_edition"]].drop_duplicates()
        for column, asked in (("scheme", scheme), ("weights_edition", edition)):
            kinds = kinds[kinds[column].eq(asked)] if asked else kinds
        if len(kinds) != 1:
            return _no_index(scheme, edition, unit, _which(rows, kinds))
        [(scheme, edition)] = kinds.itertuples(index=False, name=None)
        own = rows[rows["scheme"].eq(scheme) & rows["weights_edition"].eq(edition)]
        weights = own.drop_duplicates("offence_code").sort_values("offence_code")
        source = f"weights: {self._publisher(own)}, {scheme}, edition “{edition}”"
        return HarmIndex(scheme, edition, weights[_COLUMNS].reset_index(drop=True), unit, source)

    def _publisher(self, rows: pd.DataFrame) -> str:
        sources = self.holdings.sources
        named = sources.loc[sources["source_id"].isin(rows["source_id"]), "publisher"]
        return ", ".join(sorted(named.unique()))

    def _offence_counts(self, years: int, approximate: bool) -> OffenceCounts:
        periods = self.period.years_to(years)
        found = [
            held(self.holdings, self.place, periods)
            for held in (offence_codes.of_home_office, offence_codes.of_extract)
        ]
        if approximate:
            found.append(offence_mix.of_categories(self.holdings, self.place, periods))
        chosen = next((each for each in found if each.is_whole), found[-1])
        missing = "" if chosen.is_whole else _why_none(found)
        return OffenceCounts(
            measure=as_measure(self._params(TOTAL), self.period),
            area=self.area,
            period=self.period,
            table=chosen.table,
            years=self._years(chosen),
            code_system=chosen.code_system,
            source=chosen.source,
            origin=chosen.origin,
            composition=chosen.composition,
            composed_of=chosen.composed_of,
            dispersion=dispersion(self.counts(TOTAL), self.period, self.period.earlier()),
            caveats=chosen.caveats,
            missing=missing,
        )

    def _years(self, chosen) -> pd.DataFrame:
        rows = []
        for period, reason in chosen.reasons.items():
            found = populations_for(
                self.holdings.populations, self.place.district_codes, "residents", period
            )
            people = found.of(self.place.district_codes)
            label = found.label if people is not None else ""
            rows.append((str(period), period.label, not reason, reason, people, label))
        table = pd.DataFrame(rows, columns=_YEARS)
        return table.astype({"complete": bool, "population": "float64"})


def _why_none(found: list[offence_codes.Coded]) -> str:
    why = "; ".join(dict.fromkeys(each.why for each in found))
    return f"no source has every offence by code ({why})"


def _which(rows: pd.DataFrame, kinds: pd.DataFrame) -> str:
    """Why no one index is meant: none is held, or several are."""
    if rows.empty:
        return "no weights are held: take in an edition of them with cspnb ingest severity"
    every = rows[["scheme", "weights_edition"]].drop_duplicates() if kinds.empty else kinds
    named = "; ".join(
        f"{scheme}, edition “{edition}”"
        for scheme, edition in sorted(every.itertuples(False, None))
    )
    said = "no such weights are held, but these" if kinds.empty else "several fit: name one of"
    return f"{said}: {named}"


def _no_index(scheme: str, edition: str, unit: str, why: str) -> HarmIndex:
    weights = pd.DataFrame(columns=_COLUMNS).astype({"weight": "float64"})
    return HarmIndex(scheme or "harm index", edition, weights, unit, missing=why)
