"""A new partnership's file, to fill in."""

import json
import re
from pathlib import Path

from cspnb.errors import ParamsError
from cspnb.params.fields import SLUG
from cspnb.params.files import called, path_of
from cspnb.project import Project

TO_FILL_IN = "# <- fill in"
"""Marks a blank; until it is filled the file is refused, with this line."""

_TEMPLATE = f"""\
# yaml-language-server: $schema=../schema/partnership.json
# One partnership; docs/params.md explains every key. Codes and periods go in quotes.
# After each mark stands an example of what to write.

name: %(name)s
short_name:  {TO_FILL_IN}: Harborough
# place_phrase: in Harborough         # in running text, if not 'in' and the short name
# also_known_as: [another-name]       # other names a report may be asked for by

force:  {TO_FILL_IN}: leicestershire
force_name:  {TO_FILL_IN}: Leicestershire Police
lead_authority:  {TO_FILL_IN}: Harborough District Council

# The listed partnership(s) it is, each with its districts: the ONS's codes and names.
# After a merger or a split: one entry each, with valid_from and valid_to ("2013-05").
csps:
  - code:  {TO_FILL_IN}: "E22000166"
    name:  {TO_FILL_IN}: Harborough
    districts:
      - code:  {TO_FILL_IN}: "E07000131"
        name:  {TO_FILL_IN}: Harborough

# Organisations, and roles to ask: no people need be named.
partners: []
contacts: []

# The measures whose trends a report shows: names of files in params/measures.
key_measures:
  - total_crime
  - burglary
  - vehicle_crime
  - violence
  - criminal_damage
  - anti_social_behaviour

# A group to compare with: name, source, date, and areas with code and name.
peers: []

# Each plan or strategy, for example:
#  - name: Community Safety Plan
#    period_from: "2013/14"
#    period_to: "2015/16"
#    ranked: false
#    priorities:
#      - slug: burglary
#        title: Fewer burglaries
#        leads: [Leicestershire Police]
#        measures: [burglary]
#    targets:
#      - {{measure: burglary, period: "2013/14", kind: change, value: -13, set_by: the board}}
plans: []

# Extracts that a partner supplies record by record, each column as its file names it. Nothing
# personal may be in the file: docs/data-sources/force-extract.md. For example:
#
# extracts:
#   force-extract:
#     kind: offence
#     supplier: Leicestershire Police
#     columns:
#       record_key: CRIME_REF_HASH
#       from: [DATE_FROM, TIME_FROM]
#       to: [DATE_TO, TIME_TO]
#       counts_in: DATE_RECORDED
#       offence: OFFENCE_DESC
#       offence_code: HO_CODE
#       lsoa: LSOA
#       victim_key: VICTIM_HASH
#       domestic: DV_FLAG
#     dates: day first
#     yes: ["Y"]
#     no: ["N"]
#     ignore: [BEAT]
#     covers: {{districts: all, offences: all}}
"""


def new_partnership(project: Project, slug: str, name: str) -> Path:
    """Write params/partnerships/<slug>.yml with blanks to fill in; its path.

    Raises ParamsError where the slug is not one, or the file is there already.
    """
    path = path_of(project, "partnerships", slug)
    if not re.fullmatch(SLUG, slug):
        raise ParamsError(
            f"'{slug}' cannot name a partnership's file",
            where="params/partnerships",
            remedy="Use small letters, digits and single hyphens: north-worcestershire.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise ParamsError(
            f"there is a partnership '{slug}' already",
            where=called(project, path),
            remedy="Edit that file, or choose another name.",
        )
    # A JSON string is a YAML string, whatever quotes or signs the name has in it.
    text = _TEMPLATE % {"name": json.dumps(name, ensure_ascii=False)}
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path
