"""Which addresses may be asked: https, and only the hosts a site is known to use."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from cspnb.errors import FetchError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_DEFAULT_PORT = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Site:
    """A publisher's address, and the other hosts it may send us to (`host` or `host:port`)."""

    base: str
    hosts: frozenset[str] = frozenset()

    def address(self, path: str, sent_from: str = "") -> str:
        """The full address of a path, or of where a page sends us; FetchError if not allowed.

        https only, but for this machine itself (loopback), which only tests have a use for.
        """
        address, parts = _joined(sent_from or f"{self.base.rstrip('/')}/", path)
        open_line = parts.scheme == "http" and parts.hostname in LOOPBACK
        if parts.scheme != "https" and not open_line:
            raise FetchError(
                "is not an https address, and nothing is fetched over an open line",
                where=address[:200],
                remedy="Use the publisher's https address.",
            )
        if _host(parts) not in self.hosts | {_host(urlsplit(self.base))}:
            raise FetchError(
                f"{urlsplit(sent_from or self.base).netloc} sends us to {parts.netloc}, which is "
                "not a host this source is known to use",
                where=address[:200],
                remedy="If the publisher says that it moved, name the host with --allow-host.",
            )
        return address

    def allowing(self, *hosts: str) -> "Site":
        """The same site, with more hosts that it may send us to."""
        return Site(self.base, self.hosts | {host.casefold() for host in hosts})


def _joined(base: str, path: str) -> tuple[str, SplitResult]:
    try:
        address = urljoin(base, path)
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise FetchError(f"is no address: {error}", where=path[:200]) from error
    return address, parts


def _host(parts: SplitResult) -> str:
    """`host`, or `host:port` where the port is not the usual one; never a user's name."""
    if "@" in parts.netloc:
        return ""
    port = parts.port or _DEFAULT_PORT.get(parts.scheme)
    usual = port == _DEFAULT_PORT.get(parts.scheme)
    return (parts.hostname or "") if usual else f"{parts.hostname}:{port}"


POLICE_UK = Site("https://data.police.uk", frozenset({"policeuk-data.s3.amazonaws.com"}))
"""The police's open data; its archives are served from a store at Amazon's."""
