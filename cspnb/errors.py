"""Every failure a user can meet: what happened, where, and what to do about it."""


class CspnbError(Exception):
    """A failure with a remedy. `exit_code` is what the command line returns for it."""

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = ""):
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n  What to do: {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"

    def __reduce__(self):
        """Survive the journey between processes with every field."""
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind, what, where, remedy):
    return kind(what, where=where, remedy=remedy)


class PeriodError(CspnbError):
    """A period that cannot be read."""


class ParamsError(CspnbError):
    """A params file that breaks its schema; `where` names the file and line."""


class IngestError(CspnbError):
    """A source file that cannot be taken in; the store is as it was."""


class FetchError(CspnbError):
    """Something that could not be fetched; what is complete is kept, nothing is half there."""

    exit_code = 1


class StoreError(CspnbError):
    """The store is missing, unreadable, or would mix what must not be mixed."""


class EditionError(CspnbError):
    """An edition that cannot be written without losing something, and so is left as it is."""

    exit_code = 1


class RenderError(CspnbError):
    """A report that was started and failed; the others are not touched."""

    exit_code = 1
