"""From the site to the store: what is fetched is what is taken in, row for row."""

import csv
import io
import json
import random
import shlex
import zipfile

import pytest
import shapely
from typer.testing import CliRunner

from cspnb.cli import app as ingesting
from cspnb.cli.fetching import app as fetching
from cspnb.errors import FetchError, IngestError, PeriodError
from cspnb.store import Store
from tests.police_uk_server import PoliceUk, Stored, crime, inside, stop

LEICS = "leicestershire"
SLUGS = {
    "Anti-social behaviour": "anti-social-behaviour",
    "Burglary": "burglary",
    "Shoplifting": "shoplifting",
    "Violence and sexual offences": "violent-crime",
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", str(tmp_path / "store"))
    with PoliceUk() as server:
        server.full = lambda: False
        server.months = {"2024-03": {LEICS}, "2024-04": {LEICS}, "2024-05": {LEICS}}
        server.forces_at = {"anywhere": LEICS}
        yield server


@pytest.fixture
def store(site, tmp_path):
    return Store(str(tmp_path / "store"))


def fetched(site, *words):
    result = CliRunner().invoke(fetching, ["police-uk", *words, "--site", site.base])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def taken_in(output):
    """Run the command that the fetch says comes next."""
    (line,) = [line for line in output.splitlines() if line.startswith("Next: cspnb ")]
    result = CliRunner().invoke(ingesting, shlex.split(line)[2:])
    if result.exception:
        raise result.exception
    return result.output


def boundary(path, shape, **properties):
    properties = properties or {"LAD19CD": "E07000131", "LAD19NM": "Harborough"}
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(shape),
    }
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    return str(path)


def months(folder, first="2024-03", last="2024-04"):
    return ["--from", first, "--to", last, "--to-folder", str(folder)]


def scattered(number, month, seed):
    place = random.Random(seed)
    slugs = list(SLUGS.values())
    return [
        crime(
            seed * 100_000 + n,
            month,
            place.randint(-1_030_000, -770_000) / 1e6,
            place.randint(52_370_000, 52_630_000) / 1e6,
            category=slugs[n % 4],
            kind="BTP" if n % 50 == 1 else "Force",
        )
        for n in range(number)
    ]


def test_an_areas_months_are_fetched_and_taken_in_row_for_row(site, store, tmp_path):
    """The square holds over half of the points: over 10,000 in March, so it is asked in parts."""
    site.crimes = scattered(18_000, "2024-03", 1) + scattered(2_000, "2024-04", 2)
    square = [(52.4, -1.0), (52.4, -0.8), (52.6, -0.8), (52.6, -1.0)]
    expected = [
        (record["month"], record["category"], record["location_type"])
        for record in site.crimes
        if inside(square, *(float(record["location"][x]) for x in ("longitude", "latitude")))
    ]
    assert sum(month == "2024-03" for month, *_ in expected) > 10_000

    area = boundary(tmp_path / "harborough.geojson", shapely.box(-1.0, 52.4, -0.8, 52.6))
    output = fetched(site, "street", "--area", area, *months(tmp_path / "got"))
    taken_in(output)

    offences = store.read("offences")
    assert len(offences) == len(expected)
    for (month, name), count in offences.groupby(["month", "crime_type"]).size().items():
        assert count == sum(one[:2] == (month, SLUGS[name]) for one in expected)
    assert (offences["force"] == "btp").sum() == sum(one[2] == "BTP" for one in expected)
    assert offences["lsoa_code"].isna().all()
    assert offences[["longitude", "latitude"]].notna().all(axis=None)

    sources = store.sources()
    assert set(sources["edition"]) == {"2024-05"}
    assert set(sources["declared_areas"]) == {"E07000131"}
    assert sources["rows_stored"].sum() == len(expected)
    assert not sources["is_sample"].any()


def test_fetched_and_taken_in_again_changes_nothing(site, store, tmp_path):
    site.crimes = scattered(400, "2024-03", 1)
    area = boundary(tmp_path / "harborough.geojson", shapely.box(-1.0, 52.4, -0.8, 52.6))
    words = ["street", "--area", area, *months(tmp_path / "got", last="2024-03")]
    taken_in(fetched(site, *words))
    rows, asked = len(store.read("offences")), len(site.asked)
    assert "unchanged" in taken_in(fetched(site, *words))
    assert len(store.read("offences")) == rows
    assert len(site.asked) == asked


def test_two_areas_of_one_force_and_its_crimes_without_a_place_go_together(site, store, tmp_path):
    """Three files of one force and month, each speaking for something else."""
    site.crimes = scattered(4_000, "2024-03", 1)
    lost = crime(7, "2024-03", 0, 0, category="shoplifting", location=None, location_type=None)
    site.unplaced = [(LEICS, lost)]
    west = boundary(
        tmp_path / "w.geojson",
        shapely.box(-1.1, 52.3, -0.9000005, 52.7),
        LAD19CD="E07000129",
        LAD19NM="Blaby",
    )
    east = boundary(
        tmp_path / "e.geojson",
        shapely.box(-0.9000005, 52.3, -0.7, 52.7),
        LAD19CD="E07000131",
        LAD19NM="Harborough",
    )
    month = ("2024-03", "2024-03")
    taken_in(fetched(site, "street", "--area", west, *months(tmp_path / "west", *month)))
    taken_in(fetched(site, "street", "--area", east, *months(tmp_path / "east", *month)))
    taken_in(
        fetched(
            site,
            "no-location",
            "--force",
            "Leicestershire Police",
            *months(tmp_path / "lost", *month),
        )
    )
    inner = sum(
        -1.1 < float(one["location"]["longitude"]) < -0.7
        and 52.3 < float(one["location"]["latitude"]) < 52.7
        for one in site.crimes
    )
    assert len(store.read("offences")) == inner + 1


def test_stops_are_fetched_and_taken_in(site, store, tmp_path):
    site.stops = [stop(f"2024-03-{n:02d}T10:00:00+00:00", LEICS, "2024-03") for n in range(1, 32)]
    site.stops += [stop("2024-03-31T23:30:00+00:00", LEICS, "2024-04")]
    taken_in(fetched(site, "stops", "--force", LEICS, *months(tmp_path / "got")))
    stops = store.read("stops")
    assert stops.groupby("month").size().to_dict() == {"2024-03": 31, "2024-04": 1}
    assert stops["legislation"].isna().all()


def test_an_archive_is_fetched_and_taken_in(site, store, tmp_path):
    header = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Crime type,Last outcome category,Context\n"
    )
    rows = [
        f"{n},2024-05,Leicestershire Police,Leicestershire Police,-0.9,52.5,On or near A Street,"
        f"E010257{n % 90:02d},{'Harborough' if n % 2 else 'Melton'} 001A,{kind},,\n"
        for n, kind in enumerate(["Burglary", "Drugs", "Robbery", "Shoplifting", "Public order",
                                  "Other theft", "Other crime", "Vehicle crime"] * 10)
    ]  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(f"2024-05/2024-05-{LEICS}-street.csv", header + "".join(rows))
    site.files["/data/archive/2024-05.zip"] = Stored(buffer.getvalue(), cuts=[300])
    site.pages["/data/archive/"] = b'<a href="/data/archive/2024-05.zip">May</a>'
    taken_in(fetched(site, "archive", "--latest", "--to", str(tmp_path / "archives")))
    assert len(store.read("offences")) == 80
    assert set(store.sources()["edition"]) == {"2024-05"}


def test_an_area_that_is_no_district_completes_none(site, store, tmp_path):
    site.crimes = scattered(400, "2024-03", 1)
    town = boundary(tmp_path / "town.geojson", shapely.box(-1.0, 52.4, -0.8, 52.6), name="x")
    output = fetched(site, "street", "--area", town, *months(tmp_path / "got", last="2024-03"))
    assert "--covers" in output
    taken_in(output)
    assert set(store.sources()["declared_areas"]) == {"town"}


def test_months_can_be_listed(site):
    assert fetched(site, "months").splitlines()[0] == "2024-03  stops of 1 forces"


def test_a_wish_that_cannot_be_met_is_told_without_a_file(site, tmp_path):
    words = ["stops", "--force", LEICS, *months(tmp_path / "got", "2019-01", "2019-02")]
    with pytest.raises(PeriodError, match="cannot be asked for"):
        fetched(site, *words)
    assert not (tmp_path / "got").exists()


def test_an_area_that_the_site_places_nowhere_needs_its_force_named(site, tmp_path):
    site.forces_at = {}
    site.crimes = scattered(400, "2024-03", 1)
    area = boundary(tmp_path / "sea.geojson", shapely.box(-1.0, 52.4, -0.8, 52.6))
    words = ["street", "--area", area, *months(tmp_path / "got", last="2024-03")]
    with pytest.raises(FetchError, match="is not there"):
        fetched(site, *words)
    assert "Months: 1 fetched" in fetched(site, *words, "--force", "Leicestershire")


def test_an_open_line_to_elsewhere_is_refused(tmp_path):
    with pytest.raises(FetchError, match="open line"):
        CliRunner().invoke(
            fetching,
            ["police-uk", "months", "--site", "http://data.police.uk"],
            catch_exceptions=False,
        )


def test_a_real_month_comes_back_as_it_was_published(site, store, tmp_path, real_data):
    """October 2022 in Leicestershire, served as the API would: each district's own points."""
    folder = real_data / "police-leicestershire-street"
    (path,) = folder.glob("*.zip")
    with zipfile.ZipFile(path) as whole:
        (name,) = [
            one for one in whole.namelist() if one.endswith("2022-10-leicestershire-street.csv")
        ]
        text = whole.read(name).decode("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["Longitude"]]
    slugs = {name: slug for slug, name in _categories().items()}
    site.months = {"2022-10": {LEICS}, "2022-11": {LEICS}}
    site.crimes = [
        crime(
            n,
            "2022-10",
            float(row["Longitude"]),
            float(row["Latitude"]),
            category=slugs[row["Crime type"]],
        )
        | {"persistent_id": row["Crime ID"]}
        | {
            "outcome_status": {"category": row["Last outcome category"]}
            if row["Last outcome category"]
            else None
        }
        for n, row in enumerate(rows)
    ]
    lads = real_data / "boundaries" / "lad-december-2019-uk-buc.geojson.gz"
    words = ["--area", str(lads), "--district", "Harborough"]
    taken_in(fetched(site, "street", *words, *months(tmp_path / "got", "2022-10", "2022-10")))
    offences = store.read("offences")

    published = [row for row in rows if row["LSOA name"].startswith("Harborough ")]
    ours = {(row["Crime ID"], row["Crime type"], row["Last outcome category"]) for row in published}
    held = offences.fillna("")
    found = set(zip(held["crime_id"], held["crime_type"], held["last_outcome"], strict=True))
    assert len(published) > 300
    assert len(ours & found) / len(ours) > 0.97
    assert abs(len(offences) - len(published)) / len(published) < 0.05


def _categories():
    """The categories of the API and the names the files give them, as the publisher lists them."""
    known = {
        "Bicycle theft": "bicycle-theft",
        "Criminal damage and arson": "criminal-damage-arson",
        "Drugs": "drugs",
        "Other crime": "other-crime",
        "Other theft": "other-theft",
        "Possession of weapons": "possession-of-weapons",
        "Public order": "public-order",
        "Robbery": "robbery",
        "Theft from the person": "theft-from-the-person",
        "Vehicle crime": "vehicle-crime",
    }
    return {slug: name for name, slug in (known | SLUGS).items()}


def test_a_district_is_drawn_from_the_boundaries_that_were_taken_in(site, store, tmp_path):
    site.crimes = scattered(400, "2024-03", 1)
    drawn = boundary(tmp_path / "harborough.geojson", shapely.box(-1.0, 52.4, -0.8, 52.6))
    words = ["street", "--area", "E07000131", *months(tmp_path / "got", last="2024-03")]
    with pytest.raises(IngestError, match="no boundary of a district 'E07000131'"):
        fetched(site, *words)
    result = CliRunner().invoke(ingesting, ["ingest", "boundaries", drawn])
    assert result.exit_code == 0, result.output
    taken_in(fetched(site, *words))
    within = sum(
        -1.0 < float(one["location"]["longitude"]) < -0.8
        and 52.4 < float(one["location"]["latitude"]) < 52.6
        for one in site.crimes
    )
    assert len(store.read("offences")) == within
