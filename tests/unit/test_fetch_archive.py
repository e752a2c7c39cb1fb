"""An archive is brought home whole or not at all, whatever happens to the line."""

import hashlib
import io
import json
import random
import zipfile

import pytest

from cspnb.errors import FetchError, PeriodError
from cspnb.fetch.client import Client
from cspnb.fetch.pacing import Stopwatch
from cspnb.fetch.police_archives import archive
from cspnb.fetch.sites import Site
from tests.police_uk_server import Fault, PoliceUk, Stored

STORED = "/archive/2024-05.zip"
ASKED = "/data/archive/2024-05.zip"
LIST = "/data/archive/"


def a_zip(seed=1, size=200_000):
    """A zip of bytes that do not pack, so that it is as long as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as whole:
        whole.writestr(
            "2024-05/2024-05-leicestershire-street.csv", random.Random(seed).randbytes(size)
        )
    return buffer.getvalue()


ZIP = a_zip()
MD5 = hashlib.md5(ZIP, usedforsecurity=False).hexdigest()


class Lines:
    """The site and its store, as data.police.uk has them, and the archive in a folder."""

    def __init__(self, site, store, folder):
        self.site, self.store, self.folder = site, store, folder
        self.waits = []
        self.seen = []

    def fetch(self, month="2024-05", *, allowed=True, **more):
        known = Site(self.site.base)
        known = known.allowing(self.store.host) if allowed else known
        client = Client(known, watch=Stopwatch(lambda: 0.0, self.waits.append))
        client._bucket.burst = 1e9
        seen = lambda done, total: self.seen.append((done, total))  # noqa: E731
        return archive(month, self.folder, client, progress=seen, **more)

    @property
    def files(self):
        names = [path.name for path in self.folder.iterdir()] if self.folder.exists() else []
        return sorted(name for name in names if not name.endswith(".fetched.json"))

    @property
    def ranges(self):
        return [headers.get("Range") for method, path, headers in self.store.asked]


@pytest.fixture
def lines(tmp_path):
    with PoliceUk() as site, PoliceUk() as store:
        for server in (site, store):
            server.full = lambda: False
        site.pages[LIST] = page({"2024-05": MD5}).encode()
        site.redirects[ASKED] = f"{store.base}{STORED}"
        store.files[STORED] = Stored(ZIP)
        yield Lines(site, store, tmp_path / "archives")


def page(md5s):
    links = [
        f'<li><a href="/data/archive/{month}.zip">{month}</a> <code>{md5}</code></li>'
        for month, md5 in md5s.items()
    ]
    return f'<html><a href="latest.zip">latest</a><ul>{"".join(links)}</ul></html>'


# Whole


def test_an_archive_comes_from_where_the_site_sends_us_and_is_the_same_byte_for_byte(lines):
    brought = lines.fetch()
    assert lines.files == ["2024-05.zip"]
    assert brought.path.read_bytes() == ZIP
    assert brought.sha256 == hashlib.sha256(ZIP).hexdigest()
    assert (brought.size, brought.fetched) == (len(ZIP), len(ZIP))
    assert brought.checked == "its length and MD5 are the site's"
    assert lines.seen[-1] == (len(ZIP), len(ZIP))


def test_the_next_step_is_told(lines):
    brought = lines.fetch()
    expected = f'cspnb ingest police-uk "{lines.folder / "2024-05.zip"}" --edition 2024-05'
    assert brought.next_command == expected


def test_the_newest_is_the_newest_the_site_lists_under_its_own_month(lines):
    lines.site.pages[LIST] = page({"2024-05": MD5, "2024-04": "0" * 32}).encode()
    assert lines.fetch(None).path.name == "2024-05.zip"


def test_an_archive_that_is_there_is_not_fetched_again(lines):
    lines.fetch()
    asked = len(lines.site.asked) + len(lines.store.asked)
    assert lines.fetch().checked == "was there already"
    assert len(lines.site.asked) + len(lines.store.asked) == asked
    assert lines.fetch(anew=True).fetched == len(ZIP)


def test_its_hash_is_noted_beside_it_and_its_length_held_against_the_note(lines):
    path = lines.fetch().path
    noted = json.loads((lines.folder / "2024-05.zip.fetched.json").read_text(encoding="utf-8"))
    assert noted["sha256"] == hashlib.sha256(ZIP).hexdigest()
    assert noted["address"] == f"{lines.site.base}{ASKED}"
    assert lines.fetch().sha256 == noted["sha256"]
    path.write_bytes(ZIP[:-1])
    with pytest.raises(FetchError, match="had 200,180 when it was fetched"):
        lines.fetch()


def test_a_sum_that_the_page_lists_before_the_name_counts_too(lines):
    lines.site.pages[LIST] = f"<p>{'0' * 32} 2024-06.zip</p><p>{MD5} 2024-05.zip</p>".encode()
    assert lines.fetch().checked == "its length and MD5 are the site's"


def test_without_a_list_the_length_and_the_zip_itself_are_what_is_checked(lines):
    del lines.site.pages[LIST]
    said = []
    assert lines.fetch(say=said.append).checked == "the site lists no MD5 for it"
    assert "no MD5 can be compared" in said[0]


# Broken off, and gone on with


@pytest.mark.parametrize("cuts", [[1], [100_000], [70_000, 70_000], [0, 5, 0, 100_000]])
def test_what_breaks_off_is_gone_on_with_where_it_was(lines, cuts):
    lines.store.files[STORED].cuts = list(cuts)
    brought = lines.fetch()
    assert brought.path.read_bytes() == ZIP
    assert lines.files == ["2024-05.zip"]
    sent = sum(cuts)
    assert lines.ranges[-1] == f"bytes={sent}-"
    assert brought.fetched == len(ZIP)


def test_what_a_call_that_was_stopped_left_is_gone_on_with_by_the_next(lines):
    lines.store.files[STORED].cuts = [90_000] + [0] * 20
    with pytest.raises(FetchError, match="breaks off"):
        lines.fetch()
    assert lines.files == ["2024-05.zip.part", "2024-05.zip.part.json"]
    lines.store.files[STORED].cuts = []
    brought = lines.fetch()
    assert brought.fetched == len(ZIP) - 90_000
    assert brought.path.read_bytes() == ZIP
    assert lines.files == ["2024-05.zip"]


def test_a_part_that_is_all_there_needs_only_its_name(lines):
    lines.fetch()
    (lines.folder / "2024-05.zip").rename(lines.folder / "2024-05.zip.part")
    note = {"address": f"{lines.site.base}{ASKED}", "etag": '"first"', "length": len(ZIP)}
    told = json.dumps(note)
    (lines.folder / "2024-05.zip.part.json").write_text(told, encoding="utf-8")
    assert lines.fetch().fetched == 0
    assert lines.files == ["2024-05.zip"]


def test_a_file_that_changed_in_between_is_begun_anew(lines):
    """Half of one edition and half of another would have the right length."""
    other = a_zip(seed=2)
    assert len(other) == len(ZIP)
    lines.site.pages[LIST] = page({"2024-05": ""}).encode()
    lines.store.files[STORED].cuts = [100_000]
    lines.store.files[STORED].swapped = Stored(other, etag='"second"')
    brought = lines.fetch()
    assert brought.path.read_bytes() == other
    assert brought.fetched == 100_000 + len(other)


@pytest.mark.parametrize(
    ("etag", "modified", "asked"),
    [
        ('"first"', None, "bytes=100000-"),
        (None, "Tue, 02 Jul 2024 10:00:00 GMT", "bytes=100000-"),
        ('W/"first"', "Tue, 02 Jul 2024 10:00:00 GMT", None),
        (None, None, None),
    ],
    ids=["strong ETag", "date", "weak ETag", "neither"],
)
def test_a_part_is_gone_on_with_only_where_the_server_can_tell_that_it_is_the_same(
    lines, etag, modified, asked
):
    lines.store.files[STORED] = Stored(ZIP, etag, modified, cuts=[100_000])
    assert lines.fetch().path.read_bytes() == ZIP
    assert lines.ranges == [None, asked]


def test_a_server_without_ranges_is_begun_anew(lines):
    lines.store.files[STORED] = Stored(ZIP, ranges=False, cuts=[100_000])
    brought = lines.fetch()
    assert brought.path.read_bytes() == ZIP
    assert brought.fetched == 100_000 + len(ZIP)


def test_a_server_that_always_breaks_off_and_cannot_go_on_is_given_up(lines):
    lines.store.files[STORED] = Stored(ZIP, ranges=False, cuts=[100_000] * 50)
    with pytest.raises(FetchError, match="asked"):
        lines.fetch()
    assert len(lines.store.asked) <= 8
    assert "2024-05.zip" not in lines.files


def test_a_site_out_of_order_for_a_while_is_waited_for(lines):
    lines.store.faults[STORED] = [Fault(503), Fault(reset=True), Fault(429, {"Retry-After": "9"})]
    assert lines.fetch().path.read_bytes() == ZIP
    assert lines.waits == [1, 2, 9]


# Refused


def test_an_archive_with_another_sum_than_listed_gets_no_name(lines):
    lines.site.pages[LIST] = page({"2024-05": "0" * 32}).encode()
    with pytest.raises(FetchError, match=f"came with the MD5 {MD5}, and the site lists 000"):
        lines.fetch()
    assert lines.files == []


def test_a_file_that_is_no_zip_gets_no_name(lines):
    lines.store.files[STORED] = Stored(b"Sorry, this is something else." * 100)
    with pytest.raises(FetchError, match="not a file of its kind"):
        lines.fetch()
    assert lines.files == []


def test_a_page_in_place_of_the_archive_gets_no_name(lines):
    lines.store.files[STORED] = Stored(b"<html>Sorry", content_type="text/html; charset=utf-8")
    with pytest.raises(FetchError, match="a web page where a file belongs"):
        lines.fetch()
    assert lines.files == []


def test_an_archive_cut_short_without_a_word_gets_no_name(lines):
    """No length is announced, no sum is listed: only the zip's own end tells."""
    lines.site.pages[LIST] = b"<html>no list today</html>"
    lines.store.files[STORED] = Stored(ZIP[:150_000], length=False)
    with pytest.raises(FetchError, match="came damaged"):
        lines.fetch()
    assert lines.files == []


@pytest.mark.parametrize("length", [True, False], ids=["announced", "unannounced"])
def test_an_archive_over_the_cap_is_not_brought(lines, length):
    lines.store.files[STORED] = Stored(ZIP, length=length)
    with pytest.raises(FetchError, match=r"over the cap of 50,000(?s:.)*--largest"):
        lines.fetch(largest=50_000)
    assert lines.files == []


def test_a_store_that_is_not_known_is_not_asked(lines):
    with pytest.raises(FetchError, match="not a host this source is known to use"):
        lines.fetch(allowed=False)
    assert lines.store.asked == []
    assert lines.files == []


def test_a_month_that_the_site_does_not_list_is_refused_with_those_it_does(lines):
    lines.site.pages[LIST] = page({"2013-12": "0" * 32, "2024-05": MD5}).encode()
    with pytest.raises(
        PeriodError, match="no archive of 2013-11: the site lists 2013-12 to 2024-05"
    ):
        lines.fetch("2013-11")
    with pytest.raises(PeriodError, match="not a month"):
        lines.fetch("latest")
    assert lines.store.asked == []


def test_an_archive_that_is_listed_and_not_there_is_said_to_be(lines):
    lines.store.faults[STORED] = [Fault(404)]
    with pytest.raises(FetchError, match="is not there"):
        lines.fetch()
    assert lines.files == []


def test_the_newest_cannot_be_told_without_the_list(lines):
    del lines.site.pages[LIST]
    with pytest.raises(FetchError, match="--month YYYY-MM"):
        lines.fetch(None)


def test_a_damaged_note_beside_a_part_is_no_reason_to_fail(lines):
    lines.folder.mkdir()
    (lines.folder / "2024-05.zip.part").write_bytes(b"PK and something old")
    (lines.folder / "2024-05.zip.part.json").write_text("{", encoding="utf-8")
    assert lines.fetch().path.read_bytes() == ZIP
    assert lines.ranges == [None]
