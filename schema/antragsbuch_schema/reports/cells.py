"""How much room a text takes in a terminal. Text that is shown has gone through `display` before."""

from __future__ import annotations

import unicodedata

_PLAIN = "\u0300"
"""Every character before this one fills one cell."""


def width(text: str) -> int:
    """The cells that `text` fills: two for wide letters and emoji, none for what stands on the letter before."""
    return len(text) if text.isascii() or max(text) < _PLAIN else sum(map(_cells, text))


def cropped(text: str, start: int, end: int, room: int, ellipsis: str = "…") -> tuple[str, int, int]:
    """`text` cut to `room` cells around the letters from `start` to `end`, and where these begin and end in it.

    An ellipsis stands where something was cut. Of a span that is itself too long, the beginning stays.
    """
    if width(text) <= room:
        return text, start, end
    first, last, taken, limit = start, start, 0, room - 2 * len(ellipsis)
    while last < end and taken + _cells(text[last]) <= limit:
        taken += _cells(text[last])
        last += 1
    grown = True
    while grown:
        grown = False
        if first > 0 and taken + _cells(text[first - 1]) <= limit:
            first, taken, grown = first - 1, taken + _cells(text[first - 1]), True
        if last < len(text) and taken + _cells(text[last]) <= limit:
            last, taken, grown = last + 1, taken + _cells(text[last]), True
    left, right = ellipsis if first else "", ellipsis if last < len(text) else ""
    return left + text[first:last] + right, start - first + len(left), min(end, last) - first + len(left)


def _cells(letter: str) -> int:
    if letter < _PLAIN:
        return 1
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
