"""An exhibit as plain values, for the machinery that reads no science."""

import math

import pandas as pd


def record_of(exhibit) -> dict:
    """Every part of an exhibit but its drawing, in types that JSON has; missing is null."""
    return {
        "kind": exhibit.kind,
        "title": exhibit.title,
        "subtitle": exhibit.subtitle,
        "alternative": exhibit.alternative,
        "source": exhibit.source,
        "method": exhibit.method,
        "coverage": exhibit.coverage,
        "notes": list(exhibit.notes),
        "caveats": list(exhibit.caveats),
        "warnings": list(exhibit.warnings),
        "facts": [
            {"name": fact.name, "value": _value(fact.value), "text": fact.text}
            for fact in exhibit.facts
        ],
        "data": None if exhibit.data is None else _table(exhibit.data),
    }


def _table(data: pd.DataFrame) -> dict:
    rows = data.itertuples(index=False, name=None)
    return {
        "columns": [str(name) for name in data.columns],
        "rows": [[_value(value) for value in row] for row in rows],
    }


def _value(value):
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, (bool, int, str)) else str(value)
