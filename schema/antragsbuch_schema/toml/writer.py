"""The canonical form of a file.

One key a line in model order, lists one entry a line, tables as headers after the keys of their table, lists of
tables always as `[[blocks]]`, a blank line before each header, prose by the sentence in three quotes. Keys at their
default are left out, but for `keep` fields; unknown keys follow the known ones of their table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from antragsbuch_schema.fields import Field, Fields

from . import values
from .scan import Path
from .shape import below, entries

Part = Literal["header", "pair", "entry", "end"]


class Line(NamedTuple):
    """A line of a canonical file, or the lines of one value, without the line feed at the end.

    `path` is what stands there. A list is a `pair` line up to its bracket, a line for each entry, and its `end`.
    """

    path: Path
    part: Part
    text: str


def write(data: Mapping[str, Any], fields: Fields) -> str:
    """The canonical text of `data` of a file with these `fields`.

    Whatever TOML can hold is written, known or not and right or not. Raises `TypeError` for a value that TOML
    can't hold, and `ValueError` for a text with a lone surrogate, which no file can hold.
    """
    text = joined(lines(data, fields))
    text.encode()
    return text


def joined(found: Iterable[Line]) -> str:
    """Lines as text, with a blank line before each header but the first line."""
    text = "".join(f"\n{line.text}\n" if line.part == "header" else f"{line.text}\n" for line in found)
    return text.removeprefix("\n")


def lines(data: Mapping[str, Any], fields: Fields, path: Path = (), header: bool = False) -> Iterator[Line]:
    """The lines of the table at `path`; `header` asks for its header even where it could be left out."""
    pairs, tables = entries(data, fields)
    if path and (pairs or not tables or header or isinstance(path[-1], int)):
        yield Line(path, "header", header_of(path))
    for entry in pairs:
        yield from pair_lines((*path, entry.key), entry.value, entry.field)
    for entry in tables:
        yield from table_lines((*path, entry.key), entry.value, entry.field)


def table_lines(path: Path, value: Any, field: Field | None) -> Iterator[Line]:
    """The lines of a table, or of a list of tables, at `path`."""
    fields = below(value, field)
    if isinstance(value, dict):
        yield from lines(value, fields, path)
    else:
        for position, element in enumerate(value):
            yield from lines(element, fields, (*path, position))


def pair_lines(path: Path, value: Any, field: Field | None) -> Iterator[Line]:
    """The lines of a key with a value of its own."""
    first, *rest = values.block(value, field)
    begin = f"{values.key(str(path[-1]))} = {first}"
    if isinstance(value, list) and rest:
        yield Line(path, "pair", begin)
        for position, entry in enumerate(rest[:-1]):
            yield Line((*path, position), "entry", entry)
        yield Line(path, "end", rest[-1])
    else:
        yield Line(path, "pair", "\n".join((begin, *rest)))


def header_of(path: Path) -> str:
    """The header of the table or the element at `path`."""
    names = ".".join(values.key(step) for step in path if isinstance(step, str))
    return f"[[{names}]]" if isinstance(path[-1], int) else f"[{names}]"
