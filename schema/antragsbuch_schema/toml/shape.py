"""What a canonical file holds of the data, and in which order: known keys in model order, unknown ones after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.fields import Field, Fields, Kind, by_name

from .scan import Path


class Entry(NamedTuple):
    """A key of a table that is written; `field` is None for an unknown one."""

    key: str
    value: Any
    field: Field | None


def entries(table: Mapping[str, Any], fields: Fields) -> tuple[list[Entry], list[Entry]]:
    """The entries of a table that are written: those with a line of their own, and those with headers."""
    pairs: list[Entry] = []
    tables: list[Entry] = []
    for entry in ordered(table, fields):
        (tables if has_headers(entry.value) else pairs).append(entry)
    return pairs, tables


def ordered(table: Mapping[str, Any], fields: Fields) -> Iterator[Entry]:
    """The entries of a table that are written, in canonical order."""
    known = by_name(fields)
    for key, field in known.items():
        if key in table and not left_out(table[key], field):
            yield Entry(key, table[key], field)
    for key, value in table.items():
        if key not in known:
            yield Entry(key, value, None)


def has_headers(value: Any) -> bool:
    """Whether a value is written with headers: a table, or a list of nothing but tables."""
    return isinstance(value, dict) or is_tables(value)


def is_tables(value: Any) -> bool:
    """Whether a value is a list of tables, with at least one."""
    return isinstance(value, list) and bool(value) and all(isinstance(element, dict) for element in value)


def left_out(value: Any, field: Field | None) -> bool:
    """Whether a canonical file says nothing about a field that has this value."""
    if field is None or field.keep:
        return False
    if field.kind is Kind.PROSE:
        return isinstance(value, str) and (not value or value.isspace())
    if field.kind is Kind.TEXT:
        return isinstance(value, str) and not value
    if field.kind in (Kind.TEXTS, Kind.INTEGERS, Kind.TABLES):
        return isinstance(value, list) and not value
    if field.kind is Kind.MAP:
        return isinstance(value, dict) and not value
    if field.kind is Kind.TABLE:
        known = by_name(field.fields)
        return isinstance(value, dict) and all(left_out(below, known.get(key)) for key, below in value.items())
    return field.default is not None and value is field.default


def below(value: Any, field: Field | None) -> Fields:
    """The fields of the tables in a value; none where the value is not what its field says."""
    if field is None:
        return ()
    if (field.kind is Kind.TABLE and isinstance(value, dict)) or (
        field.kind is Kind.TABLES and isinstance(value, list)
    ):
        return field.fields
    return ()


def at(path: Path, data: Mapping[str, Any], fields: Fields) -> tuple[Any, Field | None, Fields]:
    """The value at a path (`MISSING` where none is), the field of a key, and the fields of the tables in the value.

    For an element of a list the field is that of its list.
    """
    value: Any = data
    field: Field | None = None
    inside = fields
    for step in path:
        if isinstance(step, str):
            field = by_name(inside).get(step)
            value = value.get(step, MISSING) if isinstance(value, dict) else MISSING
            inside = below(value, field) if value is not MISSING else field.fields if field else ()
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else MISSING
            inside = () if isinstance(value, list) else inside
    return value, field, inside
