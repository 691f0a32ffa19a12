"""Findings and facts as text, so that they can be kept in the index and come back as they were.

JSON with a name for each kind of value. Only the kinds below are ever made from it: a prepared index can hold wrong
findings, but nothing that runs.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, cast

from antragsbuch_schema.diagnostics import Cut, Finding, Fix, Ignore, Kept, Located, Related, Severity, Span
from antragsbuch_schema.edits import MISSING, Insert, Move, Remove, Set
from antragsbuch_schema.i18n import Text
from antragsbuch_schema.mentions import Facts, Mention
from antragsbuch_schema.money import Money
from antragsbuch_schema.places import Item

from .errors import Damaged

_KINDS: tuple[type[Any], ...] = (
    Kept, Located, Finding, Fix, Cut, Related, Span, Text, Money, Ignore, Set, Insert, Remove, Move, Item, Facts,
    Mention,
)  # fmt: skip
_CLASSES = {kind.__name__: kind for kind in _KINDS}
_NAMES = {kind: (name, kind.__match_args__) for name, kind in _CLASSES.items()}
_DAYS: dict[str, Any] = {
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
}


class NotKept(Damaged):
    """A text that was not made by `dump`."""


def dump(value: object) -> str:
    """Findings, facts, or tuples of them, as one line of text."""
    return json.dumps(_plain(value), separators=(",", ":"))


def load(text: str) -> Any:
    """What `dump` made `text` from; equal to it. Raises `NotKept`."""
    try:
        return _value(json.loads(text))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NotKept(str(error)) from error


def load_findings(text: str) -> tuple[Kept, ...]:
    """The findings of one file. Raises `NotKept`."""
    return cast("tuple[Kept, ...]", _each(text, Kept))


def load_facts(text: str) -> Facts:
    """The facts of one file. Raises `NotKept`."""
    found = load(text)
    if not isinstance(found, Facts):
        raise NotKept(text)
    return found


def _each(text: str, kind: type[Any]) -> tuple[Any, ...]:
    found = load(text)
    if not isinstance(found, tuple) or not all(isinstance(each, kind) for each in found):
        raise NotKept(text)
    return found


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool, float):
        return value
    known = _NAMES.get(type(value))
    if known is not None:
        return [known[0], *[_plain(getattr(value, name)) for name in known[1]]]
    if isinstance(value, Severity):
        return ["Severity", int(value)]
    if isinstance(value, (tuple, list)):
        return [type(value).__name__, *map(_plain, value)]
    if isinstance(value, dict):
        return ["dict", *[["tuple", key, _plain(below)] for key, below in value.items()]]
    if value is MISSING:
        return ["MISSING"]
    return [type(value).__name__, value.isoformat()]


def _value(plain: Any) -> Any:
    return _made(plain) if type(plain) is list else plain


def _made(plain: list[Any]) -> Any:
    # thousands of findings come back at once: what is a text or a number already costs no call
    values = [_made(each) if type(each) is list else each for each in plain]
    name = values.pop(0)
    known = _CLASSES.get(name)
    if known is not None:
        return known(*values)
    match name:
        case "tuple":
            return tuple(values)
        case "list":
            return values
        case "dict":
            return dict(values)
        case "Severity":
            return Severity(values[0])
        case "MISSING":
            return MISSING
        case "date" | "time" | "datetime":
            return _DAYS[name](values[0])
        case _:
            raise NotKept(str(name))
