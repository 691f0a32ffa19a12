"""Which fields differ between two versions of a file: the `~` of the form, the count above it, the dirty mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.fields import Fields, Kind, by_name
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import Item, Place


def changed_places(old: Data, new: Data, fields: Fields) -> frozenset[Place]:
    """The places at which `new` says something else than `old`; spelling and layout of the file don't count.

    A row that came or went is one place, so is a list whose rows only changed their order.
    """
    differing = [name for name in {**old, **new} if old.get(name) is not new.get(name)]
    before, after = (normalise({name: data[name] for name in differing if name in data}, fields) for data in (old, new))
    return frozenset(_table(before, after, fields, ()))


def same_value(old: Any, new: Any, name: str, fields: Fields) -> bool:
    """Whether two values of the field called `name` mean the same; `MISSING` is a value."""
    before, after = (normalise({} if value is MISSING else {name: value}, fields) for value in (old, new))
    return same(before, after)


def _table(old: Mapping[str, Any], new: Mapping[str, Any], fields: Fields, above: Place) -> Iterator[Place]:
    known = by_name(fields)
    for name in {**old, **new}:
        before, after = old.get(name), new.get(name)
        if same(before, after):
            continue
        field = known.get(name)
        kind = field.kind if field else None
        below = field.fields if field else ()
        place = (*above, name)
        if kind is Kind.TABLE and _all(dict, before, after):
            yield from _table(before or {}, after or {}, below, place)
        elif kind is Kind.TABLES and _all(list, before, after):
            yield from _tables(before or [], after or [], below, place)
        else:
            yield place


def _tables(old: list[Any], new: list[Any], fields: Fields, place: Place) -> Iterator[Place]:
    before, after = _by_name(old), _by_name(new)
    for name in {**before, **after}:
        if name in before and name in after:
            one, (step, other) = before[name][1], after[name]
            if _all(dict, one, other):
                yield from _table(one, other, fields, (*place, step))
            elif not same(one, other):
                yield (*place, step)
        else:
            yield (*place, (before.get(name) or after[name])[0])
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield place


def _by_name(elements: list[Any]) -> dict[Item | int, tuple[Item | int, Any]]:
    """The elements, with their step in a place, by id; those without one by their number among their like."""
    result: dict[Item | int, tuple[Item | int, Any]] = {}
    nameless = 0
    for position, element in enumerate(elements):
        identity = element.get("id") if isinstance(element, dict) else None
        if isinstance(identity, str):
            result[Item(identity)] = Item(identity), element
        else:
            result[nameless] = position, element
            nameless += 1
    return result


def _all(kind: type, *values: Any) -> bool:
    return all(value is None or isinstance(value, kind) for value in values)
