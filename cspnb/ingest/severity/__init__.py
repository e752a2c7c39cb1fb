"""What offences weigh, edition by edition, and which category police.uk publishes them under."""

from pathlib import Path

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed, refuse_other_name
from cspnb.ingest.delivery import Delivery, deliver, known
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.severity.categories import categories_of
from cspnb.ingest.severity.codes import are_dates
from cspnb.ingest.severity.layouts import Layout, layout_of, opened
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import OFFENCE_CATEGORIES
from cspnb.store import Store

HEAVIEST = 100_000
"""In days of custody; the heaviest offence of the ONS's score weighs 7,973."""

_WEIGHT_KEY = ["scheme", "weights_edition", "offence_code"]
_CODE = ["offence_code"]


def ingest(paths: list[Path], store: Store, *, weights_edition: str | None = None) -> Taken:
    """Take weights into `severity_weights` and categories into `offence_categories`, or nothing.

    weights_edition: what the publisher calls the edition of the weights; a file of weights is
    refused without it. The same weights in another file may be another edition; the same file may
    not. Raises IngestError for an unknown layout, a weight that is none, an unknown category, a
    code with two weights or two categories, and one that differs from what is held.
    """
    deliveries = []
    for path in paths:
        sheet, layout = _described(Path(path))
        if layout.table is OFFENCE_CATEGORIES:
            delivery, key, answer = _categories(sheet, layout), _CODE, ["crime_type"]
        else:
            delivery = _weights(sheet, layout, _edition(sheet, weights_edition))
            key, answer = _WEIGHT_KEY, ["weight"]
            refuse_other_name(delivery, store, "weights_edition", "--weights-edition")
        held = known(store, delivery.table, deliveries)
        deliveries.append(agreed(delivery, held, key, answer))
    return deliver(deliveries, store)


def _described(path):
    sheet = opened(path)
    return sheet, layout_of(sheet)


def _edition(sheet, given):
    if given and given.strip():
        return given.strip()
    raise IngestError(
        "the weights are of an edition the file does not name",
        where=sheet.name,
        remedy="Weights are revised; say which these are, as their publisher does: "
        '--weights-edition "early 2021".',
    )


def _weights(sheet: Sheet, layout: Layout, edition: str) -> Delivery:
    column = layout.column(sheet, "weight")
    weights = sheet.numbers(column)
    sheet.refuse(weights < 0, column, "is below nothing")
    sheet.refuse(weights > HEAVIEST, column, "is heavier than any offence")
    code, scheme = layout.column(sheet, "code"), layout.column(sheet, "scheme")
    for needed in filter(None, (code, scheme)):
        sheet.refuse(sheet.frame[needed].isna(), needed, "stands where every row must say")
    sheet.refuse(
        are_dates(sheet.frame[code]),
        code,
        "is a date that a spreadsheet made of a code",
        "Write codes in a column formatted as text.",
    )
    rows = sheet.frame[[code]].set_axis(_CODE, axis="columns")
    rows = rows.assign(
        scheme=sheet.frame[scheme] if scheme else layout.scheme,
        weights_edition=edition,
        offence=_text(sheet, layout.column(sheet, "offence")),
        category=_text(sheet, layout.column(sheet, "category")),
        weight=weights,
    )
    return _delivery(sheet, layout, rows, _WEIGHT_KEY, "weight")


def _categories(sheet: Sheet, layout: Layout) -> Delivery:
    found = categories_of(sheet, layout)
    delivery = _delivery(sheet, layout, found.rows, _CODE, "crime_type")
    return found.accounted(delivery)


def _delivery(sheet, layout, rows, key, answer):
    columns = [name for name in layout.table.columns if name != "source_id"]
    rows = rows[columns].astype({name: "str" for name in columns if name != "weight"})
    once = sheet.settle(rows, key, [answer], "is").drop_duplicates(key)
    return Delivery(
        sheet,
        layout.table,
        once,
        publisher=layout.publisher,
        licence=layout.licence,
        marked=mark(sheet),
        copied=len(rows) - len(once),
    )


def _text(sheet, column):
    return None if column is None else sheet.frame[column]
