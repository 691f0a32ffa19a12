"""How a single value is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import tomli_w

from antragsbuch_schema import prose
from antragsbuch_schema.fields import Field, Fields, Kind

from .shape import below, ordered

INDENT = "    "

_BARE = re.compile(r"[A-Za-z0-9_-]+")
# nothing to escape and nothing to compose, as in nearly every string: tomli-w would write the same, much slower
_PLAIN = re.compile(r"[ !#-\[\]-~ÄÖÜäöüß€§„“–]*+")
# what tomli-w leaves as it is, and an editor or a terminal might act on
_C1 = re.compile(r"[\x80-\x9f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SHORT = {"\b": "\\b", "\f": "\\f", "\r": "\\r"}


def key(name: str) -> str:
    """A key, in quotes if it needs them."""
    return name if _BARE.fullmatch(name) else _C1.sub(_escape, tomli_w.dumps({name: 0})[: -len(" = 0\n")])


def scalar(value: Any) -> str:
    """A string on one line, a number, a boolean, a date or a time. Raises `TypeError` for anything else."""
    if type(value) is str and _PLAIN.fullmatch(value):
        return f'"{value}"'
    if isinstance(value, str) and not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if isinstance(value, (list, Mapping)):
        raise TypeError(f"no scalar: {type(value).__name__}")
    return _C1.sub(_escape, tomli_w.dumps({"x": value})[4:-1])


def inline(value: Any, field: Field | None, fields: Fields = ()) -> str:
    """Any value on one line; `fields` are those of the tables in it, `field` is that of the key."""
    if isinstance(value, dict):
        pairs = [
            f"{key(name)} = {inline(entry, inner, below(entry, inner))}"
            for name, entry, inner in ordered(value, fields)
        ]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(entry_of(element, fields) for element in value) + "]"
    if isinstance(value, str) and field is not None and field.kind is Kind.PROSE:
        return scalar(_prose_lines(value))
    return scalar(value)


def entry_of(element: Any, fields: Fields) -> str:
    """An entry of a list on one line; `fields` are those of the tables that are its entries."""
    return inline(element, None, fields if isinstance(element, dict) else ())


def block(value: Any, field: Field | None) -> list[str]:
    """A value behind the `=` of its key, as its lines: prose and lists take several."""
    if isinstance(value, str):
        if field is not None and field.kind is Kind.PROSE:
            return ['"""', *_escaped(_prose_lines(value)).split("\n")[:-1], '"""']
        if "\n" in value:
            return ['"""', *_several_lines(value)]
    if isinstance(value, list) and value:
        fields = below(value, field)
        return ["[", *(INDENT + entry_of(element, fields) + "," for element in value), "]"]
    return [inline(value, field, below(value, field))]


def _prose_lines(value: str) -> str:
    """The file form of prose, every line ended."""
    lines = prose.split(value)
    return lines + "\n" if lines else ""


def _several_lines(value: str) -> list[str]:
    """A string with line feeds as it stands, with the closing quotes directly behind it."""
    value = unicodedata.normalize("NFC", value)
    if value.endswith('"'):
        return (_escaped(value[:-1]) + '\\""""').split("\n")
    return (_escaped(value) + '"""').split("\n")


def _escaped(value: str) -> str:
    """The inside of a string in three quotes."""
    return _CONTROL.sub(_escape, value.replace("\\", "\\\\").replace('"""', '""\\"'))


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
