"""Answers to surveys: one row an answer to a question, in an area and a period, with its base."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed
from cspnb.ingest.delivery import AS_SUPPLIED, Delivery, deliver
from cspnb.ingest.revisions import REMEDY, newest, rivals
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read
from cspnb.ingest.surveys.rows import KEY, ROUNDING, SEVERAL, SMALL, answers, with_our_columns
from cspnb.periods import Month
from cspnb.schemas import SURVEYS
from cspnb.store import Store

_ASKED = [name for name in KEY if name != "answer"]
_FIGURE = ["percentage", "base", "weighted_base", "weighting", "choice"]

__all__ = ["ROUNDING", "SEVERAL", "in_force", "ingest"]


def ingest(paths: list[Path], store: Store, *, edition: str | None = None) -> Taken:
    """Take sheets of answers into `surveys`, all of them or none.

    edition: the month they were supplied, YYYY-MM; the newest edition speaks for a question.
    Raises IngestError for a malformed sheet, an answer without a base, answers to a question of
    one choice that are more than everybody, an answer given twice with two figures, and a figure
    that differs from one held of the same edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    deliveries = []
    for path in paths:
        delivery = replace(_delivery(with_our_columns(read(path))), edition=edition)
        held = rivals(SURVEYS, store, edition, in_force, earlier=deliveries)
        deliveries.append(agreed(delivery, held, KEY, _FIGURE, verb="has", remedy=REMEDY))
    return deliver(deliveries, store)


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The answers that speak for each question, area and period: those of the newest edition.

    frame: rows of `surveys`. sources: rows of `sources`; rows it does not name do not count. The
    answers to a question are taken from one edition whole; a file without one is the oldest.
    """
    spoken = newest(frame, sources, _ASKED)
    return spoken.sort_values(KEY, ignore_index=True)


def _delivery(sheet):
    rows = answers(sheet)
    once = sheet.settle(rows, KEY, _FIGURE, "has")
    few = int((once["base"] < SMALL).sum())
    return Delivery(
        sheet,
        SURVEYS,
        once,
        publisher="; ".join(sorted(set(once["supplier"]))),
        licence=AS_SUPPLIED,
        marked=bool(mark(sheet)),
        copied=len(rows) - len(once),
        rejections=f"on a base under {SMALL} ({few:,}), kept" if few else None,
    )
