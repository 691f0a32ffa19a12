"""The rows of a difference as lines: pure functions from what differs to what is painted.

Every line begins with a cell for the mark of the change one stands at, and a sign: `+` came, `-` went, `~` reads
otherwise, `<` and `>` moved. Within a line that changed `[-this went-]` and `{+this came+}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from antragsbuch.i18n import ngettext
from antragsbuch_schema.layouts import Row, RowKind, in_words, side_by_side, stops, unified
from antragsbuch_schema.reports.columns import safe, signed, wrapped
from antragsbuch_schema.words import Piece as Words

from .change_view import Laid
from .line import Line, Look, Piece, width

Layout = Literal["words", "unified", "side"]
LAYOUTS: tuple[Layout, ...] = ("words", "unified", "side")
SIDE_FROM = 110
"""From this width on two columns are easier to read than one."""

_LOOKS: dict[str, Look] = {"same": "", "removed": "removed", "added": "added"}
_SIGN_LOOKS: dict[str, Look] = {"+": "good", "-": "error", "~": "accent", "<": "error", ">": "good"}
_HELD = (RowKind.ADDED, RowKind.REMOVED, RowKind.MOVED_AWAY, RowKind.MOVED_HERE)


def usual(cells: int) -> Layout:
    """How a difference is laid out where nobody asked for another way."""
    return "side" if cells >= SIDE_FROM else "words"


def laid_out(rows: Sequence[Row], layout: Layout, cells: int) -> Laid:
    """The rows in lines of `cells` cells, and where their changes begin."""
    lines: list[Line] = []
    starts: list[int] = []
    laid = _side(rows, cells) if layout == "side" else _one_column(rows, layout, cells)
    for row_lines in laid:
        starts.append(len(lines))
        lines += row_lines
    return Laid(lines, [starts[number] for number in stops(rows)])


def _one_column(rows: Sequence[Row], layout: Layout, cells: int) -> list[list[Line]]:
    found: list[list[Line]] = []
    for row in rows:
        if row.kind is RowKind.FOLDED:
            found.append([_folded(row)])
            continue
        parts = unified([row]) if layout == "unified" else in_words([row])
        found.append([each for part in parts for each in _wrapped(part.glyph, part.pieces, row, cells)])
    return found


def _wrapped(glyph: str, pieces: Sequence[Words], row: Row, cells: int) -> list[Line]:
    shown = safe(pieces if row.kind in _HELD else signed(pieces))
    indent = "  " * row.indent
    lines = wrapped(shown, max(12, cells - 4 - len(indent)))
    return [
        (Piece(" "), Piece(sign, _SIGN_LOOKS.get(sign, "")), Piece(" " + indent), *_pieces(line, row))
        for sign, line in zip([glyph, *" " * len(lines)], lines, strict=False)
    ]


def _side(rows: Sequence[Row], cells: int) -> list[list[Line]]:
    column = (cells - 6) // 2
    found: list[list[Line]] = []
    for pair in side_by_side(rows):
        row = pair.row
        if row.kind is RowKind.FOLDED:
            found.append([_folded(row)])
            continue
        indent = "  " * row.indent
        room = max(8, column - len(indent))
        texts = [text if row.kind in _HELD else signed(text) for text in (pair.left, pair.right)]
        sides: list[list[list[Words]]] = [wrapped(safe(text), room) if text else [[]] for text in texts]
        lines: list[Line] = []
        for number in range(max(map(len, sides))):
            line: list[Piece] = [Piece(" ")]
            for side in sides:
                pieces = _pieces(side[number], row) if number < len(side) else []
                used = sum(width(piece.text) for piece in pieces)
                line += [Piece(indent), *pieces, Piece(" " * max(0, column - len(indent) - used))]
                if side is sides[0]:
                    sign = pair.glyph if number == 0 else " "
                    line += [Piece(" "), Piece(sign, _SIGN_LOOKS.get(sign, "")), Piece(" │ ", "dim")]
            lines.append(tuple(line))
        found.append(lines)
    return found


def _pieces(line: Sequence[Words], row: Row) -> list[Piece]:
    if row.heading and not row.changed:
        return [Piece(piece.text, "strong") for piece in line]
    return [Piece(piece.text, _LOOKS[piece.kind]) for piece in line]


def _folded(row: Row) -> Line:
    hidden = ngettext("{count} line unchanged", "{count} lines unchanged", row.hidden).format(count=row.hidden)
    return (Piece("   " + "  " * row.indent), Piece(f"… {hidden}", "dim"))
