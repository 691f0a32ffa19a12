"""What stands in each cell of the screen: the lines of the form with cursor, brackets, selection and candidates."""

from __future__ import annotations

from dataclasses import dataclass

from antragsbuch.editing.buffer import after
from antragsbuch.editing.form import Form, Typing
from antragsbuch.editing.rows import Part
from antragsbuch.widgets.line import fit
from antragsbuch.widgets.line import width as cells

from .canvas import BLANK, Cell, Cells, cells_of, put
from .lines import Box
from .moving import Lines, Standing, boxes_of, where
from .wrap import column_of, line_of

MOST_OFFERED = 9
"""How many candidates are seen at once."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the form that is seen: `height` lines from `top` on, `width` cells wide."""

    top: int
    height: int
    width: int


def paint(lines: Lines, form: Form, window: Window, *, active: bool = True) -> tuple[Cells, ...]:
    """The cells of every line of the window; without `active` there is no cursor."""
    seen = lines[window.top : window.top + window.height]
    painted = [list(cells_of(line.pieces, window.width)) for line in seen]
    painted += [[BLANK] * window.width for _line in range(window.height - len(seen))]
    for line, target in zip(seen, painted, strict=False):
        if line.mark:
            put(target, 0, line.mark, "accent")
    if active:
        if form.typing is None:
            _cursor(lines, form, window, painted)
        else:
            _typing(lines, form.typing, window, painted)
    return tuple(tuple(line) for line in painted)


def caret(lines: Lines, form: Form) -> tuple[int, int] | None:
    """The line and the column at which one types, or at which the cursor stands; None where that is not shown."""
    typing = form.typing
    at = where(lines, standing_of(form))
    if at is None:
        return None
    number, box = at
    if typing is None:
        return number, box.x if box.spot.part is not Part.ROW else 1
    if lines[number].columns:
        start = _first_shown(typing, box)
        return number, box.x + cells(typing.buffer.text[start : typing.buffer.cursor])
    return number, box.x + column_of(typing.buffer.text, box.shown, typing.buffer.cursor)


def standing_of(form: Form) -> Standing:
    """Where the cursor stands."""
    if form.typing is not None:
        return Standing(form.typing.spot, form.typing.buffer.cursor)
    return Standing(form.spot, form.offset)


def _cursor(lines: Lines, form: Form, window: Window, painted: list[list[Cell]]) -> None:
    at = where(lines, standing_of(form))
    if at is None or not 0 <= at[0] - window.top < window.height:
        return
    number, box = at
    target = painted[number - window.top]
    put(target, 1, ">", "strong")
    if lines[number].columns and box.spot.part is not Part.ROW:
        put(target, box.x - 1, "[", "strong")
        put(target, box.x + box.width, "]", "strong")


def _typing(lines: Lines, typing: Typing, window: Window, painted: list[list[Cell]]) -> None:
    boxes = boxes_of(lines, typing.spot)
    if not boxes:
        return
    current = line_of(tuple(box.shown for _number, box in boxes), typing.buffer.cursor)
    number, box = boxes[current]
    if 0 <= number - window.top < window.height:
        put(painted[number - window.top], 1, ">", "strong")
    if lines[number].columns:
        if 0 <= number - window.top < window.height:
            _cell(typing, box, painted[number - window.top])
    else:
        for place, shown in enumerate(boxes):
            if 0 <= shown[0] - window.top < window.height:
                _text(typing, shown[1], painted[shown[0] - window.top], place == current)
    _offered(typing, boxes[-1][0] - window.top, boxes[0][0] - window.top, box.x, painted)


def _cell(typing: Typing, box: Box, target: list[Cell]) -> None:
    """The text of a cell of a table, moved to the left as far as the cursor needs it."""
    start = _first_shown(typing, box)
    put(target, box.x - 1, "[" if not start else "<", "strong")
    put(target, box.x + box.width, "]", "strong")
    put(target, box.x, " " * box.width, "")
    text, cursor = typing.buffer.text, typing.buffer.cursor
    low, high = typing.buffer.selection
    put(target, box.x, text[start:], "", box.width)
    at = box.x + cells(text[start:cursor])
    if low != high:
        first = box.x + cells(text[start : max(start, low)])
        put(target, first, text[max(start, low) : high], "reverse")
    put(target, at, text[cursor : after(text, cursor)] if cursor < len(text) else " ", "reverse")


def _text(typing: Typing, box: Box, target: list[Cell], current: bool) -> None:
    """Selection and cursor in one line of a text, and behind the last line what was understood."""
    text, cursor = typing.buffer.text, typing.buffer.cursor
    low, high = (max(box.shown.start, edge) for edge in typing.buffer.selection)
    if low < min(high, box.shown.end):
        chosen = text[low : min(high, box.shown.end)]
        put(target, box.x + column_of(text, box.shown, low), chosen, "reverse")
    if box.last:
        x = box.x + column_of(text, box.shown, box.shown.end) + 2
        if typing.problem and text.strip():
            put(target, x, f"? {typing.problem}", "warning")
        elif typing.meaning:
            put(target, x, f"= {typing.meaning}", "dim")
    if current:
        at = box.x + column_of(text, box.shown, cursor)
        under = text[cursor : after(text, cursor)] if cursor < box.shown.end else " "
        put(target, at, under, "reverse")


def _first_shown(typing: Typing, box: Box) -> int:
    text, cursor, start = typing.buffer.text, typing.buffer.cursor, 0
    while start < cursor and cells(text[start:cursor]) > box.width:
        start = after(text, start)
    return start


def _offered(typing: Typing, below: int, above: int, x: int, painted: list[list[Cell]]) -> None:
    """What could be meant, in a frame under the text (or over it where there is more room), the chosen one reversed."""
    if not typing.candidates:
        return
    room_below, room_above = len(painted) - below - 1, above
    down = room_below >= min(len(typing.candidates), MOST_OFFERED) or room_below >= room_above
    count = min(len(typing.candidates), MOST_OFFERED, room_below if down else room_above)
    if count < 1:
        return
    first = max(0, min(typing.chosen - count + 1, len(typing.candidates) - count))
    shown = typing.candidates[first : first + count]
    texts = [f"{candidate.text}  {candidate.note}".rstrip() for candidate in shown]
    total = len(painted[0])
    wide = min(max(map(cells, texts)), total - 6)
    x = max(0, min(x - 2, total - wide - 4))
    for place, text in enumerate(texts):
        line = painted[below + 1 + place if down else above - count + place]
        chosen = first + place == typing.chosen
        put(line, x, "│", "dim")
        put(line, x + 1, f"{'>' if chosen else ' '}{fit(text, wide)} ", "reverse" if chosen else "")
        put(line, x + wide + 3, "│", "dim")
