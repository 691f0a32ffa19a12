"""A document beside the motion that the register has under the same number: what differs, and taking some of that over.

A document has no ids, and it is printed from a part of what a motion can hold. So its steps, votes and budget lines
are first recognised in the motion; each difference can then be taken by itself, and none has to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema import places
from antragsbuch_schema.alignment import aligned, identity, is_tables
from antragsbuch_schema.changes import Change, ChangeKind, difference
from antragsbuch_schema.edits import MISSING, Data, Insert, Remove, Set, apply
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.ids import new_element_ids
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import Place

_MOVED = (ChangeKind.STEP_MOVED, ChangeKind.ELEMENT_MOVED)


def recognised(document: Mapping[str, Any], motion: Mapping[str, Any]) -> Data:
    """`document` under the ids of `motion`: its own, and those of the elements that are the same in both.

    Both are parsed motions. Elements that `motion` has not got get ids that are new there. To take differences over
    one by one, `motion` has ids for all of its elements (`ids.with_ids`).
    """
    return {**_table(document, motion, MOTION), **({"id": motion["id"]} if "id" in motion else {})}


def differences(motion: Mapping[str, Any], document: Mapping[str, Any]) -> list[Change]:
    """What a document under the ids of the motion (`recognised`) says otherwise. The order of steps says nothing."""
    return [change for change in difference(motion, document, MOTION) if change.kind not in _MOVED]


def adds(change: Change) -> bool:
    """Whether a difference only adds to the motion what it does not say yet."""
    return change.old is MISSING


def taken(motion: Mapping[str, Any], document: Mapping[str, Any], chosen: Iterable[Change]) -> Data:
    """`motion` with the chosen of the `differences` as the document says them; nothing else of it changes.

    A vote of a step that the motion has not got brings its step along.
    """
    result = dict(motion)
    for change in chosen:
        step = change.place[:2]
        if len(change.place) > 2 and not isinstance(step[1], str) and places.value_at(step, result) is None:
            result = _with(result, document, step)
        for place in (change.place, *change.also):
            result = _with(result, document, place)
    return result


def _with(motion: Data, document: Mapping[str, Any], place: Place) -> Data:
    """`motion` with what `document` has at `place`, or without it where that has nothing there."""
    old, new = places.value_at(place, motion), places.value_at(place, document)
    if isinstance(place[-1], str):
        return apply(motion, Set(place, MISSING if old is None else old, MISSING if new is None else new))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        # what the document has no place for stays
        for key, value in new.items():
            motion = apply(motion, Set((*place, key), old.get(key, MISSING), value))
        return motion
    elements = places.value_at(place[:-1], motion) or []
    if new is not None and old is None:
        return apply(motion, Insert(place[:-1], _position(elements, document, place), new))
    if old is not None and new is None:
        position = places.resolve(place, motion)[-1]
        assert isinstance(position, int)
        return apply(motion, Remove(place[:-1], position, old))
    return motion


def _position(elements: list[Any], document: Mapping[str, Any], place: Place) -> int:
    """Where a new element goes: behind the one that stands before it in the document and is there already."""
    theirs = places.value_at(place[:-1], document)
    own = places.resolve(place, document)[-1]
    assert isinstance(own, int)
    there = {element.get("id"): number for number, element in enumerate(elements) if isinstance(element, Mapping)}
    before = [there[element["id"]] for element in theirs[:own] if element.get("id") in there]
    return before[-1] + 1 if before else (0 if own == 0 else len(elements))


def _table(document: Mapping[str, Any], motion: Mapping[str, Any], fields: Fields) -> Data:
    known = by_name(fields)
    return {
        key: _value(value, motion.get(key), known[key]) if key in known else value for key, value in document.items()
    }


def _value(value: Any, motion: Any, field: Field) -> Any:
    if field.kind is Kind.TABLE and isinstance(value, Mapping):
        return _table(value, motion if isinstance(motion, Mapping) else {}, field.fields)
    if field.kind is not Kind.TABLES or not is_tables(value):
        return value
    theirs = motion if is_tables(motion) else []
    bare = [{key: inner for key, inner in element.items() if key != "id"} for element in value]
    same = {new: theirs[old] for old, new in aligned(theirs, bare, field.name)}
    fresh = new_element_ids(field.prefix, [own for element in theirs if (own := identity(element))])
    found = []
    for number, element in enumerate(bare):
        own = same.get(number)
        inner = _table(element, own or {}, field.fields)
        # one that is there without an id stays without
        given = identity(own) if own is not None else next(fresh)
        found.append({"id": given, **inner} if given and "id" in by_name(field.fields) else inner)
    return found
