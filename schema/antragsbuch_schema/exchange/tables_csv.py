"""Tables as CSV: in the form that a German spreadsheet opens, or plain as RFC 4180 has it; and back.

A text that a spreadsheet would take for a formula gets an apostrophe before it, and loses it on the way back. Reading
holds one row at a time, and gives up where no table of ours goes on.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.suggest import same_name

from .tables import TABLES, Column, by_heading
from .tables_cells import Cell, Style, written

MAX_BYTES = 64 << 20
"""The size of the largest table that is read."""

MAX_COLUMNS = 1_000
MAX_ROWS = 500_000
MAX_CELL = 1 << 20
"""The most characters in a cell: no file of a register holds more."""

BOM = "\ufeff"
_FORMULA = re.compile(r"'*[ \u00a0]*[=+\-@＝＋－＠\t\r\n]")
_DEFUSED = re.compile(r"'+[ \u00a0]*[=+\-@＝＋－＠\t\r\n]")
_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\r|\n)")
_DELIMITERS = ";,\t"


class TableError(ValueError):
    """A file that is not read at all; `message` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message("en"))
        self.message = message


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, how its columns are told apart, and whether it came in an old encoding."""

    text: str
    delimiter: str
    old_encoding: bool

    @property
    def style(self) -> Style:
        """How its numbers are written: with a comma between columns there is none in them."""
        return Style(None, german=self.delimiter != ",")


def defused(value: str) -> str:
    """A text that no spreadsheet takes for a formula: `fused(defused(value)) == value`."""
    return f"'{value}" if _FORMULA.match(value) else value


def is_defused(value: object) -> bool:
    """Whether a value is a text as `defused` writes it."""
    return isinstance(value, str) and _DEFUSED.match(value) is not None


def fused(value: str) -> str:
    """A text as it was before it was defused."""
    return value[1:] if is_defused(value) else value


# out


def to_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], style: Style) -> Iterator[bytes]:
    """The lines of a file, headings first: with `;` and a byte order mark the German way, with `,` else."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if style.german else ",", lineterminator="\r\n")
    if style.german:
        buffer.write(BOM)
    writer.writerow([column.heading(style.language) for column in columns])
    for row in rows:
        writer.writerow([defused(of) if isinstance(of, str) else written(of, style) for of in row])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


# in


def source(data: bytes) -> Source:
    """The text of a file and its delimiter. Raises `TableError` for what is no table of text."""
    if len(data) > MAX_BYTES:
        raise TableError(text("larger than {limit} MiB; take the motions over in several parts", limit=MAX_BYTES >> 20))
    decoded, old = _decoded(data)
    named = _SEPARATOR.match(decoded)
    if named:
        return Source(decoded[named.end() :], named[1], old)
    return Source(decoded, _delimiter(decoded), old)


def rows(of: Source) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, from 1; an empty one is an empty list. Raises `TableError`."""
    position, number, length = 0, 0, len(of.text)
    while position < length:
        number += 1
        if number > MAX_ROWS:
            raise TableError(text("more than {limit} rows", limit=MAX_ROWS))
        row, position = _row(of, position, number)
        yield number, [] if row == [""] else row


def _decoded(data: bytes) -> tuple[str, bool]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig",) if b"\0" in data else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding == "cp1252"
        except UnicodeDecodeError:
            continue
    raise TableError(text("no text"))


def _delimiter(decoded: str) -> str:
    """The delimiter with which the most headings are known."""
    end = re.search(r"[\r\n]", decoded[:MAX_CELL])
    first = decoded[: end.start() if end else MAX_CELL]
    return max(_DELIMITERS, key=lambda delimiter: _known(first, delimiter))


def _known(line: str, delimiter: str) -> int:
    if line.count(delimiter) > MAX_COLUMNS:
        return 0
    headings = {same_name(cell.strip('" ')) for cell in line.split(delimiter)}
    return max(len(headings & by_heading(table).keys()) for table in TABLES)


def _row(of: Source, position: int, number: int) -> tuple[list[str], int]:
    """One row, and where the next one begins."""
    row: list[str] = []
    source_text, delimiter = of.text, of.delimiter
    while True:
        cell, position = _cell(source_text, delimiter, position, number)
        row.append(fused(cell))
        if len(row) > MAX_COLUMNS:
            raise TableError(text("row {row} has more than {limit} columns", row=number, limit=MAX_COLUMNS))
        following = source_text[position : position + 1]
        if following == delimiter:
            position += 1
            continue
        return row, position + (2 if source_text.startswith("\r\n", position) else 1)


def _cell(source_text: str, delimiter: str, position: int, number: int) -> tuple[str, int]:
    """One cell, and where it ends: before a delimiter, a line break or the end."""
    if source_text.startswith('"', position):
        parts: list[str] = []
        start = position + 1
        while True:
            end = source_text.find('"', start)
            if end < 0 or end - position > 2 * MAX_CELL:
                raise TableError(text("a quote in row {row} is never closed", row=number))
            parts.append(source_text[start:end])
            if not source_text.startswith('"', end + 1):
                break
            parts.append('"')
            start = end + 2
        rest, position = _until(source_text, delimiter, end + 1)
        cell = "".join(parts) + rest
    else:
        cell, position = _until(source_text, delimiter, position)
    if len(cell) > MAX_CELL:
        raise TableError(text("a cell in row {row} has more than {limit} characters", row=number, limit=MAX_CELL))
    return cell, position


def _until(source_text: str, delimiter: str, position: int) -> tuple[str, int]:
    """What stands before the next delimiter or line break."""
    match = _ends(delimiter).search(source_text, position)
    end = match.start() if match else len(source_text)
    return source_text[position:end], end


def _ends(delimiter: str) -> re.Pattern[str]:
    return _ENDS.get(delimiter) or re.compile(f"[{re.escape(delimiter)}\r\n]")


_ENDS = {delimiter: re.compile(f"[{delimiter}\r\n]") for delimiter in _DELIMITERS}
