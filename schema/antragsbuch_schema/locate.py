"""From a finding at a place to lines and columns of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .diagnostics import Finding, Located, On, Span
from .places import Place, PlaceError, resolve

if TYPE_CHECKING:
    from .toml.reader import Document


def locate(path: str, document: Document, finding: Finding) -> Located:
    """`finding` of the file at `path` with its lines and columns."""
    return Located(
        path,
        span_of(document, finding.place, finding.on, finding.part),
        finding,
        tuple((path, span_of(document, related.place), related.message) for related in finding.related),
    )


def span_of(document: Document, place: Place, on: On = "value", part: tuple[int, int] | None = None) -> Span:
    """Where a place of a file is: its value, its key or its header.

    `part` is a span of code points of a text value, or of the text of the file for the place of the whole motion.
    What is not there is shown at the header of the nearest table that is; at the top that is the first line.
    """
    positions = document.positions
    if not place and part is not None:
        return positions.span(*part)
    path, complete = _way(place, document)
    span = None
    if complete and on == "value":
        span = positions.part(path, *part) if part is not None else None
        span = span or positions.value(path)
    elif complete and on == "key":
        span = positions.key(path)
    while span is None:
        span = positions.header(path) if path else positions.header(()) or (0, 0)
        path = path[:-1]
    return positions.span(*span)


def _way(place: Place, document: Document) -> tuple[tuple[str | int, ...], bool]:
    """The way to the place, or as far as it goes; and whether it goes all the way."""
    for end in range(len(place), 0, -1):
        try:
            return resolve(place[:end], document.data), end == len(place)
        except PlaceError:
            continue
    return (), not place
