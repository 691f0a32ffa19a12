"""The edits of one file since it was opened, with undo and redo across its fields.

Everything a person does is a step of invertible edits. Typing in one field is one step as long as it goes on, so
that undo takes back words and not letters; a step that ends where it began is none. The data before and after, the
dirty mark and "reset this field" all come from the list of steps.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from antragsbuch_schema import ids, places
from antragsbuch_schema.edits import MISSING, Data, Edit, Insert, Move, Remove, Set, apply_all
from antragsbuch_schema.fields import Fields, Kind, by_name, field_at
from antragsbuch_schema.places import Item, Place

from .changed import changed_places, same_value


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back. `place` is where the cursor goes then; equal non-empty `token`s grow together."""

    edits: tuple[Edit, ...]
    place: Place
    token: str = ""


@dataclass(frozen=True, slots=True)
class Editing:
    """The state of one file that is being edited: nothing is changed in place, every method gives a new state.

    `base` is the data as opened, `data` as they are now; `steps[:done]` are in force, the others can be redone.
    """

    fields: Fields
    base: Data
    data: Data
    steps: tuple[Step, ...] = ()
    done: int = 0

    @classmethod
    def start(cls, base: Data, fields: Fields) -> Editing:
        """Nothing edited yet."""
        return cls(fields, base, base)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What turns `base` into `data`, in order."""
        return tuple(edit for step in self.steps[: self.done] for edit in step.edits)

    @property
    def changed(self) -> frozenset[Place]:
        """The places that now say something else than when the file was opened."""
        return changed_places(self.base, self.data, self.fields)

    @property
    def dirty(self) -> bool:
        """Whether the data mean something else than when the file was opened; undone to the start is clean."""
        return bool(self.changed)

    @property
    def can_undo(self) -> bool:
        """Whether a step is in force."""
        return self.done > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self.done < len(self.steps)

    def undo(self) -> Editing:
        """Without the last step; the same where there is none."""
        if not self.can_undo:
            return self
        return replace(self, data=self._data_after(self.done - 1), done=self.done - 1)

    def redo(self) -> Editing:
        """With the step that was last taken back; the same where there is none."""
        if not self.can_redo:
            return self
        return replace(self, data=apply_all(self.data, self.steps[self.done].edits), done=self.done + 1)

    def do(self, edits: tuple[Edit, ...], place: Place, token: str = "") -> Editing:
        """With one more step, or the last one grown by it where both have the same token and place."""
        if not edits:
            return self
        steps, data = self.steps[: self.done], apply_all(self.data, edits)
        last = steps[-1] if steps else None
        if last is None or not token or (last.token, last.place) != (token, place):
            return replace(self, data=data, steps=(*steps, Step(edits, place, token)), done=self.done + 1)
        grown = replace(last, edits=_shortened((*last.edits, *edits)))
        before = self._data_after(self.done - 1) if isinstance(edits[-1], Remove) else None
        ended = before is not None and not changed_places(before, data, self.fields)
        if not grown.edits or ended:
            return replace(self.undo(), steps=steps[:-1])
        return replace(self, data=data, steps=(*steps[:-1], grown))

    def put(self, place: Place, value: Any, token: str = "", *, prune: bool = False) -> Editing:
        """With `value` at `place`; `MISSING` takes the key, or the entry of a list, away.

        The step before the last may be a position just behind the end of a list: then the element is made, with an
        id of its own where it is a table. With `prune` an element that is left with nothing but its id goes too.
        A value that means what the file says is set to exactly what the file says. Raises `PlaceError`.
        """
        named = self.named(place)
        return self.do(tuple(self._putting(named, self._as_opened(named, value), prune)), place, token)

    def insert(self, place: Place, position: int, value: Any) -> Editing:
        """With `value` in the list at `place` before `position`; a table without an id gets one."""
        place = self.named(place)
        if isinstance(value, Mapping):
            value = self._with_ids(place, value)
        return self.do((Insert(place, position, value),), (*place, _step(value, position)))

    def remove(self, place: Place) -> Editing:
        """Without the element of a list that `place` names; raises `PlaceError` where it isn't one."""
        path = places.resolve(place, self.data)
        position = path[-1] if path else None
        if not isinstance(position, int):
            raise places.PlaceError(f"not an element of a list: {places.render(place)}")
        above = self.named(place[:-1])
        value = places.value_at(place, self.data)
        return self.do((Remove(above, position, value),), above)

    def move(self, place: Place, by: int) -> Editing:
        """With the element that `place` names `by` positions further down (up where negative); stops at the ends."""
        path = places.resolve(place, self.data)
        old, above = path[-1], self.named(place[:-1])
        elements = places.value_at(above, self.data)
        if not isinstance(old, int):
            raise places.PlaceError(f"not an element of a list: {places.render(place)}")
        new = max(0, min(old + by, len(elements) - 1))
        moved = (*above, _step(elements[old], new))
        return self if new == old else self.do((Move(above, old, new),), moved)

    def duplicate(self, place: Place) -> Editing:
        """With a copy of the element that `place` names after it; tables in it get ids of their own."""
        path = places.resolve(place, self.data)
        position = path[-1]
        if not isinstance(position, int):
            raise places.PlaceError(f"not an element of a list: {places.render(place)}")
        value = copy.deepcopy(places.value_at(place, self.data))
        if isinstance(value, dict):
            _drop_ids(value)
        return self.insert(place[:-1], position + 1, value)

    def reset(self, place: Place) -> Editing:
        """With the value at `place` as the file was opened; the same where the row is new."""
        above = place[:-1]
        if above and places.value_at(above, self.base) is None and places.value_at(above, self.data) is not None:
            return self
        known = field_at(place, self.fields)
        old = places.value_at(place, self.base)
        now = places.value_at(place, self.data)
        if known is None or isinstance(place[-1], int | Item) or old == now:
            return self
        return self.do((Set(self.named(place), _or_missing(now), _or_missing(old)),), place)

    def named(self, place: Place) -> Place:
        """`place` with the ids of the elements that have one; what is not there yet stays as it is."""
        for length in range(len(place), 0, -1):
            try:
                path = places.resolve(place[:length], self.data)
            except places.PlaceError:
                continue
            return (*places.named(path, self.data), *place[length:])
        return place

    def new_id(self, place: Place) -> str:
        """An id for a new element of the list at `place`: one that it never had since the file was opened."""
        field = field_at(place, self.fields)
        prefix = field.prefix if field else ""
        return ids.new_element_id(prefix, set(self._ids(place)))

    def _data_after(self, steps: int) -> Data:
        """The data after so many steps: made anew from the start, so that it is the start again after none."""
        if not steps:
            return self.base
        return apply_all(self.base, (edit for step in self.steps[:steps] for edit in step.edits))

    def _ids(self, place: Place) -> Iterator[str]:
        lists = [places.value_at(place, self.base), places.value_at(place, self.data)]
        came_and_went = (edit for edit in self._all_edits() if isinstance(edit, Insert | Remove))
        lists += [[edit.value] for edit in came_and_went if edit.place == place]
        for elements in lists:
            for element in elements if isinstance(elements, list) else ():
                identity = element.get("id") if isinstance(element, Mapping) else None
                if isinstance(identity, str):
                    yield identity

    def _all_edits(self) -> Iterator[Edit]:
        return (edit for step in self.steps for edit in step.edits)

    def _with_ids(self, place: Place, value: Mapping[str, Any]) -> Data:
        field = field_at(place, self.fields)
        if field is None or "id" not in by_name(field.fields):
            return dict(value)
        given = {} if value.get("id") else {"id": self.new_id(place)}
        inner = ids.with_ids(dict(value), tuple(f for f in field.fields if f.kind is Kind.TABLES))
        return {**given, **inner}

    def _putting(self, place: Place, value: Any, prune: bool) -> Iterator[Edit]:
        above, last = place[:-1], place[-1]
        if isinstance(last, int):
            yield from _entry(above, last, places.value_at(above, self.data) or [], value)
            return
        if above and not isinstance(above[-1], str) and places.value_at(above, self.data) is None:
            if value is not MISSING:
                elements = places.value_at(above[:-1], self.data) or []
                yield Insert(above[:-1], len(elements), self._with_ids(above[:-1], {str(last): value}))
            return
        old = places.value_at(place, self.data)
        now = MISSING if old is None else old
        if now is value or (type(now) is type(value) and now == value):
            return
        element = places.value_at(above, self.data)
        if prune and value is MISSING and above and isinstance(element, dict) and set(element) <= {"id", last}:
            path = places.resolve(above, self.data)
            if isinstance(path[-1], int):
                yield Remove(above[:-1], path[-1], element)
                return
        yield Set(place, now, value)

    def _as_opened(self, place: Place, value: Any) -> Any:
        """The value that the file has at `place` where `value` only spells it otherwise."""
        if not isinstance(place[-1], str):
            return value
        field = field_at(place, self.fields)
        old = _or_missing(places.value_at(place, self.base))
        if field is None or old is value:
            return value
        return old if same_value(old, value, field.name, (field,)) else value


def _entry(above: Place, position: int, entries: list[Any], value: Any) -> Iterator[Edit]:
    """The edit that makes `value` the entry at `position` of a list of texts or integers."""
    there = position < len(entries)
    if value is MISSING and there:
        yield Remove(above, position, entries[position])
    elif value is not MISSING and not there:
        yield Insert(above, len(entries), value)
    elif there and entries[position] != value:
        yield Set((*above, position), entries[position], value)


def _shortened(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """`edits` with the last two made one where they set the same key."""
    if len(edits) > 1:
        first, second = edits[-2:]
        if isinstance(first, Set) and isinstance(second, Set) and first.place == second.place:
            if first.old is second.new or (type(first.old) is type(second.new) and first.old == second.new):
                return edits[:-2]
            return (*edits[:-2], Set(first.place, first.old, second.new))
    return edits


def _step(value: Any, position: int) -> Item | int:
    identity = value.get("id") if isinstance(value, Mapping) else None
    return Item(identity) if isinstance(identity, str) and places.ID.fullmatch(identity) else position


def _drop_ids(value: dict[str, Any]) -> None:
    value.pop("id", None)
    for below in value.values():
        for element in below if isinstance(below, list) else ():
            if isinstance(element, dict):
                _drop_ids(element)


def _or_missing(value: Any) -> Any:
    return MISSING if value is None else value
