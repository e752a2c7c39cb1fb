"""Every source has one door here: a module whose `ingest(files, store, ...)` returns a `Taken`."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Taken:
    """What one call of ingest did.

    `sources` holds the new rows of the SOURCES table, one a file taken in; `unchanged` names the
    files that brought nothing the store did not hold; `ignored` names what was found beside them
    and is no file of this source.
    """

    sources: pd.DataFrame
    unchanged: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
