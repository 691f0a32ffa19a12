"""The edits that turn one version of a file into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .alignment import aligned, identity, is_tables
from .edits import MISSING, Data, Edit, Insert, Move, Remove, Set
from .fields import Fields, Kind, by_name
from .matching import rising
from .normal import same
from .places import Item, Place, Step


def between(old: Mapping[str, Any], new: Mapping[str, Any], fields: Fields) -> list[Edit]:
    """The edits that turn `old` into `new`: `apply_all(old, between(old, new)) == new`, but for the order of keys.

    Elements of lists of tables are followed by their id (see `alignment`): a field that changed inside one is a
    `Set` there, and as few elements as possible are moved. Lists of other things, and tables that come or go, are
    set as a whole; so is a new list where an empty one would say something else than none (`keep`). Neither `old`
    nor `new` need be normal or have the types of `fields`.
    """
    return list(_table((), old, new, fields))


def _table(place: Place, old: Mapping[str, Any], new: Mapping[str, Any], fields: Fields) -> Iterator[Edit]:
    known = by_name(fields)
    keys = [key for key in dict.fromkeys((*known, *old, *new)) if key != "id"]
    # the id last: until then the element is found by the old one
    for key in (*keys, "id"):
        before, after = old.get(key, MISSING), new.get(key, MISSING)
        if same(before, after):
            continue
        field = known.get(key)
        here = (*place, key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _table(here, before, after, field.fields if field and field.kind is Kind.TABLE else ())
        elif is_tables(before) and is_tables(after):
            yield from _elements(here, before, after, field.fields if field and field.kind is Kind.TABLES else ())
        elif before is MISSING and after and is_tables(after) and not (field and field.keep):
            yield from (Insert(here, position, element) for position, element in enumerate(after))
        else:
            yield Set(here, before, after)


def _elements(place: Place, old: Sequence[Data], new: Sequence[Data], fields: Fields) -> Iterator[Edit]:
    key = place[-1]
    assert isinstance(key, str)
    pairs = aligned(old, new, key)
    for before, after in pairs:
        step = _step(old, before, new, after)
        yield from _table((*place, step), old[before], new[after], fields)
    kept = dict(pairs)
    for position in range(len(old) - 1, -1, -1):
        if position not in kept:
            yield Remove(place, position, old[position])
    yield from _moves(place, [after for _, after in pairs])
    stayed = set(kept.values())
    for position, element in enumerate(new):
        if position not in stayed:
            yield Insert(place, position, element)


def _step(old: Sequence[Data], before: int, new: Sequence[Data], after: int) -> Step:
    """How to name an element while the fields of its list change: by an id that is its own all the time."""
    own = identity(old[before])
    if own is None or identity(new[after]) != own:
        return before
    once = all(sum(identity(element) == own for element in elements) == 1 for elements in (old, new))
    return Item(own) if once else before


def _moves(place: Place, order: list[int]) -> Iterator[Edit]:
    """The moves that sort a list whose elements now stand in `order`; the longest run in order stays."""
    current = list(order)
    staying = {order[position] for position in rising(order)}
    before: int | None = None
    for target in sorted(order):
        if target not in staying:
            start = current.index(target)
            current.pop(start)
            end = 0 if before is None else current.index(before) + 1
            current.insert(end, target)
            yield Move(place, start, end)
        before = target
