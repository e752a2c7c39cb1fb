"""One polite asker: paced, patient with what passes, plain about what does not."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import requests
import urllib3

from cspnb.errors import FetchError
from cspnb.fetch.pacing import Bucket, Patience, Stopwatch, asked_to_wait
from cspnb.fetch.sites import POLICE_UK, Site

Answer = TypeVar("Answer")

LARGEST_ANSWER = 64 * 2**20
"""Bytes of one answer. 10,000 records, the most there are in one, are some 5 million."""

_CHUNK = 1 << 16
_SECONDS = (10, 90)
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({429, 500, 502, 503, 504})
_TOO_MUCH = frozenset({413, 503})
_NAME = "cspnb (reports of community safety partnerships)"
_LATER = "Run the same command again in a while: what is complete is kept."


class PassingError(Exception):
    """A failure that may pass. `wait`: seconds the server asks for. `got_on`: something came."""

    def __init__(self, what: str, *, wait: float | None = None, got_on: bool = False):
        super().__init__(what)
        self.wait = wait
        self.got_on = got_on


class TooMuchError(Exception):
    """A refusal that may mean that the answer is too long, or that the site is out of order."""


class Client:
    """What asks a site, within its rate, and again when a failure may pass.

    `say` is told, in a sentence, why there is a wait.
    """

    def __init__(
        self,
        site: Site = POLICE_UK,
        *,
        watch: Stopwatch | None = None,
        patience: Patience | None = None,
        say: Callable[[str], None] | None = None,
    ):
        self.site = site
        self.patience = patience or Patience()
        self._watch = watch or Stopwatch()
        self._bucket = Bucket(self._watch)
        self._say = say or (lambda _: None)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = _NAME

    def json(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        may_be_too_much: bool = False,
    ) -> Any:
        """The data of an answer; with `form` it is asked by POST.

        Raises FetchError for a refusal, and for a failure that does not pass; TooMuchError, where
        that is asked for, at the first 503 or 413 that names no time to wait.
        """
        method = "GET" if form is None else "POST"
        what = {"params": params, "data": form}

        def attempt():
            with self.opened(method, path, may_be_too_much=may_be_too_much, **what) as response:
                return _data(response)

        return self.persist(attempt, path)

    def text(self, path: str) -> str:
        """The text of a page."""

        def attempt():
            with self.opened("GET", path) as response:
                return _body(response).decode("utf-8", errors="replace")

        return self.persist(attempt, path)

    def persist(self, attempt: Callable[[], Answer], path: str) -> Answer:
        """What `attempt` returns, tried again while it raises PassingError and patience lasts.

        The count starts afresh after a try that got on.
        """
        tried = 0
        while True:
            try:
                return attempt()
            except PassingError as fault:
                tried = 1 if fault.got_on else tried + 1
                if tried >= self.patience.tries:
                    raise FetchError(
                        f"{fault}; asked {tried} times", where=self._where(path), remedy=_LATER
                    ) from fault
                self._pause(fault, tried, path)

    def opened(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        may_be_too_much: bool = False,
        **what,
    ) -> requests.Response:
        """A good answer (200 or 206, or 416 to a range), its body not yet read; asked once."""
        try:
            response = self._followed(method, self.site.address(path), headers, what)
        except requests.exceptions.SSLError as error:
            raise FetchError(
                "the connection is not secure: its certificate cannot be checked",
                where=self._where(path),
                remedy="On an organisation's network, ask its help desk for the certificate.",
            ) from error
        except (requests.ConnectionError, requests.Timeout) as error:
            raise PassingError(f"cannot be reached ({_cause(error)})") from error
        except requests.RequestException as error:
            raise FetchError(f"cannot be asked: {error}", where=self._where(path)) from error
        if response.status_code in (200, 206) or (response.status_code == 416 and headers):
            return response
        with response:
            return self._refused(response, path, may_be_too_much)

    def _followed(self, method, address, headers, what):
        for _ in range(_MOST_REDIRECTS + 1):
            self._bucket.take()
            response = self._session.request(
                method,
                address,
                headers={"Accept-Encoding": "identity"} | dict(headers or {}),
                timeout=_SECONDS,
                stream=True,
                allow_redirects=False,
                **what,
            )
            if response.status_code not in _REDIRECTS:
                return response
            response.close()
            if method != "GET":
                raise FetchError("sends a question elsewhere; it is not followed", where=address)
            address = self.site.address(response.headers.get("Location", ""), address)
            what = {}
        raise FetchError("is redirected over and over", where=address, remedy=_LATER)

    def _refused(self, response, path, may_be_too_much):
        status = response.status_code
        wait = asked_to_wait(response.headers)
        if may_be_too_much and status in _TOO_MUCH and wait is None:
            raise TooMuchError(status)
        if status in _PASSING:
            reason = "asks us to slow down" if status == 429 else "is out of order"
            raise PassingError(f"the site {reason} (HTTP {status})", wait=wait)
        if status in (404, 410):
            raise FetchError(
                f"is not there (HTTP {status})",
                where=self._where(path),
                remedy="Ask for another month, or look at the publisher's site for what there is.",
            )
        raise FetchError(
            f"the site refuses the question (HTTP {status})",
            where=self._where(path),
            remedy="Check what was asked. Asked again the same way, it will be refused again.",
        )

    def _pause(self, fault: PassingError, tried: int, path: str) -> None:
        seconds = self.patience.pause(tried) if fault.wait is None else fault.wait
        if seconds > self.patience.most:
            raise FetchError(
                f"{fault} and to wait {seconds:,.0f} seconds",
                where=self._where(path),
                remedy="Run the same command again after that: what is complete is kept.",
            ) from fault
        self._say(f"{path}: {fault}; asking again in {seconds:.0f} s")
        self._watch.sleep(seconds)

    def _where(self, path: str) -> str:
        return f"{self.site.base.rstrip('/')}/{path.lstrip('/')}"


def chunks(response: requests.Response) -> Iterator[bytes]:
    """The body as it comes; PassingError where it breaks off, after all that came before."""
    raw = response.raw
    try:
        while data := raw.read1(_CHUNK, decode_content=True):
            yield data
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise PassingError(f"the answer breaks off ({_cause(error)})") from error


def _body(response: requests.Response) -> bytes:
    data = bytearray()
    for chunk in chunks(response):
        data += chunk
        if len(data) > LARGEST_ANSWER:
            raise FetchError(
                f"answers with more than {LARGEST_ANSWER:,} bytes", where=response.url[:200]
            )
    return bytes(data)


def _data(response: requests.Response) -> Any:
    body = _body(response)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        page = body.lstrip()[:1] == b"<"
        told = "with a web page" if page else "with what cannot be read as data"
        raise PassingError(f"the site answers {told} where data belongs") from error


def _cause(error: Exception) -> str:
    """The kind of the innermost failure: 'Connection refused' says more than its wrapping."""
    for _ in range(10):
        inner = [getattr(error, "reason", None), *error.args, error.__cause__, error.__context__]
        nearer = next((one for one in inner if isinstance(one, Exception)), None)
        if nearer is None:
            break
        error = nearer
    return getattr(error, "strerror", None) or type(error).__name__
