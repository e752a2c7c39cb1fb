"""Partners' extracts made from a seed: invented records, in the layout of no real force or council.

One set of records is written in two ways, a CSV file and a workbook whose columns are called
otherwise, and a council's cases in a third. Tests count them with the csv module alone.
"""

import csv
import hashlib
import random
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

from cspnb.extracts import Extract

FORCE = Extract(
    partnership="harborough",
    stream="force-extract",
    kind="offence",
    supplier="A police force",
    columns={
        "record_key": ("CRIME_REF_HASH",),
        "from": ("DATE_FROM", "TIME_FROM"),
        "to": ("DATE_TO", "TIME_TO"),
        "counts_in": ("DATE_RECORDED",),
        "offence": ("OFFENCE_DESC",),
        "offence_code": ("HO_CODE",),
        "lsoa": ("LSOA",),
        "easting": ("X",),
        "northing": ("Y",),
        "victim_key": ("VICTIM_HASH",),
        "domestic": ("DV_FLAG",),
        "alcohol": ("ALC_FLAG",),
    },
    dates="day first",
    yes=("Y", "Yes", "1"),
    no=("N",),
    ignore=("BEAT", "OIC_TEAM"),
)

WORKBOOK = Extract(
    partnership="harborough",
    stream="other-extract",
    kind="offence",
    supplier="A police force",
    columns={
        "record_key": ("Record",),
        "from": ("Started",),
        "to": ("Ended",),
        "counts_in": ("Recorded",),
        "offence": ("What happened",),
        "district": ("District code",),
        "domestic": ("Domestic?",),
    },
    dates="day first",
    yes=("true",),
    no=("false",),
)

COUNCIL = Extract(
    partnership="harborough",
    stream="council-asb",
    kind="case",
    supplier="A district council",
    columns={
        "record_key": ("Case key",),
        "from": ("Opened on",),
        "type": ("Category",),
        "status": ("State",),
        "lsoa": ("Lower super output area",),
        "easting": ("East",),
        "northing": ("North",),
    },
    dates="year first",
    ignore=("Town",),
)

OFFENCES = (
    ("Theft From Vehicle", "45"),
    ("Burglary Dwelling", "28A"),
    ("Criminal Damage To Vehicles", "58C"),
    ("Assault With Injury", "8N"),
    ("Public Fear Alarm Or Distress", "9A"),
)
CASES = ("Noise Nuisance", "Fly Tipping", "Rowdy Behaviour", "Abandoned Vehicle")
TOWNS = ("Market Harborough", "Lutterworth", "Broughton Astley", "Great Glen", "Kibworth Beauchamp")


def key(of: str, number: int) -> str:
    """A key as a supplier would hash it."""
    return hashlib.sha256(f"a secret {of} {number}".encode()).hexdigest()[:32]


def records(count: int = 3000, seed: int = 1, start: str = "2013-04-01", days: int = 365):
    """Invented offences, a dict each, in no order: the same for the same seed."""
    chance = random.Random(seed)
    first = datetime.fromisoformat(start)
    return [_record(chance, number, first, days) for number in range(count)]


def _record(chance, number, first, days):
    recorded = first + timedelta(days=chance.randrange(days))
    begun = recorded - timedelta(minutes=chance.randrange(20_000))
    offence, code = chance.choice(OFFENCES)
    return {
        "number": number,
        "begun": begun,
        "ended": begun + timedelta(minutes=chance.randrange(600)),
        "recorded": recorded,
        "offence": offence,
        "code": code,
        "lsoa": f"E010256{chance.randrange(60, 90)}" if chance.random() < 0.95 else "",
        "easting": 470_000 + chance.randrange(9_000),
        "northing": 285_000 + chance.randrange(9_000),
        "victim": chance.randrange(count_of_victims(number)),
        "domestic": chance.choice(["Y", "N", "N", ""]),
        "alcohol": chance.choice(["yes", "N", "1", ""]),
        "town": chance.choice(TOWNS),
    }


def count_of_victims(number: int) -> int:
    """Fewer victims than records: some are victims again."""
    return number // 2 + 1


def force_rows(made: list[dict]) -> list[dict]:
    """The records as lines of the force's CSV file."""
    return [
        {
            "CRIME_REF_HASH": key("crime", each["number"]),
            "DATE_FROM": f"{each['begun']:%d/%m/%Y}",
            "TIME_FROM": f"{each['begun']:%H:%M}",
            "DATE_TO": f"{each['ended']:%d/%m/%Y}",
            "TIME_TO": f"{each['ended']:%H%M}",
            "DATE_RECORDED": f"{each['recorded']:%d/%m/%Y}",
            "OFFENCE_DESC": each["offence"],
            "HO_CODE": each["code"],
            "LSOA": each["lsoa"],
            "X": str(each["easting"]),
            "Y": str(each["northing"]),
            "VICTIM_HASH": key("victim", each["victim"]).upper(),
            "DV_FLAG": each["domestic"],
            "ALC_FLAG": each["alcohol"],
            "BEAT": f"NH{each['number'] % 7:02}",
            "OIC_TEAM": "Harborough Neighbourhood Team",
        }
        for each in made
    ]


def council_rows(made: list[dict]) -> list[dict]:
    """The records as lines of a council's file of cases."""
    return [
        {
            "Case key": key("case", each["number"]),
            "Opened on": f"{each['recorded']:%Y-%m-%d}",
            "Category": CASES[each["number"] % len(CASES)],
            "State": "Closed" if each["number"] % 3 else "Open",
            "Lower super output area": each["lsoa"],
            "East": str(each["easting"]),
            "North": str(each["northing"]),
            "Town": each["town"],
        }
        for each in made
    ]


def write_csv(rows: list[dict], path: Path) -> Path:
    """Lines as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_workbook(made: list[dict], path: Path) -> Path:
    """The records as a workbook with real dates and true and false, under other column names."""
    book = openpyxl.Workbook()
    names = ("Record", "Started", "Ended", "Recorded", "What happened", "District code")
    book.active.append([*names, "Domestic?"])
    for each in made:
        flag = {"Y": True, "N": False, "": None}[each["domestic"]]
        dates = (each["begun"], each["ended"], each["recorded"])
        book.active.append(
            [key("crime", each["number"]), *dates, each["offence"], "E07000131", flag]
        )
    book.save(path)
    return path
