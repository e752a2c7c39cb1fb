"""Codes, subgroups and groups, looked up; labels pass over case and blanks."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Offence:
    """A Home Office code.

    subgroup: as the newest files have it. closed: the last month it was used for offences newly
    recorded, 'YYYY-MM'; None where it still is.
    """

    code: str
    description: str
    subgroup: str
    closed: str | None = None


def offence(code: str) -> Offence | None:
    """The offence of a code, None for a code that is not known. '4.10' is not '4.1'."""
    return _offences().get(_folded(code))


def parts_of(code: str) -> tuple[str, ...]:
    """The codes published together under one: '1/4.1/4.10/4.2' is four, '34B' is itself."""
    return tuple(part.strip() for part in code.split("/"))


def subgroup_of(code: str, label: str | None = None) -> str | None:
    """The subgroup a count belongs to today: the code's own, else the one its label means.

    label: the subgroup published beside the code. None where neither is known. Codes published
    together have a subgroup where all of them share it.
    """
    offences = [offence(part) for part in parts_of(code)]
    if all(offences) and len({each.subgroup for each in offences}) == 1:
        return offences[0].subgroup
    return None if label is None else known_subgroup(label)


def known_subgroup(label: str) -> str | None:
    """Today's name of a published subgroup, None where the label is not known."""
    return _labels().get(_folded(label))


def group_of(subgroup: str) -> str | None:
    """The group a subgroup is in, by any of its labels."""
    return _groups().get(known_subgroup(subgroup) or "")


def codes_in(subgroup: str) -> frozenset[str]:
    """The known codes of a subgroup, closed ones among them."""
    wanted = known_subgroup(subgroup)
    return frozenset(each.code for each in _offences().values() if each.subgroup == wanted)


def _folded(text):
    return " ".join(text.split()).casefold()


@cache
def _offences():
    rows = _rows("codes.csv")
    return {
        _folded(row["code"]): Offence(
            row["code"], row["description"], row["subgroup"], row["closed"] or None
        )
        for row in rows
    }


@cache
def _groups():
    return {row["subgroup"]: row["group"] for row in _rows("subgroups.csv")}


@cache
def _labels():
    labels = {_folded(subgroup): subgroup for subgroup in _groups()}
    return labels | {_folded(row["published"]): row["subgroup"] for row in _rows("labels.csv")}


def _rows(name):
    text = resources.files("cspnb.offences").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
