"""Files for hypothesis, made from the field tables: with hostile texts, mistakes and unknown keys; and their edits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from antragsbuch_schema.edits import MISSING, Data, Edit, Insert, Move, Remove, Set, apply
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.places import Place, Step, named

_LETTERS = st.one_of(
    st.sampled_from(list("aäßéÅ €😀 .-,;:#=[]{}'\"\\")),
    st.sampled_from(
        ["\t", "\r", "\x00", "\x1b", "\x7f", "\x85", "\x9b", "\xa0", "\u0308", "\u2028", "\u202e", "\ufeff"]
    ),
    st.characters(codec="utf-8"),
)
_WORDS = [
    "Die Verwaltung",
    "prüft",
    "§ 5",
    "z. B.",
    "20.000 €",
    "Bündnis 90/DIE GRÜNEN",
    '"""',
    "'''",
    "\\n",
    "\\",
    "# nein",
]
_WORDS += ["[budget]", "- ", "  ", "Ende.", "Wirklich?", "„Ja!“", "u\u0308ber", "\U0001f600"]

TEXTS = st.one_of(st.sampled_from(_WORDS), st.text(_LETTERS, max_size=6))
"""One line or, rarely, several, with everything that is hard to write."""

PROSE = st.lists(
    st.one_of(
        st.sampled_from([*_WORDS, "\n", "\n\n", "\n- ", ". ", "Satz. Noch einer."]), st.text(_LETTERS, max_size=3)
    ),
    max_size=8,
).map("".join)

KEYS = st.one_of(
    st.sampled_from(["x", "note", "note2", "größe", "a b", "", "7", "-", '"', "a.b", "'", "\n", "plan", "votes"]),
    st.text(_LETTERS, max_size=3),
)

SCALARS: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.sampled_from([None, dt.UTC, dt.timezone(dt.timedelta(hours=-3, minutes=-30))])).map(
        lambda moment: moment.replace(fold=0)
    ),
)


def anything(depth: int = 2) -> st.SearchStrategy[Any]:
    """Any value that TOML holds, tables and lists nested at most `depth` deep."""
    if depth == 0:
        return SCALARS
    inner = anything(depth - 1)
    tables = st.dictionaries(KEYS, inner, max_size=3)
    lists: st.SearchStrategy[Any] = st.lists(inner, max_size=3)
    return st.one_of(SCALARS, tables, lists, st.lists(tables, max_size=3))


def right(field: Field) -> st.SearchStrategy[Any]:
    """Values of the field's own type."""
    if field.kind is Kind.TABLE:
        return table(field.fields)
    if field.kind is Kind.TABLES:
        return st.lists(table(field.fields), max_size=3)
    if field.kind is Kind.CHOICE:
        return st.sampled_from([choice.code for choice in field.choices])
    if field.kind is Kind.PROSE:
        return PROSE
    simple: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: TEXTS,
        Kind.DATE: st.dates(),
        Kind.TIME: st.times(),
        Kind.INTEGER: st.integers(0, 10**6),
        Kind.CENTS: st.integers(-(10**15), 10**15),
        Kind.BOOLEAN: st.booleans(),
        Kind.TEXTS: st.lists(TEXTS, max_size=3),
        Kind.INTEGERS: st.lists(st.integers(0, 9), max_size=3),
        Kind.MAP: st.dictionaries(KEYS, TEXTS, max_size=3),
    }
    return simple[field.kind]


@st.composite
def table(draw: st.DrawFn, fields: Fields, wild: bool = False) -> Data:
    """Some fields of one table, in any order; `wild` adds unknown keys and values of the wrong type."""
    result: Data = {}
    names = draw(st.lists(st.sampled_from([field.name for field in fields]), unique=True, max_size=6))
    for name in names:
        field = by_name(fields)[name]
        if wild and draw(st.integers(0, 7)) == 0:
            result[name] = draw(anything())
        elif wild and field.kind is Kind.TABLE:
            result[name] = draw(table(field.fields, wild=True))
        else:
            result[name] = draw(right(field))
    if "id" in names:
        result["id"] = draw(st.from_regex(r"[a-z][a-z0-9]{0,3}", fullmatch=True))
    if wild and draw(st.booleans()):
        result.update(draw(st.dictionaries(KEYS, anything(), max_size=2)))
        result = {key: result[key] for key in draw(st.permutations(list(result)))}
    return result


@st.composite
def edit(draw: st.DrawFn, data: Data, fields: Fields, wild: bool = False) -> Edit:
    """One edit that can be applied to `data`."""
    path, inside = draw(st.sampled_from(list(_tables(data, fields))))
    value = _value(data, path)
    place = _place(draw, path, data)
    if isinstance(value, list):
        return _list_edit(draw, place, value, inside, wild)
    names = [field.name for field in inside if field.name != "id"]
    choices = [*names, *value, *(["note", "größe"] if wild or not names else [])]
    key = draw(st.sampled_from(choices))
    field = by_name(inside).get(key)
    old = value.get(key, MISSING)
    if old is not MISSING and draw(st.integers(0, 3)) == 0:
        return Set((*place, key), old, MISSING)
    if field is None or (wild and draw(st.integers(0, 5)) == 0):
        return Set((*place, key), old, draw(anything(1)))
    return Set((*place, key), old, draw(right(field)))


def _list_edit(draw: st.DrawFn, place: Place, value: list[Any], fields: Fields, wild: bool) -> Edit:
    what = draw(st.sampled_from(["insert", "remove", "move", "set"]))
    if what == "insert" or not value:
        return Insert(place, draw(st.integers(0, len(value))), _element(draw, value, fields, wild))
    position = draw(st.integers(0, len(value) - 1))
    if what == "remove":
        return Remove(place, position, value[position])
    if what == "move":
        return Move(place, position, draw(st.integers(0, len(value) - 1)))
    return Set((*place, position), value[position], _element(draw, value, fields, wild))


def _element(draw: st.DrawFn, value: list[Any], fields: Fields, wild: bool) -> Any:
    if wild and draw(st.integers(0, 5)) == 0:
        return draw(anything(1))
    if fields or any(isinstance(element, dict) for element in value):
        return draw(table(fields) if fields else st.dictionaries(KEYS, SCALARS, max_size=2))
    return draw(st.integers(0, 9) if any(type(element) is int for element in value) else TEXTS)


@st.composite
def edits(draw: st.DrawFn, data: Data, fields: Fields, wild: bool = False, most: int = 4) -> list[Edit]:
    """A few edits that can be applied one after the other."""
    found: list[Edit] = []
    for _ in range(draw(st.integers(1, most))):
        found.append(draw(edit(data, fields, wild)))
        data = apply(data, found[-1])
    return found


def _tables(value: Any, fields: Fields, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Fields]]:
    """Every table and every list that an edit can change, with the fields inside."""
    if isinstance(value, dict):
        found = [(path, fields)]
        known = by_name(fields)
        for key, below in value.items():
            field = known.get(key)
            found += _tables(below, field.fields if field else (), (*path, key))
        return found
    if isinstance(value, list):
        found = [(path, fields)]
        for position, below in enumerate(value):
            if isinstance(below, dict | list):
                found += _tables(below, fields, (*path, position))
        return found
    return []


def _value(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _place(draw: st.DrawFn, path: tuple[str | int, ...], data: Data) -> Place:
    """A way as a place: by ids where they name the same, or by positions."""
    place: tuple[Step, ...] = named(path, data)
    return place if draw(st.booleans()) and _unique(place, path, data) else path


def _unique(place: Place, path: tuple[str | int, ...], data: Data) -> bool:
    from antragsbuch_schema.places import PlaceError, resolve

    try:
        return resolve(place, data) == path
    except PlaceError:
        return False
