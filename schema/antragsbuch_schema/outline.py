"""A file as lines of words: what git's diff driver compares in place of the TOML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import prose
from .fields import Field, Fields, Kind, by_name
from .i18n import Language, Text
from .normal import normalise
from .phrases import NOUNS, element_name, listed, shown

_INDENT = "    "


def outline(data: Mapping[str, Any], fields: Fields, language: Language) -> str:
    """The meaning of a file, a fact or a sentence a line, in the order of the model, unknown keys last.

    The layout of the file makes no difference. What comes from the file is not made safe for a terminal here.
    """
    return "".join(f"{line}\n" for line in _table(normalise(data, fields), fields, language, ""))


def _table(table: Mapping[str, Any], fields: Fields, language: Language, indent: str) -> Iterator[str]:
    known = by_name(fields)
    for key in (*(name for name in known if name in table), *(key for key in table if key not in known)):
        field = known.get(key)
        label = Text(field.label)(language) if field else key
        value = table[key]
        if field is not None and field.kind is Kind.TABLE and isinstance(value, dict):
            yield f"{indent}{label}:"
            yield from _table(value, field.fields, language, indent + _INDENT)
        elif field is not None and field.kind is Kind.TABLES and isinstance(value, list) and value:
            yield from _elements(value, field, language, indent)
        elif field is not None and field.kind is Kind.PROSE and isinstance(value, str):
            yield f"{indent}{label}:"
            yield from (f"{indent}{_INDENT}{line}".rstrip(" ") for line in prose.split(value).split("\n"))
        elif isinstance(value, list) and value:
            yield from (f"{indent}{label}: {_one_line(entry)}" for entry in value)
        elif isinstance(value, str) and (field is None or field.choice(value) is None):
            yield f"{indent}{label}: {_one_line(value)}"
        else:
            yield f"{indent}{label}: {_one_line(listed([shown(value, field, table)])(language))}"


def _elements(elements: list[Any], field: Field, language: Language, indent: str) -> Iterator[str]:
    noun = Text(NOUNS[field.name])(language)
    for position, element in enumerate(elements):
        if isinstance(element, dict):
            name = element_name(field.name, element, position, field.fields)(language)
            yield f"{indent}{noun}: {_one_line(name)}"
            yield from _table(element, field.fields, language, indent + _INDENT)
        else:
            yield f"{indent}{noun}: {_one_line(element)}"


def _one_line(value: object) -> str:
    return " ".join(str(value).split("\n"))
