"""Finding words in the form, without regard to case and accents."""

from __future__ import annotations

from dataclasses import dataclass

from antragsbuch_schema.folding import fold

from .build import Look, rows
from .editing import Editing
from .rows import Part, Spot


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found: the spot, and from where to where in its text."""

    spot: Spot
    start: int
    end: int


def hits(editing: Editing, wanted: str) -> list[Hit]:
    """Every occurrence of `wanted` in the values of the sections, in their order."""
    found: list[Hit] = []
    for row in rows(editing, Look()):
        for cell in row.cells:
            if cell.spot.part in (Part.VALUE, Part.PROSE) and not cell.faint:
                found += [Hit(cell.spot, start, end) for start, end in occurrences(cell.text, wanted)]
    return found


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` stands in `text`, as offsets into `text`; both are compared folded."""
    needle = fold(wanted)
    if not needle.strip():
        return []
    folded: list[str] = []
    origin: list[int] = []
    for offset, letter in enumerate(text):
        letters = fold(letter)
        folded.append(letters)
        origin += [offset] * len(letters)
    plain = "".join(folded)
    found: list[tuple[int, int]] = []
    at = plain.find(needle)
    while at >= 0:
        found.append((origin[at], origin[at + len(needle) - 1] + 1))
        at = plain.find(needle, at + len(needle))
    return found


def next_hit(found: list[Hit], spot: Spot, offset: int, by: int) -> Hit | None:
    """The hit after the cursor (before it where `by` is -1), going round; None where there is none."""
    if not found:
        return None
    order = list(dict.fromkeys(hit.spot for hit in found))
    if spot not in order:
        return found[0 if by > 0 else -1]
    here = (order.index(spot), offset)
    places = [(order.index(hit.spot), hit.start) for hit in found]
    beyond = [number for number, place in enumerate(places) if (place > here if by > 0 else place < here)]
    if not beyond:
        return found[0 if by > 0 else -1]
    return found[beyond[0 if by > 0 else -1]]
