"""The offences asked for: which counts belong to them, and what a quarter lacks of them."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from cspnb.offences import codes_in, known_subgroup, offence, parts_of, subgroup_of


@dataclass(frozen=True)
class Wanted:
    """Codes, and subgroups by today's names; with neither of them, every offence."""

    codes: frozenset[str]
    subgroups: frozenset[str]

    @classmethod
    def of(cls, codes: Collection[str], subgroups: Collection[str]) -> "Wanted":
        """Of codes, and of subgroups by any of their labels."""
        return cls(frozenset(codes), frozenset(known_subgroup(name) or name for name in subgroups))

    def belongs(self, code: str, label: str) -> str:
        """'yes', 'unknown' (counted by its subgroup), 'beside' (cannot be told), or 'no'."""
        if not self.codes and not self.subgroups:
            return "yes"
        parts = parts_of(code)
        subgroup = subgroup_of(code, label) or label
        if all(part in self.codes for part in parts):
            return "yes"
        known = all(offence(part) for part in parts)
        if subgroup in self.subgroups:
            return "yes" if known else "unknown"
        if any(part in self.codes for part in parts):
            return "beside"
        of_subgroup = codes_in(subgroup)
        if known or of_subgroup.isdisjoint(self.codes):
            return "no"
        still_open = {each for each in of_subgroup if offence(each).closed is None}
        return "unknown" if still_open <= self.codes else "beside"

    def served_by(self, code: str, label: str) -> frozenset[str]:
        """Which of the codes and subgroups a count that belongs is a figure of."""
        subgroup = subgroup_of(code, label) or label
        return (self.codes & set(parts_of(code))) | (self.subgroups & {subgroup})


def lacked(counted: pd.DataFrame, quarters: pd.DataFrame, wanted: Wanted) -> pd.Series:
    """What each area and quarter lacks of the offences wanted, as told; mostly nothing, ''.

    counted: `offence_code`, `offence_subgroup` and the columns of `quarters`, of the counts that
    belong. quarters: areas and quarters, a row each, with `start`. Every wanted subgroup has a
    row, of any of its codes, and so has every wanted code that was in use.
    """
    served = {tuple(quarter): set() for quarter in quarters.itertuples(index=False, name=None)}
    first = {}
    columns = [*quarters.columns, "offence_code", "offence_subgroup"]
    for *quarter, code, label in counted[columns].itertuples(index=False, name=None):
        served[tuple(quarter)] |= wanted.served_by(code, label)
    for start, names in zip(quarters["start"], served.values(), strict=True):
        for name in names:
            first[name] = min(start, first.get(name, start))
    lacking = [
        _told(wanted, names, start, first)
        for start, names in zip(quarters["start"], served.values(), strict=True)
    ]
    return pd.Series(lacking, index=quarters.index, dtype="str")


def _told(wanted, served, start, first):
    codes = [code for code in wanted.codes - served if _in_use(code, start, first)]
    subgroups = [
        name
        for name in wanted.subgroups - served
        if known_subgroup(name) or start >= first.get(name, start)
    ]
    return ", ".join([*sorted(subgroups), *(f"code {code}" for code in sorted(codes))])


def _in_use(code, start, first):
    """Whether offences were recorded under a code in a quarter.

    The codes that are open in a subgroup took the place of those that are closed. One that nobody
    here knows is in use from the first quarter that has it; if none has, in all.
    """
    known = offence(code)
    if known is None:
        return start >= first.get(code, start)
    if known.closed is not None:
        return start <= known.closed
    closed = [offence(each).closed for each in codes_in(known.subgroup)]
    return start > max(filter(None, closed), default="")
