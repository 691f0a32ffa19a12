"""The three-way merge of a list of tables: which elements there are, in which order, under which id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from .alignment import AmbiguousError, Element, agree, aligned_new, aligned_surely
from .conflicts import Conflict, Conflicts, Versions
from .edits import MISSING, Data
from .fields import Field, Fields
from .ids import new_element_id
from .merge_order import merge_order
from .normal import same
from .places import ID, Item, Place

Inside = Callable[[Conflicts, Place, Fields, Element, Element, Element], Data]
"""The merge of one element."""


class _Row(NamedTuple):
    """One element: its positions in the three lists."""

    base: int | None
    ours: int | None
    theirs: int | None


def merge_elements(conflicts: Conflicts, place: Place, field: Field, versions: Versions, inside: Inside) -> Any:
    """The merged list of `field`, or `MISSING`; `inside` merges one element.

    An element that one side removed and the other changed is a conflict, and stays. Raises `AmbiguousError` where
    elements without an id could be one or the other, or stand in another order on either side.
    """
    lists = versions.or_empty([])
    rows = _rows(field.name, lists)
    elements = [_elements(row, lists) for row in rows]
    kept = [number for number, row in enumerate(elements) if _survives(row)]
    ids = _ids(field, elements, kept)
    orders = _orders(rows, elements, kept)
    if len(orders) > 1 and any(number not in ids for number in kept):
        raise AmbiguousError(f"elements of {field.name} without an id in another order on either side")
    first = len(conflicts.found)
    merged: dict[int, Data] = {}
    for position, number in enumerate(orders[0]):
        step = Item(ids[number]) if number in ids else position
        merged[number] = _merged(conflicts, (*place, step), field, elements[number], ids.get(number), inside)
    found = [[merged[number] for number in order] for order in orders]
    if len(orders) > 1:
        ours, theirs, base = found
        conflicts.found.insert(first, Conflict(place, base, ours, theirs))
    if found[0] or (field.keep and _stands(versions)):
        return found[0]
    return MISSING


def _rows(name: str, lists: Versions) -> list[_Row]:
    base, ours, theirs = lists
    to_ours, to_theirs = dict(aligned_surely(base, ours, name)), dict(aligned_surely(base, theirs, name))
    new_ours = [position for position in range(len(ours)) if position not in set(to_ours.values())]
    new_theirs = [position for position in range(len(theirs)) if position not in set(to_theirs.values())]
    shared = {
        new_ours[one]: new_theirs[other]
        for one, other in aligned_new([ours[i] for i in new_ours], [theirs[i] for i in new_theirs], name)
    }
    return [
        *(_Row(position, to_ours.get(position), to_theirs.get(position)) for position in range(len(base))),
        *(_Row(None, position, shared.get(position)) for position in new_ours),
        *(_Row(None, None, position) for position in new_theirs if position not in set(shared.values())),
    ]


def _elements(row: _Row, lists: Versions) -> Versions:
    return Versions(*(MISSING if at is None else side[at] for at, side in zip(row, lists, strict=True)))


def _survives(row: Versions) -> bool:
    """Whether an element stays: it is new, neither removed it, or the other side changed it."""
    if row.ours is MISSING and row.theirs is MISSING:
        return False
    return MISSING not in row or row.base is MISSING or not same(row.base, _present(row))


def _present(row: Versions) -> Element:
    """What stands on the side that has the element; of two, the smaller by content."""
    sides = [side for side in row[1:] if side is not MISSING]
    return min(sides, key=repr)


def _rank(row: Versions) -> tuple[str, str, str]:
    element = _present(row)
    date = element.get("date")
    content = sorted((key, repr(value)) for key, value in element.items() if key != "id")
    return (date.isoformat() if isinstance(date, dt.date) else "~", repr(content), repr(element.get("id")))


def _ids(field: Field, elements: Sequence[Versions], kept: Sequence[int]) -> dict[int, str]:
    """The id of each element that has one; a new element with the id of another gets its own."""
    wanted: dict[int, str] = {}
    for number in kept:
        known = Versions(*(_id(element) for element in elements[number]))
        decided = known.decided()
        given = decided[0] if decided else min((own for own in known[1:] if own), key=lambda own: (len(own), own))
        if not given and MISSING in elements[number]:
            given = _id(_present(elements[number]))
        if given:
            wanted[number] = given
    taken = {own for row in elements for own in map(_id, row) if own} | set(wanted.values())
    holders: dict[str, int] = {}
    # what had the id before keeps it
    for number in sorted(wanted, key=lambda n: (_id(elements[n].base) != wanted[n], _rank(elements[n]))):
        if holders.setdefault(wanted[number], number) != number:
            wanted[number] = new_element_id(field.prefix, taken)
            taken.add(wanted[number])
    return wanted


def _id(element: Any) -> str:
    own = "" if element is MISSING else element.get("id", "")
    return own if isinstance(own, str) and ID.fullmatch(own) else ""


def _orders(rows: Sequence[_Row], elements: Sequence[Versions], kept: Sequence[int]) -> list[list[int]]:
    """The order of what is kept; the orders of ours, theirs and the base where both reordered it otherwise."""

    def numbers(positions: Iterable[int | None]) -> list[int]:
        there = [(position, number) for number, position in enumerate(positions) if position is not None]
        return [number for _, number in sorted(there)]

    def rank(number: int) -> tuple[str, str, str]:
        return _rank(elements[number])

    keep = set(kept)
    base, ours, theirs = (numbers(row[version] for row in rows) for version in range(3))
    order = merge_order(base, ours, theirs, keep, rank)
    if order is not None:
        return [order]
    in_ours, in_theirs = set(ours), set(theirs)

    def arranged(side: list[int]) -> list[int]:
        """The order where what both have stands as on `side`."""
        spine = [number for number in side if number in in_ours and number in in_theirs]
        found = merge_order(spine, _respined(ours, spine), _respined(theirs, spine), keep, rank)
        assert found is not None
        return found

    shared_new = [number for number in ours if rows[number].base is None and number in in_theirs]
    return [arranged(ours), arranged(theirs), arranged([*base, *shared_new])]


def _respined(side: Sequence[int], spine: Sequence[int]) -> list[int]:
    places = iter(spine)
    wanted = set(spine)
    return [next(places) if number in wanted else number for number in side]


def _merged(conflicts: Conflicts, place: Place, field: Field, row: Versions, own: str | None, inside: Inside) -> Data:
    if MISSING in row[1:]:
        element = dict(_present(row))
        if row.base is not MISSING:
            conflicts.found.append(Conflict(place, *row))
    elif row.base is MISSING and agree(row.ours, row.theirs, field.name) is None:
        conflicts.found.append(Conflict(place, *row))
        element = dict(row.ours)
    elif own is None:
        return inside(conflicts, place, field.fields, *row.or_empty({}))
    else:
        bare = ({key: value for key, value in side.items() if key != "id"} for side in row.or_empty({}))
        element = inside(conflicts, place, field.fields, *bare)
    return {"id": own, **{key: value for key, value in element.items() if key != "id"}} if own else element


def _stands(versions: Versions) -> bool:
    """Whether an empty list is stated, where neither side decides by an element."""
    stated = Versions(*(value is not MISSING for value in versions)).decided()
    return bool(stated and stated[0])
