"""Rows of a difference as lines of a terminal. A sign always says what a colour says."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import ngettext

from .common import coloured

if TYPE_CHECKING:
    from antragsbuch_schema.layouts import Row
    from antragsbuch_schema.words import Piece

_RESET = "\x1b[0m"
_COLOURS = {"removed": "\x1b[31m", "added": "\x1b[32m", "moved": "\x1b[36m", "head": "\x1b[1m", "quiet": "\x1b[2m"}
_STRONG = "\x1b[4m"
"""Underlined: the words of a line that changed."""
_OF_GLYPH = {"-": "removed", "+": "added", "<": "moved", ">": "moved"}
_INDENT = "  "
_NARROWEST = 40


class Look(NamedTuple):
    """How lines are painted: in how many cells (None: as long as they are), and whether in colour."""

    cells: int | None
    colour: bool

    def paint(self, text: str, *names: str) -> str:
        """A safe text in a colour; `strong` underlines it."""
        if not self.colour or not text or not names:
            return text
        return "".join(_COLOURS.get(name, _STRONG) for name in names) + text + _RESET


def look() -> Look:
    """How standard output is painted; in a pipe, lines are not broken."""
    cells = max(_NARROWEST, shutil.get_terminal_size().columns - 1) if sys.stdout.isatty() else None
    return Look(cells, coloured(sys.stdout))


def put(lines: Iterable[str]) -> None:
    """Lines on standard output that are safe already."""
    for line in lines:
        sys.stdout.write(line.rstrip(" ") + "\n")


def unified(rows: Iterable[Row], how: Look, indent: str) -> Iterator[str]:
    """What was there under `-`, what is there under `+`; `<` and `>` mark what moved away and here."""
    from antragsbuch_schema import layouts

    for line in layouts.unified(rows):
        name = _OF_GLYPH.get(line.glyph, "head" if line.row.heading else "")
        marked = line.row.kind is layouts.RowKind.CHANGED
        yield from _lines(line.row, line.glyph, line.pieces, how, indent, name, marked)


def in_words(rows: Iterable[Row], how: Look, indent: str) -> Iterator[str]:
    """Each row once: `[-what went-]`, `{+what came+}`."""
    from antragsbuch_schema import layouts
    from antragsbuch_schema.reports.columns import signed

    for line in layouts.in_words(rows):
        pieces = signed(line.pieces) if line.row.kind is layouts.RowKind.CHANGED else line.pieces
        moved = line.glyph in "<>" and line.glyph != " "
        yield from _lines(line.row, line.glyph, pieces, how, indent, "moved" if moved else "", True)


def side_by_side(rows: Iterable[Row], how: Look, cells: int) -> Iterator[str]:
    """What was there on the left, what is there on the right, in columns of the same width."""
    from antragsbuch_schema import layouts
    from antragsbuch_schema.reports.cells import width
    from antragsbuch_schema.reports.columns import safe, signed, wrapped

    column = (cells - 5) // 2
    for pair in layouts.side_by_side(rows):
        if pair.row.kind is layouts.RowKind.FOLDED:
            yield how.paint(_folded(pair.row), "quiet")
            continue
        inner = _INDENT * pair.row.indent
        sides = [safe(side) for side in (pair.left, pair.right)]
        if not how.colour and pair.row.kind is layouts.RowKind.CHANGED:
            sides = [signed(side) for side in sides]
        columns = [wrapped(side, max(8, column - len(inner))) for side in sides]
        glyph = pair.glyph
        for number in range(max(map(len, columns))):
            shown = []
            for lines in columns:
                pieces = lines[number] if number < len(lines) else []
                blanks = column - len(inner) - sum(width(piece.text) for piece in pieces)
                shown.append(inner + _painted(pieces, how, _name(pair.row), True) + " " * blanks)
            yield f"{shown[0]} {glyph} | {shown[1]}"
            glyph = " "


def _lines(
    row: Row, glyph: str, pieces: Sequence[Piece], how: Look, indent: str, name: str, marked: bool
) -> Iterator[str]:
    from antragsbuch_schema.layouts import RowKind
    from antragsbuch_schema.reports.columns import safe, wrapped

    if row.kind is RowKind.FOLDED:
        yield indent + how.paint(_folded(row), "quiet")
        return
    start = f"{glyph} {_INDENT * row.indent}"
    shown = safe(pieces)
    room = max(8, how.cells - len(indent + start)) if how.cells else 0
    lines = wrapped(shown, room) if room else [shown]
    for line in lines:
        painted = _painted(line, how, name, marked)
        yield indent + (how.paint(start, name) if name and name != "head" else start) + painted


def _painted(pieces: Sequence[Piece], how: Look, name: str, marked: bool) -> str:
    """The pieces of a line that is removed, added or moved as a whole (`name`), with the changed words marked."""
    parts = []
    for kind, text in pieces:
        names = [name or kind] if name or kind != "same" else []
        if marked and kind != "same":
            names.append("strong")
        parts.append(how.paint(text, *names))
    return "".join(parts)


def _name(row: Row) -> str:
    names: Mapping[str, str] = {"moved_away": "moved", "moved_here": "moved"}
    return names.get(row.kind, "head" if row.heading and not row.changed else "")


def _folded(row: Row) -> str:
    return "  … " + ngettext("{count} line unchanged", "{count} lines unchanged", row.hidden).format(count=row.hidden)
