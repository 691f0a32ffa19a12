"""A line of the screen as its cells: what was painted and what is to be painted are compared cell by cell.

Over a slow line a letter must cost a few bytes, so only the stretches that differ are painted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

from antragsbuch.widgets.line import Line, Look, Piece
from antragsbuch_schema.display import display

_NEAR = 6
"""Stretches closer than this are painted as one: a jump of the terminal's cursor costs as much."""


class Cell(NamedTuple):
    """A cell of the screen: a letter with what belongs to it, "" where a wide letter goes on, and its look."""

    text: str
    look: Look


Cells = tuple[Cell, ...]

BLANK = Cell(" ", "")


@lru_cache(2048)
def cells_of(pieces: Line, room: int) -> Cells:
    """The cells of a line, exactly `room` of them."""
    found: list[Cell] = []
    for piece in pieces:
        text = display(piece.text)
        for start, end, wide in split_graphemes(text)[0]:
            if not wide:
                if found:
                    found[-1] = Cell(found[-1].text + text[start:end], found[-1].look)
                continue
            found.append(Cell(text[start:end], piece.look))
            found += [Cell("", piece.look)] * (wide - 1)
    if len(found) > room:
        del found[room:]
        # half of a wide letter can't be painted
        if found and found[-1].text and _is_wide(found[-1].text):
            found[-1] = BLANK
    return (*found, *([BLANK] * (room - len(found))))


def put(line: list[Cell], x: int, text: str, look: Look, room: int | None = None) -> int:
    """Write `text` over the cells of `line` from `x` on, at most `room` cells; how many were written."""
    new = cells_of((Piece(text, look),), room) if room is not None else _plain(text, look)
    first, end = max(0, x), min(len(line), x + len(new))
    if first >= end:
        return 0
    # half of a wide letter can't stay at either edge
    if first and line[first].text == "":
        line[first - 1] = BLANK
    if end < len(line) and line[end].text == "":
        line[end] = BLANK
    line[first:end] = new[first - x : end - x]
    if line[first].text == "":
        line[first] = BLANK
    if end == len(line) and line[-1].text and _is_wide(line[-1].text):
        line[-1] = BLANK
    return end - first


def pieces_of(line: Cells) -> Line:
    """The line as pieces of one look each."""
    found: list[Piece] = []
    for cell in line:
        if found and found[-1].look == cell.look:
            found[-1] = Piece(found[-1].text + cell.text, cell.look)
        else:
            found.append(Piece(cell.text, cell.look))
    return tuple(found)


def stretches(old: Cells, new: Cells) -> Iterator[tuple[int, int]]:
    """The stretches (start, end) in which two lines of the same length differ, near ones as one."""
    start = end = -1
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if start >= 0 and number - end > _NEAR:
            yield _whole(old, new, start, end)
            start = -1
        if start < 0:
            start = number
        end = number + 1
    if start >= 0:
        yield _whole(old, new, start, end)


def _whole(old: Cells, new: Cells, start: int, end: int) -> tuple[int, int]:
    """The stretch, grown so that no wide letter is cut."""
    while start > 0 and "" in (old[start].text, new[start].text):
        start -= 1
    while end < len(new) and "" in (old[end].text, new[end].text):
        end += 1
    return start, end


@lru_cache(512)
def _plain(text: str, look: Look) -> Cells:
    total = split_graphemes(display(text))[1]
    return cells_of((Piece(text, look),), total)


def _is_wide(text: str) -> bool:
    return split_graphemes(text)[1] > 1
