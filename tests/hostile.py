"""Files that must not come in: each a good file of a source with one thing wrong.

Every door is tried with its own set (`twins`), and `refused` says what a refusal is: an error
that names the file and says what is wrong, and a store that is as it was before.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.store import Store


@dataclass(frozen=True)
class Good:
    """A good file: its rows as text, and the columns that the twins spoil.

    `number` holds a count or another number; `required` cannot be done without. `name` is the
    file's name without a suffix, for sources that read something from it.
    """

    frame: pd.DataFrame
    number: str
    required: str
    name: str = "supplied"
    above: tuple[str, ...] = ()
    sheet: str = "Sheet1"

    def csv(self, folder: Path, encoding: str = "utf-8", frame: pd.DataFrame | None = None) -> Path:
        """The file as CSV, its title lines above it."""
        path = folder / f"{self.name}.csv"
        frame = self.frame if frame is None else frame
        lines = "".join(f"{line}{',' * (len(frame.columns) - 1)}\n" for line in self.above)
        path.write_text(lines + frame.to_csv(index=False, lineterminator="\n"), encoding=encoding)
        return path

    def workbook(self, folder: Path, frame: pd.DataFrame | None = None) -> Path:
        """The file as a workbook of one sheet."""
        path = folder / f"{self.name}.xlsx"
        book = openpyxl.Workbook()
        book.active.title = self.sheet
        frame = self.frame if frame is None else frame
        for line in self.above:
            book.active.append([line])
        book.active.append(list(frame.columns))
        for row in frame.itertuples(index=False):
            book.active.append([None if pd.isna(cell) else cell for cell in row])
        book.save(path)
        return path


def twins(good: Good, folder: Path) -> Iterator[tuple[str, Path]]:
    """(what is wrong, the file) of every hostile twin, each in a folder of its own."""
    for wrong, made in _WRONG.items():
        there = folder / wrong.replace(" ", "-")
        there.mkdir(parents=True)
        yield wrong, made(good, there)


def refused(ingest: Callable[[Path], object], path: Path, store: Store) -> IngestError:
    """The error with which a file is refused; fails where it is not, or where the store moved."""
    before = (store.versions(), len(store.sources()))
    with pytest.raises(IngestError) as caught:
        ingest(path)
    error = caught.value
    assert (store.versions(), len(store.sources())) == before, "the store has changed"
    assert path.name in str(error), f"the error does not name the file: {error}"
    assert "Traceback" not in str(error)
    return error


def with_byte_order_mark(good: Good, folder: Path) -> Path:
    """The good file with a byte order mark: no fault, many publishers write one."""
    return good.csv(folder, encoding="utf-8-sig")


def _spoilt(good: Good, text: str) -> pd.DataFrame:
    frame = good.frame.astype(object).copy()
    frame.loc[frame.index[0], good.number] = text
    return frame


def _wrong_column(good, folder):
    return good.csv(folder, frame=good.frame.rename(columns={good.required: "Colour"}))


def _wrong_type(good, folder):
    return good.csv(folder, frame=_spoilt(good, "plenty"))


def _huge_value(good, folder):
    return good.csv(folder, frame=_spoilt(good, "9" * 30))


def _second_answer(good, folder):
    """A row again, with another figure: which of the two is right?"""
    again = good.frame.iloc[[0]].astype(object).copy()
    figure = float(str(again[good.number].iloc[0]).replace(",", "").strip())
    again[good.number] = f"{figure + 1:g}"
    return good.csv(folder, frame=pd.concat([good.frame, again]))


def _formula(good, folder):
    path = good.workbook(folder)
    book = openpyxl.load_workbook(path)
    column = list(good.frame.columns).index(good.number) + 1
    book.active.cell(len(good.above) + 2, column).value = "=6*7"
    book.save(path)
    return path


def _merged_header(good, folder):
    path = good.workbook(folder)
    book = openpyxl.load_workbook(path)
    row = len(good.above) + 1
    place = list(good.frame.columns).index(good.required) + 1
    first, last = (place - 1, place) if place > 1 else (place, place + 1)
    book.active.cell(row, first).value = "Merged"
    book.active.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    book.save(path)
    return path


def _utf_16(good, folder):
    return good.csv(folder, encoding="utf-16")


def _zip_in_zip(good, folder):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(good.csv(folder), f"{good.name}.csv")
    path = folder / f"{good.name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    return path


def _empty(good, folder):
    path = folder / f"{good.name}.csv"
    path.write_bytes(b"")
    return path


_WRONG = {
    "wrong columns": _wrong_column,
    "wrong type": _wrong_type,
    "huge value": _huge_value,
    "two answers": _second_answer,
    "formula": _formula,
    "merged header": _merged_header,
    "UTF-16": _utf_16,
    "zip in zip": _zip_in_zip,
    "empty": _empty,
}
