"""What a spot of the form is, and which one is near another."""

from __future__ import annotations

from antragsbuch_schema.fields import Field, Kind, field_at
from antragsbuch_schema.places import Item, Place

from .editing import Editing
from .rows import Part, Spot


def field_of(place: Place, editing: Editing) -> Field | None:
    """The field at a place; under a key of one's own, the field that holds these keys."""
    field = field_at(place, editing.fields)
    above = field_at(place[:-1], editing.fields) if field is None else None
    return above if above is not None and above.kind is Kind.MAP else field


def kind_at(spot: Spot, editing: Editing) -> Kind | None:
    """The kind of the value at a spot, None where it is no value."""
    field = field_of(spot.place, editing)
    if field is None or spot.part not in (Part.VALUE, Part.PROSE):
        return None
    if field.kind is Kind.MAP:
        return Kind.TEXT if spot.place[-1] != field.name else None
    if isinstance(spot.place[-1], int):
        return {Kind.TEXTS: Kind.TEXT, Kind.INTEGERS: Kind.INTEGER}.get(field.kind)
    return field.kind


def nearest(spot: Spot, spots: list[Spot]) -> Spot:
    """The spot whose place has most steps in common with that of `spot`; the first of those."""

    def common(other: Spot) -> int:
        length = 0
        for one, two in zip(spot.place, other.place, strict=False):
            if one != two:
                break
            length += 1
        return length

    return max(spots, key=lambda other: (common(other), other.part is not Part.MORE))


def element_above(place: Place, shown: Place) -> Place | None:
    """The row, one level below the page `shown`, inside which `place` stands."""
    for length in range(len(shown) + 1, len(place)):
        if isinstance(place[length - 1], Item | int):
            return place[:length]
    return None


def page_above(element: Place) -> Place:
    """The page on which the table of `element` stands: another row's details, or ()."""
    for length in range(len(element) - 1, 0, -1):
        if isinstance(element[length - 1], Item | int):
            return element[:length]
    return ()
