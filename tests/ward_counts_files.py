"""Generated, not real: files of ward counts in the two layouts in which the force publishes them.

The newer layout is that of the real file tested in tests/reports/test_real_counts.py; the older
one, with names of several words, is written from its documented column names.
"""

import csv
from pathlib import Path

NEWER = ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName"]
OLDER = ["WardCode", "Ward Name", "Borough", "Major Category", "Minor Category"]

HILLSIDE = ("Hillside", "E05000011", "Barnet")
GARDEN = ("Garden Suburb", "E05000012", "Barnet")
AIRPORT = ("Heathrow Villages", "E05013570", "Aviation Security (SO18)")


def newer(rows):
    """A header and rows: (major, minor, ward, {month: count}), every row with the same months."""
    months = list(rows[0][3])
    head = [*NEWER, *months]
    return [head, *([major, minor, *ward, *by.values()] for major, minor, ward, by in rows)]


def older(rows):
    """The same counts in the older layout: other names, in another order."""
    months = list(rows[0][3])
    head = [*OLDER, *months]
    body = []
    for major, minor, (name, code, borough), by in rows:
        body.append([code, name, borough, major.title(), minor.title(), *by.values()])
    return [head, *body]


def written(path: Path, records, *, quoting=csv.QUOTE_MINIMAL) -> Path:
    """The records as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=quoting).writerows(records)
    return path
