"""The layouts in which similar areas are listed, as pairs of an area and one of its peers."""

import re

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.other_doors import remedy_for
from cspnb.ingest.sheets import Sheet
from cspnb.ingest.similar_areas.about import CLUSTER, NEIGHBOURS, About, stated
from cspnb.schemas import SIMILAR_AREAS

_ONS = "Office for National Statistics"
_AREA = r"(E0[6-9]|E10|E22|E47|W06|W14|S12|N09)\d{6}"
_MOST_AREAS = 1_000
"""The United Kingdom has 361 districts; the pairs of a cluster grow with their square."""

_NOT_AVAILABLE = r"\[\w\]"
_MODELS = ("global", "economic", "demographic")
_OWN_COLUMNS = {
    *("area_code", "area_name", "peer_code", "peer_name", "position"),
    *("group", "kind", "as_at", "publisher", "supplier", "source_note"),
}


def pairs_of(sheet: Sheet, about: About) -> tuple[pd.DataFrame, list[str]]:
    """One row an area and peer, in SIMILAR_AREAS columns less `source_id`; what was left out."""
    names = set(sheet.frame)
    if {"area_code", "peer_code"} <= names:
        return _listed(sheet, about), []
    if "AREACD" in names and "1" in names:
        return _neighbours(sheet, about), []
    if {"AREACD", "AREANM"} <= names and any(model.title() in names for model in _MODELS):
        return _clusters(sheet, about)
    own = "Name them area_code, peer_code, and position, as_at and publisher where known."
    raise IngestError(
        f"no known layout of similar areas; the columns are {', '.join(sheet.frame.columns)}",
        where=sheet.name,
        remedy=remedy_for(sheet.frame, "similar-areas", own),
    )


def _neighbours(sheet, about):
    """AREACD and a column a place, nearest first; the model is in the file's name."""
    models = [model for model in _MODELS if model in sheet.name.casefold()]
    if about.group is None and len(models) != 1:
        raise IngestError(
            "the file's name does not say by which model: global, economic or demographic",
            where=sheet.name,
            remedy="Keep the publisher's file name, or say what the list is called: --group.",
        )
    places = [name for name in sheet.frame if re.fullmatch(r"[1-9]\d?", name)]
    _refuse_odd_codes(sheet, "AREACD", *places)
    parts = [
        pd.DataFrame(
            {
                "area_code": sheet.frame["AREACD"],
                "peer_code": sheet.frame[place],
                "position": float(place),
            }
        )
        for place in places
    ]
    group = about.group or f"ONS statistical neighbours, {models[0]}"
    about = About(group, about.kind or NEIGHBOURS, about.as_at, about.publisher or _ONS)
    pairs = pd.concat(parts).dropna(subset=["peer_code"]).assign(**stated(sheet, about))
    _refuse_second_place(sheet, pairs)
    return _in_columns(pairs)


def _clusters(sheet, about):
    """AREACD, AREANM and a column a model; the peers of an area are its cluster's other areas."""
    _refuse_odd_codes(sheet, "AREACD")
    if len(sheet.frame) > _MOST_AREAS:
        raise IngestError(
            f"the file has {len(sheet.frame):,} areas, more than there are",
            where=sheet.name,
            remedy="Check that this is the publisher's allocation of districts to clusters.",
        )
    twice = sheet.frame["AREACD"].duplicated()
    sheet.refuse(twice, "AREACD", "stands twice in the file")
    pairs, why = [], []
    for model in [model for model in _MODELS if model.title() in sheet.frame]:
        letters = sheet.frame[["AREACD", "AREANM", model.title()]]
        letters = letters.set_axis(["code", "name", "letter"], axis="columns")
        none = letters["letter"].isna() | letters["letter"].str.fullmatch(_NOT_AVAILABLE)
        if none.any():
            why.append(f"areas in no {model} cluster ({int(none.sum())})")
        clusters = letters[~none].reset_index()
        both = clusters.merge(clusters, on="letter", suffixes=("", "_peer"), how="inner")
        both = both[both["code"] != both["code_peer"]].set_index("line")
        said = stated(sheet, About(f"ONS clusters, {model}", CLUSTER, about.as_at, _ONS))
        names = {"code": "area_code", "name": "area_name"}
        names |= {"code_peer": "peer_code", "name_peer": "peer_name"}
        pairs.append(both.rename(columns=names).assign(position=float("nan"), **said))
    return _in_columns(pd.concat(pairs)), why


def _listed(sheet, about):
    """A row a pair, as an analyst writes them down."""
    if unknown := [name for name in sheet.frame if name not in _OWN_COLUMNS]:
        raise IngestError(
            f"the column '{unknown[0]}' is not one of a list of peers",
            where=sheet.name,
            remedy=f"Take it out; the columns known are {', '.join(sorted(_OWN_COLUMNS))}.",
        )
    _refuse_odd_codes(sheet, "area_code", "peer_code")
    _refuse_odd_codes(sheet, "peer_code")
    if "position" in sheet.frame:
        position = sheet.whole_numbers("position", at_least=1).astype("float64")
        sheet.refuse(position > len(sheet.frame), "position", "is beyond the end of the list")
    else:
        position = float("nan")
    pairs = sheet.frame.reindex(columns=["area_code", "area_name", "peer_code", "peer_name"])
    pairs = pairs.assign(position=position, **stated(sheet, about))
    _refuse_second_place(sheet, pairs)
    return _in_columns(pairs)


def _refuse_odd_codes(sheet, *columns):
    """Codes of areas, in the first column on every row; in the others a blank is nobody."""
    blank = sheet.frame[columns[0]].isna()
    sheet.refuse(blank, columns[0], "stands where a code should", "Fill it, or drop the row.")
    for column in columns:
        cells = sheet.frame[column]
        odd = ~cells.str.fullmatch(_AREA).eq(True) & cells.notna()
        sheet.refuse(odd, column, "is the code of no area", "Use ONS codes: E07000131, E22000166.")


def _refuse_second_place(sheet, pairs):
    """A place in a list is one peer's."""
    about = ["group_name", "kind", "as_at", "publisher", "area_code"]
    numbered = pairs[pairs["position"].notna()]
    sheet.settle(numbered, [*about, "position"], ["peer_code"], "is")


def _in_columns(pairs):
    columns = [name for name in SIMILAR_AREAS.columns if name != "source_id"]
    text = {name: "str" for name in columns if name != "position"}
    return pairs.reindex(columns=columns).astype(text | {"position": "float64"})
