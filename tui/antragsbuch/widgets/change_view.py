"""A text with changes in it: to be scrolled like any text, and to be gone through change by change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from .line import Line
from .text_view import TextView


class Laid(NamedTuple):
    """The lines of a difference, and the numbers of those where a change begins."""

    lines: Sequence[Line]
    stops: Sequence[int] = ()


LaidOf = Callable[[int], Laid]


class ChangeView(TextView):
    """Shows a difference; `step` goes to the next or the previous change, which `>` at the edge marks."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stops: Sequence[int] = ()
        self.at: int | None = None
        """Which of the changes one stands at; None before the first step."""

    def show_changes(self, laid_of: LaidOf, *, keep: bool = False) -> None:
        """Show another difference, from its beginning unless `keep`."""

        def lines_of(cells: int) -> Sequence[Line]:
            laid = laid_of(cells)
            self._stops = laid.stops
            return laid.lines

        if not keep:
            self._mark(None)
        self.show(lines_of, keep=keep)
        if self.at is not None and self.at >= len(self.stops):
            self.at = None

    @property
    def stops(self) -> Sequence[int]:
        """The numbers of the lines where a change begins."""
        return self._stops if self.lines else ()

    def step(self, way: int) -> bool:
        """To the next change (1) or the one before (-1); whether there is one."""
        last = len(self.stops) - 1
        wanted = (self.at if self.at is not None else -1 if way > 0 else last + 1) + way
        if not 0 <= wanted <= last:
            return False
        self._mark(wanted)
        line, height = self.stops[wanted], self.size.height
        if not self.top <= line < self.top + height - 1:
            self._turn_to(max(0, line - height // 4))
        return True

    def _mark(self, at: int | None) -> None:
        before, self.at = self.at, at
        for each in (before, at):
            if each is not None and each < len(self.stops):
                self.refresh(Region(0, self.stops[each] - self.top, 1, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the difference."""
        strip = super().render_line(y)
        if self.at is None or self.at >= len(self.stops) or self.stops[self.at] != self.top + y:
            return strip
        _first, rest = strip.divide([1, strip.cell_length])
        return Strip([Segment(">", Style(reverse=True)), *rest], strip.cell_length)
