"""Data for hypothesis, made from the field tables: right ones, and ones with mistakes of every kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind

_LETTERS = st.characters(codec="utf-8", exclude_characters="\r\n")
LINES = st.text(_LETTERS, max_size=8)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,3}", fullmatch=True)

_STRANGE = st.one_of(
    st.sampled_from(["", "2023-12-19", "45", "true", "Vorbereitung", "a\nb", "1x", "accepted"]),
    st.sampled_from([-1, 0, 1, 10**10, -(10**16), 1.5, True, [], {}, ["a"], [{}], [1], {"id": "a"}]),
    st.just(dt.date(2023, 12, 19)),
    st.just(dt.datetime(2023, 12, 19, 18)),
    st.just(dt.time(18)),
)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Right values of one field."""
    if field.kind is Kind.TABLE:
        return tables(field.fields)
    if field.kind is Kind.TABLES:
        return st.lists(tables(field.fields), max_size=2)
    if field.kind is Kind.CHOICE:
        return st.sampled_from([choice.code for choice in field.choices])
    return {
        Kind.TEXT: LINES.filter(bool) if field.required else LINES,
        Kind.PROSE: st.text(max_size=20),
        Kind.DATE: st.dates(),
        Kind.TIME: st.times(),
        Kind.INTEGER: st.integers(0, 10**9 - 1),
        Kind.CENTS: st.integers(-(10**15), 10**15),
        Kind.BOOLEAN: st.booleans(),
        Kind.TEXTS: st.lists(LINES, max_size=2),
        Kind.INTEGERS: st.lists(st.integers(0, 9), max_size=2),
        Kind.MAP: st.dictionaries(IDS, LINES, max_size=2),
    }[field.kind]


def tables(fields: Fields) -> st.SearchStrategy[Data]:
    """Right data of one table: its required fields and some of the others, in any order."""
    ids = {"id": IDS} if fields[0].name == "id" else {}
    strategies = {field.name: values(field) for field in fields} | ids
    required = {name: strategies[name] for name in strategies if any(f.required and f.name == name for f in fields)}
    optional = {name: strategies[name] for name in strategies if name not in required}

    def some(names: list[str]) -> st.SearchStrategy[Data]:
        return st.fixed_dictionaries(required | {name: optional[name] for name in names})

    # a few of the many fields each time: all at once would be too large to shrink
    return st.lists(st.sampled_from(sorted(optional)), unique=True, max_size=5).flatmap(some) if optional else some([])


@st.composite
def spoilt(draw: st.DrawFn, fields: Fields) -> Data:
    """Data with up to three values replaced, keys removed or keys added, anywhere."""
    data = draw(tables(fields))
    for _ in range(draw(st.integers(0, 3))):
        table, known = draw(st.sampled_from(list(_inside(data, fields))))
        key = draw(st.sampled_from([*table, *(field.name for field in known), "unknown", "titel"]))
        if draw(st.booleans()):
            table[key] = draw(_STRANGE)
        else:
            table.pop(key, None)
    return data


def _inside(data: Data, fields: Fields) -> list[tuple[Data, Fields]]:
    """The table and every table in it that the fields know."""
    found = [(data, fields)]
    for field in fields:
        value = data.get(field.name)
        if field.kind is Kind.TABLE and isinstance(value, dict):
            found += _inside(value, field.fields)
        elif field.kind is Kind.TABLES and isinstance(value, list):
            for element in value:
                if isinstance(element, dict):
                    found += _inside(element, field.fields)
    return found
