"""A row of a table as edits of the motion that it belongs to.

Only cells that no longer hold what was written into them count. A row with a cell that is not understood, or whose
parts belong to different motions, changes nothing: a wrong value is worse than none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from antragsbuch_schema import places
from antragsbuch_schema.alignment import is_tables
from antragsbuch_schema.edits import MISSING, Data, Edit, Insert, Set, apply_all
from antragsbuch_schema.fields import Field, by_name, field_at
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.ids import new_element_id
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import ID, Item, Place, Step

from .tables import MOTIONS, Role, inside
from .tables_cells import Cell, NotUnderstood, cell, is_empty, unchanged, understood
from .tables_csv import fused, is_defused
from .tables_in import BAD_ID, EMPTY, NEW_ROW, Given, Kind, Line, Trouble


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table may do: `add` rows that are new, `clear` what was emptied. `today` completes years of two digits."""

    add: bool
    clear: bool
    today: dt.date


@dataclass(slots=True)
class Applied:
    """A motion after rows of a table: its data, and whether anything was set. `by_row` says which row set a place."""

    data: Data
    troubles: list[Trouble] = field(default_factory=list)
    changed: bool = False
    by_row: dict[tuple[Step, ...], int] = field(default_factory=dict)


def applied(line: Line, so_far: Applied, was: Mapping[str, Any], asked: Asked) -> None:
    """Do in `so_far` what a row says; `was` is the motion (normal data) that the table was made from."""
    row = _Row(line, so_far.data, was, asked)
    edits = row.edits()
    so_far.troubles += row.troubles
    if row.failed or not edits:
        return
    # rows may name the same step in different ways
    sets = [edit for edit in edits if isinstance(edit, Set) and not same(edit.old, edit.new)]
    here = places.resolve(row.place, so_far.data) if sets else ()
    ways = [(*here, *edit.place[len(row.place) :]) for edit in sets]
    other = next((so_far.by_row[way] for way in ways if way in so_far.by_row), None)
    if other is not None:
        reason = text("row {row} says something else of the same", row=other)
        so_far.troubles.append(line.trouble("not understood", reason))
        return
    so_far.by_row.update(dict.fromkeys(ways, line.row))
    so_far.data = apply_all(so_far.data, edits)
    so_far.changed = True


class _Row:
    def __init__(self, line: Line, data: Data, was: Mapping[str, Any], asked: Asked) -> None:
        self.line, self.data, self.was, self.asked = line, data, was, asked
        self.troubles: list[Trouble] = []
        self.failed = False
        self.place: Place = ()

    def edits(self) -> list[Edit]:
        """What the row changes, at `place`; nothing where `failed` is set."""
        place = () if self.line.table is MOTIONS else self._place()
        if place is None or not self._agrees(place):
            return []
        if place and places.value_at(place, self.data) is None:
            return self._new(place)
        self.place = place
        found: list[Edit] = []
        for path, old, value, given in self._values(place):
            if value is MISSING and _required(path):
                self._fail(EMPTY, given)
            found.append(Set(path, old, value))
        return found

    def _fail(self, reason: Text, given: Given | None = None, kind: Kind = "not understood") -> None:
        self.failed = True
        self.troubles.append(self.line.trouble(kind, reason, given))

    # where

    def _place(self) -> Place | None:
        """The place of the row's element, which need not be there; None where it can't be told."""
        line = self.line
        if line.table.name == "consultations":
            return self._element(("consultations",), "consultation", self._by_name)
        if line.table.name == "votes":
            step = self._step()
            return step and self._element((*step, "votes"), "vote", self._only_one)
        given = line.given("list")
        if given is None:
            self._fail(text("the column {name} is missing", name="list"))
            return None
        which = understood(given.value, given.column.field, MISSING, line.style, self.asked.today)
        if isinstance(which, NotUnderstood):
            self._fail(which.reason, given)
            return None
        return self._element(("budget", which), "line", lambda _elements: None)

    def _step(self) -> Place | None:
        """The step that a vote belongs to."""
        if self.line.key("consultation"):
            step = self._element(("consultations",), "consultation", self._by_name)
            if step is not None and places.value_at(step, self.data) is None:
                self._fail(text("there is no such step"), self.line.given("consultation"))
                return None
            return step
        found = self._by_name(_elements(("consultations",), self.data), "consultation.")
        if found is None:
            self._fail(text("the row does not say at which step"))
            return None
        return ("consultations", found)

    def _element(self, here: Place, key: str, named: Callable[[Sequence[Data]], Step | None]) -> Place | None:
        """The place of an element by its key; one that is to be made has the id that it gets."""
        elements = _elements(here, self.data)
        typed = self.line.key(key)
        if typed is None and (step := named(elements)) is not None:
            return (*here, step)
        if typed and typed.startswith("#") and typed[1:].isdecimal() and 0 < int(typed[1:8]) <= len(elements):
            return (*here, int(typed[1:8]) - 1)
        if typed and not ID.fullmatch(typed):
            self._fail(BAD_ID, self.line.given(key))
            return None
        if typed:
            return (*here, Item(typed))
        field = field_at(here, MOTION)
        assert field is not None
        taken = [str(element.get("id", "")) for element in (*elements, *_elements(here, self.was))]
        return (*here, Item(new_element_id(field.prefix, taken)))

    def _by_name(self, elements: Sequence[Data], prefix: str = "") -> Step | None:
        """The only step with the body and the date of the row."""
        wanted: dict[str, Any] = {}
        for key in ("organization", "date"):
            given = self.line.given(prefix + key)
            if given is not None and not is_empty(given.value):
                wanted[key] = understood(given.value, given.column.field, MISSING, self.line.style, self.asked.today)
        fitting = [
            position
            for position, element in enumerate(elements)
            if wanted and all(same(element.get(key, MISSING), value) for key, value in wanted.items())
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _only_one(self, elements: Sequence[Data]) -> Step | None:
        return 0 if len(elements) == 1 else None

    # what

    def _agrees(self, place: Place) -> bool:
        """Whether what the row says of the motion and the step around it is still so: else it may have slipped."""
        above: dict[str, Any] = {}
        if self.line.table is not MOTIONS:
            above = {"reference": self.was.get("reference", MISSING), "title": self.was.get("title", MISSING)}
        if self.line.table.name == "votes":
            step = places.value_at(place[:2], normalise(self.data, MOTION)) or {}
            above |= {f"consultation.{key}": step.get(key, MISSING) for key in ("organization", "date")}
        for name, value in above.items():
            given = self.line.given(name)
            if given is None or is_empty(given.value) or self._same(given, value):
                continue
            self._fail(text("belongs to something else than the rest of the row; it is not taken over here"), given)
        return not self.failed

    def _same(self, given: Given, value: Any) -> bool:
        field, style = given.column.field, self.line.style
        here = self._here(given, value)
        if unchanged(here, cell(value, field, style.language), style):
            return True
        meant = understood(here, field, value, style, self.asked.today)
        return not isinstance(meant, NotUnderstood) and same(_normal(meant, field), value)

    def _values(self, place: Place) -> Iterator[tuple[Place, Any, Any, Given]]:
        """What changed: the place, the value there now and the new one."""
        element = places.value_at(place, self.was) if place else self.was
        element = element if isinstance(element, Mapping) else {}
        for given in self.line.every():
            if given.column.role is not Role.FIELD:
                continue
            before = inside(element, given.column.path)
            value = self._value(given, before)
            if value is _UNCHANGED:
                continue
            if given.column.lists and place[1] not in given.column.lists:
                self._fail(text("has no place in a row of this kind"), given)
                continue
            path = (*place, *given.column.path)
            now = places.value_at(path, self.data)
            yield path, MISSING if now is None else now, value, given

    def _value(self, given: Given, before: Any) -> Any:
        """The value of a cell, `_UNCHANGED` where it says what it said."""
        field, style = given.column.field, self.line.style
        shown = cell(before, field, style.language)
        if is_empty(given.value):
            if is_empty(shown) or (before is MISSING) or before == []:
                return _UNCHANGED
            if self.asked.clear:
                return MISSING
            reason = text("emptied; --clear takes the value away")
            self.troubles.append(self.line.trouble("emptied", reason, given))
            return _UNCHANGED
        here = self._here(given, before)
        if unchanged(here, shown, style):
            return _UNCHANGED
        value = understood(here, field, before, style, self.asked.today)
        if isinstance(value, NotUnderstood):
            self._fail(value.reason, given)
            return _UNCHANGED
        meant = field.default if before is MISSING and field.default is not None else before
        return _UNCHANGED if same(_normal(value, field), _normal(meant, field)) else value

    def _here(self, given: Given, before: Any) -> Cell:
        """A cell without the apostrophe that came with it out of a CSV file; one that was always there stays."""
        if self.line.style.workbook and isinstance(given.value, str) and not is_defused(before):
            return fused(given.value)
        return given.value

    def _new(self, place: Place) -> list[Edit]:
        """The element that a new row makes, at the end of its list."""
        if not self.asked.add:
            self._fail(NEW_ROW, kind="new")
            return []
        step = place[-1]
        element: Data = {"id": step.id} if isinstance(step, Item) else {}
        for path, _old, value, _given in self._values(place):
            element[str(path[-1])] = value
        if len(element) < 2 and not self.failed:
            self._fail(text("a new row that says nothing"))
        elements = places.value_at(place[:-1], self.data)
        if elements is not None and not is_tables(elements):
            self._fail(text("there is no list for it in the motion"))
        return [Insert(place[:-1], len(elements or ()), element)]


class _Unchanged:
    """The value of a cell that says what it said."""


_UNCHANGED = _Unchanged()


def _elements(here: Place, data: Mapping[str, Any]) -> list[Data]:
    found = places.value_at(here, data)
    return [element if isinstance(element, dict) else {} for element in found] if isinstance(found, list) else []


def _normal(value: Any, field: Field) -> Any:
    return normalise({field.name: value}, (field,)).get(field.name, MISSING) if value is not MISSING else MISSING


def _required(path: Place) -> bool:
    return len(path) == 1 and by_name(MOTION)[str(path[0])].required
