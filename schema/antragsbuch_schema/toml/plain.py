"""Reading a canonical file by the line, in a fraction of the time that parsing and checking it take.

Nearly every file of a register is as `antrag fmt` writes it. Such a file has one key a line, and most of its lines
stand in many others too: what a line says is found out once, by the parser, the writer and the types, and then
remembered. Whatever is not plain to see here is left to them: a file that is refused may be canonical all the same,
but one that is read is, and says what the parser would say.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any

from antragsbuch_schema import prose
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind
from antragsbuch_schema.places import ID
from antragsbuch_schema.types import type_findings

from .reader import Document
from .writer import write

LETTERS = "ÄÖÜäöüß§€–—„“”‚‘’»«…°²³½éèáàçñ·•"
"""The letters and signs of ordinary German beyond ASCII: nothing to compose, to escape or to look at."""

_ASCII = bytes({*range(0x20, 0x7F), 0x0A} - {0x5C})
_LARGEST = 1 << 16
_LONGEST_LINE = 160
_MOST_LINES = 1 << 14
_QUOTES = '"""'
_ENTRY = '    "'


def read_plain(data: bytes, fields: Fields) -> Document | None:
    """The document in these bytes, where they are plainly the canonical form of a file with these fields.

    That it is, is said by `Document.plain`: then every value has the type of its field, and no text holds anything
    but the letters and signs of ordinary German or, where it has one line, blanks at its ends or in a row. None where
    that can't be seen at once.
    """
    if len(data) > _LARGEST or data[-1:] != b"\n":
        return None
    try:
        # what is left is short, and is UTF-8 where the whole is
        if data.translate(None, _ASCII).decode().strip(LETTERS):
            return None
    except UnicodeDecodeError:
        return None
    text = data.decode()
    found = _data(text.split("\n"), _top(fields))
    return None if found is None else Document(text, found, plain=True)


class _Table:
    """A table of the model, and what lines say in it. `depth` is the number of tables around it."""

    def __init__(self, fields: Fields, above: _Table | None, field: Field | None) -> None:
        self.fields = fields
        self.above = above
        self.depth: int = above.depth + 1 if above else 0
        self.key = field.name if field else ""
        self.rank = above.fields.index(field) if above and field else 0
        self.is_list = field is not None and field.kind is Kind.TABLES
        self.path: tuple[str, ...] = (*above.path, self.key) if above else ()
        self.required = frozenset(each.name for each in fields if each.required)
        self.known: dict[str, tuple[int, str, Any]] = {}
        """A line: the rank of its field, its key and its value."""
        self.begins: dict[str, tuple[int, str, Kind | None]] = {}
        """The first line of a value of several: the rank of its field, its key, and the kind (None: an empty list)."""
        self._alone = {each.name: (rank, each, (each,)) for rank, each in enumerate(fields)}
        for rank, each in enumerate(fields):
            if each.kind is Kind.PROSE:
                self.begins[f"{each.name} = {_QUOTES}"] = (rank, each.name, Kind.PROSE)
            elif each.kind is Kind.TEXTS:
                self.begins[f"{each.name} = ["] = (rank, each.name, Kind.TEXTS)
            if each.keep and each.kind in (Kind.TEXTS, Kind.TABLES):
                self.begins[f"{each.name} = []"] = (rank, each.name, None)

    @property
    def header(self) -> str:
        name = ".".join(self.path)
        return f"[[{name}]]" if self.is_list else f"[{name}]"

    def below(self) -> Iterator[_Table]:
        """Every table in this one, at any depth."""
        for field in self.fields:
            if field.kind in (Kind.TABLE, Kind.TABLES):
                table = _Table(field.fields, self, field)
                yield table
                yield from table.below()

    def learn(self, line: str) -> tuple[int, str, Any] | None:
        """What a line says that was not met before; None where it is not canonical, or its value not right."""
        key, _, written = line.partition(" = ")
        rank, field, alone = self._alone.get(key, (0, None, ()))
        if field is None or not written:
            return None
        value: Any
        if field.kind is Kind.TEXT:
            value = written[1:-1]
            if not value or written[0] != '"' or written[-1] != '"' or not _is_tidy(value):
                return None
            if rank == 0 and key == "id" and ID.fullmatch(value) is None:
                return None
        elif len(line) > _LONGEST_LINE:
            return None
        elif field.kind is Kind.DATE:
            value = _date(written)
            if value is None:
                return None
        else:
            try:
                parsed = tomllib.loads(line)
            except ValueError:
                return None
            if type_findings(parsed, alone) or write(parsed, alone) != f"{line}\n":
                return None
            value = parsed[key]
        found = (rank, key, value)
        if len(line) <= _LONGEST_LINE:
            if len(self.known) >= _MOST_LINES:
                self.known.clear()
            self.known[line] = found
        return found


class _Top(_Table):
    """A whole file. `headers` are those of all its tables."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(fields, None, None)
        self.headers: dict[str, _Table] = {table.header: table for table in self.below()}


class _Open:
    """A table of the file that is read, and the rank of the last table in it."""

    __slots__ = ("model", "rank", "values")

    def __init__(self, model: _Table, values: Data) -> None:
        self.model = model
        self.values = values
        self.rank = -1


_TOPS: dict[int, _Top] = {}


def _top(fields: Fields) -> _Top:
    found = _TOPS.get(id(fields))
    if found is None or found.fields is not fields:
        found = _TOPS[id(fields)] = _Top(fields)
    return found


def _data(lines: list[str], top: _Top) -> Data | None:
    """What the lines say; the last one is empty, behind the last line feed."""
    values: Data = {}
    model: _Table = top
    known = top.known
    opened = [_Open(top, values)]
    rank = -1
    position, end = 0, len(lines) - 1
    while position < end:
        line = lines[position]
        position += 1
        found = known.get(line)
        if found is None:
            begin = model.begins.get(line)
            if begin is not None:
                if begin[0] <= rank:
                    return None
                rank = begin[0]
                value, position = _several(lines, position, begin[2])
                if value is None:
                    return None
                values[begin[1]] = value
                continue
            if not line:
                position = _comments(lines, position)
                header = top.headers.get(lines[position])
                if header is None or rank < 0 or not model.required <= values.keys():
                    return None
                entered = _enter(header, opened)
                if entered is None:
                    return None
                position += 1
                model, values, rank = header, entered, -1
                known = header.known
                continue
            if line[0] == "#":
                # a comment above a key; one above a header follows the blank line
                above = _comments(lines, position - 1)
                if above < position or not lines[above]:
                    return None
                position = above
                continue
            found = model.learn(line)
            if found is None:
                return None
        if found[0] <= rank:
            return None
        rank, key, value = found
        values[key] = value
    return opened[0].values if rank >= 0 and model.required <= values.keys() else None


def _several(lines: list[str], position: int, kind: Kind | None) -> tuple[Any, int]:
    """The value whose first line stands above `position`, and the position behind it; None for no plain value."""
    if kind is None:
        return [], position
    if kind is Kind.TEXTS:
        entries: list[str] = []
        while (line := lines[position]) != "]":
            entry = line[len(_ENTRY) : -2]
            if not entry or not line.startswith(_ENTRY) or not line.endswith('",') or not _is_tidy(entry):
                return None, position
            entries.append(entry)
            position += 1
        return entries or None, position + 1
    try:
        end = lines.index(_QUOTES, position)
    except ValueError:
        return None, position
    body = "\n".join(lines[position:end])
    if not body or _QUOTES in body or prose.split(body) != body:
        return None, position
    return f"{body}\n", end + 1


def _enter(model: _Table, opened: list[_Open]) -> Data | None:
    """The new table below a header; None where it does not belong there in the canonical form."""
    if len(opened) < model.depth or opened[model.depth - 1].model is not model.above:
        return None
    del opened[model.depth :]
    above = opened[-1]
    values: Data = {}
    if model.is_list and model.rank == above.rank:
        above.values[model.key].append(values)
    elif model.rank > above.rank and model.key not in above.values:
        above.values[model.key] = [values] if model.is_list else values
        above.rank = model.rank
    else:
        return None
    opened.append(_Open(model, values))
    return values


def _comments(lines: list[str], position: int) -> int:
    """The position of the first line from `position` on that is no comment that belongs to what follows it."""
    while lines[position].startswith("#") and not lines[position].startswith("#:") and lines[position][-1] != " ":
        position += 1
    return position


def _date(written: str) -> dt.date | None:
    """A local date; the other forms of ISO 8601 are none in TOML."""
    try:
        found = dt.date.fromisoformat(written)
    except ValueError:
        return None
    return found if found.isoformat() == written else None


def _is_tidy(words: str) -> bool:
    return '"' not in words and words[0] != " " and words[-1] != " " and "  " not in words
