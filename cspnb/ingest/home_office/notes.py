"""The sheet of notes: what the Home Office says of forces and partnerships, and of when."""

import re
from collections.abc import Iterable

import pandas as pd

from cspnb.periods import MONTH_NAMES, Month, financial_year
from cspnb.schemas import NOTES

COLUMNS = [column for column in NOTES.columns if column != "source_id"]

_NUMBER = re.compile(r"(?i)\[?(?:note\s*)?(\d{1,3})\s*[\].):]*")
_NUMBERED = re.compile(r"(?i)(?:\[?note\s+(\d{1,3})\]?[.:)]?|\[(\d{1,3})\]|(\d{1,3})[.)])\s+(.+)")
_MONTH = rf"({'|'.join(MONTH_NAMES)}) (\d{{4}})"
_UPDATED = re.compile(rf"(?i:updated|published)\s*:\s*\d{{1,2}} {_MONTH}")
_YEAR_ENDING = re.compile(rf"years? ending (?:\d{{1,2}} )?{_MONTH}(?: and (?:{_MONTH}|(\d{{4}})))?")
_BETWEEN = re.compile(rf"{_MONTH} (?:to|and|until) {_MONTH}")
_SINCE = re.compile(rf"(?i:from|since) (?:\d{{1,2}} )?{_MONTH}")
_FINANCIAL_YEAR = re.compile(r"\b(\d{4})/\d{2}\b")
_WORDS_OF_A_HEADING = 5


def notes(rows: Iterable[tuple[int, list[str]]], areas: set[str]) -> tuple[pd.DataFrame, int]:
    """The notes in COLUMNS, indexed by row of the sheet, and how many rows are headings.

    areas: names of forces and partnerships in the file; a note that names several stands once
    for each, one that names none stands once without. `start` and `end` are the first and last
    month it speaks of, where it says so in words that are known.
    """
    names = _any_of(areas)
    found, headings = [], 0
    for line, cells in rows:
        number, text = _parts([" ".join(cell.split()) for cell in cells if cell.strip()])
        if _is_heading(number, text):
            headings += 1
            continue
        start, end = _span(text)
        named = dict.fromkeys(names.findall(text)) if areas else {}
        found += [(line, number, area, start, end, text) for area in named or [None]]
    frame = pd.DataFrame(found, columns=["line", *COLUMNS]).set_index("line")
    return frame.astype("str"), headings


def edition_stated(rows: Iterable[tuple[int, list[str]]]) -> str | None:
    """The month of a line 'Updated: 23 July 2026', as 'YYYY-MM'; None where there is none."""
    for _, cells in rows:
        if match := _UPDATED.match(" ".join(" ".join(cells).split())):
            return str(_month(match[1], match[2]))
    return None


def _any_of(areas):
    """The longest name first, so that 'Derbyshire Dales' is not 'Derbyshire'."""
    longest_first = sorted(areas, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _parts(cells):
    """(number, text): the number from a cell of its own, or from the text's beginning."""
    if len(cells) > 1 and (match := _NUMBER.fullmatch(cells[0])):
        return match[1], " ".join(cells[1:])
    text = " ".join(cells)
    if match := _NUMBERED.fullmatch(text):
        return match[1] or match[2] or match[3], match[4]
    return None, text


def _is_heading(number, text):
    """'Force Notes', 'Note number | Note text': a few words that say nothing of themselves."""
    few = len(text.split()) <= _WORDS_OF_A_HEADING
    return number is None and few and not re.search(r"[:.]|\d", text)


def _span(text):
    """The first and the last month a note speaks of; None for one it does not say."""
    spans = [(financial_year(int(year))) for year in _FINANCIAL_YEAR.findall(text)]
    starts = [span.start for span in spans]
    ends = [span.end for span in spans]
    for match in _YEAR_ENDING.finditer(text):
        name, year, second, its_year, only_year = match.groups()
        for end in [_month(name, year)] + (
            [_month(second or name, its_year or only_year)] if its_year or only_year else []
        ):
            starts.append(end - 11)
            ends.append(end)
    for match in _BETWEEN.finditer(text):
        starts.append(_month(match[1], match[2]))
        ends.append(_month(match[3], match[4]))
    if not starts and (since := _SINCE.search(text)):
        starts.append(_month(since[1], since[2]))
    return (str(min(starts)) if starts else None), (str(max(ends)) if ends else None)


def _month(name, year):
    return Month(int(year), MONTH_NAMES.index(name) + 1)
