"""Months of an area or a force, by the API: whole or not there, counted once, never guessed."""

import csv
import json
import random

import pytest
import shapely

from cspnb.errors import FetchError, PeriodError
from cspnb.fetch.areas import Area
from cspnb.fetch.client import Client
from cspnb.fetch.pacing import Stopwatch
from cspnb.fetch.police_api import PoliceApi
from cspnb.fetch.police_months import fetch_months, force_held, no_location, stops, street
from cspnb.fetch.sites import Site
from cspnb.periods import Month, Period
from tests.police_uk_server import Fault, PoliceUk, crime, stop

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)
LEICS = "leicestershire"
ASB = "anti-social-behaviour"
AREA = Area("Harborough", shapely.box(-1.0, 52.4, -0.8, 52.6), ("E07000131",))
IN, OUT = (-0.914321, 52.477123), (-1.5, 52.5)
STREETS = "crimes-street/"


class Api:
    """The server, and what asks it; the folder it is fetched into; what was said."""

    def __init__(self, server, folder):
        self.server, self.folder = server, folder
        self.said, self.waits = [], []

    def fetch(self, question=None, first="2024-03", last=None, **more):
        watch = Stopwatch(lambda: 0.0, self.waits.append)
        api = PoliceApi(Client(Site(self.server.base), watch=watch), self.said.append)
        period = Period(Month.parse(first), Month.parse(last or first))
        question = question or street(AREA, LEICS)
        return fetch_months(question, period, self.folder, api, say=self.said.append, **more)

    def rows(self, name):
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    @property
    def files(self):
        paths = self.folder.rglob("*.csv*")
        return sorted(path.relative_to(self.folder).as_posix() for path in paths)

    @property
    def asked(self):
        """The months that were asked for, in order."""
        return [values["date"] for _, path, values in self.server.asked if STREETS in path]


@pytest.fixture
def api(tmp_path):
    with PoliceUk() as server:
        server.full = lambda: False
        server.months = {f"2024-0{n}": {LEICS} for n in range(1, 6)}
        server.crimes = [crime(n, f"2024-0{n}", *IN) for n in range(1, 6)]
        yield Api(server, tmp_path / "fetched")


def street_file(month="2024-03", force=LEICS):
    return f"{month}/{month}-{force}-street.csv"


# What a month becomes


def test_a_month_is_a_file_as_the_police_lay_theirs_out_with_lsoas_blank(api):
    api.server.crimes = [crime(77, "2024-03", *IN, category="violent-crime")]
    api.fetch()
    text = (api.folder / street_file()).read_text(encoding="utf-8")
    assert text.splitlines() == [
        STREET,
        f"{77:064x},2024-03,Leicestershire Police,Leicestershire Police,-0.914321,52.477123,"
        "On or near High Street,,,Violence and sexual offences,Under investigation,",
    ]


@pytest.mark.parametrize(
    ("given", "column", "written"),
    [
        ({"category": "criminal-damage-arson"}, "Crime type", "Criminal damage and arson"),
        ({"category": "public-order"}, "Crime type", "Public order"),
        ({"category": "piracy"}, "Crime type", "piracy"),
        ({"outcome_status": None}, "Last outcome category", ""),
        (
            {"outcome_status": {"category": "Offender given a penalty notice", "date": "2024-04"}},
            "Last outcome category",
            "Offender given penalty notice",
        ),
        (
            {"outcome_status": {"category": "Investigation complete; no suspect identified"}},
            "Last outcome category",
            "Investigation complete; no suspect identified",
        ),
        ({"context": "Line one,\n line two"}, "Context", "Line one, line two"),
        ({"context": None}, "Context", ""),
        ({"persistent_id": ""}, "Crime ID", ""),
    ],
)
def test_words_of_the_api_become_those_of_the_files(api, given, column, written):
    api.server.crimes = [crime(1, "2024-03", *IN, **given)]
    api.fetch()
    assert api.rows(street_file())[0][column] == written


def test_records_of_the_transport_police_are_a_file_of_their_own(api):
    records = [crime(n, "2024-03", *IN, kind="BTP" if n < 3 else "Force") for n in range(5)]
    api.server.crimes = records
    api.fetch()
    assert api.files == [street_file(force="btp"), street_file()]
    assert len(api.rows(street_file())) == 2
    assert len(api.rows(street_file(force="btp"))) == 3
    reporters = {row["Reported by"] for row in api.rows(street_file(force="btp"))}
    assert reporters == {"British Transport Police"}


def test_where_only_the_transport_police_answer_the_force_is_unknown_not_at_zero(api):
    """Greater Manchester has published no crime since 2019; its stations have."""
    api.server.crimes = [crime(1, "2024-03", *IN, kind="BTP")]
    api.fetch()
    assert api.files == [street_file(force="btp")]
    assert any("no record of leicestershire itself, which is no zero" in one for one in api.said)


def test_records_outside_the_area_are_not_asked_for(api):
    api.server.crimes = [crime(1, "2024-03", *IN), crime(2, "2024-03", *OUT)]
    api.fetch()
    assert len(api.rows(street_file())) == 1


def test_an_area_of_several_parts_and_a_hole_is_what_it_is_drawn_as(api):
    """The API knows outlines only: a town in the hole is another district's, an island is ours."""
    hole, island = shapely.box(-0.95, 52.45, -0.85, 52.55), shapely.box(-0.91, 52.49, -0.89, 52.51)
    shape = shapely.union_all([AREA.shape - hole, island, shapely.box(-0.5, 52.4, -0.4, 52.5)])
    points = {1: (-0.99, 52.5), 2: (-0.93, 52.5), 3: (-0.9, 52.5), 4: (-0.45, 52.45)}
    api.server.crimes = [crime(n, "2024-03", *point) for n, point in points.items()]
    api.fetch(street(Area("Ring", shape), LEICS))
    held = {int(row["Crime ID"], 16) for row in api.rows(street_file())}
    assert held == {1, 3, 4}


# Counted once


def crowd(number, month="2024-03", category="burglary"):
    """Records scattered over the area, at points with six decimals."""
    place = random.Random(7)
    return [
        crime(
            n,
            month,
            place.randint(-999_990, -800_010) / 1e6,
            place.randint(52_400_010, 52_599_990) / 1e6,
            category=category,
        )
        for n in range(number)
    ]


def test_ten_thousand_records_come_in_one_answer(api):
    api.server.crimes = crowd(10_000)
    api.fetch()
    assert len(api.rows(street_file())) == 10_000
    assert len(api.asked) == 1


def test_over_ten_thousand_records_are_asked_for_in_quarters_and_counted_once(api):
    """Incidents of anti-social behaviour have no Crime ID: only their number tells them apart."""
    api.server.crimes = crowd(10_001, category=ASB)
    api.fetch()
    rows = api.rows(street_file())
    assert len(rows) == 10_001
    assert {row["Crime type"] for row in rows} == {"Anti-social behaviour"}
    assert len(api.asked) == 5
    assert api.waits == []


def test_a_quarter_that_is_still_too_much_is_cut_again(api):
    middle = [crime(n, "2024-03", -0.95, 52.45, category=ASB) for n in range(6_000)]
    corner = [crime(n, "2024-03", -0.99, 52.41, category=ASB) for n in range(6_000, 12_000)]
    api.server.crimes = [*middle, *corner]
    api.fetch()
    assert len(api.rows(street_file())) == 12_000
    assert len(api.asked) > 5


def test_a_record_that_two_answers_hold_is_one_record(api, monkeypatch):
    """A server that counts the neighbourhood of a polygon in would answer some twice."""
    monkeypatch.setattr(
        "tests.police_uk_server.inside",
        lambda outline, x, y: (
            shapely.Polygon([(b, a) for a, b in outline]).distance(shapely.Point(x, y)) < 0.01
        ),
    )
    api.server.crimes = crowd(10_001)
    api.fetch()
    assert len(api.rows(street_file())) == 10_001


def test_the_same_records_make_the_same_file_however_they_were_cut(api):
    api.server.crimes = crowd(10_000)
    api.fetch()
    whole = (api.folder / street_file()).read_bytes()
    api.server.faults[STREETS] = [Fault(503)]
    api.fetch(anew=True)
    assert (api.folder / street_file()).read_bytes() == whole


def test_a_record_without_a_number_cannot_be_counted_and_ends_the_fetch(api):
    api.server.crimes = [crime(1, "2024-03", *IN, id=None)]
    with pytest.raises(FetchError, match="has no id"):
        api.fetch()
    assert api.files == []


# An outage is not too much


def test_an_outage_of_streets_alone_ends_after_a_few_questions(api):
    """Cut in four again and again, a district would be asked some 20,000 times."""
    api.server.faults[STREETS] = [Fault(503)] * 10_000
    with pytest.raises(FetchError, match="out of order"):
        api.fetch()
    assert len(api.asked) <= 10
    assert api.files == []


def test_whether_the_site_is_well_is_asked_and_waited_for_before_anything_is_cut(api):
    """The first question after a refusal is a small one, and it is asked until it is answered."""
    api.server.faults = {STREETS: [Fault(503)], "crime-last-updated": [None, *[Fault(503)] * 3]}
    api.fetch()
    assert len(api.rows(street_file())) == 1
    assert api.waits == [1, 2, 4]
    paths = [path.rpartition("/")[2] for path in api.server.paths()]
    assert paths[1:7] == ["crime-last-updated", "all-crime", *["crime-last-updated"] * 4]


def test_an_outage_that_lasts_ends_with_what_to_do(api):
    api.fetch(first="2024-01")
    api.server.faults = {"api/": [Fault(503)] * 999}
    with pytest.raises(FetchError, match="what is complete is kept"):
        api.fetch(first="2024-01", last="2024-03")
    assert api.files == [street_file("2024-01")]


# Months


def test_a_month_the_site_does_not_keep_is_refused_before_anything_is_asked(api):
    with pytest.raises(PeriodError, match=r"2023-12 cannot be asked for(?s:.)*2024-01 to 2024-05"):
        api.fetch(first="2023-12", last="2024-02")
    with pytest.raises(PeriodError, match="2024-06 cannot be asked for"):
        api.fetch(first="2024-06")
    assert api.asked == [] and api.files == []


def test_an_empty_answer_is_unknown_and_makes_no_file(api):
    api.server.crimes = [crime(1, "2024-02", *IN)]
    got = api.fetch(first="2024-02", last="2024-03")
    assert api.files == [street_file("2024-02")]
    assert (got.written, tuple(got.unknown)) == (("2024-02",), ("2024-03",))
    assert "no zero" in got.unknown["2024-03"]


def test_rows_of_another_month_are_no_rows_of_this_one(api):
    """The month asked for may be answered with the latest; the records say which they are of."""
    api.server.answers_with = {"2024-03": "2024-05"}
    got = api.fetch()
    assert api.files == []
    assert "other months (1 of 2024-05)" in got.unknown["2024-03"]


def test_a_few_rows_of_another_month_are_left_out_and_told(api, monkeypatch):
    late = [crime(100 + n, "2024-02", *IN) for n in range(3)]
    answer = json.dumps([crime(1, "2024-03", *IN), *late]).encode()
    api.server.faults[STREETS] = [Fault(200, {}, answer)]
    api.fetch()
    assert {row["Month"] for row in api.rows(street_file())} == {"2024-03"}
    assert any("3 of other months left out" in one for one in api.said)
    held = json.loads((api.folder / "fetched.json").read_text(encoding="utf-8"))
    assert held["months"]["2024-03"]["other_months"] == {"2024-02": 3}


@pytest.mark.parametrize(
    "answer", [b'{"error": "sorry"}', b'["a"]', b"null"], ids=["object", "texts", "null"]
)
def test_an_answer_that_is_no_list_of_records_ends_the_fetch(api, answer):
    api.server.faults[STREETS] = [Fault(200, {}, answer)]
    with pytest.raises(FetchError, match="something else than a list of records"):
        api.fetch()
    assert api.files == []


@pytest.mark.parametrize("part", ["location", "outcome_status"])
def test_a_record_of_another_make_ends_the_fetch(api, part):
    api.server.faults[STREETS] = [
        Fault(200, {}, json.dumps([crime(1, "2024-03", *IN) | {part: "somewhere"}]).encode())
    ]
    with pytest.raises(FetchError, match=f"a record's {part} is 'somewhere'"):
        api.fetch()
    assert api.files == []


def test_a_site_that_publishes_anew_meanwhile_is_not_mixed(api):
    """Numbers may change between publications, and would then not tell records apart."""
    api.server.last_updated = ["2024-05-01", "2024-06-01"]
    with pytest.raises(FetchError, match="published anew"):
        api.fetch()
    assert api.files == []


# Stopped, and gone on with


def test_a_fetch_that_was_stopped_goes_on_where_it_was(api):
    api.server.faults[STREETS] = [Fault(200, {}, b'[{"id": 1, "month": "2024-01"}]')]
    api.server.faults[STREETS] += [Fault(404)]
    with pytest.raises(FetchError):
        api.fetch(first="2024-01", last="2024-04")
    assert api.files == [street_file("2024-01")]
    api.server.asked.clear()
    got = api.fetch(first="2024-01", last="2024-04")
    assert api.asked == ["2024-02", "2024-03", "2024-04"]
    assert (got.there, len(got.written)) == (("2024-01",), 3)


def test_a_fetch_of_what_is_there_asks_nothing(api):
    api.fetch(first="2024-01", last="2024-05")
    api.server.asked.clear()
    got = api.fetch(first="2024-01", last="2024-05")
    assert api.server.asked == []
    assert len(got.there) == 5 and got.edition == "2024-05"


@pytest.mark.parametrize("harm", ["removed", "changed", "cut"])
def test_a_month_whose_file_is_not_as_it_was_fetched_is_fetched_again(api, harm):
    api.fetch(first="2024-01", last="2024-02")
    path = api.folder / street_file("2024-02")
    whole = path.read_bytes()
    if harm == "removed":
        path.unlink()
    else:
        path.write_bytes(whole[:-20] if harm == "cut" else whole.replace(b"Burglary", b"Robbery!"))
    api.server.asked.clear()
    api.fetch(first="2024-01", last="2024-02")
    assert api.asked == ["2024-02"]
    assert path.read_bytes() == whole


def test_more_months_may_be_added_to_a_folder(api):
    api.fetch(first="2024-01")
    got = api.fetch(first="2024-01", last="2024-02")
    assert (got.there, got.written) == (("2024-01",), ("2024-02",))


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (street(AREA, "northamptonshire"), "force is 'leicestershire'"),
        (street(Area("Harborough", shapely.box(-1, 52, 0, 53)), LEICS), "area is 'Harborough'"),
        (street(AREA, LEICS, ("E07000133",)), "area is"),
        (no_location(LEICS), "kind is 'street'"),
        (stops(LEICS), "kind is 'street'"),
    ],
)
def test_another_fetch_into_the_same_folder_is_refused(api, other, told):
    api.fetch()
    before = (api.folder / street_file()).read_bytes()
    api.server.asked.clear()
    with pytest.raises(FetchError, match=rf"{told}(?s:.)*--anew"):
        api.fetch(other)
    assert api.server.asked == []
    assert (api.folder / street_file()).read_bytes() == before


def test_anew_takes_away_what_the_earlier_fetch_left_and_nothing_else(api):
    api.fetch(first="2024-01", last="2024-02")
    mine = api.folder / "2024-01" / "notes.txt"
    mine.write_text("mine", encoding="utf-8")
    api.fetch(first="2024-03", anew=True)
    assert api.files == [street_file()]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_months_of_two_editions_are_not_mixed_in_one_folder(api):
    api.fetch(first="2024-02")
    api.server.months["2024-06"] = {LEICS}
    with pytest.raises(FetchError, match="edition of 2024-05, and the site is now at 2024-06"):
        api.fetch(first="2024-02", last="2024-03")
    api.fetch(first="2024-02", last="2024-03", anew=True)
    assert len(api.files) == 2


def test_a_file_that_somebody_else_put_there_is_not_written_over(api):
    path = api.folder / street_file()
    path.parent.mkdir(parents=True)
    path.write_text("from the archive", encoding="utf-8")
    with pytest.raises(FetchError, match="was not fetched by this command"):
        api.fetch()
    assert path.read_text(encoding="utf-8") == "from the archive"


def test_a_damaged_note_is_told(api):
    api.folder.mkdir()
    (api.folder / "fetched.json").write_text("[]", encoding="utf-8")
    with pytest.raises(FetchError, match="is damaged"):
        api.fetch()


def test_a_file_is_never_half_there_when_the_disk_fails(api, monkeypatch):
    api.fetch(first="2024-01")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cspnb.fetch.part_files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        api.fetch(first="2024-01", last="2024-02")
    monkeypatch.undo()
    assert [name for name in api.files if name.endswith(".csv")] == [street_file("2024-01")]
    assert len(api.fetch(first="2024-01", last="2024-02").written) == 1


def test_the_note_says_what_the_files_are_and_how_they_are_taken_in(api):
    got = api.fetch()
    held = json.loads((api.folder / "fetched.json").read_text(encoding="utf-8"))
    assert held["asked"]["area"]["districts"] == ["E07000131"]
    assert held["licence"] == "Open Government Licence v3.0"
    assert held["edition"] == "2024-05"
    assert got.next_command == (
        f'cspnb ingest police-uk "{api.folder}" --edition 2024-05 --types all --areas "E07000131"'
    )
    assert force_held(api.folder, AREA) == LEICS
    assert force_held(api.folder, Area("Other", shapely.box(-1, 52, 0, 53))) is None


# Stops, and crimes without a place


def stops_file(month="2024-03"):
    return f"{month}/{month}-{LEICS}-stop-and-search.csv"


def test_stops_are_a_file_as_the_police_lay_theirs_out(api):
    api.server.stops = [stop("2024-03-06T22:45:00+00:00", LEICS, "2024-03")]
    api.fetch(stops(LEICS))
    assert (api.folder / stops_file()).read_text(encoding="utf-8").splitlines() == [
        STOPS,
        "Person search,2024-03-06T22:45:00+00:00,False,,52.628997,-1.130273,Male,18-24,"
        "Other ethnic group - Not stated,White,,Controlled drugs,,,True",
    ]


def test_a_stop_without_a_point_is_a_stop(api):
    record = stop("2024-03-06T22:45:00+00:00", LEICS, "2024-03", location=None, outcome="Arrest")
    api.server.stops = [record]
    api.fetch(stops(LEICS))
    row = api.rows(stops_file())[0]
    assert (row["Latitude"], row["Longitude"], row["Outcome"]) == ("", "", "Arrest")


@pytest.mark.parametrize(
    ("moment", "ours"),
    [
        ("2024-03-31T22:59:00+00:00", True),
        ("2024-02-29T23:00:00+00:00", True),
        ("2024-02-29T22:59:00+00:00", False),
        ("2024-02-28T23:30:00+00:00", False),
        ("2024-04-01T00:00:00+00:00", False),
        (None, True),
    ],
)
def test_the_last_hour_before_a_month_is_that_months_and_no_more(api, moment, ours):
    """Times are UTC: an hour past midnight in summer bears the date before."""
    kept = stop("2024-03-15T12:00:00+00:00", LEICS, "2024-03")
    api.server.stops = [kept, stop(moment, LEICS, "2024-03")]
    api.fetch(stops(LEICS))
    assert len(api.rows(stops_file())) == 1 + ours


def test_two_stops_alike_are_two_stops(api):
    """A stop has no number; one person searched and one vehicle look the same."""
    api.server.stops = [stop("2024-03-06T22:45:00+00:00", LEICS, "2024-03")] * 2
    api.fetch(stops(LEICS))
    assert len(api.rows(stops_file())) == 2


def test_a_force_that_published_no_stops_is_unknown_and_not_asked(api):
    api.server.months["2024-03"] = {"dyfed-powys"}
    got = api.fetch(stops(LEICS))
    assert (
        "published no stops for this month, which is not the same as none" in got.unknown["2024-03"]
    )
    assert api.server.paths("stops-force") == []


def test_stops_speak_for_the_whole_force(api):
    api.server.stops = [stop("2024-03-06T22:45:00+00:00", LEICS, "2024-03")]
    got = api.fetch(stops(LEICS))
    assert got.next_command == f'cspnb ingest police-uk "{api.folder}" --edition 2024-05'


def test_crimes_without_a_place_are_rows_without_one(api):
    record = crime(9, "2024-03", *IN, location=None, location_type=None)
    api.server.unplaced = [(LEICS, record), ("kent", crime(10, "2024-03", *IN, location=None))]
    got = api.fetch(no_location(LEICS))
    rows = api.rows(street_file())
    assert len(rows) == 1
    assert (rows[0]["Longitude"], rows[0]["Latitude"]) == ("", "")
    assert rows[0]["Location"] == "No Location"
    assert '--areas "No location"' in got.next_command
