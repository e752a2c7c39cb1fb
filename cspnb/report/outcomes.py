"""What came of a measure's crimes: the latest outcome of each, from the files that tell it."""

import pandas as pd

from cspnb.measures.coverage import District
from cspnb.measures.months import ABSENT
from cspnb.measures.outcomes import Outcomes
from cspnb.measures.recorded import served
from cspnb.params import MeasureParams
from cspnb.params.origins import PoliceUk, SuppliedRecords
from cspnb.periods import Period
from cspnb.placing import place as placed_by_lsoa
from cspnb.report.counting import as_measure
from cspnb.report.figures import Figures
from cspnb.report.nearby import Links
from cspnb.report.series import records, series_of
from cspnb.scopes import crime_types_of

ASB = "Anti-social behaviour"

_TOLD_BY = ("police_uk", records.ORIGIN)
_BY = ["source_id", "force", "month", "crime_type", "lsoa_code", "lsoa_name", "last_outcome"]
_NO_ASB = "anti-social behaviour is an incident, not a crime, and has no outcome"
_DATED = "Files are dated by the edition of the archive they came in."
_AT_LEAST = (
    "The archive's edition is not known: a file is taken to be as old as the newest month that "
    "came in the same archive, the least that it can be."
)


class Closing(Figures):
    """How crimes ended, as far as is published."""

    def outcomes(self, measure: str, years: int = 2) -> Outcomes:
        """The crimes of a measure by month and latest outcome, over so many years to the period.

        From the first of the measure's sources that tells outcomes: data.police.uk's street files,
        or a partner's extract with a status.
        """
        asked = ("outcomes", self._params(measure), self.place, self.period, years)
        found = self.holdings.once(asked, lambda: self._outcomes(measure, years))
        return self._dated(found, frozenset({found.origin} - {""}))

    def _outcomes(self, measure: str, years: int) -> Outcomes:
        params = self._params(measure)
        span = Period(self.period.earlier(years - 1).start, self.period.end)
        told = [source for source in params.sources if source.origin in _TOLD_BY]
        found = [self._outcomes_of(source, params, span) for source in told]
        for each in found:
            if not each.missing:
                return each
        if found:
            return found[0]
        why = (
            f"{params.label} is not counted from a source that tells outcomes: street files of "
            "data.police.uk do, and so can a force's extract"
        )
        return self._none(params, span, why)

    def _outcomes_of(self, source, params: MeasureParams, span: Period) -> Outcomes:
        of_police_uk = isinstance(source, PoliceUk)
        if of_police_uk and not _types(source, span):
            return self._none(params, span, _NO_ASB, source.origin)
        series = series_of(self.holdings, source, params, self.place, span)
        if series.monthly["status"].eq(ABSENT).all():
            return self._none(params, span, series.monthly["reason"].iloc[-1], source.origin)
        rows = self._street_rows(source, span) if of_police_uk else self._records(source, span)
        if rows["outcome"].isna().all():
            why = f"{series.source} tells no outcome of {params.label.lower()} in {self.area}"
            return self._none(params, span, why, source.origin)
        table, dated_by = _dated(rows, self.holdings.sources)
        return Outcomes(
            measure=as_measure(params, span),
            area=self.area,
            period=self.period,
            span=span,
            table=table,
            months=series.monthly[["month", "status", "reason"]],
            source=series.source,
            origin=source.origin,
            dated_by=dated_by,
            caveats=series.caveats,
        )

    def _none(self, params, span, why: str, origin: str = "") -> Outcomes:
        months = pd.DataFrame({"month": [str(month) for month in span.months]}, dtype="str")
        return Outcomes(
            measure=as_measure(params, span),
            area=self.area,
            period=self.period,
            span=span,
            table=_table([]),
            months=months.assign(status=ABSENT, reason=why),
            origin=origin,
            missing=why,
        )

    def _street_rows(self, source: PoliceUk, span: Period) -> pd.DataFrame:
        """Records of the crime types in the place's districts, of the files that speak for them."""
        parts = [self._rows_in(district, span) for district in self.place.districts]
        rows = pd.concat(parts, ignore_index=True)
        types = {str(month): _types_in(source, month) for month in span.months}
        kinds = zip(rows["month"], rows["crime_type"], strict=True)
        wanted = [kind in types[month] for month, kind in kinds]
        return rows[wanted].rename(columns={"last_outcome": "outcome"})

    def _rows_in(self, district: District, span: Period) -> pd.DataFrame:
        """The records placed in a district by their LSOAs, counted by _BY.

        The cells counted at ingest say which files and LSOAs to read, however many are held.
        """
        holdings = self.holdings
        ground = holdings.ground.of(district)
        street = holdings.ground.with_same_ground(
            holdings.sources[holdings.sources["table"] == "offences"]
        )
        near = Links(holdings.geography).near(ground)
        months = [str(month) for month in span.months]
        cells = holdings.store.cells(street["source_id"], months=months, near=near)
        placed = placed_by_lsoa(cells, holdings.geography)
        ours = placed[ground.holds(placed)]
        ours = ours[served(ours, street)]
        where = {"month": months, "lsoa_code": list(ours["lsoa_code"].dropna().unique())}
        rows = holdings.store.read(
            "offences", columns=_BY, source_ids=ours["source_id"].unique(), where=where
        )
        counted = rows.groupby(_BY, dropna=False, as_index=False).agg(count=("source_id", "size"))
        keys = ["source_id", "crime_type", "month", "lsoa_code", "lsoa_name"]
        kept = ours[keys].drop_duplicates()
        return counted.merge(kept, on=keys, how="inner", validate="many_to_one")

    def _records(self, source: SuppliedRecords, span: Period) -> pd.DataFrame:
        rows = records.rows(self.holdings, source, self.place, span)
        rows = rows.rename(columns={"status": "outcome"})
        by = ["source_id", "month", "outcome"]
        return rows.groupby(by, dropna=False, as_index=False).agg(count=("source_id", "size"))


def _types(source: PoliceUk, span: Period) -> frozenset[str]:
    return frozenset().union(*(_types_in(source, month) for month in span.months))


def _types_in(source: PoliceUk, month) -> frozenset[str]:
    """The crime types counted in a month that can have an outcome."""
    return source.crime_types_among(crime_types_of(month)) - {ASB}


def _dated(rows: pd.DataFrame, sources: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows by month, edition and outcome; and how the editions are known.

    A file of no known edition is at least as new as the newest month of its archive.
    """
    named = sources[sources["source_id"].isin(rows["source_id"])]
    together = sources.groupby(["file_name", "table"])["month"].transform("max")
    least = together.reindex(named.index).where(named["member"].notna(), named["month"])
    edition = named["edition"].fillna(least)
    editions = pd.DataFrame({"source_id": named["source_id"], "edition": edition})
    dated = rows.merge(editions, on="source_id", how="left", validate="many_to_one")
    by = ["month", "edition", "outcome"]
    table = dated.groupby(by, dropna=False, as_index=False)["count"].sum()
    return _table(table), _DATED if named["edition"].notna().all() else _AT_LEAST


def _table(rows) -> pd.DataFrame:
    columns = {"month": "str", "edition": "str", "outcome": "str", "count": "int64"}
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
