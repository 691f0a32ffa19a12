"""Tables out of an XLSX workbook, one row at a time.

A reader of our own, and a small one: of a formula it needs both that it is one and the value that was stored with it,
and it gives up on what is larger than any table of ours before it takes memory. Documents that define entities are
refused.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from antragsbuch_schema.i18n import text

from .tables_cells import Cell, NotUnderstood, Style
from .tables_csv import MAX_BYTES, MAX_CELL, MAX_COLUMNS, TableError
from .tables_in import Sheet

MAX_UNPACKED = 256 << 20
"""The most bytes that a workbook may unpack to."""

MAX_CELLS = 2_000_000
_MAX_TAGS = 8_000_000
_MAX_PARTS = 1_000
_CHUNK = 1 << 16

_STYLE = Style(None, german=True, workbook=True)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_SECONDS = 86_400
_Value = Cell | NotUnderstood


@dataclass(slots=True)
class Workbook:
    """A workbook that is read: the names of its sheets, and their rows when they are asked for."""

    archive: ZipFile
    sheets: tuple[tuple[str, str], ...]
    strings: list[str]
    dates: frozenset[int]
    since_1904: bool
    formulas: dict[str, int] = field(default_factory=dict)
    """How many cells of a sheet that was read hold formulas; their stored values count."""

    def tables(self) -> Iterator[Sheet]:
        """Every sheet; reading its rows raises `TableError`."""
        for name, part in self.sheets:
            yield Sheet(_SheetReader(self, name, part).rows(), _STYLE, name)


def workbook(data: bytes) -> Workbook:
    """The workbook in these bytes. Raises `TableError` for what is none, or larger than one of ours."""
    if len(data) > MAX_BYTES:
        raise TableError(text("larger than {limit} MiB; take the motions over in several parts", limit=MAX_BYTES >> 20))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(text("an old Excel file, or one with a password; save it as XLSX without one"))
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError) as error:
        raise TableError(text("no XLSX workbook")) from error
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise TableError(text("unpacks to more than {limit} MiB", limit=MAX_UNPACKED >> 20))
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise TableError(text("no XLSX workbook"))
    book = _Book()
    book.read(archive, "xl/workbook.xml")
    links = _Links()
    links.read(archive, "xl/_rels/workbook.xml.rels")
    strings, styles = _Strings(), _Styles()
    if "xl/sharedStrings.xml" in names:
        strings.read(archive, "xl/sharedStrings.xml")
    if "xl/styles.xml" in names:
        styles.read(archive, "xl/styles.xml")
    sheets = tuple((name, links.targets[link]) for name, link in book.sheets if links.targets.get(link) in names)
    if not sheets:
        raise TableError(text("no XLSX workbook"))
    return Workbook(archive, sheets, strings.found, styles.dates(), book.since_1904)


class _Part:
    """One XML part, read in pieces; `start`, `end` and `said` are told what stands in it, by names without prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def said(self, piece: str) -> None:
        """A piece of text."""

    def read(self, archive: ZipFile, name: str) -> None:
        """Read all of it. Raises `TableError`."""
        for _piece in self.pieces(archive, name):
            pass

    def pieces(self, archive: ZipFile, name: str) -> Iterator[None]:
        """Read it piece by piece. Raises `TableError`."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: self.start(_local(tag), attributes)
        parser.EndElementHandler = lambda tag: self.end(_local(tag))
        parser.CharacterDataHandler = self.said
        parser.StartDoctypeDeclHandler = _refused
        try:
            tags = 0
            with archive.open(name) as file:
                while chunk := file.read(_CHUNK):
                    # what has no cells can be large too
                    tags += chunk.count(b"<")
                    if tags > _MAX_TAGS:
                        raise TableError(text("a sheet has more than {limit} cells", limit=MAX_CELLS))
                    parser.Parse(chunk, False)
                    yield
                parser.Parse(b"", True)
                yield
        except (
            expat.ExpatError,
            BadZipFile,
            zlib.error,
            EOFError,
            KeyError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise TableError(text("the workbook is damaged")) from error


def _local(tag: str) -> str:
    return tag.rpartition(":")[2] if ":" in tag else tag


def _refused(*_parts: Any) -> None:
    raise TableError(text("the workbook defines entities; no spreadsheet writes that"))


class _Book(_Part):
    """The names of the sheets, and from which day their dates count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Links(_Part):
    """In which part each sheet lies."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            self.targets[attributes.get("Id", "")] = part


class _Strings(_Part):
    """The texts that cells refer to."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text = _Text()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._text.start(name)

    def end(self, name: str) -> None:
        self._text.end(name)
        if name == "si":
            self.found.append(self._text.taken())

    def said(self, piece: str) -> None:
        self._text.said(piece)


class _Text:
    """A text that may consist of several runs; what says how it is pronounced is no part of it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.inside = False
        self.phonetic = False

    def start(self, name: str) -> None:
        if name == "rPh":
            self.phonetic = True
        self.inside = name == "t" and not self.phonetic

    def end(self, name: str) -> None:
        if name == "rPh":
            self.phonetic = False
        self.inside = False

    def said(self, piece: str) -> None:
        if self.inside:
            self.parts.append(piece)
            self.length += len(piece)
            if self.length > MAX_CELL:
                raise TableError(text("a cell has more than {limit} characters", limit=MAX_CELL))

    def taken(self) -> str:
        whole, self.parts, self.length = "".join(self.parts), [], 0
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), whole)


class _Styles(_Part):
    """Which formats of cells are dates or times."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.formats: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.formats.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def dates(self) -> frozenset[int]:
        """The numbers of these formats."""
        return frozenset(number for number, known in enumerate(self.formats) if self._is_date(known))

    def _is_date(self, known: str) -> bool:
        code = self.codes.get(known)
        if code is None:
            return known.isdecimal() and int(known[:6]) in _BUILT_IN_DATES
        plain = _NO_DATE.sub("", code.partition(";")[0]).lower()
        return any(letter in plain for letter in "dmyhs") and "general" not in plain


class _SheetReader(_Part):
    """The rows of one sheet."""

    def __init__(self, book: Workbook, name: str, part: str) -> None:
        self.book, self.name, self.part = book, name, part
        self.done: list[tuple[int, list[_Value]]] = []
        self.row: dict[int, _Value] = {}
        self.number = 0
        self.column = 0
        self.cells = 0
        self.kind, self.format = "", 0
        self.formula = self.in_value = False
        self.value: list[str] = []
        self._text = _Text()

    def rows(self) -> Iterator[tuple[int, list[_Value]]]:
        """Every row that holds something, with its number."""
        for _piece in self.pieces(self.book.archive, self.part):
            yield from self.done
            self.done = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.number = int(number) if number.isdecimal() and len(number) < 9 else self.number + 1
            self.row, self.column = {}, 0
        elif name == "c":
            self._begin(attributes)
        elif name == "f":
            self.formula = True
        elif name == "v":
            self.in_value = True
        self._text.start(name)

    def said(self, piece: str) -> None:
        if self.in_value:
            self.value.append(piece)
            if len(self.value) > 1 and sum(map(len, self.value)) > MAX_CELL:
                raise TableError(text("a cell has more than {limit} characters", limit=MAX_CELL))
        self._text.said(piece)

    def end(self, name: str) -> None:
        self._text.end(name)
        if name == "v":
            self.in_value = False
        elif name == "c":
            self.row[self.column] = self._cell()
        elif name == "row" and self.row:
            last = max(self.row)
            self.done.append((self.number, [self.row.get(place, "") for place in range(1, last + 1)]))

    def _begin(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = _number(place[1]) if place else self.column + 1
        if self.column > MAX_COLUMNS or self.cells > MAX_CELLS:
            raise TableError(
                text("row {row} has more than {limit} columns", row=self.number, limit=MAX_COLUMNS)
                if self.column > MAX_COLUMNS
                else text("a sheet has more than {limit} cells", limit=MAX_CELLS)
            )
        self.kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self.format = int(style) if style.isdecimal() and len(style) < 9 else 0
        self.formula, self.value = False, []
        self._text.taken()

    def _cell(self) -> _Value:
        value = "".join(self.value)
        if self.formula:
            self.book.formulas[self.name] = self.book.formulas.get(self.name, 0) + 1
            if not value and self.kind != "str":
                return NotUnderstood(text("a formula without a stored value; open and save it once"))
        match self.kind:
            case "s":
                known = int(value) if value.isdecimal() and len(value) < 10 else len(self.book.strings)
                return self.book.strings[known] if known < len(self.book.strings) else _damaged()
            case "inlineStr":
                return self._text.taken()
            case "str" | "d":
                return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value)
            case "b":
                return value == "1"
            case "e":
                return NotUnderstood(text("holds the error {error}", error=value[:20]))
        return _numeric(value, self.format in self.book.dates, self.book.since_1904) if value else ""


def _damaged() -> _Value:
    raise TableError(text("the workbook is damaged"))


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _numeric(value: str, is_date: bool, since_1904: bool) -> _Value:
    """A number as it is stored, in the fifteen digits that a spreadsheet knows; a date where it is formatted so."""
    try:
        number = Decimal(f"{Decimal(value[:40]):.15g}")
    except (InvalidOperation, ValueError):
        return NotUnderstood(text("no number"))
    if not number.is_finite():
        return NotUnderstood(text("no number"))
    if is_date:
        return _moment(number, since_1904)
    return int(number) if abs(number) < 10**15 and number == number.to_integral_value() else number


def _moment(number: Decimal, since_1904: bool) -> _Value:
    """The date, the time or both that a serial number means."""
    if not 0 <= number < 2_958_466:
        return NotUnderstood(text("no date"))
    days = int(number)
    seconds = round((number - days) * _SECONDS)
    first = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30 if days >= 60 else 31)
    if days == 0 and not since_1904:
        return (dt.datetime.min + dt.timedelta(seconds=seconds)).time()
    try:
        day = first + dt.timedelta(days=days)
    except OverflowError:
        return NotUnderstood(text("no date"))
    if seconds == 0:
        return day
    return f"{dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds)}"
