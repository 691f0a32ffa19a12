"""An edit: one invertible step from one version of a motion to another.

What a person does in the editor, what a fix mends and what a merge brings in is a list of edits. Undo, redo, the
dirty mark, the draft journal, bulk edits and the span edits of the file all work on that list. Data are the plain
values of a parsed file (dicts, lists, strings, integers, booleans, dates, times); nothing is changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import places
from .fields import Fields
from .places import Place, PlaceError, Step


class _Missing:
    """The value of a key that is not there (TOML has no null)."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        # there is one only, in another process too
        return "MISSING"


MISSING = _Missing()

Data = dict[str, Any]
"""One parsed file."""


@dataclass(frozen=True, slots=True)
class Set:
    """The key at `place` changes from `old` to `new`; `MISSING` where it is not there."""

    place: Place
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Insert:
    """`value` comes into the list at `place`, before what now stands at `position` (counted from 0)."""

    place: Place
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """`value` leaves the list at `place`, where it stood at `position` (counted from 0)."""

    place: Place
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class Move:
    """The element at position `old` of the list at `place` goes to position `new` (counted without it)."""

    place: Place
    old: int
    new: int


Edit = Set | Insert | Remove | Move


def inverse(edit: Edit) -> Edit:
    """The edit that takes `edit` back: `apply(apply(d, e), inverse(e)) == d`."""
    match edit:
        case Set(place, old, new):
            return Set(place, new, old)
        case Insert(place, position, value):
            return Remove(place, position, value)
        case Remove(place, position, value):
            return Insert(place, position, value)
        case Move(place, old, new):
            return Move(place, new, old)


def apply(data: Mapping[str, Any], edit: Edit) -> Data:
    """`data` after `edit`, sharing what did not change. Raises `PlaceError` where the place is not there.

    A table or list that the first key needs is made; one that the last key leaves is kept, empty, so that the
    inverse finds it. The writer leaves empty tables out.
    """
    changed = _at(data, edit.place, edit)
    if not isinstance(changed, dict):
        raise PlaceError("an edit needs a place")
    return changed


def apply_all(data: Mapping[str, Any], edits: Iterable[Edit]) -> Data:
    """`data` after all of `edits`, in their order."""
    result = dict(data)
    for edit in edits:
        result = apply(result, edit)
    return result


def between(old: Mapping[str, Any], new: Mapping[str, Any], fields: Fields) -> list[Edit]:
    """The edits that turn `old` into `new`, see `between.between`."""
    # here, because that module needs the edits of this one
    from .between import between as found

    return found(old, new, fields)


def _at(value: Any, rest: tuple[Step, ...], edit: Edit) -> Any:
    if not rest:
        return _here(value, edit)
    step = rest[0]
    if isinstance(step, str):
        if not isinstance(value, Mapping):
            raise PlaceError(f"nothing at {places.render(edit.place)}")
        table = dict(value)
        below = table.get(step, MISSING)
        if below is MISSING and len(rest) > 1:
            below = {}
        changed = _at(below, rest[1:], edit)
        if changed is MISSING:
            table.pop(step, None)
        else:
            table[step] = changed
        return table
    if not isinstance(value, list):
        raise PlaceError(f"nothing at {places.render(edit.place)}")
    (position,) = places.resolve(("list", step), {"list": value})[1:]
    assert isinstance(position, int)
    changed = _at(value[position], rest[1:], edit)
    return [*value[:position], changed, *value[position + 1 :]]


def _here(value: Any, edit: Edit) -> Any:
    if isinstance(edit, Set):
        return edit.new
    elements = [] if value is MISSING else list(value)
    if isinstance(edit, Insert):
        elements.insert(edit.position, edit.value)
    elif isinstance(edit, Remove):
        del elements[edit.position]
    else:
        elements.insert(edit.new, elements.pop(edit.old))
    return elements
