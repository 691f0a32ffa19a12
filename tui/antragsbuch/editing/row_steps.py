"""What is done with rows of tables and entries of lists: each gives the form with one more step, the cursor on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from antragsbuch_schema import places
from antragsbuch_schema.places import Item, Place

from .editing import Editing
from .form import Form
from .rows import Part, Spot


def inserted(form: Form, place: Place, position: int, value: Mapping[str, Any]) -> Form:
    """With a row in the table at `place`, the cursor in its first cell."""
    editing = form.editing.insert(place, position, dict(value))
    row = places.value_at(place, editing.data)[position]
    identity = row.get("id") if isinstance(row, dict) else None
    step = Item(identity) if isinstance(identity, str) else position
    return _on_row(form.with_editing(editing), (*place, step))


def duplicated(form: Form, row: Place) -> Form:
    """With a copy of a row below it, the cursor in its first cell."""
    editing = form.editing.duplicate(row)
    return _on_row(form.with_editing(editing), editing.steps[editing.done - 1].place)


def removed(form: Form, place: Place) -> Form:
    """Without a row or an entry, the cursor on the one that stands in its place now."""
    position = places.resolve(place, form.editing.data)[-1]
    assert isinstance(position, int)
    after = form.with_editing(form.editing.remove(place))
    left = places.value_at(place[:-1], after.editing.data) or []
    if not left:
        return after.settled()
    step = _step(left, min(position, len(left) - 1))
    part = Part.ROW if isinstance(form.spot.place[-1], Item) or form.spot.part is Part.ROW else Part.VALUE
    return after.at(Spot((*place[:-1], step), part)).settled()


def shifted(form: Form, element: Place, by: int) -> Form:
    """With a row or an entry further down, or up where `by` is negative; the cursor goes with it."""
    editing = form.editing.move(element, by)
    if editing is form.editing:
        return form
    moved = editing.steps[editing.done - 1].place
    spot = form.spot._replace(place=(*moved, *form.spot.place[len(moved) :]))
    return replace(form, spot=spot).with_editing(editing)


def with_steps(form: Form, steps: Sequence[Mapping[str, Any]]) -> Form:
    """With these steps behind the Beratungsfolge, the cursor on the first of them."""
    place: Place = ("consultations",)
    before = places.value_at(place, form.editing.data) or []
    editing: Editing = form.editing
    for number, step in enumerate(steps):
        editing = editing.insert(place, len(before) + number, dict(step))
    after = form.with_editing(editing)
    return after.goto((*place, _step(after.editing.data["consultations"], len(before))))


def _on_row(form: Form, row: Place) -> Form:
    cells = [spot for line in form.rows if line.handle == Spot(row, Part.ROW) for spot in line.spots]
    return form.at(cells[1] if len(cells) > 1 else Spot(row, Part.ROW)).settled()


def _step(elements: Sequence[Any], position: int) -> Item | int:
    element = elements[position]
    identity = element.get("id") if isinstance(element, Mapping) else None
    return Item(identity) if isinstance(identity, str) and places.ID.fullmatch(identity) else position
