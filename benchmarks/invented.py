"""Rows for the benchmarks in data.police.uk's layout, of any number: nothing in them is real.

Forces have ten districts of 85 LSOAs each. Two records in a hundred have no place and one lies
anywhere in the country, so that a district's records come in many forces' files.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from cspnb.forces import FORCES
from cspnb.ingest.police_uk.layouts import STREET
from cspnb.periods import Period
from cspnb.schemas import OFFENCES
from cspnb.scopes import FOURTEEN_TYPES

LEICESTERSHIRE = {
    "Blaby": "E07000129",
    "Charnwood": "E07000130",
    "Harborough": "E07000131",
    "Hinckley and Bosworth": "E07000132",
    "Leicester": "E06000016",
    "Melton": "E07000133",
    "North West Leicestershire": "E07000134",
    "Oadby and Wigston": "E07000135",
    "Rutland": "E06000017",
    "Elsewhere": "E07999999",
}
TERRITORIAL = ["leicestershire"] + [
    name
    for name in sorted(FORCES)
    if name not in {"leicestershire", "btp", "northern-ireland", "city-of-london"}
]
MONTHS = [str(month) for month in Period.parse("2016-04..2022-03").months]

_DISTRICTS, _LSOAS = 10, 85
_TYPES = pa.array(sorted(FOURTEEN_TYPES))
_OUTCOMES = pa.array([f"Outcome {number} of an invented investigation" for number in range(12)])
_STREETS = pa.array([f"On or near Invented Street {number}" for number in range(4000)])


@dataclass(frozen=True)
class Ground:
    """Every LSOA of the invented forces, in order of force and district: code and name."""

    codes: pa.Array
    names: pa.Array

    @classmethod
    def make(cls) -> "Ground":
        """The same at every run."""
        names = [
            f"{name} {serial:03d}A"
            for force in TERRITORIAL
            for name in districts_of(force)
            for serial in range(1, _LSOAS + 1)
        ]
        codes = [f"E01{number:06d}" for number in range(1, len(names) + 1)]
        return cls(pa.array(codes), pa.array(names))

    def links(self, source_id: str) -> pd.DataFrame:
        """The lookup: each LSOA's district, and each district's force, for `geography`."""
        districts = {n: c for force in TERRITORIAL for n, c in districts_of(force).items()}
        of_lsoa = [name.rpartition(" ")[0] for name in self.names.to_pylist()]
        lsoas = pd.DataFrame({"code": self.codes.to_pylist(), "name": self.names.to_pylist()})
        lsoas = lsoas.assign(level="lsoa", vintage=2011, parent_level="lad", parent_vintage=2019)
        lsoas = lsoas.assign(parent_code=[districts[name] for name in of_lsoa], parent_name=of_lsoa)
        larger = pd.DataFrame(
            [
                (code, name, FORCES[force].names[0].removesuffix(" Police"))
                for force in TERRITORIAL
                for name, code in districts_of(force).items()
            ],
            columns=["code", "name", "parent_name"],
        ).assign(level="lad", vintage=2019, parent_level="pfa", parent_vintage=2019)
        larger["parent_code"] = "E23" + larger.groupby("parent_name").ngroup().astype(str)
        links = pd.concat([lsoas, larger]).assign(source_id=source_id, change=None)
        return links.astype({"change": "str"})

    def write_lookup(self, path: Path) -> Path:
        """The LSOAs' districts, as the ONS writes such a lookup."""
        links = self.links("")
        lsoas = links[links["level"] == "lsoa"][["code", "name", "parent_code", "parent_name"]]
        header = ["LSOA11CD", "LSOA11NM", "LAD19CD", "LAD19NM"]
        lsoas.set_axis(header, axis="columns").to_csv(path, index=False)
        return path


def districts_of(force: str) -> dict[str, str]:
    """Name and code of each district of a force."""
    if force == "leicestershire":
        return LEICESTERSHIRE
    number = TERRITORIAL.index(force)
    return {
        f"{force.title()} District {place}": f"E07{500000 + number * 100 + place}"
        for place in range(_DISTRICTS)
    }


def offences(ground: Ground, force: str, month: str, *, rows: int, source_id: str) -> pa.Table:
    """A force's month as rows of the `offences` table, the same at every run."""
    chance = np.random.default_rng([TERRITORIAL.index(force), MONTHS.index(month)])
    own = TERRITORIAL.index(force) * _DISTRICTS * _LSOAS
    lsoa = own + np.minimum(chance.geometric(0.004, rows), _DISTRICTS * _LSOAS) - 1
    stray = chance.random(rows) < 0.01
    lsoa[stray] = chance.integers(0, len(ground.codes), stray.sum())
    nowhere = chance.random(rows) < 0.02
    ids = chance.integers(0, 16, (rows, 64), dtype=np.uint8)
    ids = (ids + np.where(ids < 10, ord("0"), ord("a") - 10)).astype(np.uint8)
    point = {
        "longitude": chance.integers(-3000, 0, rows),
        "latitude": chance.integers(0, 3000, rows),
    }
    street, outcome = chance.integers(0, len(_STREETS), rows), chance.integers(0, 12, rows)
    columns = {
        "source_id": _one(source_id, rows),
        "force": _one(force, rows),
        "month": _one(month, rows),
        "crime_id": pa.array(np.ascontiguousarray(ids).view("S64").ravel()).cast(pa.string()),
        "crime_type": _coded(np.minimum(chance.geometric(0.2, rows), 14) - 1, _TYPES),
        "longitude": pa.array(np.round(point["longitude"] / 1000, 6), mask=nowhere),
        "latitude": pa.array(np.round(51 + point["latitude"] / 1000, 6), mask=nowhere),
        "location": _coded(street, _STREETS),
        "lsoa_code": _coded(lsoa, ground.codes, nowhere),
        "lsoa_name": _coded(lsoa, ground.names, nowhere),
        "last_outcome": _coded(outcome, _OUTCOMES),
        "context": pa.nulls(rows, pa.string()),
    }
    return pa.table({name: columns[name] for name in OFFENCES.columns})


def _one(value: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), pa.array([value]))


def _coded(codes: np.ndarray, values: pa.Array, missing: np.ndarray | None = None) -> pa.Array:
    """Codes for values, in a dictionary of those used only, as a file has them."""
    indices = pa.array(codes.astype(np.int32), mask=missing)
    return values.take(indices).dictionary_encode()


def write_street_file(folder: Path, ground: Ground, force: str, month: str, *, rows: int) -> None:
    """A force's month as data.police.uk writes it."""
    theirs = {ours: name for name, ours in STREET.columns.items() if ours}
    table = offences(ground, force, month, rows=rows, source_id="")
    columns = {theirs[name]: table[name] for name in table.column_names if name in theirs}
    name = _one(FORCES[force].names[0], rows)
    columns |= {"Month": table["month"], "Reported by": name, "Falls within": name}
    written = pa.table({name: columns[name] for name in STREET.header})
    plain = written.cast(pa.schema([(n, _plain(t)) for n, t in _types(written)]))
    options = pyarrow.csv.WriteOptions(quoting_style="needed", quoting_header="none")
    pyarrow.csv.write_csv(plain, folder / f"{month}-{force}-street.csv", options)


def _types(table: pa.Table):
    return zip(table.schema.names, table.schema.types, strict=True)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
