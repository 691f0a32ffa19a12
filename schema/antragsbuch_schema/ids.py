"""Identities: given once, never renumbered, never used again."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from .edits import Data
from .fields import Field, Fields, Kind, by_name

_LETTERS = string.ascii_lowercase
_CHARACTERS = string.ascii_lowercase + string.digits
_NUMBERED = re.compile(r"[A-Za-z_-]+([0-9]{1,9})")


def new_motion_id() -> str:
    """Eight random characters `a-z0-9`, the first a letter: 1 in 2 * 10^12, so that clones need not ask each other."""
    # not at the top: whoever only checks makes none
    import secrets

    return secrets.choice(_LETTERS) + "".join(secrets.choice(_CHARACTERS) for _ in range(7))


def new_element_id(prefix: str, taken: Iterable[str]) -> str:
    """`prefix` and a number above the highest of `taken`, which holds every id that the list has or had."""
    return next(new_element_ids(prefix, taken))


def new_element_ids(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """The same for several elements, one after the other: `taken` is looked at once."""
    highest = max(map(_number, taken), default=0)
    return (f"{prefix}{number}" for number in count(highest + 1))


def with_ids(data: Mapping[str, Any], fields: Fields) -> Data:
    """`data` with an id for every element of a list of tables that lacks one, at any depth.

    The identity of the motion itself is not made here. Values of another type than their field stay as they are.
    """
    known = by_name(fields)
    return {key: _given(value, known[key]) if key in known else value for key, value in data.items()}


def _given(value: Any, field: Field) -> Any:
    if field.kind is Kind.TABLE and isinstance(value, dict):
        return with_ids(value, field.fields)
    if field.kind is not Kind.TABLES or not isinstance(value, list):
        return value
    taken = [element["id"] for element in value if isinstance(element, dict) and isinstance(element.get("id"), str)]
    fresh = new_element_ids(field.prefix, taken)
    elements: list[Any] = []
    for element in value:
        if isinstance(element, dict):
            given = with_ids(element, field.fields)
            if given.get("id", "") == "":
                given = {"id": next(fresh), **{key: entry for key, entry in given.items() if key != "id"}}
            elements.append(given)
        else:
            elements.append(element)
    return elements


def _number(identity: str) -> int:
    match = _NUMBERED.fullmatch(identity)
    return int(match[1]) if match else 0
