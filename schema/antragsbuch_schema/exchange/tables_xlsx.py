"""Tables as an XLSX workbook: dates, numbers and amounts as such, texts as texts and never as formulas.

Needs openpyxl, which is an extra; it is loaded when the first workbook is made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from antragsbuch_schema.fields import Kind
from antragsbuch_schema.i18n import Language, catalogue

from .tables import Column, Role, Table
from .tables_cells import MAX_TEXT, Cell, cell, too_long

_EXACT = 10**15
_LONGEST_LIST = 255
_SPARE = 200
"""Rows below the table in which words are offered too."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_MOMENT = re.compile(rb">[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z<")
_WIDTHS = {Kind.PROSE: 60, Kind.DATE: 12, Kind.TIME: 8, Kind.INTEGER: 11, Kind.CENTS: 16, Kind.BOOLEAN: 10}
_WIDE = {"title": 60, "organization": 40, "motion": 11, "version": 12, "list": 18, "consultation": 10, "vote": 10}
_FORMATS = {Kind.DATE: {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}, Kind.TIME: {"de": "hh:mm", "en": "hh:mm"}}
_MONEY, _TEXT, _SECONDS = "#,##0.00", "@", "hh:mm:ss"


class Workbook:
    """A workbook that is made, sheet by sheet. Raises `ImportError` where openpyxl is not installed."""

    def __init__(self, language: Language) -> None:
        import openpyxl

        self.language: Language = language
        self.book: Any = openpyxl.Workbook(write_only=True)
        self.book.properties.creator = "Antragsbuch"

    def add(self, table: Table, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet with headings that stay in sight, a filter, and these rows."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        sheet = self.book.create_sheet(catalogue(self.language).gettext(table.label))
        keys = sum(1 for column in columns if column in table.keys)
        sheet.freeze_panes = f"{get_column_letter(keys + 1)}2"
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _width(column)
        make = _Cells(sheet, self.language)
        sheet.append([make.heading(column) for column in columns])
        count = 1
        for row in rows:
            sheet.append([make.cell(of, column) for of, column in zip(row, columns, strict=True)])
            count += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
        for number, column in enumerate(columns, 1):
            if words := _words(column, self.language):
                # offered, not enforced: what is none of them is told on the way back
                offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
                offered.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{count + _SPARE}")
                sheet.data_validations.append(offered)

    def content(self) -> bytes:
        """The bytes of the whole workbook, which takes no more sheets then."""
        buffer = BytesIO()
        self.book.save(buffer)
        return _timeless(buffer)


def _timeless(made: BytesIO) -> bytes:
    """A workbook that does not say when it was made: the same tables are the same bytes."""
    found = BytesIO()
    with ZipFile(made) as before, ZipFile(found, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(b">2000-01-01T00:00:00Z<", content)
            after.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return found.getvalue()


class _Cells:
    """Makes the cells of a sheet."""

    def __init__(self, sheet: Any, language: Language) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self.sheet, self.language = sheet, language
        self.make: Any = WriteOnlyCell
        self.bold = Font(bold=True)
        self.top = Alignment(vertical="top")

    def heading(self, column: Column) -> Any:
        found = self._text(column.heading(self.language))
        found.font = self.bold
        return found

    def cell(self, of: Cell, column: Column) -> Any:
        """A cell, None for an empty one: the filter of a spreadsheet finds it so."""
        if of == "" and isinstance(of, str):
            return None
        kind = column.field.kind
        if isinstance(of, str) or not _is_native(of):
            shown = of if isinstance(of, str) else str(of)
            if len(escaped(shown).encode("utf-16-le")) // 2 > MAX_TEXT:
                shown = too_long(len(shown))(self.language)
            found = self._text(shown)
        else:
            found = self.make(self.sheet, value=of)
            if isinstance(of, Decimal):
                found.number_format = _MONEY
            elif kind in _FORMATS and isinstance(of, dt.time) and of.second:
                found.number_format = _SECONDS
            elif kind in _FORMATS:
                found.number_format = _FORMATS[kind][self.language]
        found.alignment = self.top
        return found

    def _text(self, shown: str) -> Any:
        found = self.make(self.sheet, value=escaped(shown))
        # openpyxl takes what begins with = for a formula, and #N/A for an error
        found.data_type = "s"
        found.number_format = _TEXT
        return found


def escaped(value: str) -> str:
    """A text with what XML can't hold written as workbooks do: `_x0007_`."""
    return _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", value)


def _is_native(of: Cell) -> bool:
    """Whether a spreadsheet holds a value as what it is, and exactly."""
    if isinstance(of, dt.date):
        return of.year > 1900
    if isinstance(of, dt.time):
        return of.microsecond == 0
    return isinstance(of, (int, Decimal)) and abs(Decimal(of)) < _EXACT


def _words(column: Column, language: Language) -> str:
    """The words that a cell may hold, with commas between; nothing where they are not so few."""
    if column.role is not Role.FIELD:
        return ""
    values: list[Any] = [choice.code for choice in column.field.choices]
    if column.field.kind is Kind.BOOLEAN:
        values = [True, False]
    words = [str(cell(value, column.field, language)) for value in values]
    known = ",".join(words)
    return known if known.count(",") < len(words) and len(known) <= _LONGEST_LIST else ""


def _width(column: Column) -> int:
    known = _WIDE.get(column.name.rpartition(".")[2]) if column.role is not Role.KEY else _WIDE.get(column.name)
    return known or _WIDTHS.get(column.field.kind, 24)
