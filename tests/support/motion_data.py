"""Versions of a motion for hypothesis: real looking ones, and ones that a person or another program has changed."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind
from support.field_data import tables, values

MOTION_3185: Data = {
    "id": "p4w8zk1c",
    "reference": "3185 (V) HHA",
    "title": "Integrationsplan aktualisieren und umsetzen",
    "public": True,
    "originators": ["SPD", "Bündnis 90/DIE GRÜNEN"],
    "date": dt.date(2024, 11, 14),
    "proposal": "Die Verwaltung wird beauftragt.",
    "facts": "Der Plan ist alt. Er ist bundesweit Vorbild für alle.",
    "attachments": [],
    "budget": {"amounts": [{"id": "a1", "side": "expense", "year": 2024, "change": 2000000}]},
    "consultations": [
        {"id": "c1", "organization": "Ausschuss für Gleichstellung, Integration, Antidiskriminierung und Diversität",
         "date": dt.date(2024, 11, 19), "role": "preparation"},
        {"id": "c2", "organization": "Regionsausschuss", "date": dt.date(2024, 12, 10)},
        {"id": "c3", "organization": "Regionsversammlung", "date": dt.date(2024, 12, 17), "role": "decision"},
    ],
}  # fmt: skip
VOTE = {"id": "v1", "result": "accepted", "yes": 45, "no": 30, "abstentions": 3}


def after(change: Callable[[Data], object]) -> Data:
    """The motion after `change`, which may change it in place."""
    motion = copy.deepcopy(MOTION_3185)
    change(motion)
    return motion


_STRANGE: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["", "a", "a\nb", 1, True, 1.0, float("nan"), [], {}, ["a"], [{}], {"id": "c1"}, [{"id": "c1"}]]),
    st.just(dt.date(2023, 12, 19)),
    st.just(dt.datetime(2023, 12, 19, 18)),
)


@st.composite
def changed(draw: st.DrawFn, data: Data, fields: Fields, steps: int = 3, strange: bool = False) -> Data:
    """`data` after up to `steps` changes: a field set, cleared, an element added, removed, moved or changed."""
    result = dict(data)
    for _ in range(draw(st.integers(0, steps))):
        result = _step(draw, result, fields, strange)
    return result


def _step(draw: st.DrawFn, data: Data, fields: Fields, strange: bool) -> Data:
    if strange and draw(st.integers(0, 5)) == 0:
        key = draw(st.sampled_from(["note", "x", fields[0].name, fields[-1].name]))
        return {**data, key: draw(_STRANGE)}
    inner = [field for field in fields if field.fields and data.get(field.name)]
    inside = bool(inner) and draw(st.booleans())
    field = draw(st.sampled_from(inner if inside else list(fields)))
    value = data.get(field.name)
    if field.name == "id" and not strange:
        return data
    if field.kind is Kind.TABLE and isinstance(value, dict):
        return {**data, field.name: _step(draw, value, field.fields, strange)}
    if field.kind is Kind.TABLES and isinstance(value, list):
        return {**data, field.name: _list_step(draw, value, field, strange)}
    if value is not None and draw(st.integers(0, 3)) == 0:
        return {key: entry for key, entry in data.items() if key != field.name}
    return {**data, field.name: draw(values(field))}


def _list_step(draw: st.DrawFn, elements: list[Any], field: Field, strange: bool) -> list[Any]:
    result = list(elements)
    what = draw(st.sampled_from(["add", "remove", "move", "change", "change"]))
    if what == "add" or not result:
        result.insert(draw(st.integers(0, len(result))), draw(tables(field.fields)))
        return result
    position = draw(st.integers(0, len(result) - 1))
    if what == "change" and isinstance(result[position], dict):
        result[position] = _step(draw, result[position], field.fields, strange)
        return result
    element = result.pop(position)
    if what == "move":
        result.insert(draw(st.integers(0, len(result))), element)
    return result


@st.composite
def versions(draw: st.DrawFn, fields: Fields, count: int = 2, strange: bool = False) -> tuple[Data, ...]:
    """A file and `count - 1` changed versions of it."""
    first = draw(tables(fields))
    if strange:
        first = draw(changed(first, fields, strange=True))
    return (first, *(draw(changed(first, fields, strange=strange)) for _ in range(count - 1)))
