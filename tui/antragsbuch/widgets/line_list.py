"""A short list whose rows are lines at hand: commands, choices, findings of one motion."""

from __future__ import annotations

from collections.abc import Sequence

from .line import Line, Piece
from .row_list import RowList, Way


class LineList(RowList):
    """A list of lines; those with the number in `headings` can't be chosen, the cursor steps over them."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Line] = ()
        self._headings: frozenset[int] = frozenset()
        self._empty: Line = ()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    def show(
        self, rows: Sequence[Line], headings: frozenset[int] = frozenset(), index: int | None = 0, empty: str = ""
    ) -> None:
        """Show other lines, with the cursor on line `index` or as near as it can be."""
        self._rows, self._headings, self._empty = rows, headings, (Piece(f"  {empty}", "dim"),)
        self.index = self.top = 0 if index is not None else self.index
        self.rows_changed(self._beside(self.index if index is None else index, 1))

    def move(self, way: Way) -> None:
        """Move the cursor, over headings."""
        before = self.index
        super().move(way)
        if self.index in self._headings:
            self.go(self._beside(self.index, 1 if self.index > before or self.index == 0 else -1))

    def _beside(self, index: int, step: int) -> int:
        for wanted in (step, -step):
            found = index
            while found in self._headings:
                found += wanted
            if 0 <= found < self.count:
                return found
        return index

    def row(self, index: int, cells: int) -> Line:
        """A line, with two cells for the cursor before it."""
        return (Piece("  "), *self._rows[index])

    def empty_line(self, y: int, cells: int) -> Line:
        """What is said where there are none."""
        return self._empty if y == 0 else ()
