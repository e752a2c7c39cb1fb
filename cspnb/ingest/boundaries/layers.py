"""Layers of a file of outlines: a table of properties as text, and an outline beside each row."""

import hashlib
import re
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely

from cspnb.errors import IngestError
from cspnb.ingest.boundaries.files import OutlineFile
from cspnb.ingest.sheets import Sheet

_STATES_REFERENCE = re.compile(rb'"crs"\s*:\s*\{')
_HEAD = 65_536
_RESOLUTION = re.compile(r"(?<![A-Za-z])(BFE|BFC|BGC|BSC|BUC)(?![A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Layer:
    """One layer: `sheet` has its properties, `shapes` an outline a row, null where it has none.

    `reference`: the coordinate reference system it states, None where it states none.
    """

    file: OutlineFile
    name: str | None
    sheet: Sheet
    shapes: np.ndarray
    reference: str | None

    @property
    def member(self) -> str | None:
        """What is named inside the file given: the member of an archive, the layer of several."""
        parts = [part for part in (self.file.entry.member, self.name) if part]
        return ", layer ".join(parts) or None

    @property
    def resolution(self) -> str | None:
        """The resolution in its name: 'BUC'; None where there is none, or there are several."""
        text = f"{self.file.entry.path.name} {self.member or ''}"
        found = {match.upper() for match in _RESOLUTION.findall(text)}
        return found.pop() if len(found) == 1 else None


def layers_of(file: OutlineFile, wanted: str | None = None) -> list[Layer]:
    """The layers of a file that have outlines, or the one `wanted`.

    Raises IngestError for a file that is damaged, empty, or has no such layer.
    """
    content = file.content()
    sha256 = hashlib.sha256(content).hexdigest()
    parts = file.parts(content)
    with tempfile.TemporaryDirectory(prefix="cspnb-", ignore_cleanup_errors=True) as folder:
        for ending, data in parts.items():
            (Path(folder) / f"outlines{ending}").write_bytes(data)
        opened = Path(folder) / f"outlines.{file.kind}"
        names = _names(opened, file, wanted)
        read = [(name if len(names) > 1 else None, _read(opened, file, name)) for name in names]
    stated = file.kind != "geojson" or _states_reference(parts[".geojson"])
    return [_layer(file, sha256, name, frame, stated) for name, frame in read]


def _names(opened, file, wanted):
    try:
        listed = pyogrio.list_layers(opened)
    except RuntimeError as error:
        raise _damaged(file, error) from error
    names = [str(name) for name, kind in listed if kind is not None]
    if file.kind != "gpkg":
        return names
    if wanted is not None:
        names = [name for name in names if name == wanted]
    if not names:
        there = ", ".join(str(name) for name, _ in listed) or "none"
        raise IngestError(
            f"there is no layer of outlines{f' called {wanted}' if wanted else ''}",
            where=str(file.entry),
            remedy=f"Its layers are: {there}.",
        )
    return names


def _read(opened, file, name):
    """Warnings of the reading library are not shown: what they are of is refused further on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            return pyogrio.read_dataframe(opened, layer=name)
    except shapely.errors.ShapelyError as error:
        raise IngestError(
            "an outline is not closed: it ends where it did not begin, or has fewer than four "
            f"points ({_first_line(error)})",
            where=str(file.entry),
            remedy="Mend it in a mapping program, or fetch the file again.",
        ) from error
    except (RuntimeError, ValueError) as error:
        raise _damaged(file, error) from error


def _layer(file, sha256, name, frame, stated):
    where = str(file.entry) + (f", layer {name}" if name else "")
    if "geometry" not in frame or frame.empty:
        raise IngestError(
            "there is no outline in it",
            where=where,
            remedy="Check that the file was downloaded or saved whole.",
        )
    shapes = np.asarray(frame.geometry.array)
    properties = pd.DataFrame(frame.drop(columns="geometry"))
    text = pd.DataFrame({column: _text(values) for column, values in properties.items()})
    text.index = pd.RangeIndex(1, len(text) + 1, name="line")
    reference = frame.crs.to_wkt() if frame.crs is not None and stated else None
    return Layer(file, name, Sheet(where, sha256, text, "area"), shapes, reference)


def _text(values):
    stripped = values.map(lambda value: str(value).strip() or None, na_action="ignore")
    return stripped.astype("str")


def _states_reference(content):
    return bool(_STATES_REFERENCE.search(content[:_HEAD] + content[-_HEAD:]))


def _damaged(file, error):
    return IngestError(
        f"cannot be read: {_first_line(error)}",
        where=str(file.entry),
        remedy="Download or copy the file again.",
    )


def _first_line(error):
    """What the reading library says, without the name of the temporary file."""
    text = str(error).strip().partition("\n")[0].partition(";")[0]
    return re.sub(r"'?[^\s']*outlines\.\w+'?", "the file", text)
