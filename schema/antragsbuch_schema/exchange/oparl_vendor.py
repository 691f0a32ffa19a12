"""What OParl has no word for: properties under a prefix of our own, in the types that JSON has.

A property `antragsbuch:proposal` is the field `proposal` of a motion. Dates and times are ISO texts, tables are
objects, everything else stands as it does in the file. Driven by the field tables, so that no field is forgotten.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.german import CENTS_MAX, INTEGER_MAX
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.places import ID

PREFIX = "antragsbuch:"
_HALF = re.compile(r"[\ud800-\udfff]")
_BREAKS = re.compile(r"[\r\n]+")


def properties(table: Mapping[str, Any], fields: Fields, names: Collection[str] | None = None) -> Data:
    """The fields of `table` (right types, as `normalise` gives it) as vendor properties, in the order of the model.

    `names` are the fields that are wanted, None is all of them. Unknown keys are left out.
    """
    return {
        PREFIX + field.name: as_json(table[field.name], field)
        for field in fields
        if field.name in table and (names is None or field.name in names)
    }


def as_json(value: Any, field: Field) -> Any:
    """A value of a field in the types that JSON has."""
    if field.kind is Kind.TABLE:
        return _object(value, field.fields)
    if field.kind is Kind.TABLES:
        return [_object(element, field.fields) for element in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def _object(table: Mapping[str, Any], fields: Fields) -> Data:
    return {field.name: as_json(table[field.name], field) for field in fields if field.name in table}


def fields_in(
    given: Mapping[str, Any], fields: Fields, wrong: Callable[[str], None], names: Collection[str] | None = None
) -> Data:
    """The fields that the vendor properties of an object (parsed JSON) hold, whatever else is in it.

    `wrong` is told the property whose value is of another type; that field is left out.
    """
    found = {key.removeprefix(PREFIX): value for key, value in given.items() if key.startswith(PREFIX)}
    if names is not None:
        found = {key: value for key, value in found.items() if key in names}
    return _table(found, fields, lambda name: wrong(PREFIX + name))


def _table(given: Mapping[str, Any], fields: Fields, wrong: Callable[[str], None]) -> Data:
    """The fields of an object in the order of the model, in the normal form."""
    known = by_name(fields)
    found: Data = {}
    for name, field in known.items():
        if name in given:
            is_identity = field is fields[0] and name == "id"
            value = _identity(given[name]) if is_identity else _value(given[name], field, wrong)
            if value is None:
                wrong(name)
            else:
                found[name] = value
    return normalise(found, fields)


def _value(value: Any, field: Field, wrong: Callable[[str], None]) -> Any:
    """A value of the type of its field, None where it is of another."""
    if field.kind is Kind.TABLE:
        return _table(value, field.fields, wrong) if isinstance(value, dict) else None
    if field.kind is Kind.TABLES:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            return None
        return [_table(entry, field.fields, wrong) for entry in value]
    if field.kind is Kind.TEXTS:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            return None
        return [one_line(entry) for entry in value]
    return _scalar(value, field)


def _scalar(value: Any, field: Field) -> Any:
    kind = field.kind
    if kind in (Kind.INTEGER, Kind.CENTS):
        least, most = (0, INTEGER_MAX) if kind is Kind.INTEGER else (-CENTS_MAX, CENTS_MAX)
        return value if type(value) is int and least <= value <= most else None
    if kind is Kind.BOOLEAN:
        return value if isinstance(value, bool) else None
    if not isinstance(value, str):
        return None
    if kind is Kind.CHOICE:
        return value if field.choice(value) else None
    if kind is Kind.TEXT:
        return one_line(value)
    if kind is Kind.PROSE:
        return _whole(value)
    return _moment(value, kind)


def _identity(value: Any) -> str | None:
    return value if isinstance(value, str) and ID.fullmatch(value) else None


def one_line(value: str) -> str:
    """A text as it stands; only what no file can hold in one line is taken out."""
    return _BREAKS.sub(" ", _whole(value))


def _whole(value: str) -> str:
    return _HALF.sub("\ufffd", value)


def _moment(value: str, kind: Kind) -> dt.date | dt.time | None:
    try:
        if kind is Kind.DATE:
            return dt.date.fromisoformat(value)
        time = dt.time.fromisoformat(value)
    except ValueError:
        return None
    return time if time.tzinfo is None else None
