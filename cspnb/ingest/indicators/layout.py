"""What stands where in an indicators workbook, for those who write it and those who read it."""

import re

LAYOUT = 1
MARKED = re.compile(r"indicators workbook \(layout (\d+)\): (\w+)", re.IGNORECASE)
"""In column A at the top of each sheet: which layout it is of, and which part of it."""

HEADINGS = {
    "label": "Measure",
    "period": "Period",
    "area_name": "Area",
    "value": "Value",
    "unit": "Unit",
    "base": "Base",
    "supplier": "Supplier",
    "note": "Note",
    "measure": "Measure key",
    "area": "Area code",
}
"""Of the sheets to fill in, by the name the column has when it is read, in order."""

REQUIRED = ("period", "value", "measure", "area")
FILLED_IN = ("value", "base", "supplier", "note")

INSTRUCTIONS, FIGURES, LISTS = "instructions", "figures", "lists"
"""The parts."""

LIST_HEADINGS = ("List", "Name", "Code", "Unit", "What to know")
MEASURE, PERIOD, AREA = "Measure", "Period", "Area"
"""What the column List of the part `lists` says."""

CHECKED = "figure checked"
"""In the note of an unlikely figure: somebody has looked, and it is right."""


def mark(part: str) -> str:
    """What a sheet says of itself."""
    return f"Indicators workbook (layout {LAYOUT}): {part}"
