"""A district counted by itself has the figures it has when every force is counted."""

import pandas as pd
import pytest

from cspnb.ingest import lookup, police_uk
from cspnb.measures.coverage import District
from cspnb.measures.recorded import district_counts
from cspnb.periods import Period
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests.unit.test_police_uk import FORCE, a_month, offence, write

HARBOROUGH, MELTON = District("E07000131", "Harborough"), District("E07000133", "Melton")
SPAN = Period.parse("2020-03..2020-06")
LOOKUP = (
    "LSOA11CD,LSOA11NM,LAD19CD,LAD19NM\n"
    "E01025700,Harborough 001A,E07000131,Harborough\n"
    "E01025800,Melton 002B,E07000133,Melton\n"
)
NEW_LSOA = "E01039999,Harborough 009Z"  # of a vintage that the lookup lacks


@pytest.fixture
def holdings(tmp_path):
    """Two whole forces, an extract of one district beside one of them, strays and gaps."""
    store, given = Store(str(tmp_path / "store")), tmp_path / "given"
    given.mkdir()
    (given / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    lookup.ingest([given / "lookup.csv"], store)
    extra = [offence("Drugs", "n", lsoa=NEW_LSOA), offence("Drugs", "u", lsoa=",")]
    write(given / "own", a_month(*extra))
    write(given / "own", a_month(month="2020-05"), "2020-05-leicestershire-street.csv")
    stray = [row.replace(FORCE, "Kent Police") for row in a_month()]
    write(given / "other", stray, "2020-04-kent-street.csv")
    burglaries = [offence(crime_id=f"e{i}", month="2020-05") for i in range(40)]
    write(given / "extract", burglaries, "2020-05-leicestershire-street.csv")
    police_uk.ingest([given / "own", given / "other"], store)
    police_uk.ingest([given / "extract"], store, areas="Harborough", types="Burglary")
    return Holdings(store)


def _in_full(holdings, district, force="leicestershire", span=SPAN):
    return district_counts(
        holdings.recorded, holdings.sources, force=force, district=district, months=span.months
    )


@pytest.mark.parametrize(
    ("district", "april", "may"),
    [(HARBOROUGH, 7 + 7 + 1, 7), (MELTON, 7 + 7, 7)],
)
def test_a_district_has_its_records_of_every_forces_files(holdings, district, april, may):
    """Seven types of its own, seven in the other force's file, and one of a newer LSOA; the
    whole force's file of May speaks before the extract."""
    counts = holdings.district_counts(district, "leicestershire", SPAN)
    by_month = counts.groupby("month")["count"].sum()
    assert (by_month["2020-04"], by_month["2020-05"]) == (april, may)


@pytest.mark.parametrize("district", [HARBOROUGH, MELTON, District("E07000999", "Nowhere")])
def test_a_district_by_itself_is_judged_as_among_all(holdings, district):
    alone = holdings.district_counts(district, "leicestershire", SPAN)
    pd.testing.assert_frame_equal(alone, _in_full(holdings, district))


@pytest.mark.slow
def test_real_districts_by_themselves_are_judged_as_among_all(real_data, tmp_path):
    store = Store(str(tmp_path / "store"))
    lookup.ingest([real_data / "ons-lookups" / "lsoa11-to-ward19-to-lad19-ew.csv.gz"], store)
    folder = real_data / "police-metropolitan-burglary"
    leicestershire = "leicestershire-street-2019-12_2022-10.zip"
    police_uk.ingest([real_data / "police-leicestershire-street" / leicestershire], store)
    police_uk.ingest([folder / "barnet-burglary-2014-01_2025-02.zip"], store)
    police_uk.ingest([folder / "metropolitan-burglary-2022-03_2025-02.zip"], store)
    places = {HARBOROUGH: "leicestershire", MELTON: "leicestershire"}
    places |= {District("E09000003", "Barnet"): "metropolitan"}
    places |= {District("E09000007", "Camden"): "metropolitan"}
    span = Period.parse("2019-12..2024-12")
    alone = {d: Holdings(store).district_counts(d, force, span) for d, force in places.items()}
    full = Holdings(store)
    for district, force in places.items():
        pd.testing.assert_frame_equal(alone[district], _in_full(full, district, force, span))
