"""The index of positions: from a place in the data to its span in the text."""

from __future__ import annotations

from antragsbuch_schema import diagnostics

from .scan import ESCAPE, Lines, Path, Value, scan, unescaped
from .scan import Pair as _Pair

Span = tuple[int, int]
"""Start and end of a stretch of text in code points, the end exclusive."""

_INDENT = "    "
_QUOTES = '"""'


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


class PlainPositions(Positions):
    """The same for a text that `read_plain` has read, found by the line in a fraction of the time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = Lines(text)
        keys: dict[Path, Span] = {}
        values: dict[Path, Span] = {}
        self._keys, self._values, self._headers = keys, values, {}
        above: Path = ()
        numbers: dict[Path, int] = {}
        lines = iter(text.split("\n"))
        start = 0
        self._headers[()] = values[()] = (0, text.index("\n"))
        for line in lines:
            end = start + len(line)
            if line[:1] == "[":
                above = self._section(line, start, numbers)
            elif line and line[0] != "#":
                key, _, written = line.partition(" = ")
                path = (*above, key)
                begin = start + len(key)
                keys[path] = (start, begin)
                if written == "[":
                    number = 0
                    while (entry := next(lines)) != "]":
                        values[*path, number] = (end + 1 + len(_INDENT), end + len(entry))
                        end += 1 + len(entry)
                        number += 1
                    end += 2
                elif written == _QUOTES:
                    end = text.index(f"\n{_QUOTES}\n", end) + 1 + len(_QUOTES)
                    while next(lines) != _QUOTES:
                        pass
                values[path] = (begin + 3, end)
            start = end + 1

    def _section(self, line: str, start: int, numbers: dict[Path, int]) -> Path:
        width = 2 if line[1] == "[" else 1
        spans: list[Span] = []
        path: Path = ()
        begin = start + width
        for name in line[width:-width].split("."):
            if path in numbers:
                path = (*path, numbers[path])
            path = (*path, name)
            spans.append((begin, begin + len(name)))
            begin += len(name) + 1
        if width == 2:
            number = numbers[path] = numbers.get(path, -1) + 1
            path = (*path, number)
        self._header(path, spans, (start, start + len(line)))
        return path


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
