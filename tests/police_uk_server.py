"""data.police.uk on loopback: its archive and its API, with the faults they are known to have.

It behaves as the publisher documents, and as has been observed: 15 calls a second and 30 at once,
then 429; 503 without a word for over 10,000 records; 400 for a GET of over 4,094 characters;
polygons by POST, closed by the server; 404 for months no longer kept; an empty list for months to
come; the latest month where none is asked for; coordinates as strings; the archive by redirect
from another host, with ranges. Nothing of `cspnb` is used.
"""

import contextlib
import email.utils
import json
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MOST_RECORDS = 10_000
LONGEST_GET = 4_094
RATE, BURST = 15, 30


@dataclass
class Fault:
    """What the server does instead of answering, once for each time it is listed."""

    status: int = 200
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    reset: bool = False
    hang: bool = False


@dataclass
class Stored:
    """A file of the archive. cuts: after how many bytes each answer in turn breaks off."""

    data: bytes
    etag: str | None = '"first"'
    modified: str | None = None
    ranges: bool = True
    length: bool = True
    cuts: list = field(default_factory=list)
    swapped: "Stored | None" = None
    content_type: str = "application/zip"
    hangs_after: int | None = None


class PoliceUk:
    """A server with its data: change the fields, then ask it. `asked` lists what came in."""

    def __init__(self, now=time.monotonic):
        self.crimes, self.unplaced, self.stops = [], [], []
        self.months = {}
        self.last_updated = ["2024-05-01"]
        self.forces_at = {}
        self.answers_with = {}
        self.files, self.redirects, self.pages = {}, {}, {}
        self.faults = {}
        self.asked = []
        self._now, self._level, self._since = now, 0.0, now()
        self._lock, self.closing = threading.Lock(), threading.Event()
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"police_uk": self})
        )
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self):
        return urlsplit(self.base).netloc

    def paths(self, part=""):
        return [path for _, path, _ in self.asked if part in path]

    def full(self):
        """One more call: whether the bucket has no room for it."""
        with self._lock:
            now = self._now()
            self._level = max(0.0, self._level - (now - self._since) * RATE)
            self._since = now
            self._level += 1
            over = self._level > BURST + 1e-9
            self._level -= over
            return over

    def fault(self, path):
        for part, faults in self.faults.items():
            if part in path and faults:
                return faults.pop(0)
        return None

    def updated(self):
        return self.last_updated.pop(0) if len(self.last_updated) > 1 else self.last_updated[0]


def crime(number, month, longitude, latitude, *, category="burglary", kind="Force", **more):
    """A record of crimes-street: ids differ, a persistent id is empty for anti-social behaviour."""
    asb = category == "anti-social-behaviour"
    return {
        "category": category,
        "location_type": kind,
        "location": {
            "latitude": f"{latitude:.6f}",
            "street": {"id": 1000 + number, "name": "On or near High Street"},
            "longitude": f"{longitude:.6f}",
        },
        "context": "",
        "outcome_status": None if asb else {"category": "Under investigation", "date": month},
        "persistent_id": "" if asb else f"{number:064x}",
        "id": number,
        "location_subtype": "",
        "month": month,
    } | more


def stop(moment, force, month, **more):
    """A record of stops-force, and (apart) whose month's list it is in."""
    record = {
        "age_range": "18-24",
        "officer_defined_ethnicity": "White",
        "involved_person": True,
        "self_defined_ethnicity": "Other ethnic group - Not stated",
        "gender": "Male",
        "legislation": None,
        "outcome_linked_to_object_of_search": None,
        "datetime": moment,
        "outcome_object": {"id": "", "name": ""},
        "location": {
            "latitude": "52.628997",
            "street": {"id": 1738518, "name": "On or near Crescent Street"},
            "longitude": "-1.130273",
        },
        "object_of_search": "Controlled drugs",
        "operation": False,
        "outcome": False,
        "type": "Person search",
        "operation_name": None,
        "removal_of_more_than_outer_clothing": True,
    }
    return force, month, record | more


def inside(outline, longitude, latitude):
    """Whether a point lies within an outline of (latitude, longitude), by crossings."""
    within = False
    for (y1, x1), (y2, x2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (y1 > latitude) != (y2 > latitude):
            crossing = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            within ^= longitude < crossing
    return within


class _Handler(BaseHTTPRequestHandler):
    police_uk = None
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_GET(self):  # noqa: N802
        if len(self.requestline) > LONGEST_GET:
            return self.send(400, b"<html>Bad Request</html>", {"Content-Type": "text/html"})
        parts = urlsplit(self.path)
        return self.answer(parts.path, parse_qs(parts.query))

    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "form-urlencoded" not in self.headers.get("Content-Type", ""):
            return self.send(400)
        return self.answer(urlsplit(self.path).path, parse_qs(body.decode()))

    def answer(self, path, values):
        values = {key: value[0] for key, value in values.items()}
        self.police_uk.asked.append((self.command, path, values | _range_of(self.headers)))
        if self.police_uk.full():
            return self.send(429)
        if fault := self.police_uk.fault(path):
            return self.reset() if fault.reset else self.send_fault(fault)
        if path in self.police_uk.redirects:
            return self.send(302, headers={"Location": self.police_uk.redirects[path]})
        if path in self.police_uk.files:
            return self.send_file(path)
        if path in self.police_uk.pages:
            return self.send(200, self.police_uk.pages[path], {"Content-Type": "text/html"})
        return self.send_records(*_records(self.police_uk, path, values))

    def send_records(self, status, records=None):
        body = b"" if records is None else json.dumps(records).encode()
        return self.send(status, body, {"Content-Type": "application/json"})

    def send_fault(self, fault):
        if fault.hang:
            self.police_uk.closing.wait(60)
        return self.send(fault.status, fault.body, fault.headers)

    def send(self, status, body=b"", headers=None):
        if "Date" in (headers or {}):
            self.send_response_only(status)
        else:
            self.send_response(status)
        headers = {"Content-Length": str(len(body))} | (headers or {})
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.write(body)
        if int(headers["Content-Length"]) != len(body):
            self.close_connection = True

    def send_file(self, path):
        stored = self.police_uk.files[path]
        start = self.start_of(stored)
        if start is not None and start >= len(stored.data):
            return self.send(416, headers={"Content-Range": f"bytes */{len(stored.data)}"})
        self.send_response(200 if start is None else 206)
        for name, value in _file_headers(stored, start):
            self.send_header(name, value)
        self.end_headers()
        body = stored.data[start or 0 :]
        cut = stored.cuts.pop(0) if stored.cuts else None
        if stored.hangs_after is not None:
            self.write(body[: stored.hangs_after])
            stored.hangs_after = None
            self.police_uk.closing.wait(60)
        self.write(body[:cut])
        if cut is not None or not stored.length:
            self.close_connection = True
        if cut is not None and stored.swapped:
            self.police_uk.files[path] = stored.swapped
        return None

    def start_of(self, stored):
        """Where the asked range starts; None where the whole is to be sent."""
        asked = re.match(r"bytes=(\d+)-$", self.headers.get("Range", ""))
        if not asked or not stored.ranges:
            return None
        condition = self.headers.get("If-Range")
        if condition and condition not in (stored.etag, stored.modified):
            return None
        return int(asked[1])

    def write(self, body):
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def reset(self):
        """Close so that the other side sees a reset, not an end."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True
        self.rfile = self.wfile = contextlib.nullcontext()

    def finish(self):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            super().finish()


def _range_of(headers):
    names = ("Range", "If-Range", "Host")
    return {name: headers[name] for name in names if headers.get(name)}


def _file_headers(stored, start):
    size = len(stored.data)
    yield "Content-Type", stored.content_type
    if stored.length:
        yield "Content-Length", str(size - (start or 0))
    if stored.etag:
        yield "ETag", stored.etag
    if stored.modified:
        yield "Last-Modified", stored.modified
    if start is not None:
        yield "Content-Range", f"bytes {start}-{size - 1}/{size}"


def _records(server, path, values):
    if path == "/api/crimes-street-dates":
        months = sorted(server.months.items(), reverse=True)
        return 200, [{"date": m, "stop-and-search": sorted(forces)} for m, forces in months]
    if path == "/api/crime-last-updated":
        return 200, {"date": server.updated()}
    if path == "/api/locate-neighbourhood":
        force = next(iter(server.forces_at.values()), None)
        return (200, {"force": force, "neighbourhood": "NH1"}) if force else (404, None)
    month = values.get("date") or max(server.months)
    month = server.answers_with.get(month, month)
    if month not in server.months:
        return (404, None) if month < min(server.months) else (200, [])
    if path == "/api/crimes-street/all-crime":
        return _street(server, month, values)
    if path == "/api/crimes-no-location":
        return 200, [r for f, r in server.unplaced if f == values["force"] and r["month"] == month]
    if path == "/api/stops-force":
        return 200, [r for f, m, r in server.stops if f == values["force"] and m == month]
    return 404, None


def _street(server, month, values):
    outline = [tuple(map(float, pair.split(","))) for pair in values["poly"].split(":")]
    if len(outline) < 3:
        return 400, None
    found = [
        record
        for record in server.crimes
        if record["month"] == month
        and inside(
            outline, float(record["location"]["longitude"]), float(record["location"]["latitude"])
        )
    ]
    return (503, None) if len(found) > MOST_RECORDS else (200, found)


def http_date(seconds):
    """A moment as HTTP writes it."""
    return email.utils.formatdate(seconds, usegmt=True)
