"""Rows of the form laid out in lines of the screen: pure functions of rows, width and what is being typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from antragsbuch.editing import words
from antragsbuch.editing.rows import Cell, Row, Shape, Spot
from antragsbuch.editing.shape import Column
from antragsbuch.i18n import language
from antragsbuch.widgets.line import Line, Look, Piece, cut, fit
from antragsbuch.widgets.line import width as cells
from antragsbuch_schema.diagnostics import Severity

from .wrap import Wrapped, wrap

GUTTER = 3
"""Cells before everything: the mark, the cursor, a blank."""

_GAP = 2
_MEASURE = 100
_GLYPHS: dict[Severity, tuple[str, Look]] = {
    Severity.ERROR: ("!", "error"),
    Severity.WARNING: ("?", "warning"),
    Severity.REMARK: ("·", "dim"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """Where a spot stands in a line, and which part of its text is shown there, `indent` cells in."""

    spot: Spot
    x: int
    width: int
    shown: Wrapped
    last: bool = True


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form. The cursor stops on its way down where `stop` says so; `columns` is a row of a table."""

    pieces: Line
    boxes: tuple[Box, ...] = ()
    stop: bool = False
    columns: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """The text that stands at a spot while it is typed, in place of the cell's own."""

    spot: Spot
    text: str


def lay_out(rows: tuple[Row, ...], room: int, typed: Typed | None = None) -> tuple[FormLine, ...]:
    """The lines of `rows` in `room` cells; the texts of the spot that is being typed come from `typed`."""
    found: list[FormLine] = []
    for row in rows:
        mine = typed if typed is not None and typed.spot in row.spots else None
        found += _lines(row, room, mine, language())
    return tuple(found)


def widths(columns: tuple[Column, ...], room: int) -> tuple[int, ...]:
    """The cells of each column: what is left over `least` goes to the first up to `good`, then to all up to `most`."""
    wide = [column.least for column in columns]
    left = room - sum(wide) - _GAP * (len(columns) - 1)
    for wanted in ([max(column.least, column.good) for column in columns], [column.most for column in columns]):
        for number, target in enumerate(wanted):
            more = max(0, min(target - wide[number], left))
            wide[number] += more
            left -= more
    return tuple(wide)


def label_width(room: int) -> int:
    """The cells of the labels of fields."""
    return max(12, min(28, room // 4))


@lru_cache(4096)
def _lines(row: Row, room: int, typed: Typed | None, _language: str) -> tuple[FormLine, ...]:
    draw = {
        Shape.SECTION: _section,
        Shape.HEADING: _heading,
        Shape.FIELD: _field,
        Shape.MORE: _field,
        Shape.COLUMNS: _columns,
        Shape.ELEMENT: _element,
        Shape.PROSE: _prose,
        Shape.NOTE: _note,
        Shape.FINDING: _finding,
        Shape.SPACE: _space,
    }[row.shape]
    return tuple(draw(row, room, typed))


def _section(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    rest = max(0, room - GUTTER - cells(row.label) - 1)
    yield FormLine((Piece(" " * (GUTTER - 2)), Piece(f"─ {row.label} ", "strong"), Piece("─" * rest, "dim")))


def _heading(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    x = GUTTER + row.indent
    label = Piece(row.label, "strong")
    if not row.cells:
        yield FormLine((Piece(" " * x), label), mark=row.mark)
        return
    cell = row.cells[0]
    start = max(x + cells(row.label) + 2, GUTTER + label_width(room) + 1)
    blank = Piece(" " * (start - x - cells(row.label)))
    box = Box(cell.spot, start, room - start, Wrapped(0, len(cell.text)))
    yield FormLine((Piece(" " * x), label, blank, Piece(cell.text, "dim")), (box,), True, mark=row.mark)


def _field(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    x = GUTTER + row.indent
    cell = row.cells[0]
    if row.shape is Shape.MORE:
        start, label = x + 2, "+ "
    else:
        wide = label_width(room)
        start, label = GUTTER + wide + 1, fit(row.label, wide - row.indent) + " "
    text, faint = (typed.text, False) if typed else (cell.text, cell.faint)
    if row.shape is Shape.MORE:
        text = cut(text, room - start - 1)
    shown = wrap(text, min(_MEASURE, room - start - 1))
    for number, part in enumerate(shown):
        before = (Piece(" " * x), Piece(label, "dim")) if not number else (Piece(" " * start),)
        value = Piece(text[part.start : part.end], "dim" if faint else "")
        box = Box(cell.spot, start, room - start, part, number == len(shown) - 1)
        yield FormLine((*before, value), (box,), not number, mark=row.mark if not number else "")


def _columns(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    pieces = [Piece(" " * (GUTTER + row.indent))]
    for column, wide in zip(row.columns, widths(row.columns, room - GUTTER - row.indent - 1), strict=True):
        pieces.append(Piece(_aligned(words.title(column.title), wide, column.right) + " " * _GAP, "dim"))
    yield FormLine(tuple(pieces))


def _element(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    x = GUTTER + row.indent
    assert row.handle is not None
    pieces = [Piece(" " * x)]
    boxes = [Box(row.handle, 0, x, Wrapped(0, 0))]
    for cell, column, wide in zip(
        row.cells, row.columns, widths(row.columns, room - GUTTER - row.indent - 1), strict=True
    ):
        if typed is not None and typed.spot == cell.spot:
            text, faint = " " * wide, False
        else:
            text, faint = _aligned(_fitting(cell, wide), wide, column.right), cell.faint
        pieces.append(Piece(text + " " * _GAP, "dim" if faint else ""))
        boxes.append(Box(cell.spot, x, wide, Wrapped(0, len(typed.text) if typed else 0)))
        x += wide + _GAP
    yield FormLine(tuple(pieces), tuple(boxes), True, True, row.mark)


def _prose(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    x = GUTTER + row.indent
    cell = row.cells[0]
    text, faint = (typed.text, False) if typed else (cell.text, cell.faint)
    shown = wrap(text, min(_MEASURE, room - x - 2))
    for number, part in enumerate(shown):
        value = Piece(text[part.start : part.end], "dim" if faint else "")
        box = Box(cell.spot, x, room - x, part, number == len(shown) - 1)
        yield FormLine((Piece(" " * (x + part.indent)), value), (box,), True, mark=row.mark if not number else "")


def _note(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    yield FormLine((Piece(" " * (GUTTER + row.indent)), Piece(row.label, "dim")))


def _finding(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    glyph, look = _GLYPHS[row.severity or Severity.ERROR]
    x = GUTTER + row.indent
    code = len(row.label.partition(" ")[0])
    for number, part in enumerate(wrap(row.label, min(_MEASURE, room - x - 4))):
        text = row.label[part.start : part.end].rstrip()
        if number:
            yield FormLine((Piece(" " * (x + 2)), Piece(text)))
        else:
            yield FormLine((Piece(" " * x), Piece(f"{glyph} {text[:code]}", look), Piece(text[code:])))


def _space(row: Row, room: int, typed: Typed | None) -> Iterator[FormLine]:
    yield FormLine(())


def _fitting(cell: Cell, wide: int) -> str:
    return cell.short if cell.short and cells(cell.text) > wide else cell.text


def _aligned(text: str, wide: int, right: bool) -> str:
    shown = fit(text, wide)
    return shown if not right else " " * (wide - cells(shown.rstrip())) + shown.rstrip()
