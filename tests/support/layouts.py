"""Odd but valid files for hypothesis: the same data in every layout that TOML allows, with comments.

The writer knows where it puts everything, so that positions can be compared with it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]
Span = tuple[int, int]


@dataclass
class Odd:
    """A file and what stands where. `names` are all spans in which a table or list is named by a part of a key."""

    text: str
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    headers: dict[Path, Span] = field(default_factory=dict)
    names: dict[Path, list[Span]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)


@st.composite
def odd(draw: st.DrawFn, data: Mapping[str, Any], crlf: bool | None = None, comments: bool = True) -> Odd:
    """`data` in an odd layout."""
    random = draw(st.randoms(use_true_random=False))
    newline = "\r\n" if (random.random() < 0.3 if crlf is None else crlf) else "\n"
    return _Writer(random, newline, comments).file(data)


_Section = Callable[[], None]


class _Writer:
    def __init__(self, random: Random, newline: str, comments: bool) -> None:
        self.random = random
        self.newline = newline
        self.with_comments = comments
        self.found = Odd("")
        self.parts: list[str] = []
        self.offset = 0

    def file(self, data: Mapping[str, Any]) -> Odd:
        if self.chance(0.2):
            self.put("\ufeff")
        pairs, sections = self.split(data, ())
        self.pairs(pairs)
        for section in sections:
            section()
        if self.chance(0.3):
            self.comment_line()
        self.found.text = "".join(self.parts)
        if self.chance(0.2) and self.found.text.endswith(self.newline):
            self.found.text = self.found.text.removesuffix(self.newline)
        return self.found

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def put(self, text: str) -> Span:
        start = self.offset
        self.parts.append(text)
        self.offset += len(text)
        return start, self.offset

    def blank(self) -> None:
        if self.chance(0.4):
            self.put(self.random.choice([" ", "  ", "\t"]))

    def comment(self) -> None:
        text = f"# {len(self.found.comments)} {self.random.choice(['ü€😀', 'a = 1', chr(34) * 3, '[x]', '', chr(39)])}"
        self.found.comments.append(text.rstrip())
        self.put(text)

    def comment_line(self) -> None:
        if self.with_comments:
            self.blank()
            self.comment()
        self.put(self.newline)

    def end_of_line(self) -> None:
        self.blank()
        if self.with_comments and self.chance(0.2):
            self.comment()
        self.put(self.newline)

    def between(self) -> None:
        for _ in range(self.random.choice([0, 0, 0, 1, 2])):
            if self.chance(0.4):
                self.put(self.newline)
            else:
                self.comment_line()

    # tables

    def split(self, table: Mapping[str, Any], path: Path) -> tuple[list[_Section], list[_Section]]:
        """What writes the pairs of a table, and what writes the sections in it."""
        pairs: list[_Section] = []
        children: list[list[_Section]] = []
        for key, value in table.items():
            style = self.style(value)
            if style == "header":
                children.append(self.sections(value, (*path, key)))
            elif style == "dotted":
                below, sections = self.dotted(value, (*path, key), path)
                pairs += below
                children.append(sections)
            else:
                pairs.append(partial(self.pair, (key,), value, path))
        self.random.shuffle(pairs)
        return pairs, self.merged(children)

    def style(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return self.random.choice(["header", "header", "inline", "dotted"] if value else ["header", "inline"])
        if isinstance(value, list) and value and all(isinstance(element, Mapping) for element in value):
            return self.random.choice(["header", "header", "header", "inline"])
        return "inline"

    def dotted(self, table: Mapping[str, Any], path: Path, base: Path) -> tuple[list[_Section], list[_Section]]:
        pairs: list[_Section] = []
        children: list[list[_Section]] = []
        for number, (key, value) in enumerate(table.items()):
            # the first key must make the table, a header of its own is not allowed any more
            style = self.style(value) if number else "inline"
            if style == "header":
                children.append(self.sections(value, (*path, key)))
            else:
                names = (*path[len(base) :], key)
                pairs.append(partial(self.pair, names, value, base))
        return pairs, self.merged(children)

    def sections(self, value: Any, path: Path) -> list[_Section]:
        """The sections of a table or of a list of tables, in an order that TOML allows."""
        if isinstance(value, list):
            found: list[_Section] = []
            for position, element in enumerate(value):
                pairs, below = self.split(element, (*path, position))
                found.append(partial(self.section, pairs, (*path, position)))
                found += below
            return found
        pairs, below = self.split(value, path)
        if not pairs and below and self.chance(0.5):
            return below
        own = partial(self.section, pairs, path)
        place = self.random.randint(0, len(below)) if self.chance(0.3) else 0
        return [*below[:place], own, *below[place:]]

    def merged(self, children: list[list[_Section]]) -> list[_Section]:
        """Several sequences as one, shuffled so that each keeps its order; mostly one after the other."""
        rest = [list(child) for child in children if child]
        self.random.shuffle(rest)
        found: list[_Section] = []
        interleave = self.chance(0.4)
        while rest:
            chosen = self.random.choice(rest) if interleave else rest[0]
            found.append(chosen.pop(0))
            rest = [child for child in rest if child]
        return found

    def section(self, pairs: list[_Section], path: Path) -> None:
        self.between()
        self.blank()
        start = self.offset
        brackets = 2 if isinstance(path[-1], int) else 1
        self.put("[" * brackets)
        self.names(path, path)
        end = self.put("]" * brackets)[1]
        self.found.headers[path] = self.found.values[path] = (start, end)
        self.end_of_line()
        self.pairs(pairs)

    def pairs(self, pairs: list[_Section]) -> None:
        for pair in pairs:
            self.between()
            self.blank()
            pair()
            self.end_of_line()

    def names(self, names: Path, path: Path) -> None:
        """A dotted key made of the strings in `names`; `path` is the whole way to its end."""
        steps = len(path) - len(names)
        first = True
        for number, name in enumerate(names, steps + 1):
            if isinstance(name, int):
                continue
            if not first:
                self.put(".")
            first = False
            self.blank()
            span = self.put(self.key(name))
            self.blank()
            following = path[number : number + 1]
            named = path[: number + 1] if following and isinstance(following[0], int) else path[:number]
            for here in {path[:number], named}:
                self.found.names.setdefault(here, []).append(span)
                if here == path:
                    self.found.keys[here] = span

    def pair(self, names: Path, value: Any, base: Path) -> None:
        path = (*base, *names)
        self.names(names, path)
        self.put("=")
        self.blank()
        self.value(value, path)

    # values

    def value(self, value: Any, path: Path) -> None:
        start = self.offset
        if isinstance(value, Mapping):
            self.inline_table(value, path)
        elif isinstance(value, list):
            self.array(value, path)
        elif isinstance(value, str):
            self.put(self.string(value))
        else:
            self.put(self.scalar(value))
        self.found.values[path] = (start, self.offset)

    def inline_table(self, table: Mapping[str, Any], path: Path) -> None:
        self.put("{")
        self.blank()
        for number, (key, value) in enumerate(table.items()):
            if number:
                self.put(",")
                self.blank()
            # one key below a dotted one is enough: others would have to follow it
            if isinstance(value, Mapping) and len(value) == 1 and self.chance(0.5):
                ((below, inner),) = value.items()
                self.pair((key, below), inner, path)
            else:
                self.pair((key,), value, path)
            self.blank()
        self.put("}")

    def array(self, entries: list[Any], path: Path) -> None:
        one_line = self.chance(0.5)
        self.put("[")
        self.space(one_line)
        for position, entry in enumerate(entries):
            self.value(entry, (*path, position))
            if position < len(entries) - 1 or self.chance(0.6):
                if self.chance(0.1):
                    self.space(one_line)
                self.put(",")
            self.space(one_line)
        self.put("]")

    def space(self, one_line: bool) -> None:
        if one_line or self.chance(0.15):
            self.blank()
            return
        self.end_of_line()
        self.between()
        if self.chance(0.8):
            self.put("    ")

    def key(self, name: str) -> str:
        if re.fullmatch(r"[A-Za-z0-9_-]+", name) and self.chance(0.7):
            return name
        if self.literal(name) and self.chance(0.4):
            return f"'{name}'"
        return self.basic(name)

    def literal(self, text: str) -> bool:
        return "'" not in text and not any((letter < " " and letter != "\t") or letter == "\x7f" for letter in text)

    def string(self, text: str) -> str:
        styles = [self.basic]
        if self.literal(text):
            styles.append(lambda text: f"'{text}'")
        if self.literal(text.replace("\n", "")):
            styles.append(lambda text: f"'''{self.newline}{text.replace(chr(10), self.newline)}'''")
        styles.append(self.multi_line)
        return self.random.choice(styles)(text)

    def basic(self, text: str) -> str:
        written = json.dumps(text, ensure_ascii=self.chance(0.2)).replace("\x7f", "\\u007f")
        if "\\ud" in written:
            written = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
        return written.replace("\\/", "/")

    def multi_line(self, text: str) -> str:
        lines = [self.basic(line)[1:-1] for line in text.split("\n")]
        if self.chance(0.5) and '""' not in text:
            lines = [re.sub(r'(?<!\\)((?:\\\\)*)\\"(?!"|$)', r'\1"', line) for line in lines]
        body = self.newline.join(lines)
        if self.chance(0.2) and " " in text:
            body = body.replace(" ", f" \\{self.newline}   ", 1)
            if not _reads(body, text):
                body = self.newline.join(lines)
        begin = self.newline if self.chance(0.7) or text.startswith("\n") else ""
        return f'"""{begin}{body}"""'

    def scalar(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return self.random.choice([str(value), f"{value:_}", hex(value) if value >= 0 else str(value)])
        if isinstance(value, dt.datetime):
            written = value.isoformat(sep=self.random.choice(["T", " "]))
            return written.replace("+00:00", "Z") if self.chance(0.5) else written
        return str(value)


def _reads(body: str, text: str) -> bool:
    import tomllib

    try:
        return bool(tomllib.loads(f'x = """\n{body}"""')["x"] == text)
    except tomllib.TOMLDecodeError:
        return False
