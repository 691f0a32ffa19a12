"""Edits as JSON: places in their grammar, and the values that JSON has no type for as `{"$type": text}`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from antragsbuch_schema import places
from antragsbuch_schema.edits import MISSING, Edit, Insert, Move, Remove, Set

_TEMPORAL: tuple[tuple[str, type[dt.datetime] | type[dt.date] | type[dt.time]], ...] = (
    ("$datetime", dt.datetime),  # before date: each datetime is a date
    ("$date", dt.date),
    ("$time", dt.time),
)


def encoded_edit(edit: Edit) -> dict[str, Any]:
    """`edit` as JSON can hold it."""
    place = places.render(edit.place)
    match edit:
        case Set(_, old, new):
            return {"set": place, "old": encoded(old), "new": encoded(new)}
        case Insert(_, position, value):
            return {"insert": place, "position": position, "value": encoded(value)}
        case Remove(_, position, value):
            return {"remove": place, "position": position, "value": encoded(value)}
        case Move(_, old, new):
            return {"move": place, "old": old, "new": new}


def decoded_edit(record: dict[str, Any]) -> Edit:
    """The edit again. Raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    if "set" in record:
        return Set(places.parse(record["set"]), decoded(record["old"]), decoded(record["new"]))
    if "insert" in record:
        return Insert(places.parse(record["insert"]), int(record["position"]), decoded(record["value"]))
    if "remove" in record:
        return Remove(places.parse(record["remove"]), int(record["position"]), decoded(record["value"]))
    return Move(places.parse(record["move"]), int(record["old"]), int(record["new"]))


def encoded(value: Any) -> Any:
    """A value of a parsed file as JSON can hold it."""
    if value is MISSING:
        return {"$missing": True}
    for name, kind in _TEMPORAL:
        if isinstance(value, kind):
            return {name: value.isoformat()}
    if isinstance(value, list):
        return [encoded(element) for element in value]
    if isinstance(value, dict):
        table = {key: encoded(element) for key, element in value.items()}
        return {"$table": table} if any(key.startswith("$") for key in table) else table
    return value


def decoded(value: Any) -> Any:
    """The value again."""
    if isinstance(value, list):
        return [decoded(element) for element in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((name, content),) = value.items()
        if name == "$missing":
            return MISSING
        if name == "$table":
            return {key: decoded(element) for key, element in content.items()}
        for known, kind in _TEMPORAL:
            if name == known:
                return kind.fromisoformat(content)
    return {key: decoded(element) for key, element in value.items()}
