"""A file in two versions as rows to read: its fields in the order of the model, a fact or a sentence a row.

`layout_rows.layout` gives every row; `folded` leaves out what did not change. `unified`, `in_words` and
`side_by_side` say what of a row stands where. A row knows no width: who paints it wraps its pieces
(`reports.columns`). The texts come from files: they are not made safe for a terminal here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from .places import Place
from .words import Piece


class RowKind(StrEnum):
    """What became of a row."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_AWAY = "moved_away"
    """It stood here, and stands elsewhere now."""
    MOVED_HERE = "moved_here"
    FOLDED = "folded"
    """`hidden` rows that did not change."""


GLYPHS: Mapping[RowKind, str] = {
    RowKind.SAME: " ",
    RowKind.CHANGED: "~",
    RowKind.ADDED: "+",
    RowKind.REMOVED: "-",
    RowKind.MOVED_AWAY: "<",
    RowKind.MOVED_HERE: ">",
    RowKind.FOLDED: " ",
}
"""The sign of a row, so that it never takes a colour to tell."""


class Row(NamedTuple):
    """One row: `pieces` are the words of both versions in reading order.

    `heading` names what follows with a greater `indent` (levels, not cells). A `sentence` is one of a text; `gap`
    says that a blank line stands before it there: it begins a paragraph, or a list.
    """

    kind: RowKind
    place: Place
    pieces: tuple[Piece, ...]
    indent: int = 0
    heading: bool = False
    sentence: bool = False
    gap: bool = False
    hidden: int = 0

    @property
    def left(self) -> tuple[Piece, ...]:
        """What stood there before."""
        if self.kind in (RowKind.ADDED, RowKind.MOVED_HERE):
            return ()
        return tuple(piece for piece in self.pieces if piece.kind != "added")

    @property
    def right(self) -> tuple[Piece, ...]:
        """What stands there now."""
        if self.kind in (RowKind.REMOVED, RowKind.MOVED_AWAY):
            return ()
        return tuple(piece for piece in self.pieces if piece.kind != "removed")

    @property
    def changed(self) -> bool:
        """Whether anything came, went, moved or reads otherwise."""
        return self.kind not in (RowKind.SAME, RowKind.FOLDED)


class Line(NamedTuple):
    """One line of a unified difference: a sign, the pieces, and the row that it is of."""

    glyph: str
    pieces: tuple[Piece, ...]
    row: Row


class Pair(NamedTuple):
    """One line of a difference side by side: a sign, both sides (empty where there is nothing), and the row."""

    glyph: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    row: Row


def folded(rows: Sequence[Row], around: int = 0, marks: bool = True) -> list[Row]:
    """The rows that changed, with `around` rows on each side and the headings that they stand under.

    What is left out becomes a `FOLDED` row that counts it, or nothing without `marks`.
    """
    near = {
        other
        for number, row in enumerate(rows)
        if row.changed
        for other in range(max(0, number - around), min(len(rows), number + around + 1))
    }
    wanted: dict[int, bool] = {}
    deepest: list[int] = []
    for number in reversed(range(len(rows))):
        row = rows[number]
        below = [indent for indent in deepest if indent > row.indent]
        wanted[number] = number in near or (row.heading and bool(below))
        deepest = [indent for indent in deepest if indent <= row.indent]
        if wanted[number]:
            deepest.append(row.indent)
    found: list[Row] = []
    for number, row in enumerate(rows):
        if wanted[number]:
            found.append(row)
        elif marks and found and found[-1].kind is RowKind.FOLDED:
            found[-1] = found[-1]._replace(hidden=found[-1].hidden + 1, indent=min(found[-1].indent, row.indent))
        elif marks:
            found.append(Row(RowKind.FOLDED, row.place, (), row.indent, hidden=1))
    return found


def stops(rows: Sequence[Row]) -> list[int]:
    """The numbers of the rows where a change begins: adjacent changed rows of one field are one change."""
    found: list[int] = []
    last: Row | None = None
    for number, row in enumerate(rows):
        if row.changed and not (last is not None and last.changed and _together(last, row)):
            found.append(number)
        last = row
    return found


def unified(rows: Iterable[Row]) -> Iterator[Line]:
    """One version under the other: of what changed, first what was there (-), then what is (+)."""
    for row in rows:
        if row.kind is RowKind.CHANGED:
            yield Line("-", row.left, row)
            yield Line("+", row.right, row)
        else:
            yield Line(GLYPHS[row.kind], row.right or row.left, row)


def in_words(rows: Iterable[Row]) -> Iterator[Line]:
    """Each row once, the words of both versions in one line."""
    for row in rows:
        yield Line(GLYPHS[row.kind], row.pieces, row)


def side_by_side(rows: Iterable[Row]) -> Iterator[Pair]:
    """What was there on the left, what is on the right."""
    for row in rows:
        yield Pair(GLYPHS[row.kind], row.left, row.right, row)


def plain(pieces: Iterable[Piece]) -> str:
    """The pieces as one text."""
    return "".join(piece.text for piece in pieces)


def _together(one: Row, other: Row) -> bool:
    siblings = one.place[:-1] == other.place[:-1] != ()
    return siblings or other.place[: len(one.place)] == one.place
