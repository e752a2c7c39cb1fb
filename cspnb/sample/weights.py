"""An index of harm: what the offences of the extracts weigh. Invented, and no published index."""

import pandas as pd

from cspnb.sample.habits import OFFENCES
from cspnb.sample.notice import INVENTED

SCHEME = "Sample harm index"
EDITION = "invented, 2014"

_DAYS = {
    "28A": 400,
    "30A": 120,
    "45": 30,
    "48": 90,
    "8N": 180,
    "5D": 1600,
    "105A": 25,
    "8L": 60,
    "58C": 8,
    "58A": 12,
    "58B": 10,
    "34B": 700,
    "34A": 900,
    "46": 6,
    "44": 10,
    "39": 35,
    "49": 15,
    "92E": 3,
    "92D": 12,
    "9A": 20,
    "10D": 80,
}
"""Days by Home Office code; one code of the extracts, 54, has none, as happens in life."""


def weights() -> pd.DataFrame:
    """A row a code, in the layout of an index of one's own."""
    names = {code: name for codes in OFFENCES.values() for code, name, _ in codes}
    rows = [(SCHEME, code, days, names[code], INVENTED) for code, days in _DAYS.items()]
    return pd.DataFrame(rows, columns=["scheme", "offence_code", "weight", "offence", "supplier"])
