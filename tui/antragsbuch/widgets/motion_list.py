"""The list of motions: glyphs, reference, date, title and state, in columns that follow the width.

It is fed by a `Rows`, which knows how many rows there are and gives those of a page; whatever else there is stays
where it lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from antragsbuch.state import Listed, NoRows, Rows

from .line import Line, Look, Piece, fit, width
from .row_list import RowList


class Columns(NamedTuple):
    """Widths of the columns in cells; 0 where one is left out."""

    reference: int
    date: int
    title: int
    state: int


GUTTER = 5
"""Cells of the glyphs: cursor, mark, change, problem, a blank."""


def columns(cells: int, reference: int, state: int) -> Columns:
    """The columns for a list of `cells` cells whose longest reference and state are so long."""
    room = cells - GUTTER
    reference = min(reference, max(8, room // 3))
    state = min(state, 16)
    if room >= reference + 12 + 24 + state + 2:
        return Columns(reference, 10, room - reference - state - 16, state)
    if room >= reference + 12 + 20:
        return Columns(reference, 10, room - reference - 14, 0)
    return Columns(reference, 0, max(0, room - reference - 2), 0)


_LOOKS: dict[str, Look] = {"~": "accent", "+": "good", "-": "error", "!": "error", "?": "warning", "*": "accent"}


class MotionList(RowList):
    """The list. `show` gives it other rows; `empty` are the lines that stand where there are none."""

    head = 1

    def __init__(self, titles: tuple[str, str, str, str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Rows = NoRows()
        self._titles = titles
        self._page_rows: tuple[int, Sequence[Listed]] = (0, ())
        self._reference, self._state = 13, 11
        self.empty: Sequence[Line] = ()

    @property
    def edge(self) -> int:
        """Glyphs and reference: what the cursor reverses."""
        return GUTTER + self._columns().reference

    @property
    def count(self) -> int:
        """How many motions are listed."""
        return self._rows.count

    def show(self, rows: Rows, index: int | None = None, empty: Sequence[Line] = ()) -> None:
        """Show other rows, with the cursor on row `index`."""
        self._rows, self.empty, self._page_rows = rows, empty, (0, ())
        self.rows_changed(index)

    def listed(self, index: int) -> Listed | None:
        """The row at `index`, or None where there is none."""
        if not 0 <= index < self.count:
            return None
        start, page = self._page_rows
        if not start <= index < start + len(page):
            start = max(0, index - self.page)
            page = self._rows.rows(start, min(self.count, index + 2 * self.page))
            self._page_rows = (start, page)
            self._widen(page)
        position = index - start
        return page[position] if position < len(page) else None

    def row_changed(self, index: int) -> None:
        """One row looks different: read it again."""
        self._page_rows = (0, ())
        super().row_changed(index)

    @property
    def current(self) -> Listed | None:
        """The row under the cursor."""
        return self.listed(self.index)

    def _widen(self, page: Sequence[Listed]) -> None:
        reference = max((width(row.reference) for row in page), default=0)
        state = max((width(row.state) for row in page), default=0)
        if reference > self._reference or state > self._state:
            self._reference, self._state = max(reference, self._reference), max(state, self._state)
            self.refresh()

    def _columns(self) -> Columns:
        return columns(self.size.width, self._reference, self._state)

    def head_line(self, y: int, cells: int) -> Line:
        """The titles of the columns."""
        names = (fit(title, size) + "  " for title, size in zip(self._titles, self._columns(), strict=True) if size)
        return (Piece(" " * GUTTER + "".join(names), "dim"),)

    def row(self, index: int, cells: int) -> Line:
        """A motion."""
        listed, sizes = self.listed(index), self._columns()
        if listed is None:
            return ()
        look: Look = "dim" if listed.faint else ""
        parts = [
            Piece(" "),
            Piece("=" if listed.marked else " ", "strong"),
            Piece(listed.change or " ", _LOOKS.get(listed.change, "")),
            Piece(listed.problem or " ", _LOOKS.get(listed.problem, "")),
            Piece(" "),
            Piece(fit(listed.reference, sizes.reference), "strong" if listed.marked else look),
            Piece("  "),
        ]
        if sizes.date:
            parts.append(Piece(fit(listed.date, sizes.date) + "  ", look))
        parts.append(Piece(fit(listed.title, sizes.title), look))
        if sizes.state:
            parts.append(Piece("  " + fit(listed.state, sizes.state), look))
        return tuple(parts)

    def empty_line(self, y: int, cells: int) -> Line:
        """Why there is nothing to see."""
        return self.empty[y] if y < len(self.empty) else ()
