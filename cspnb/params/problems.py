"""What is wrong with a params file, line by line, and the one error that tells it all."""

from collections.abc import Iterable
from dataclasses import dataclass

from cspnb.errors import ParamsError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: the file (relative to the project), its line, what, and what to do."""

    file: str
    line: int
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return str(ParamsError(self.what, where=f"{self.file}:{self.line}", remedy=self.remedy))


def error_of(problems: Iterable[Problem]) -> ParamsError:
    """One ParamsError for all the problems given: the first names the place, the text lists all."""
    problems = sorted(problems)
    first = problems[0]
    where = f"{first.file}:{first.line}"
    if len(problems) == 1:
        return ParamsError(first.what, where=where, remedy=first.remedy)
    listed = "".join(f"\n{problem}" for problem in problems)
    return ParamsError(
        f"{len(problems)} problems{listed}", where=where, remedy="Mend each of the lines above."
    )
