"""Text laid out in lines of a given width, with the way between offsets in the text and columns of the screen.

Widths are cells of the terminal. What would act on the terminal is shown as `display` shows it, so a letter of the
text can be wider on the screen than it is; both directions know.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from antragsbuch.editing.buffer import after
from antragsbuch.widgets.line import width as cells


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One line of a wrapped text: `text[start:end]`, drawn `indent` cells to the right."""

    start: int
    end: int
    indent: int = 0


def wrap(text: str, room: int) -> tuple[Wrapped, ...]:
    """`text` in lines of at most `room` cells, broken at blanks; the further lines of an item are indented.

    Together the lines cover all offsets but those of the line breaks; a blank at a break hangs over the end.
    """
    lines: list[Wrapped] = []
    start = 0
    for paragraph in text.split("\n"):
        lines += (Wrapped(start + a, start + b, indent) for a, b, indent in _paragraph(paragraph, max(room, 4)))
        start += len(paragraph) + 1
    return tuple(lines)


def line_of(lines: tuple[Wrapped, ...], offset: int) -> int:
    """Which of `lines` shows the cursor that stands at `offset`."""
    return max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)


def column_of(text: str, line: Wrapped, offset: int) -> int:
    """The column, from 0, in which `line` shows `offset`."""
    return line.indent + cells(text[line.start : max(line.start, min(offset, line.end))])


def offset_at(text: str, lines: tuple[Wrapped, ...], number: int, column: int) -> int:
    """The offset in line `number` that is shown at `column`, or the nearest before it in that line."""
    line = lines[number]
    # where a line is wrapped, the offset of its end is shown at the begin of the next
    last = number == len(lines) - 1 or lines[number + 1].start > line.end
    offset, at = line.start, line.indent
    while offset < line.end:
        following = after(text, offset)
        at += cells(text[offset:following])
        if at > column or (following >= line.end and not last):
            break
        offset = following
    return offset


@lru_cache(2048)
def _paragraph(text: str, room: int) -> tuple[tuple[int, int, int], ...]:
    hanging = 2 if text.startswith("- ") else 0
    found: list[tuple[int, int, int]] = []
    start, indent = 0, 0
    while True:
        end = _fitting(text, start, room - indent)
        found.append((start, end, indent))
        if end >= len(text):
            return tuple(found)
        start, indent = end, hanging


def _fitting(text: str, start: int, room: int) -> int:
    """The end of the line that begins at `start`: behind the last blank that fits, or inside a word too long."""
    rest = text[start:]
    if len(rest) <= room and cells(rest) <= room:
        return len(text)
    end, blank = start, start
    while end < len(text):
        following = after(text, end)
        letter = text[end:following]
        room -= cells(letter)
        if room < -1 or (room < 0 and letter != " "):
            return blank if blank > start else max(end, after(text, start))
        end = following
        if letter == " ":
            blank = end
        if room < 0:
            # the blank hangs over the end of the line
            return end
    return len(text)
