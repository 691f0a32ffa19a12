"""The meaning of a file, apart from how it is written.

Difference, merge, rules and index work on normal data: the same motion written in two ways is the same there.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from typing import Any

from . import prose
from .edits import Data
from .fields import Field, Fields, Kind, by_name


def normalise(data: Mapping[str, Any], fields: Fields) -> Data:
    """`data` of a file with these `fields` in its normal form; idempotent, whatever the types.

    Strings are NFC, prose is in its model form. Keys at their default, empty texts, empty tables and empty lists
    say nothing and are left out, but for `keep` fields, which stay as they are. A value of another type than its
    field, and an unknown key, keep their value.
    """
    known = by_name(fields)
    result: Data = {}
    for key, value in data.items():
        field = known.get(key)
        normal = _composed(value) if field is None else _normal(value, field)
        if field is None or field.keep or not _says_nothing(normal, field):
            result[key] = normal
    return result


def same(one: Any, other: Any) -> bool:
    """Whether two values of a file are the same, type by type: `true` is not `1`, and 2.0 is not 2."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (float, dt.datetime)):
        # not a number is itself here, and the same instant in another time zone is written otherwise
        return repr(one) == repr(other)
    return bool(one == other)


def _normal(value: Any, field: Field) -> Any:
    if field.kind is Kind.PROSE and isinstance(value, str):
        return prose.normalise(value)
    if field.kind is Kind.TABLE and isinstance(value, dict):
        return normalise(value, field.fields)
    if field.kind is Kind.TABLES and isinstance(value, list):
        return [
            normalise(element, field.fields) if isinstance(element, dict) else _composed(element) for element in value
        ]
    return _composed(value)


def _says_nothing(value: object, field: Field) -> bool:
    if field.kind in (Kind.TEXT, Kind.PROSE):
        return value == ""
    if field.kind in (Kind.TABLE, Kind.MAP):
        return value == {}
    if field.kind in (Kind.TABLES, Kind.TEXTS, Kind.INTEGERS):
        return value == []
    return field.default is not None and value is field.default


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _composed(entry) for key, entry in value.items()}
    return value
