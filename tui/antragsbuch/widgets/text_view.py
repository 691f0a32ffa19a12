"""A text to read and scroll, line by line; only lines that changed are painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from .line import Line, Painted, width
from .row_list import Way

LinesOf = Callable[[int], Sequence[Line]]
"""The lines of a text for a width in cells."""


class TextView(Painted, can_focus=True):
    """Shows what `show` was given, laid out anew for every width."""

    DEFAULT_CSS = """
    TextView { height: 1fr; width: 1fr; }
    """

    def __init__(self, lines_of: LinesOf = lambda _cells: (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines_of = lines_of
        self._lines: Sequence[Line] = ()
        self._laid_out = -1
        self.top = 0

    def show(self, lines_of: LinesOf, *, keep: bool = False) -> None:
        """Show another text, from its beginning unless `keep`."""
        before = self._page()
        self._lines_of, self._laid_out = lines_of, -1
        top = self.top if keep else 0
        self.top = max(0, min(top, len(self.lines) - self.size.height))
        self._repaint(before)

    @property
    def lines(self) -> Sequence[Line]:
        """All lines at the present width."""
        if self._laid_out != self.size.width:
            self._laid_out = self.size.width
            self._lines = self._lines_of(self.size.width) if self.size.width else ()
        return self._lines

    def _page(self) -> Sequence[Line]:
        return self.lines[self.top : self.top + self.size.height]

    def _repaint(self, before: Sequence[Line]) -> None:
        after = self._page()
        for y in range(max(len(before), len(after))):
            old, new = before[y] if y < len(before) else (), after[y] if y < len(after) else ()
            if old != new:
                cells = max(sum(width(piece.text) for piece in line) for line in (old, new))
                self.refresh(Region(0, y, max(1, min(cells, self.size.width)), 1))

    def move(self, way: Way) -> None:
        """Scroll."""
        page = max(1, self.size.height)
        steps = {
            "down": 1,
            "up": -1,
            "half-down": max(1, page // 2),
            "half-up": -max(1, page // 2),
            "page-down": page,
            "page-up": -page,
            "first": -len(self.lines),
            "last": len(self.lines),
        }
        self._turn_to(self.top + steps[way])

    def show_line(self, number: int) -> None:
        """Scroll until the line `number`, from 0, is to be seen."""
        if not self.top <= number < self.top + self.size.height:
            self._turn_to(number - self.size.height // 3)

    def _turn_to(self, top: int) -> None:
        before = self._page()
        self.top = max(0, min(top, len(self.lines) - self.size.height))
        self._repaint(before)

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        page = self._page()
        return self.strip(page[y] if y < len(page) else (), self.size.width)

    def on_resize(self) -> None:
        """Stay within the text."""
        before, self.top = self.top, max(0, min(self.top, len(self.lines) - self.size.height))
        if self.top != before:
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        for _step in range(3):
            self.move("down")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        for _step in range(3):
            self.move("up")
