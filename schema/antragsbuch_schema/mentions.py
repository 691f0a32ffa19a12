"""What the register needs to know of a motion: how it is called, and what others it speaks of.

A register has tens of thousands of these, and a run makes them all: so they are plain tuples, and where a mention
stands stays packed until somebody wants to point at it.
"""

from __future__ import annotations

from typing import NamedTuple

from .diagnostics import Ignore, Span
from .places import Place
from .suggest import same_name


class Mention(NamedTuple):
    """A text that stands in a file: its place, what it says, `name`, under which its spellings agree, and `where`: the
    four numbers of its span, as text."""

    place: Place
    words: str
    name: str
    where: str

    @classmethod
    def at(cls, place: Place, span: Span, words: str) -> Mention:
        """The mention of `words` at a span."""
        where = f"{span.line} {span.column} {span.end_line} {span.end_column}"
        return cls(place, words, same_name(words), where)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(*map(int, self.where.split(" ")))


class Facts(NamedTuple):
    """What the whole register needs to know of one motion. `path` is relative to the root of the register.

    `ignores` are the comments of the file about rules of the whole register.
    """

    path: str
    id: Mention | None = None
    reference: Mention | None = None
    amends: Mention | None = None
    links: tuple[Mention, ...] = ()
    ignores: tuple[Ignore, ...] = ()


def words_of(mention: Mention | None) -> str:
    """What it says, "" where there is none."""
    return mention.words if mention else ""
