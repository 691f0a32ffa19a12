"""Where the cursor goes in the lines of the form: pure functions of the lines and the spot it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from antragsbuch.editing.rows import Part, Spot

from .lines import Box, FormLine
from .wrap import line_of

Lines = tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the cursor stands: the spot, and in a text of several lines the offset."""

    spot: Spot
    offset: int = 0


def boxes_of(lines: Lines, spot: Spot) -> list[tuple[int, Box]]:
    """The lines, by number, in which `spot` is shown, with its box there."""
    return [(number, box) for number, line in enumerate(lines) for box in line.boxes if box.spot == spot]


def where(lines: Lines, standing: Standing) -> tuple[int, Box] | None:
    """The line and the box in which the cursor is seen; None where its spot is not shown."""
    found = boxes_of(lines, standing.spot)
    if not found:
        return None
    return found[line_of(tuple(box.shown for _number, box in found), standing.offset)]


def vertical(lines: Lines, standing: Standing, by: int) -> Standing:
    """`by` stops further down (up where negative), in the same column of a table; at the ends it stays."""
    stops = [number for number, line in enumerate(lines) if line.stop]
    at = where(lines, standing)
    if at is None or not stops:
        return standing
    number, box = at
    here = max((place for place, stop in enumerate(stops) if stop <= number), default=0)
    target = stops[max(0, min(here + by, len(stops) - 1))]
    if target == stops[here]:
        return standing
    return on(lines[target], _index(lines[number], box) if lines[number].columns else 0)


def by_lines(lines: Lines, standing: Standing, by: int) -> Standing:
    """To the stop nearest to `by` lines of the screen further down, as a page is turned."""
    at = where(lines, standing)
    if at is None:
        return standing
    number, box = at
    stops = [place for place, line in enumerate(lines) if line.stop]
    wanted = number + by
    beyond = [stop for stop in stops if (stop > number if by > 0 else stop < number)]
    if not beyond:
        return standing
    target = min(beyond, key=lambda stop: abs(stop - wanted))
    return on(lines[target], _index(lines[number], box) if lines[number].columns else 0)


def horizontal(lines: Lines, standing: Standing, by: int) -> Standing:
    """`by` cells further to the right in the row of a table; at the ends it stays."""
    at = where(lines, standing)
    if at is None:
        return standing
    number, box = at
    boxes = lines[number].boxes
    target = max(0, min(_index(lines[number], box) + by, len(boxes) - 1))
    return Standing(boxes[target].spot, standing.offset if boxes[target] == box else 0)


def in_order(lines: Lines, standing: Standing, by: int) -> Standing:
    """The next spot (the one before where `by` is -1), row by row; from the last to the first."""
    order = list(dict.fromkeys(box.spot for line in lines for box in line.boxes))
    if not order:
        return standing
    here = order.index(standing.spot) if standing.spot in order else 0
    return Standing(order[(here + by) % len(order)])


def edge(lines: Lines, last: bool) -> Standing | None:
    """The first stop of all lines, or the last."""
    stops = [line for line in lines if line.stop]
    return on(stops[-1 if last else 0], 0) if stops else None


def on(line: FormLine, index: int) -> Standing:
    """The spot with this index in a line: the handle of a row is the first."""
    box = line.boxes[min(index, len(line.boxes) - 1)]
    return Standing(box.spot, box.shown.start if box.spot.part is Part.PROSE else 0)


def clicked(line: FormLine, x: int) -> Box | None:
    """The box that stands at column `x`, or the nearest one to its left."""
    left = [box for box in line.boxes if box.x <= x]
    return left[-1] if left else (line.boxes[0] if line.boxes else None)


def _index(line: FormLine, box: Box) -> int:
    return line.boxes.index(box)
