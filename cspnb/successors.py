"""Districts through their changes of code: what an old code is today, and what a new one was.

Pure functions over the `successors` table of `cspnb.schemas`, its rows in force: see `in_force`.
"""

from collections.abc import Iterable

import pandas as pd

from cspnb.errors import CspnbError

_KEY = ["level", "code", "lad_code"]


def in_force(successors: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The one row that speaks for each code, and for each ward and its district then.

    successors: rows of that table. sources: rows of `sources`; rows it does not name do not
    count. The newest edition speaks, and one without an edition is older than any other.
    """
    dated = successors.reset_index(drop=True).merge(
        sources[["source_id", "edition"]], on="source_id", how="inner", validate="many_to_one"
    )
    newest = dated.assign(edition=dated["edition"].fillna("")).sort_values(
        ["edition", "source_id"], ascending=[False, True], kind="stable"
    )
    spoken = newest.drop_duplicates(_KEY).sort_values(_KEY, ignore_index=True)
    return spoken[list(successors.columns)]


def active_codes(successors: pd.DataFrame, codes: Iterable[str]) -> pd.Series:
    """The code in use today for the ground of each district, by code; null where none is known.

    Chains are followed: where 190 became 246, and 246 became 66, the answer for 190 is 66.
    Raises CspnbError where the table leads round in a circle.
    """
    asked = list(dict.fromkeys(codes))
    nexts = _next_codes(successors)
    ends = [_end(code, nexts) if code in nexts else None for code in asked]
    return pd.Series(ends, index=pd.Index(asked, name="code"), name="active_code", dtype="str")


def made_of(successors: pd.DataFrame, code: str) -> tuple[str, ...]:
    """The older codes whose ground is a district's today, however many changes ago, in order.

    Empty for a district that never changed, and for a code the table does not know. Raises
    CspnbError where the table leads round in a circle.
    """
    return _made_of(_next_codes(successors), code)


def grounds(successors: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Of each district that has ever changed its code: every code that is wholly of its ground.

    Itself, those it was made of, and a code that replaced it alone; never something larger.
    """
    nexts = _next_codes(successors)
    changed = {code for pair in nexts.items() if pair[0] != pair[1] for code in pair}
    return {
        code: frozenset({code, *_alone(nexts, code), *_made_of(nexts, code)})
        for code in sorted(changed)
    }


def larger(successors: pd.DataFrame, code: str) -> tuple[str, ...]:
    """The codes of the larger districts that a district's ground has become a part of."""
    nexts = _next_codes(successors)
    alone = _alone(nexts, code)
    return tuple(new for new in _way(code, nexts)[1:] if new not in alone)


def _made_of(nexts, code):
    return tuple(sorted(old for old in nexts if old != code and code in _way(old, nexts)))


def _alone(nexts, code):
    """The codes that followed one and have no ground but its own, in order."""
    way = _way(code, nexts)
    return [new for new in way[1:] if set(_made_of(nexts, new)) <= set(way)]


def _next_codes(successors):
    districts = successors[successors["level"] == "lad"].dropna(subset="active_code")
    return dict(zip(districts["code"], districts["active_code"], strict=True))


def _end(code, nexts):
    return _way(code, nexts)[-1]


def _way(code, nexts):
    """The code and those that followed it, the one in use today last."""
    way = [code]
    while (following := nexts.get(way[-1], way[-1])) != way[-1]:
        if following in way:
            circle = " to ".join([*way[way.index(following) :], following])
            raise CspnbError(f"the codes lead round in a circle: {circle}")
        way.append(following)
    return way
