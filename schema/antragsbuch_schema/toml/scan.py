"""Where everything stands in a TOML file: sections, keys, values and comments, with their offsets.

The parser (tomllib) says what a file means, the scan says where it says it. It reads any TOML 1.0 and checks
nothing that the parser checks; offsets are code points of the text, the end is exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys, and positions (counted from 0) in lists."""

_BLANK = re.compile(r"[ \t]*+")
_TRIVIA = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")
_COMMENT = re.compile(r"#[^\r\n]*+")
_BARE = re.compile(r"[A-Za-z0-9_-]++")
STRING = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|(?!""")")*"{3,5}'
    r"|'''(?:[^']++|(?!''')')*'{3,5}"
    r'|"(?!"")(?:[^"\\\n]++|\\.)*"'
    r"|'(?!'')[^'\n]*+'"
)
_SCALAR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.Z+-]+|[^\s,\]}#]++")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([^\s])|[ \t]*\r?\n[ \t\r\n]*)")
_LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}


class ScanError(ValueError):
    """A text that is no TOML."""


class Key(NamedTuple):
    """One part of a key."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Value:
    """A value: `items` of an array, `pairs` of an inline table, neither for a scalar."""

    start: int
    end: int
    items: list[Value] | None = None
    pairs: list[Pair] | None = None


@dataclass(slots=True)
class Pair:
    """A key and its value; `path` is the way from the top of the file."""

    keys: tuple[Key, ...]
    value: Value
    path: Path

    @property
    def start(self) -> int:
        return self.keys[0].start

    @property
    def end(self) -> int:
        return self.value.end


@dataclass(slots=True)
class Section:
    """A header and the pairs below it; the first section of a file has no header."""

    keys: tuple[Key, ...]
    path: Path
    start: int
    end: int
    pairs: list[Pair] = field(default_factory=list)

    @property
    def is_element(self) -> bool:
        """Whether the header is `[[...]]`."""
        return bool(self.path) and isinstance(self.path[-1], int)


@dataclass(slots=True)
class Layout:
    """A whole file. `sections[0]` is what stands above the first header, even if that is nothing."""

    text: str
    sections: list[Section]
    comments: list[tuple[int, int]]

    @property
    def begin(self) -> int:
        """Where the text begins, after a byte order mark."""
        return int(self.text.startswith("\ufeff"))


def scan(text: str) -> Layout:
    """The layout of a file that the parser has accepted. Raises `ScanError` for a text that is no TOML."""
    comments: list[tuple[int, int]] = []
    sections: list[Section] = []
    for statement in statements(text, comments):
        if isinstance(statement, Section):
            sections.append(statement)
        else:
            sections[-1].pairs.append(statement)
    return Layout(text, sections, comments)


def statements(text: str, comments: list[tuple[int, int]] | None = None) -> Iterator[Section | Pair]:
    """One header or pair after the other, the nameless section first. `comments` takes the spans of comments.

    Raises `ScanError` where the text goes on with no TOML; what came before is right all the same.
    """
    scanner = _Scanner(text, [] if comments is None else comments)
    return scanner.statements()


def dotted(keys: tuple[Key, ...] | Path) -> str:
    """The names of a key for people: `budget.plan`."""
    return ".".join(key.name if isinstance(key, Key) else str(key) for key in keys)


def unescaped(match: re.Match[str]) -> str:
    """What an escape in a basic string stands for."""
    code = match[1] or match[2] or match[3]
    if code:
        return chr(int(code, 16))
    return _LETTERS.get(match[4], match[4]) if match[4] else ""


class Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        self._begin = int(text.startswith("\ufeff"))
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, counted from 1; a byte order mark is no column."""
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return line, max(column - self._begin, 1) if line == 1 else column


class _Scanner:
    def __init__(self, text: str, comments: list[tuple[int, int]]) -> None:
        self.text = text
        self.comments = comments
        self.last: dict[Path, int] = {}

    def statements(self) -> Iterator[Section | Pair]:
        text = self.text
        offset = int(text.startswith("\ufeff"))
        section = Section((), (), offset, offset)
        yield section
        while (offset := self._trivia(offset)) < len(text):
            if text[offset] != "[":
                pair = self._pair(section.path, offset)
                offset = pair.value.end
                yield pair
                continue
            width = 2 if text.startswith("[[", offset) else 1
            keys, end = self._keys(offset + width)
            section = Section(keys, self._opened(keys, width == 2), offset, end + width)
            offset = section.end
            yield section

    def _opened(self, keys: tuple[Key, ...], is_element: bool) -> Path:
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key.name)
            if path in self.last:
                path = (*path, self.last[path])
        path = (*path, keys[-1].name)
        if not is_element:
            return path
        number = self.last[path] = self.last.get(path, -1) + 1
        return (*path, number)

    def _trivia(self, offset: int) -> int:
        match = _TRIVIA.match(self.text, offset)
        end = match.end() if match else offset
        if end > offset and self.text.find("#", offset, end) >= 0:
            self.comments += (found.span() for found in _COMMENT.finditer(self.text, offset, end))
        return end

    def _blank(self, offset: int) -> int:
        match = _BLANK.match(self.text, offset)
        return match.end() if match else offset

    def _matched(self, pattern: re.Pattern[str], offset: int) -> int:
        match = pattern.match(self.text, offset)
        if match is None:
            raise ScanError(f"no TOML at offset {offset}")
        return match.end()

    def _keys(self, offset: int) -> tuple[tuple[Key, ...], int]:
        text, keys = self.text, []
        while True:
            offset = self._blank(offset)
            if text.startswith(('"', "'"), offset):
                end = self._matched(STRING, offset)
                name = text[offset + 1 : end - 1]
                if text[offset] == '"' and "\\" in name:
                    name = ESCAPE.sub(unescaped, name)
            else:
                end = self._matched(_BARE, offset)
                name = text[offset:end]
            keys.append(Key(name, offset, end))
            offset = self._blank(end)
            if not text.startswith(".", offset):
                return tuple(keys), offset
            offset += 1

    def _pair(self, above: Path, offset: int) -> Pair:
        keys, offset = self._keys(offset)
        if not self.text.startswith("=", offset):
            raise ScanError(f"no TOML at offset {offset}")
        path = (*above, *(key.name for key in keys))
        return Pair(keys, self._value(path, self._blank(offset + 1)), path)

    def _value(self, path: Path, start: int) -> Value:
        text = self.text
        opening = text[start : start + 1]
        if opening not in ("[", "{"):
            return Value(start, self._matched(STRING if opening in ('"', "'") else _SCALAR, start))
        found = Value(start, start, [], None) if opening == "[" else Value(start, start, None, [])
        closing = "]" if opening == "[" else "}"
        offset = self._trivia(start + 1)
        while not text.startswith(closing, offset):
            if found.items is not None:
                item = self._value((*path, len(found.items)), offset)
                found.items.append(item)
                offset = self._trivia(item.end)
            elif found.pairs is not None:
                pair = self._pair(path, offset)
                found.pairs.append(pair)
                offset = self._trivia(pair.end)
            if text.startswith(",", offset):
                offset = self._trivia(offset + 1)
            elif not text.startswith(closing, offset):
                raise ScanError(f"no TOML at offset {offset}")
        found.end = offset + 1
        return found
