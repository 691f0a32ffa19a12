"""The index of positions: from a place in the data to its span in the text."""

from __future__ import annotations

from antragsbuch_schema import diagnostics

from .scan import ESCAPE, Lines, Path, Value, scan, unescaped
from .scan import Pair as _Pair

Span = tuple[int, int]
"""Start and end of a stretch of text in code points, the end exclusive."""


class Positions:
    """Where the keys, values and headers of a file stand. `text` must be TOML that the parser accepts.

    A path is made of keys and positions, counted from 0, as `places.resolve` gives it. Every method that takes a
    path gives None where nothing stands.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = Lines(text)
        self._keys: dict[Path, Span] = {}
        self._values: dict[Path, Span] = {}
        self._headers: dict[Path, Span] = {}
        layout = scan(text)
        first = text.find("\n")
        self._headers[()] = self._values[()] = (layout.begin, len(text) if first < 0 else first)
        for section in layout.sections:
            if section.keys:
                self._header(section.path, [(key.start, key.end) for key in section.keys], (section.start, section.end))
            for pair in section.pairs:
                self._pair(pair, section.path)

    def key(self, path: Path) -> Span | None:
        """The key at the end of the way, in its pair or a header; for an element with a header, the key of its list."""
        return self._keys.get(path)

    def value(self, path: Path) -> Span | None:
        """The value; of a table or an element with a header, the header; of a table made by dotted keys, the key."""
        return self._values.get(path)

    def header(self, path: Path) -> Span | None:
        """The header of a table or an element; without one, its key; of the whole file, the first line."""
        found = self._headers.get(path)
        return found or self._keys.get(path) or self._values.get(path)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, counted from 1, columns in code points."""
        return self._lines.line_column(offset)

    def span(self, start: int, end: int) -> diagnostics.Span:
        """A stretch of text as lines and columns."""
        return diagnostics.Span(*self.line_column(start), *self.line_column(end))

    def part(self, path: Path, start: int, end: int) -> Span | None:
        """A part of the string value at `path`, given as a span of code points of the value as it is parsed."""
        whole = self._values.get(path)
        if whole is None:
            return None
        letters = _letters(self.text, whole)
        if letters is None or not 0 <= start <= end < len(letters):
            return None
        return letters[start][0], letters[end - 1][1] if end > start else letters[start][0]

    def _header(self, path: Path, keys: list[Span], header: Span) -> None:
        names = [length for length, step in enumerate(path, 1) if isinstance(step, str)]
        for length, key in zip(names, keys, strict=True):
            above = path[:length]
            self._keys.setdefault(above, key)
            self._values.setdefault(above, header)
            self._headers.setdefault(above, header)
        self._keys[path] = keys[-1]
        self._values[path] = self._headers[path] = header

    def _pair(self, pair: _Pair, above: Path) -> None:
        for length, key in enumerate(pair.keys[:-1], len(above) + 1):
            self._keys.setdefault(pair.path[:length], (key.start, key.end))
            self._values.setdefault(pair.path[:length], (key.start, key.end))
        last = pair.keys[-1]
        self._keys[pair.path] = (last.start, last.end)
        self._value(pair.value, pair.path)

    def _value(self, value: Value, path: Path) -> None:
        self._values[path] = (value.start, value.end)
        for number, item in enumerate(value.items or ()):
            self._value(item, (*path, number))
        for pair in value.pairs or ():
            self._pair(pair, path)


def _letters(text: str, whole: Span) -> list[Span] | None:
    """The span of every code point of a string value, and the empty one at its end; None for another value."""
    offset, last = whole
    quote = text[offset]
    if quote not in ('"', "'"):
        return None
    width = 3 if text.startswith(quote * 3, offset) and last - offset > 2 else 1
    offset, last = offset + width, last - width
    if width == 3:
        offset += 2 if text.startswith("\r\n", offset) else int(text.startswith("\n", offset))
    found: list[Span] = []
    while offset < last:
        escape = ESCAPE.match(text, offset, last) if quote == '"' and text[offset] == "\\" else None
        if escape is None:
            end = offset + (2 if text.startswith("\r\n", offset) else 1)
            found.append((offset, end))
        else:
            end = escape.end()
            # a line that goes on stands for no letter
            found += [(offset, end)] * len(unescaped(escape))
        offset = end
    return [*found, (last, last)]
