"""Records of a partner's own extract, counted by month: what it covers, and what it cannot say."""

from collections.abc import Collection

import pandas as pd

from cspnb.measures.months import ABSENT, SOUND
from cspnb.periods import Month, Period
from cspnb.placing import lsoa_districts

NO_RECORD = "the extract has no record of this month, and cannot say whether there was nothing"
NOT_FLAGGED = "the extract does not say of any record of this month whether it is {flag}"


def placed(records: pd.DataFrame, geography: pd.DataFrame) -> pd.DataFrame:
    """The records with `lad_code` filled, where they have none, by the lookups from their LSOA.

    records: rows of `supplied_records`. geography: that table of `cspnb.schemas`. A record with
    neither a district nor an LSOA of any lookup stays without a district; rows keep their order.
    """
    lsoas = records[["lsoa_code"]].astype("str")
    by_lookup = lsoas.merge(
        lsoa_districts(geography), on="lsoa_code", how="left", validate="many_to_one"
    )["lad_code"]
    by_lookup.index = records.index
    return records.assign(lad_code=records["lad_code"].fillna(by_lookup))


def counted(
    records: pd.DataFrame,
    *,
    kind: str | None = None,
    categories: Collection[str] = (),
    offence_codes: Collection[str] = (),
    flag: str | None = None,
    districts: Collection[str] | None = None,
) -> pd.DataFrame:
    """The very records that `monthly` counts, asked for in the same words."""
    wanted = records[_are_wanted(records, kind, categories, offence_codes, districts)]
    return wanted if flag is None else wanted[wanted[flag].eq("yes")]


def monthly(
    records: pd.DataFrame,
    *,
    kind: str | None = None,
    categories: Collection[str] = (),
    offence_codes: Collection[str] = (),
    flag: str | None = None,
    districts: Collection[str] | None = None,
) -> pd.DataFrame:
    """The records of one extract that are wanted, per month: month, count, status, reason.

    records: rows of `supplied_records` in force, of one stream of one partnership. kind:
    'offence', 'incident' or 'case'. categories, offence_codes: as the extract writes them, either
    of which will do; none of both means any. flag: a column that must say 'yes'. districts: codes
    that `lad_code` must be among; where an extract has LSOAs and no districts, `placed` first.

    Every month from the first to the last of any record has a row. One without a record of any
    kind is absent: an extract proves no zero. One with records and none wanted is a sound 0, if
    the extract covers what is wanted: `extract_covers.as_covered` takes the others out. With
    a flag, a month in which no wanted record says yes or no is absent, and one that has no wanted
    record is a sound 0.
    """
    wanted = records[_are_wanted(records, kind, categories, offence_codes, districts)]
    counted = wanted if flag is None else wanted[wanted[flag].eq("yes")]
    months = pd.Index([str(month) for month in _span(records)], name="month", dtype="str")
    table = pd.DataFrame({"count": _per_month(counted, months)}, index=months)
    table["reason"] = ""
    if flag is not None:
        said = wanted.dropna(subset=flag)
        silent = _per_month(wanted, months).gt(0) & _per_month(said, months).eq(0)
        table["reason"] = table["reason"].mask(silent, NOT_FLAGGED.format(flag=flag))
    table["reason"] = table["reason"].mask(_per_month(records, months).eq(0), NO_RECORD)
    absent = table["reason"].ne("")
    table["status"] = pd.Series(SOUND, index=months, dtype="str").mask(absent, ABSENT)
    table["count"] = table["count"].astype("Int64").mask(absent)
    return table.reset_index()[["month", "count", "status", "reason"]]


def _are_wanted(records, kind, categories, offence_codes, districts):
    wanted = pd.Series(True, index=records.index)
    if kind is not None:
        wanted &= records["kind"].eq(kind)
    if categories or offence_codes:
        named = records["category"].isin(list(categories))
        wanted &= named | records["offence_code"].isin(list(offence_codes))
    if districts is not None:
        wanted &= records["lad_code"].isin(list(districts))
    return wanted


def _span(records):
    if records.empty:
        return ()
    first, last = (Month.parse(records["month"].agg(end)) for end in ("min", "max"))
    return Period(first, last).months


def _per_month(records, months):
    return records["month"].value_counts().reindex(months, fill_value=0)
