"""A partner's own extract: records counted by month, placed by the codes they carry."""

import pandas as pd

from cspnb.ingest.extracts.editions import in_force
from cspnb.measures.counts import Series
from cspnb.measures.extract_covers import as_covered, covers_districts
from cspnb.measures.supplied_records import counted, monthly, placed
from cspnb.params import MeasureParams
from cspnb.params.origins import SuppliedRecords
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import every_month, is_on_todays_terms, no_month, nothing_stated

ORIGIN = "supplied_records"

UNSAID = (
    "the extract does not say what it covers: months with no such record are shown as not known, "
    "and records it lacks cannot be told"
)


def series(
    holdings: Holdings, source: SuppliedRecords, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's records of the measure in the place's districts, of one extract."""
    extract = _extract_for(holdings, source, place, span)
    name = _name(source, extract)
    if extract.empty:
        why = f"there is no {name} of {place.name}, and no other is said to cover it"
        return Series(ORIGIN, name, no_month(span, name, why), nothing_stated())
    if not extract["lad_code"].isin(place.district_codes).any():
        why = f"no {name} has a record placed in {place.name}"
        return Series(ORIGIN, name, no_month(span, name, why), nothing_stated())
    months = as_covered(
        monthly(extract, **_which(source, place)),
        extract,
        holdings.sources,
        categories=(*source.categories, *source.codes),
        districts=place.district_codes,
    )
    months = months[[is_on_todays_terms(month, source.since) for month in months["month"]]]
    table = every_month(months.set_index("month"), span, name, "the extract does not reach it")
    caveats = (*_unsaid(holdings, extract), *_nowhere(extract))
    return Series(ORIGIN, name, table, nothing_stated(), caveats=caveats)


def rows(holdings: Holdings, source: SuppliedRecords, place: Place, span: Period) -> pd.DataFrame:
    """The records of the span's months that `series` counts: rows of `supplied_records`."""
    extract = _extract_for(holdings, source, place, span)
    inside = extract["month"].between(str(span.start), str(span.end))
    return counted(extract[inside], **_which(source, place))


def short_of(holdings: Holdings, source: SuppliedRecords, place: Place, span: Period) -> str:
    """What the extract's records of a place and span lack of times and places; '' for nothing."""
    extract = _extract_for(holdings, source, place, span)
    inside = extract["month"].between(str(span.start), str(span.end))
    here = extract[inside & extract["lad_code"].isin(place.district_codes)]
    timeless = ~here["from_at"].str.contains("T")
    placeless = here["lsoa_code"].isna() & here["easting"].isna()
    lacks = (
        _lacking(timeless, "no time", "a time"),
        _lacking(placeless, "no LSOA or point", "an LSOA or a point"),
    )
    return "; ".join(filter(None, lacks))


def _which(source, place):
    """What of an extract is counted, as `cspnb.measures.supplied_records` is told it."""
    named = {"categories": source.categories, "offence_codes": source.codes}
    return named | {"flag": source.flag, "districts": place.district_codes}


def _lacking(lacks, nothing, thing):
    number, of = int(lacks.sum()), f"of {len(lacks):,} records"
    if not number:
        return ""
    if number == len(lacks):
        return f"none {of} has {thing}"
    return f"{number:,} {of} {'has' if number == 1 else 'have'} {nothing}"


def _extract_for(
    holdings: Holdings, source: SuppliedRecords, place: Place, span: Period
) -> pd.DataFrame:
    """The records in force of the one partnership whose extract speaks of a place in a span.

    The place's own partnership, or where its own has no record in the span, the one of those said
    to cover the place that has most of it there: two partnerships of a force may each hold the
    force's extract, of the same records. An extract that does not say what it covers speaks of
    its own partnership alone.
    """
    rows = holdings.store.read("supplied_records", where={"stream": [source.stream]})
    records = placed(in_force(rows, holdings.sources), holdings.geography)
    covering = holdings.sources[covers_districts(holdings.sources, place.district_codes)]
    own = records["partnership"].eq(place.slug)
    inside = records["month"].between(str(span.start), str(span.end))
    if (own & inside).any():
        return records[own]
    other = records["source_id"].isin(covering["source_id"])
    here = records["lad_code"].isin(place.district_codes)
    found = records.loc[other & here & inside, "partnership"]
    if found.empty:
        return records[own]
    fullest = found.value_counts().sort_index().idxmax()
    return records[other & records["partnership"].eq(fullest)]


def _name(source, records):
    suppliers = "; ".join(sorted(records["supplier"].unique()))
    return f"extract of {suppliers}" if suppliers else f"extract '{source.stream}'"


def _unsaid(holdings, records):
    """A sentence where a file of the extract came without a word of what it covers."""
    sources = holdings.sources[holdings.sources["source_id"].isin(records["source_id"])]
    return (UNSAID,) if sources["declared_areas"].isna().any() else ()


def _nowhere(records):
    """A sentence where records of the extract are in no district that is known."""
    nowhere = int(records["lad_code"].isna().sum())
    if not nowhere:
        return ()
    return (f"{nowhere:,} of {len(records):,} records of the extract are in no district known",)
