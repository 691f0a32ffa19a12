"""A list of rows that paints by itself: thousands of rows cost as much as one page.

The cursor stands in cells of its own at the left edge; a step within the page repaints only these. At the edge the
page moves by half, so that not every step repaints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from .line import Line, Painted

Way = Literal["down", "up", "half-down", "half-up", "page-down", "page-up", "first", "last"]

REST = 0.08
"""Seconds after the last step until the cursor is said to rest."""


class RowList(Painted, can_focus=True):
    """A list with a cursor. A subclass gives `count` and `row`, and calls `rows_changed` when they change."""

    DEFAULT_CSS = """
    RowList { height: 1fr; width: 1fr; }
    """

    head = 0
    """Lines above the rows, painted by `head_line`."""

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        list: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list."""
            return self.list

    @dataclass
    class Rested(Message):
        """The cursor stands on a row, and has not moved for a moment."""

        list: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list."""
            return self.list

    @dataclass
    class Chosen(Message):
        """A row was clicked twice."""

        list: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list."""
            return self.list

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.index = 0
        self.top = 0
        self._resting: Timer | None = None

    # --- what a subclass gives

    @property
    def count(self) -> int:
        """How many rows there are."""
        return 0

    @property
    def edge(self) -> int:
        """Cells at the left edge that the cursor fills; only they are repainted when it moves. `row` fills them too."""
        return 2

    def row(self, index: int, cells: int) -> Line:
        """What stands in a row, gutter included."""
        return ()

    def head_line(self, y: int, cells: int) -> Line:
        """A line above the rows."""
        return ()

    def empty_line(self, y: int, cells: int) -> Line:
        """What stands where there are no rows at all, line by line."""
        return ()

    # --- where it stands

    @property
    def page(self) -> int:
        """How many rows are to be seen."""
        return max(1, self.size.height - self.head)

    def rows_changed(self, index: int | None = None) -> None:
        """Other rows stand there now; the cursor goes to `index`, or stays as near as it can."""
        self.index = self._within(self.index if index is None else index)
        self._show_cursor()
        self.refresh()
        self._moved()

    def row_changed(self, index: int) -> None:
        """One row looks different."""
        if self.top <= index < self.top + self.page:
            self.refresh(Region(0, self.head + index - self.top, self.size.width, 1))

    def go(self, index: int) -> None:
        """Set the cursor on a row."""
        before, self.index = self.index, self._within(index)
        if before == self.index:
            return
        if self._show_cursor():
            self.refresh(Region(0, self.head, self.size.width, self.page))
        else:
            for row in (before, self.index):
                self.refresh(Region(0, self.head + row - self.top, self.edge, 1))
        self._moved()

    def move(self, way: Way) -> None:
        """Move the cursor."""
        half = max(1, self.page // 2)
        steps = {
            "down": 1,
            "up": -1,
            "half-down": half,
            "half-up": -half,
            "page-down": self.page,
            "page-up": -self.page,
            "first": -self.count,
            "last": self.count,
        }
        self.go(self.index + steps[way])

    def _within(self, index: int) -> int:
        return max(0, min(index, self.count - 1))

    def _show_cursor(self) -> bool:
        """Move the page so that the cursor is on it; whether it had to move."""
        before, page = self.top, self.page
        last = max(0, self.count - page)
        if not self.top <= self.index < self.top + page:
            below = self.index >= self.top + page
            near = abs(self.index - self.top) <= 2 * page
            if near:
                half = max(1, page // 2)
                while not self.top <= self.index < self.top + page:
                    self.top += half if below else -half
            else:
                self.top = self.index - page // 2
        self.top = max(0, min(self.top, last))
        return self.top != before

    def _moved(self) -> None:
        if self.has_focus and self.is_mounted:
            self.app.cursor_position = self.content_region.offset + Offset(0, self.head + self.index - self.top)
        self.post_message(self.Moved(self, self.index))
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rest)

    def _rest(self) -> None:
        self._resting = None
        self.post_message(self.Rested(self, self.index))

    # --- painting and mouse

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        cells = self.size.width
        if y < self.head:
            return self.strip(self.head_line(y, cells), cells)
        if not self.count:
            return self.strip(self.empty_line(y - self.head, cells), cells)
        index = self.top + y - self.head
        if index >= self.count:
            return self.strip((), cells)
        strip = self.strip(self.row(index, cells), cells)
        return self._with_cursor(strip) if index == self.index else strip

    def _with_cursor(self, strip: Strip) -> Strip:
        """The row under the cursor: `>` in its first cell, and its gutter reversed."""
        first, gutter, rest = (*strip.divide([1, self.edge, strip.cell_length]),)
        reverse = Style(reverse=True)
        glyph = Segment(">", (next(iter(first)).style or Style.null()) + reverse)
        return Strip(
            [glyph, *(Segment(text, (style or Style.null()) + reverse) for text, style, _ in gutter), *rest],
            strip.cell_length,
        )

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        if self._show_cursor():
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.go(self.index + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.go(self.index - 3)

    def on_click(self, event: events.Click) -> None:
        """Set the cursor on a row; a second click chooses it."""
        index = self.top + event.y - self.head
        if event.y >= self.head and index < self.count:
            self.go(index)
            if event.chain == 2:
                self.post_message(self.Chosen(self, index))
