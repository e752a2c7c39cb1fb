"""The sheets of an indicators workbook: a cover, one a theme, and the lists behind them."""

import textwrap
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from cspnb.ingest.indicators import layout
from cspnb.workbook import wording
from cspnb.workbook.form import Form

TOP = 4
"""The row of headings of every table that is filled in or chosen from."""

_LISTS = "Lists"
_WIDTHS = {"label": 46, "period": 20, "area_name": 24, "value": 12, "unit": 14, "base": 10}
_WIDTHS |= {"supplier": 28, "note": 44, "measure": 32, "area": 14}
_INSTRUCTION_WIDTH, _LINE = 100, 15
_TITLE, _BOLD = Font(bold=True, size=14), Font(bold=True)
_PREPARED = PatternFill("solid", fgColor="F2F2F2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_OPEN = Protection(locked=False)


def workbook(form: Form) -> Workbook:
    """All the sheets of a form."""
    book = Workbook()
    _cover(book.active, form)
    for number, theme in enumerate(form.themes, start=1):
        _figures(book.create_sheet(theme), form, theme, number)
    _lists(book.create_sheet(_LISTS), form)
    for sheet in book.worksheets:
        _lock(sheet)
    return book


def _cover(sheet: Worksheet, form: Form):
    sheet.title = "Instructions"
    _write(sheet, 1, [layout.mark(layout.INSTRUCTIONS)], font=_TITLE)
    for row, line in enumerate(wording.instructions(form), start=2):
        _write(sheet, row, [line], alignment=_WRAPPED)
        # A row keeps the height of one line unless it is told how many there are.
        lines = textwrap.wrap(line, _INSTRUCTION_WIDTH)
        sheet.row_dimensions[row].height = _LINE * max(1, len(lines))
    top = sheet.max_row + 1
    rows = [[theme, len(form.on(theme)), wording.HELD_BY[theme]] for theme in form.themes]
    _table(sheet, top, ["Sheet", "Rows", "Usually held by"], rows, "sheets")
    for letter, width in (("A", _INSTRUCTION_WIDTH), ("B", 8), ("C", 70)):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _figures(sheet: Worksheet, form: Form, theme: str, number: int):
    _write(sheet, 1, [f"{theme}: figures to fill in"], font=_TITLE)
    _write(sheet, 2, [f"This worksheet contains one table. {layout.mark(layout.FIGURES)}."])
    _write(sheet, 3, [wording.FIGURES_HINT])
    rows = form.on(theme)
    texts = [
        {
            "label": row.measure.label,
            "period": str(row.period),
            "area_name": row.area.name,
            "unit": row.measure.unit,
            "measure": row.measure.key,
            "area": row.area.code,
        }
        for row in rows
    ]
    cells = [[text.get(name) for name in layout.HEADINGS] for text in texts]
    _table(sheet, TOP, list(layout.HEADINGS.values()), cells, f"figures_{number}")
    sheet.freeze_panes = sheet.cell(TOP + 1, 1)
    for name, letter in _letters().items():
        sheet.column_dimensions[letter].width = _WIDTHS[name]
        for row in range(TOP + 1, TOP + 1 + len(rows)):
            if name in layout.FILLED_IN:
                sheet[f"{letter}{row}"].protection = _OPEN
            else:
                sheet[f"{letter}{row}"].fill = _PREPARED
    _validate(sheet, form, rows)


def _lists(sheet: Worksheet, form: Form):
    _write(sheet, 1, [layout.mark(layout.LISTS)], font=_TITLE)
    _write(sheet, 2, [wording.LISTS_HINT])
    rows = [
        [layout.MEASURE, each.label, each.key, each.unit, _to_know(each)] for each in form.measures
    ]
    rows += [[layout.PERIOD, str(each), None, None, each.dates] for each in form.periods]
    rows += [[layout.AREA, area.name, area.code, None, None] for area in form.areas]
    _table(sheet, TOP, list(layout.LIST_HEADINGS), rows, "lists")
    for letter, width in (("A", 12), ("B", 46), ("C", 32), ("D", 14), ("E", 120)):
        sheet.column_dimensions[letter].width = width


def _to_know(measure):
    said = [measure.why, *measure.said_always, *(caveat.text for caveat in measure.caveats)]
    return " ".join(said)


def _validate(sheet, form, rows):
    """What a cell accepts while it is typed; the same is checked again when it comes back."""
    letters, last = _letters(), TOP + len(rows)
    for measure, span in _spans(rows):
        sheet.add_data_validation(_number_for(measure, f"{letters['value']}{span[0]}", span[1]))
    base = _rule("whole", "greaterThanOrEqual", "1", say="Type how many people: a whole number.")
    base.add(f"{letters['base']}{TOP + 1}:{letters['base']}{last}")
    sheet.add_data_validation(base)
    starts = TOP + 1
    for name, items in (
        ("label", form.measures),
        ("period", form.periods),
        ("area_name", form.areas),
    ):
        ends = starts + len(items) - 1
        chosen = _rule(
            "list", None, f"={_LISTS}!$B${starts}:$B${ends}", say="Choose from the list."
        )
        chosen.add(f"{letters[name]}{TOP + 1}:{letters[name]}{last}")
        sheet.add_data_validation(chosen)
        starts = ends + 1


def _spans(rows):
    """Each measure with the first and last row it has on its sheet."""
    numbered = enumerate((row.measure.key for row in rows), start=TOP + 1)
    measures = {row.measure.key: row.measure for row in rows}
    for key, run in groupby(numbered, key=lambda each: each[1]):
        lines = [line for line, _ in run]
        yield measures[key], (lines[0], lines[-1])


def _number_for(measure, first, last):
    if measure.kind == "percentage":
        rule = _rule("decimal", "between", "0", "100", say="Type a number from 0 to 100: 88.")
    else:
        rule = _rule("whole", "greaterThanOrEqual", "0", say="Type a whole number; none is 0.")
    rule.add(f"{first}:{first[0]}{last}")
    return rule


def _rule(kind, operator, *formulas, say):
    rule = DataValidation(
        type=kind,
        operator=operator,
        formula1=formulas[0],
        formula2=formulas[1] if len(formulas) > 1 else None,
        allow_blank=True,
        showErrorMessage=True,
    )
    rule.errorTitle, rule.error = "This cell", f"{say} Leave it empty where it is not known."
    return rule


def _table(sheet, top, headings, rows, name):
    """A row of headings and rows of text under it, marked up as a table."""
    _write(sheet, top, headings, font=_BOLD, alignment=_WRAPPED)
    for at, row in enumerate(rows, start=top + 1):
        _write(sheet, at, row)
    table = Table(
        displayName=name, ref=f"A{top}:{get_column_letter(len(headings))}{top + len(rows)}"
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _write(sheet, row, texts, **style):
    """Texts and numbers across a row; a text that begins with '=' is no formula."""
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        cell.value = text
        if isinstance(text, str):
            cell.data_type, cell.number_format = "s", "@"
        for name, value in style.items():
            setattr(cell, name, value)


def _lock(sheet):
    """Keep the prepared cells as they are; formats, widths and filters stay free."""
    sheet.protection.sheet = True
    for free in ("formatCells", "formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, free, False)


def _letters():
    return {name: get_column_letter(at) for at, name in enumerate(layout.HEADINGS, start=1)}
