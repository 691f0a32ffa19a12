"""Pages of a printed document as positioned words, and the lines that they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points (1/72 inch), from the upper left corner of the page."""

BLANK, HYPHENATED, NOTHING = " ", "\xad", ""
"""What follows a word: a blank, the rest of it (it ends with a hyphen that only breaks it), or nothing known."""


class Word(NamedTuple):
    """A word: its text, its box, and what follows it in the document."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    after: str


class Sheet(NamedTuple):
    """A page: its number from 1, its size, its words in any order, and the cells of its tables by rows.

    None in place of a cell is one that another cell goes over. `turned` is text that is not upright; `pictures` how
    many there are.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    tables: tuple[tuple[tuple[Box | None, ...], ...], ...] = ()
    turned: str = ""
    pictures: int = 0


class Row(NamedTuple):
    """A line of a page: its words from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All of it, a blank between words."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def bottom(self) -> float:
        """Where its letters stand, below."""
        return median(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """How high its letters are."""
        return median(word.bottom - word.top for word in self.words)

    @property
    def after(self) -> str:
        """What follows its last word."""
        return self.words[-1].after


def rows(words: Iterable[Word]) -> list[Row]:
    """Words put into lines, from top to bottom: those whose middle is as high as the first word of a line."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        middle = (word.top + word.bottom) / 2
        if found and found[-1][0].top < middle < found[-1][0].bottom:
            found[-1].append(word)
        else:
            found.append([word])
    return [Row(tuple(sorted(line, key=lambda word: word.left))) for line in found]


def is_full(line: Row, below: Row, right: float) -> bool:
    """Whether the first word of the line below had no room on the line, in a column that goes to `right`."""
    first = below.words[0]
    return line.right + line.size * _NARROW_BLANK + first.right - first.left > right


def joined(lines: Sequence[Row], right: float, *, exact: bool) -> str:
    """The text of lines that belong together, in a column that goes to `right`.

    `exact`: the document says where blanks stand at the ends of lines, so that a full line without one goes on
    without one.
    """
    text = lines[0].text
    for above, line in pairwise(lines):
        if above.after == HYPHENATED:
            text = text[:-1] + line.text
        elif above.after == BLANK:
            text += f" {line.text}"
        elif exact:
            text += line.text if is_full(above, line, right) else f" {line.text}"
        else:
            text = _on(text, line.text)
    return text


_NARROW_BLANK = 0.2
"""The width of a narrow blank, as a part of the height of the letters."""
_AFTER_HALVES = ("und ", "oder ", "sowie ", "bzw. ", "bis ", "noch ")
"""Before these a hyphen stands for the rest of a word: "bundes- und landesweit"."""


def _on(text: str, more: str) -> str:
    """Two lines put together, where only their letters tell whether the end of the first cut a word."""
    if not re.search(r"\w-$", text) or not more[0].isalpha() or more.startswith(_AFTER_HALVES):
        return f"{text} {more}"
    # a word that was cut goes on in lower case; "20-jährig" and "Ja-Stimmen" keep their hyphen
    return text[:-1] + more if more[0].islower() and text[-2].isalpha() else text + more
