"""A list fed by windows: it knows how many rows there are, and asks for the lines of those that are to be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .line import Line, Piece
from .row_list import RowList

LineOf = Callable[[int, int], Line | None]
"""The line of a row for a width in cells, None where the row has not been read yet."""


class WindowList(RowList):
    """A list of `count` rows; what a row says is asked of `line_of` when it is painted."""

    def __init__(self, line_of: LineOf, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line_of = line_of
        self._count = 0
        self._empty: Line = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def show(self, count: int, index: int | None = None, empty: str = "") -> None:
        """Show other rows, with the cursor on row `index`."""
        self._count, self._empty = count, (Piece(f"  {empty}", "dim"),)
        self.rows_changed(index)

    def rows_read(self, indexes: Iterable[int]) -> None:
        """These rows say something else now; only they are painted, and only where they are to be seen."""
        for index in indexes:
            self.row_changed(index)

    @property
    def seen(self) -> range:
        """The rows that are to be seen."""
        return range(self.top, min(self.count, self.top + self.page))

    def row(self, index: int, cells: int) -> Line:
        """A row, with two cells for the cursor before it."""
        return (Piece("  "), *(self._line_of(index, cells - 2) or (Piece("…", "dim"),)))

    def empty_line(self, y: int, cells: int) -> Line:
        """What is said where there are none."""
        return self._empty if y == 0 else ()
