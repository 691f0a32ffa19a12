"""A file while it is edited: its text, what its data are to be in the end, and where things stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from antragsbuch_schema.fields import Fields, by_name

from . import shape
from .reader import newline_of
from .scan import Layout, Pair, Path, Value, scan


class Work:
    """A file while it is edited. `data` is what it is to say after the edit at hand."""

    def __init__(self, text: str, data: Mapping[str, Any], fields: Fields) -> None:
        self.text = text
        self.data = data
        self.fields = fields
        self._newline = newline_of(text)
        self._layout: Layout | None = None

    @property
    def layout(self) -> Layout:
        """Where everything stands now."""
        if self._layout is None:
            self._layout = scan(self.text)
        return self._layout

    def splice(self, start: int, end: int, new: str) -> None:
        """Put `new` in place of a stretch of the text, with the line ends of the file."""
        lines = new.replace("\r\n", "\n").replace("\n", self._newline)
        self.text = self.text[:start] + lines + self.text[end:]
        self._layout = None

    def insert_lines(self, offset: int, new: str) -> None:
        """Put whole lines at the beginning of a line, or at the end of the file."""
        if offset > self.layout.begin and self.text[offset - 1] != "\n":
            new = "\n" + new
        self.splice(offset, offset, new)

    def ranks(self, path: Path) -> dict[str, int]:
        """The order of the keys of the table at `path` in a canonical file."""
        table, _, fields = shape.at(path, self.data, self.fields)
        unknown = [key for key in table if key not in by_name(fields)] if isinstance(table, dict) else []
        return {key: rank for rank, key in enumerate((*by_name(fields), *unknown))}

    # lines

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins, after a byte order mark."""
        return max(self.text.rfind("\n", 0, offset) + 1, self.layout.begin)

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, behind its line feed."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def is_blank(self, offset: int) -> bool:
        """Whether nothing stands on the line that begins at `offset`."""
        return not self.text[offset : self.line_end(offset)].strip()

    def lead(self, offset: int) -> int:
        """Where the line of an offset begins, or the comment lines directly above it."""
        comments = {start for start, _ in self.layout.comments}
        start = self.line_start(offset)
        while start > self.layout.begin:
            above = self.line_start(start - 1)
            first = above + len(self.text[above:start]) - len(self.text[above:start].lstrip(" \t"))
            if first not in comments or self.text.startswith("#:", first):
                break
            start = above
        return start

    def content_end(self, number: int) -> int:
        """Where a section ends: behind its last pair, or its header."""
        section = self.layout.sections[number]
        last = section.pairs[-1].end if section.pairs else section.end
        return self.line_end(last) if section.pairs or section.keys else section.end

    def insertion(self, number: int) -> int:
        """Where lines behind a section go: behind the comment lines directly below it that belong to no header."""
        sections = self.layout.sections
        end = self.content_end(number)
        stop = self.lead(sections[number + 1].start) if number + 1 < len(sections) else len(self.text)
        while end < stop and self.text[end : self.line_end(end)].lstrip().startswith("#"):
            end = self.line_end(end)
        return end


@dataclass(slots=True)
class Spot:
    """What stands at a path.

    `value` and its `pair` where it stands in one piece; else the `pairs` whose dotted keys go through it and the
    numbers of the `sections` at and below it. `holder` is the inline table or the array around it, if it is in one.
    """

    value: Value | None = None
    pair: Pair | None = None
    holder: Value | None = None
    pairs: list[Pair] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.value is not None or bool(self.pairs) or bool(self.sections)


def find(layout: Layout, path: Path) -> Spot:
    """What stands at `path`; a false `Spot` if nothing does."""
    found = Spot()
    for number, section in enumerate(layout.sections):
        if section.path[: len(path)] == path:
            found.sections.append(number)
            continue
        for pair in section.pairs:
            if pair.path == path:
                return Spot(pair.value, pair)
            if pair.path[: len(path)] == path:
                found.pairs.append(pair)
            elif path[: len(pair.path)] == pair.path:
                return _find_inside(pair.value, len(pair.path), path)
    return found


def _find_inside(holder: Value, depth: int, path: Path) -> Spot:
    """What stands at `path` in a value that stands at the first `depth` steps of it."""
    step = path[depth]
    if holder.items is not None and isinstance(step, int) and step < len(holder.items):
        item = holder.items[step]
        return Spot(item, holder=holder) if depth + 1 == len(path) else _find_inside(item, depth + 1, path)
    found = Spot(holder=holder)
    for pair in holder.pairs or ():
        if pair.path == path:
            return Spot(pair.value, pair, holder)
        if pair.path[: len(path)] == path:
            found.pairs.append(pair)
        elif path[: len(pair.path)] == pair.path:
            return _find_inside(pair.value, len(pair.path), path)
    return found


def neighbours(work: Work, pairs: list[Pair], table: Path, key: str) -> tuple[Pair | None, Pair | None]:
    """Between which pairs of a table a new key belongs: the nearest before it and the nearest after it in its order."""
    ranks = work.ranks(table)
    last = len(ranks)
    own = ranks.get(key, last)
    ranked = [(ranks.get(str(pair.path[len(table)]), last), pair) for pair in pairs]
    # of pairs with the same rank (dotted keys) the last one before, the first one after
    before = max((entry for entry in reversed(ranked) if entry[0] < own), key=lambda entry: entry[0], default=None)
    after = min((entry for entry in ranked if entry[0] > own), key=lambda entry: entry[0], default=None)
    return before and before[1], after and after[1]


def prefix_of(work: Work, pair: Pair, table: Path) -> str:
    """The part of a dotted key that leads to the table at `table`, as it is written, with its last dot."""
    number = len(table) - (len(pair.path) - len(pair.keys))
    return work.text[pair.keys[0].start : pair.keys[number].start]
