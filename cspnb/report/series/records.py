"""A partner's own extract: records counted by month, placed by the codes they carry."""

import pandas as pd

from cspnb.ingest.extract_editions import in_force
from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import SuppliedRecords
from cspnb.periods import Period
from cspnb.placing import lsoa_districts
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import is_on_todays_terms, no_month, nothing_stated, sound_months

ORIGIN = "supplied_records"


def series(
    holdings: Holdings, source: SuppliedRecords, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's records of the measure in the place's districts.

    A month in which the extract has any record is spoken for, and has none of the measure where
    none is there; a month in which it has no record at all is absent, since it cannot be told
    from one that was not supplied.
    """
    rows = holdings.store.read("supplied_records", where={"stream": [source.stream]})
    rows = in_force(rows, holdings.sources)
    name = _name(source, rows)
    placed = _placed(rows, holdings.geography)
    here = placed["district"].isin(place.district_codes)
    if not here.any():
        why = f"no record of it is placed in {place.name}" if len(rows) else f"no {name} is held"
        return Series(ORIGIN, name, no_month(span, name, why), nothing_stated())
    months = [m for m in rows["month"].unique() if is_on_todays_terms(m, source.since)]
    ours = placed[here & _belongs(placed, source)].groupby("month").size()
    counts = ours.reindex(sorted(months), fill_value=0)
    why = "the extract has no record of the month"
    monthly = sound_months(counts, span, name, why)
    return Series(ORIGIN, name, monthly, nothing_stated(), caveats=_nowhere(placed))


def _name(source, rows):
    suppliers = "; ".join(sorted(rows["supplier"].unique()))
    return f"extract of {suppliers}" if suppliers else f"extract '{source.stream}'"


def _placed(rows: pd.DataFrame, geography: pd.DataFrame) -> pd.DataFrame:
    """The records with the `district` of the first code that tells it; null where none does."""
    lsoas = lsoa_districts(geography).set_index("lsoa_code")["lad_code"]
    wards = geography[(geography["level"] == "ward") & (geography["parent_level"] == "lad")]
    newest = wards.sort_values("parent_vintage").drop_duplicates("code", keep="last")
    of_wards = newest.set_index("code")["parent_code"]
    district = rows["lad_code"].fillna(rows["lsoa_code"].map(lsoas).astype("str"))
    return rows.assign(district=district.fillna(rows["ward_code"].map(of_wards).astype("str")))


def _belongs(records, source):
    belongs = pd.Series(True, index=records.index)
    if source.codes:
        belongs &= records["offence_code"].isin(source.codes)
    if source.categories:
        wanted = {name.casefold() for name in source.categories}
        belongs &= records["category"].str.casefold().isin(wanted)
    if source.flag:
        belongs &= records[source.flag].eq("yes").fillna(False).astype(bool)
    return belongs


def _nowhere(placed):
    """A sentence where records of the extract are in no district that is known."""
    nowhere = int(placed["district"].isna().sum())
    if not nowhere:
        return ()
    return (f"{nowhere:,} of {len(placed):,} records of the extract are in no district known",)
