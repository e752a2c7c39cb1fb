"""What the store holds besides police.uk's files: a row a kind of thing, with its span."""

from dataclasses import dataclass

import pandas as pd

COLUMNS = ["table", "what", "from", "to", "areas", "rows", "edition"]


@dataclass(frozen=True)
class Telling:
    """How a table is told: the columns that name a kind of thing, and those of its span."""

    what: tuple[str, ...]
    first: str = ""
    last: str = ""
    area: str = ""

    @property
    def columns(self) -> list[str]:
        """The columns of the table that are read."""
        named = (*self.what, self.first, self.last, self.area)
        return ["source_id", *dict.fromkeys(name for name in named if name)]


TELLINGS = {
    "recorded_crime": Telling(("area_level",), "start", "end", "area_name"),
    "notes": Telling(("area_name",)),
    "area_counts": Telling(("level", "category"), "start", "end", "code"),
    "severity_weights": Telling(("scheme", "weights_edition")),
    "offence_categories": Telling(("crime_type",)),
    "geography": Telling(("level", "vintage", "parent_level", "parent_vintage"), area="code"),
    "places": Telling(("level", "vintage"), area="code"),
    "successors": Telling(("level",), area="code"),
    "boundaries": Telling(("level", "vintage", "resolution"), area="code"),
    "population": Telling(("denominator", "level", "definition"), "year", "year", "code"),
    "deprivation": Telling(("index_name", "country"), area="lsoa_code"),
    "similar_areas": Telling(("group_name",), "as_at", "as_at", "area_code"),
    "supplied_records": Telling(("stream", "kind", "supplier"), "month", "month", "lsoa_code"),
    "fires": Telling(("kind", "level"), "start", "end", "code"),
    "collisions": Telling(("severity",), "year", "year", "lad_code"),
    "casualties": Telling(("severity",), "year", "year", "lad_code"),
    "surveys": Telling(("survey", "question"), "start", "end", "area_code"),
    "indicators": Telling(("measure",), "start", "end", "area_code"),
}
"""Every table but police.uk's own; a test holds that none is left out."""

_TOLD_TOGETHER = {"notes": "all", "offence_categories": "all"}


def others_held(holdings) -> pd.DataFrame:
    """What is held of every table but police.uk's: `table`, `what`, `from`, `to`, `areas`,
    `rows`, `edition` (the newest, where editions are named), one row a kind of thing.
    """
    tables = set(holdings.sources["table"])
    parts = [_told(holdings, name, each) for name, each in TELLINGS.items() if name in tables]
    return pd.concat([pd.DataFrame(columns=COLUMNS), *parts], ignore_index=True)


def _told(holdings, name, telling):
    rows = holdings.store.read(name, columns=telling.columns)
    editions = holdings.sources.set_index("source_id")["edition"]
    named = _kinds(rows, name, telling)
    rows = rows.assign(what=named, edition=rows["source_id"].map(editions))
    kinds = rows.groupby("what", as_index=False).agg(
        **{
            "from": (telling.first or "what", "min"),
            "to": (telling.last or "what", "max"),
            "areas": (telling.area or "what", "nunique"),
            "rows": ("source_id", "size"),
            "edition": ("edition", _newest),
        }
    )
    kinds["from"], kinds["to"] = (
        kinds[end].astype(str) if column else pd.NA
        for end, column in (("from", telling.first), ("to", telling.last))
    )
    areas = kinds["areas"] if telling.area else pd.NA
    return kinds.assign(table=name, areas=areas)[COLUMNS]


def _kinds(rows, table, telling):
    """What each row is of, in words; put together once a kind, for there are millions of rows."""
    if table in _TOLD_TOGETHER:
        return _TOLD_TOGETHER[table]
    kinds = rows.groupby(list(telling.what), dropna=False, sort=False)
    names = kinds.head(1)[list(telling.what)].itertuples(index=False)
    words = [" ".join(str(part) for part in name if not pd.isna(part)).strip() for name in names]
    return pd.Series(words, dtype="str").take(kinds.ngroup()).set_axis(rows.index)


def _newest(editions):
    known = editions.dropna()
    return known.max() if len(known) else pd.NA
