"""The Home Office's offence codes: what each is called, and the subgroup and group it is in.

Subgroups and groups are those of the newest files. An older label that means the same ground
stands in labels.csv; a code that is closed keeps its place, because older years still hold it.
"""

from cspnb.offences.codes import (
    Offence,
    codes_in,
    group_of,
    known_subgroup,
    offence,
    parts_of,
    subgroup_of,
)

__all__ = [
    "Offence",
    "codes_in",
    "group_of",
    "known_subgroup",
    "offence",
    "parts_of",
    "subgroup_of",
]
