"""How a site is asked: within its rate, again when a failure may pass, and nowhere else."""

import pytest

from cspnb.errors import FetchError
from cspnb.fetch.client import Client, TooMuchError
from cspnb.fetch.pacing import Bucket, Patience, Stopwatch, asked_to_wait
from cspnb.fetch.sites import POLICE_UK, Site
from tests.police_uk_server import Fault, PoliceUk, http_date

DATES = "api/crimes-street-dates"
NOON = 1_700_000_000


class Watch:
    """A stopwatch that passes only while somebody waits."""

    def __init__(self):
        self.seconds = 100.0
        self.waits = []

    def now(self):
        return self.seconds

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.seconds += seconds

    @property
    def given(self):
        return Stopwatch(self.now, self.sleep)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def site(watch):
    with PoliceUk(watch.now) as server:
        server.months = {"2024-05": {"leicestershire"}}
        yield server


def client_of(server, watch, **more):
    return Client(Site(server.base), watch=watch.given, **more)


# How fast


def test_thirty_calls_go_at_once_and_the_next_fifteen_take_a_second(watch):
    bucket = Bucket(watch.given)
    for _ in range(30):
        bucket.take()
    assert watch.waits == []
    for _ in range(15):
        bucket.take()
    assert sum(watch.waits) == pytest.approx(1.0)


def test_after_a_rest_there_is_room_again(watch):
    bucket = Bucket(watch.given)
    for _ in range(30):
        bucket.take()
    watch.seconds += 2
    for _ in range(30):
        bucket.take()
    assert watch.waits == []


def test_a_hundred_calls_in_a_row_are_never_told_to_slow_down(site, watch):
    client = client_of(site, watch)
    for _ in range(100):
        client.json(DATES)
    assert len(site.asked) == 100
    assert sum(watch.waits) == pytest.approx((100 - 30) / 15)


def test_a_caller_without_pace_is_told_to_slow_down_by_the_server_of_these_tests(site, watch):
    """The test of the test: without the bucket the same calls are refused."""
    refused = sum(site.full() for _ in range(45))
    assert refused == 15


# Asked to wait


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": " 120 "}, 120),
        ({"Retry-After": http_date(NOON + 30), "Date": http_date(NOON)}, 30),
        ({"Retry-After": http_date(NOON - 30), "Date": http_date(NOON)}, 0),
        ({"Retry-After": http_date(NOON + 30)}, None),
        ({"Retry-After": "soon", "Date": http_date(NOON)}, None),
        ({"Retry-After": "-5"}, None),
        ({}, None),
    ],
)
def test_the_wait_a_site_asks_for_is_read_in_seconds_or_as_a_date_against_its_own(headers, seconds):
    assert asked_to_wait(headers) == seconds


def test_after_429_the_wait_is_the_one_asked_for(site, watch):
    site.faults[DATES] = [Fault(429, {"Retry-After": "7"}), Fault(429, {"Retry-After": "3"})]
    assert client_of(site, watch).json(DATES)[0]["date"] == "2024-05"
    assert watch.waits == [7, 3]


def test_a_date_to_wait_for_is_honoured(site, watch):
    later = {"Retry-After": http_date(NOON + 42), "Date": http_date(NOON)}
    site.faults[DATES] = [Fault(429, later)]
    client_of(site, watch).json(DATES)
    assert watch.waits == [42]


def test_a_site_that_asks_for_an_hour_is_not_waited_for(site, watch):
    site.faults[DATES] = [Fault(429, {"Retry-After": "3600"})]
    with pytest.raises(FetchError, match=r"to wait 3,600 seconds(?s:.)*what is complete is kept"):
        client_of(site, watch).json(DATES)
    assert watch.waits == []


# What may pass


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault(status) for status in (429, 500, 502, 503, 504)),
        Fault(reset=True),
        Fault(200, {"Content-Type": "text/html"}, b"<html><h1>Down for maintenance</h1></html>"),
        Fault(200, {}, b'[{"date": "2024'),
        Fault(200, {}, b""),
        Fault(200, {"Content-Length": "500"}, b'[{"date": "2024-05"'),
    ],
    ids=["429", "500", "502", "503", "504", "reset", "page", "cut data", "nothing", "short body"],
)
def test_a_failure_that_passes_is_waited_out_twice_as_long_each_time(site, watch, fault):
    site.faults[DATES] = [fault] * 3
    assert client_of(site, watch).json(DATES)[0]["date"] == "2024-05"
    assert watch.waits == [1, 2, 4]


def test_a_failure_that_does_not_pass_ends_with_what_to_do(site, watch):
    site.faults[DATES] = [Fault(503)] * 99
    with pytest.raises(FetchError) as failure:
        client_of(site, watch).json(DATES)
    assert "out of order (HTTP 503); asked 6 times" in str(failure.value)
    assert "Run the same command again in a while" in str(failure.value)
    assert watch.waits == [1, 2, 4, 8, 16]


def test_the_longest_pause_is_a_minute():
    patience = Patience()
    assert [patience.pause(tried) for tried in (1, 6, 7, 20)] == [1, 32, 60, 60]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 422])
def test_a_refusal_is_not_asked_again(site, watch, status):
    site.faults[DATES] = [Fault(status)] * 9
    with pytest.raises(FetchError, match=f"HTTP {status}"):
        client_of(site, watch).json(DATES)
    assert len(site.asked) == 1


def test_a_site_that_is_not_there_is_said_to_be(watch):
    with PoliceUk() as gone:
        base = gone.base
    client = Client(Site(base), watch=watch.given)
    with pytest.raises(FetchError, match="cannot be reached"):
        client.json(DATES)


def test_a_503_may_mean_too_much_only_where_that_is_asked_and_no_wait_is_named(site, watch):
    site.faults[DATES] = [Fault(503)]
    with pytest.raises(TooMuchError):
        client_of(site, watch).json(DATES, may_be_too_much=True)
    site.faults[DATES] = [Fault(503, {"Retry-After": "5"})]
    assert client_of(site, watch).json(DATES, may_be_too_much=True)
    assert watch.waits == [5]


def test_a_question_too_long_for_an_address_is_refused_and_goes_by_post(site, watch):
    """The server answers 400 to a GET of over 4,094 characters."""
    poly = ":".join(f"{52 + i / 1000:.6f},-1.000000" for i in range(250))
    question = {"poly": poly, "date": "2024-05"}
    with pytest.raises(FetchError, match="HTTP 400"):
        client_of(site, watch).json("api/crimes-street/all-crime", params=question)
    assert client_of(site, watch).json("api/crimes-street/all-crime", form=question) == []


def test_an_answer_of_unheard_of_size_is_not_read_to_its_end(site, watch, monkeypatch):
    monkeypatch.setattr("cspnb.fetch.client.LARGEST_ANSWER", 1000)
    site.faults[DATES] = [Fault(200, {}, b" " * 5000)]
    with pytest.raises(FetchError, match="more than 1,000 bytes"):
        client_of(site, watch).json(DATES)


# Where to


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("api/forces", "https://data.police.uk/api/forces"),
        ("/data/archive/2024-05.zip", "https://data.police.uk/data/archive/2024-05.zip"),
        (
            "https://policeuk-data.s3.amazonaws.com/archive/2024-05.zip",
            "https://policeuk-data.s3.amazonaws.com/archive/2024-05.zip",
        ),
        ("https://DATA.police.uk:443/api", "https://DATA.police.uk:443/api"),
    ],
)
def test_the_police_and_their_store_may_be_asked(path, address):
    assert POLICE_UK.address(path) == address


@pytest.mark.parametrize(
    "path",
    [
        "http://data.police.uk/api",
        "ftp://data.police.uk/api",
        "file:///etc/passwd",
        "https://data.police.uk.example.org/api",
        "https://data.police.uk:8443/api",
        "https://data.police.uk@example.org/api",
        "https://example.org@data.police.uk/api",
        "//example.org/api",
        "https://policeuk-data.s3.amazonaws.com.example.org/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1:99999/x",
        "http://[bad/x",
    ],
)
def test_nothing_else_may_be_asked(path):
    with pytest.raises(FetchError):
        POLICE_UK.address(path)


def test_an_open_line_is_for_this_machine_only():
    assert Site("http://127.0.0.1:81").address("x") == "http://127.0.0.1:81/x"
    with pytest.raises(FetchError, match="open line"):
        Site("http://data.police.uk").address("x")


def test_a_host_may_be_allowed_by_name():
    moved = "https://new-store.example.org/2024-05.zip"
    with pytest.raises(FetchError, match="--allow-host"):
        POLICE_UK.address(moved)
    assert POLICE_UK.allowing("New-Store.example.org").address(moved) == moved


def test_being_sent_elsewhere_is_followed_only_to_a_host_that_is_allowed(site, watch):
    with PoliceUk(watch.now) as store:
        store.pages["/list"] = b"the list"
        site.redirects["/list"] = f"{store.base}/list"
        with pytest.raises(FetchError, match="not a host this source is known to use"):
            client_of(site, watch).text("list")
        assert store.asked == []
        client = Client(Site(site.base).allowing(store.host), watch=watch.given)
        assert client.text("list") == "the list"


def test_being_sent_in_circles_ends(site, watch):
    site.redirects["/list"] = f"{site.base}/list"
    with pytest.raises(FetchError, match="over and over"):
        client_of(site, watch).text("list")
    assert len(site.asked) == 6


def test_a_question_by_post_is_not_sent_on(site, watch):
    site.redirects["/api/x"] = f"{site.base}/api/y"
    with pytest.raises(FetchError, match="not followed"):
        client_of(site, watch).json("api/x", form={"poly": "1"})
