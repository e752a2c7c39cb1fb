"""A partner's own extract: records counted by month, placed by the codes they carry."""

import pandas as pd

from cspnb.ingest.extracts.editions import in_force
from cspnb.measures.counts import Series
from cspnb.measures.supplied_records import monthly, placed
from cspnb.params import MeasureParams
from cspnb.params.origins import SuppliedRecords
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import every_month, is_on_todays_terms, no_month, nothing_stated

ORIGIN = "supplied_records"


def series(
    holdings: Holdings, source: SuppliedRecords, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's records of the measure in the place's districts, of one extract."""
    rows = holdings.store.read("supplied_records", where={"stream": [source.stream]})
    extract = _extract_of(placed(in_force(rows, holdings.sources), holdings.geography), place)
    name = _name(source, extract)
    if not extract["lad_code"].isin(place.district_codes).any():
        why = f"no {name} has a record placed in {place.name}"
        return Series(ORIGIN, name, no_month(span, name, why), nothing_stated())
    months = monthly(
        extract,
        categories=source.categories,
        offence_codes=source.codes,
        flag=source.flag,
        districts=place.district_codes,
    )
    months = months[[is_on_todays_terms(month, source.since) for month in months["month"]]]
    table = every_month(months.set_index("month"), span, name, "the extract does not reach it")
    return Series(ORIGIN, name, table, nothing_stated(), caveats=_nowhere(extract))


def _extract_of(records: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The records of the one partnership whose extract has most of the place.

    Two partnerships of a force may each hold the force's extract: they are the same records.
    """
    here = records.loc[records["lad_code"].isin(place.district_codes), "partnership"]
    if here.empty:
        return records.iloc[:0]
    fullest = here.value_counts().sort_index().idxmax()
    return records[records["partnership"] == fullest]


def _name(source, records):
    suppliers = "; ".join(sorted(records["supplier"].unique()))
    return f"extract of {suppliers}" if suppliers else f"extract '{source.stream}'"


def _nowhere(records):
    """A sentence where records of the extract are in no district that is known."""
    nowhere = int(records["lad_code"].isna().sum())
    if not nowhere:
        return ()
    return (f"{nowhere:,} of {len(records):,} records of the extract are in no district known",)
