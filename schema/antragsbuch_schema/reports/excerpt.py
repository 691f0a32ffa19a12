"""The lines of a file around what a finding is about, with a caret under every place that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from antragsbuch_schema.diagnostics import Span

from .cells import cropped, width
from .ground import Paint
from .lines import Rows
from .safe import shown

QUIET = "2"
NEAR = 6
"""Places so many lines apart share an excerpt."""
_GAP = 2
"""So many lines between two places are shown; of more, that there are some."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What an excerpt is drawn with."""

    bar: str
    arrow: str
    also: str
    ellipsis: str
    gap: str


# not rustc's `:::`: GitHub's runner looks closer at what begins with two colons
ASCII = Glyphs("|", "-->", "==>", "...", "...")
LINES = Glyphs("│", "──▶", "══▶", "…", "⋮")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in an excerpt: what it is underlined with, in which colour, and what is said beside the line."""

    span: Span
    caret: str
    colour: str
    label: str = ""
    context: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """How an excerpt is set: the width of the line numbers, the cells for a whole line, glyphs and colours."""

    gutter: int
    room: int
    glyphs: Glyphs
    paint: Paint

    def row(self, number: int | str, text: str = "") -> str:
        """A line of the excerpt behind its number, or behind none."""
        head = f"{number:>{self.gutter}}"
        if head.strip():
            head = self.paint(head, QUIET)
        return f"{head} {self.paint(self.glyphs.bar, QUIET)} {text}".rstrip()

    def cropped(self, text: str, start: int, end: int) -> tuple[str, int, int]:
        """A text cut to the room around a stretch, and where that stands in it."""
        return cropped(text, start, end, self.room - self.gutter - len(" | "), self.glyphs.ellipsis)


def excerpt(rows: Rows, marks: Sequence[Mark], frame: Frame) -> list[str]:
    """The lines of an excerpt; none where the file is too short for what is marked."""
    marks = [mark for mark in marks if rows.line(mark.span.line) is not None]
    if not marks:
        return []
    marked = {mark.span.line for mark in marks}
    numbers = set(marked)
    for mark in marks:
        for number in range(mark.span.line - mark.context, mark.span.line + mark.context + 1):
            row = rows.line(number)
            # an empty line below says nothing
            if row is not None and (row.strip() or number < mark.span.line):
                numbers.add(number)
    lines = [frame.row("")]
    last = 0
    for number in sorted(numbers):
        if last and number - last - 1 > _GAP:
            lines.append(frame.paint(frame.glyphs.gap, QUIET))
        elif last:
            lines += [_line(rows, between, frame) for between in range(last + 1, number)]
        last = number
        if number not in marked:
            lines.append(_line(rows, number, frame))
        for position, mark in enumerate(mark for mark in marks if mark.span.line == number):
            row, carets = _marked(rows, mark, frame)
            # a line with two places is shown again only where it was cut around the first
            if position == 0 or row not in lines:
                lines.append(row)
            lines.append(carets)
    return lines


def _line(rows: Rows, number: int, frame: Frame) -> str:
    return frame.row(number, frame.cropped(shown(rows.line(number) or ""), 0, 0)[0])


def _marked(rows: Rows, mark: Mark, frame: Frame) -> tuple[str, str]:
    """A line and the line of carets under it."""
    row, span = rows.line(mark.span.line) or "", mark.span
    end = len(row) if span.end_line > span.line else min(span.end_column - 1, len(row))
    start = min(span.column - 1, len(row))
    # what is hidden is shown in more letters than it has: the caret is measured in what is shown
    before, under = len(shown(row[:start])), len(shown(row[: max(end, start)]))
    line, first, last = frame.cropped(shown(row), before, under)
    carets = frame.paint(mark.caret * max(1, width(line[first:last])), mark.colour)
    label = f" {frame.paint(mark.label, mark.colour)}" if mark.label else ""
    return frame.row(span.line, line), frame.row("", " " * width(line[:first]) + carets + label)
