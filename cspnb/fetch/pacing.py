"""How fast to ask, and how long to wait before asking again. No clock is read but a stopwatch."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import mktime_tz, parsedate_tz


@dataclass(frozen=True)
class Stopwatch:
    """Seconds since some moment, and waiting: given, so that a test need not wait."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass
class Bucket:
    """A leaky bucket: `burst` calls at once, `rate` a second after that.

    data.police.uk allows 15 a second and 30 at once, and answers 429 beyond.
    """

    watch: Stopwatch
    rate: float = 15.0
    burst: float = 30.0
    _level: float = field(default=0.0, init=False)
    _since: float | None = field(default=None, init=False)

    def take(self) -> None:
        """Wait until there is room for one more call, and take it."""
        self._leak()
        if (over := self._level + 1 - self.burst) > 0:
            self.watch.sleep(over / self.rate)
            self._leak()
        self._level += 1

    def _leak(self) -> None:
        now = self.watch.now()
        passed = 0.0 if self._since is None else now - self._since
        self._level = max(0.0, self._level - passed * self.rate)
        self._since = now


@dataclass(frozen=True)
class Patience:
    """How often to ask again, and how long to wait in between: twice as long each time.

    tries: how often in all. first, longest: seconds. most: the longest wait a server may ask for.
    """

    tries: int = 6
    first: float = 1.0
    longest: float = 60.0
    most: float = 300.0

    def pause(self, tried: int) -> float:
        """Seconds to wait after having tried so often."""
        return min(self.longest, self.first * 2 ** (tried - 1))


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """The seconds that `Retry-After` asks for, in either of its forms; None where it does not.

    A date is set against the answer's own `Date`, so our clock may be wrong.
    """
    text = (headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return float(text)
    until, now = _moment(text), _moment(headers.get("Date") or "")
    return None if until is None or now is None else max(0.0, until - now)


def _moment(text: str) -> float | None:
    """Seconds since 1970 of a date as HTTP writes it; None for anything else."""
    parts = parsedate_tz(text)
    try:
        return None if parts is None else float(mktime_tz(parts))
    except (ValueError, OverflowError):
        return None
