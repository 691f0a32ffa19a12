"""Which comment belongs to what.

A comment on a line of its own belongs to what follows: a key, a header, an entry of a list, or the end of the list
or of the file. A comment behind something belongs to that. Comments that stand apart at the top of a file, and
directives of other tools (`#:schema ...`), belong to the file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

from .scan import Layout, Path, Value

Anchor = Literal["file", "start", "end"]
"""The whole file, what begins at a path, or the end of the list at a path (of the file, where the path is empty)."""


class Comment(NamedTuple):
    """A comment: its text with the `#`, and what it belongs to."""

    text: str
    path: Path
    anchor: Anchor


class _Stretch(NamedTuple):
    """A statement, or an entry of a list, from its first letter to its last."""

    start: int
    end: int
    path: Path
    value: Value | None


def comments(layout: Layout) -> list[Comment]:
    """Every comment of a file, in the order of the file."""
    stretches = list(_statements(layout))
    starts = [stretch.start for stretch in stretches]
    apart = _apart(layout, starts[0] if starts else len(layout.text))
    return [_attached(layout, start, end, stretches, starts, apart) for start, end in layout.comments]


def _attached(
    layout: Layout, start: int, end: int, stretches: list[_Stretch], starts: list[int], apart: int
) -> Comment:
    text = layout.text[start:end].rstrip()
    number = bisect_left(starts, start)
    if text.startswith("#:") or start < apart:
        return Comment(text, (), "file")
    if number and start < stretches[number - 1].end:
        return _inside(layout, start, text, stretches[number - 1])
    if number and _same_line(layout.text, stretches[number - 1].end, start):
        return Comment(text, stretches[number - 1].path, "start")
    if number == len(stretches):
        return Comment(text, (), "end")
    return Comment(text, stretches[number].path, "start")


def _inside(layout: Layout, start: int, text: str, stretch: _Stretch) -> Comment:
    """The anchor of a comment in a list; deeper than the entries of the list there is none."""
    items = stretch.value.items if stretch.value else None
    if items is None:
        return Comment(text, stretch.path, "start")
    # the first entry that ends on the line of the comment, or behind it
    position = bisect_right(items, layout.text.rfind("\n", 0, start), key=lambda item: item.end)
    if position < len(items):
        return Comment(text, (*stretch.path, position), "start")
    return Comment(text, stretch.path, "end")


def _statements(layout: Layout) -> Iterator[_Stretch]:
    for section in layout.sections:
        if section.keys:
            yield _Stretch(section.start, section.end, section.path, None)
        for pair in section.pairs:
            yield _Stretch(pair.start, pair.end, pair.path, pair.value)


def _same_line(text: str, end: int, start: int) -> bool:
    return text.find("\n", end, start) < 0


def _apart(layout: Layout, first: int) -> int:
    """The end of what stands at the top of the file, apart from the first statement by a blank line."""
    offset = first
    while offset > layout.begin:
        line = max(layout.text.rfind("\n", layout.begin, offset - 1) + 1, layout.begin)
        if not layout.text[line:offset].strip():
            return line
        offset = line
    return layout.begin
