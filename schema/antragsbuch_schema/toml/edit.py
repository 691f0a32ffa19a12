"""Edits of the text of a file: only the lines of what changed are touched.

Comments, the order of keys and every other layout of one's own stay. On a canonical file the result is canonical.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema import prose
from antragsbuch_schema.edits import MISSING, Data, Edit, Insert, Move, Remove, Set, apply, between
from antragsbuch_schema.fields import Field, Fields, Kind
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import Place, resolve

from . import blocks, inline, shape, values
from .errors import TomlError
from .format import carried
from .reader import read
from .scan import Path
from .successors import successors
from .work import Spot, Work, find, neighbours, prefix_of


def edit(text: str, edits: Iterable[Edit], fields: Fields) -> str:
    """The text of a file after `edits`, which are those of its data as they are parsed, one after the other.

    The result says what `apply_all(data, edits)` says. Raises `PlaceError` where an edit does not fit, `TomlError`
    where `text` can't be read or where no file can hold the result (too large, too deep).
    """
    old = read(text.encode()).data
    data = old
    work = Work(text, data, fields)
    for step in edits:
        before, data = data, apply(data, step)
        work.data = data
        _step(work, step, before)
    return work.text if _says(work.text, data, fields) else _rewritten(text, old, data, fields)


def rewrite(text: str, new_data: Mapping[str, Any], fields: Fields) -> str:
    """The text of a file that is to say `new_data`."""
    return edit(text, between(read(text.encode()).data, new_data, fields), fields)


def _says(text: str, data: Data, fields: Fields) -> bool:
    try:
        found = read(text.encode()).data
    except TomlError:
        return False
    return same(normalise(found, fields), normalise(data, fields))


def _rewritten(text: str, old: Data, data: Data, fields: Fields) -> str:
    """The last resort, for what the spans can't express: the canonical form with the comments."""
    result = carried(text, old, data, fields)
    read(result.encode())
    return result


def _step(work: Work, step: Edit, before: Data) -> None:
    path = _path(step.place, before)
    old, new = _value(path, before), _value(path, work.data)
    if isinstance(step, Set):
        if path and isinstance(path[-1], int):
            _put_element(work, path, before)
        else:
            _put(work, path, old, new)
    elif old and new and _keeps_form(work, path, old, new):
        _change_list(work, path, step, len(old))
    else:
        _put(work, path, old, new)


def _path(place: Place, data: Data) -> Path:
    """The way to a place, of which the end need not be there."""
    path: list[str | int] = []
    value: Any = data
    for step in place:
        found = step if isinstance(step, str) else resolve(("", step), {"": value})[1]
        path.append(found)
        value = _value((found,), value) if isinstance(found, str) else value[found]
    return tuple(path)


def _value(path: Path, data: Any) -> Any:
    return shape.at(path, data, ())[0]


def _put(work: Work, path: Path, old: Any, new: Any) -> None:
    """Make the text say `new` at `path`, where it says `old`; `MISSING` is nothing."""
    _, field, fields = shape.at(path, work.data, work.fields)
    if path and not isinstance(path[-1], int):
        old = MISSING if shape.left_out(old, field) else old
        new = MISSING if shape.left_out(new, field) else new
    if _means(old, new, field):
        return
    spot = find(work.layout, path)
    if new is MISSING:
        _remove(work, path, spot)
        _settle(work, path[:-1], spot)
    elif not spot:
        _add(work, path, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        _put_table(work, path, old, new)
    elif isinstance(old, list) and isinstance(new, list) and old and new and _keeps_form(work, path, old, new):
        _put_list(work, path, old, new)
    elif spot.holder is not None and spot.value is not None:
        work.splice(spot.value.start, spot.value.end, values.inline(new, field, fields))
    elif spot.value is not None and not shape.has_headers(new):
        work.splice(spot.value.start, spot.value.end, "\n".join(values.block(new, field)))
    else:
        _remove(work, path, spot)
        _add(work, path, new)
        _settle(work, path[:-1], spot)


def _means(old: Any, new: Any, field: Field | None) -> bool:
    """Whether what stands in the file says the new value."""
    if same(old, new):
        return True
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    if field is not None and field.kind is Kind.PROSE and unicodedata.is_normalized("NFC", old):
        return prose.normalise(old) == prose.normalise(new)
    return old == unicodedata.normalize("NFC", new)


def _keeps_form(work: Work, path: Path, old: list[Any], new: list[Any]) -> bool:
    """Whether a list stays as it is written: inside a value as one, at the top as a value or as sections."""
    spot = find(work.layout, path)
    return bool(spot) and (spot.holder is not None or shape.is_tables(old) == shape.is_tables(new))


def _remove(work: Work, path: Path, spot: Spot) -> None:
    """Take out what stands at `path`, the `spot`."""
    if spot.holder is None:
        blocks.remove_sections(work, path)
        blocks.remove_pairs(work, path)
        return
    while spot:
        pair = spot.pair or spot.pairs[-1]
        assert spot.holder is not None
        inline.remove_pair(work, spot.holder, pair)
        spot = find(work.layout, path)


def _settle(work: Work, table: Path, removed: Spot) -> None:
    """After `removed` left the table at `table`: its header goes if it is not needed, or comes if it is."""
    value, field, _ = shape.at(table, work.data, work.fields)
    if not table or value is MISSING or isinstance(table[-1], int):
        return
    spot = find(work.layout, table)
    if shape.left_out(value, field):
        if spot.sections and blocks.drop_header(work, table):
            _settle(work, table[:-1], spot)
    elif not spot:
        _add(work, table, value)
    elif removed.pair and len(spot.sections) > 1:
        blocks.drop_header(work, table)


def _add(work: Work, path: Path, new: Any) -> None:
    """Write `new` at `path`, where nothing stands."""
    table, key = path[:-1], str(path[-1])
    spot = find(work.layout, table)
    if not spot:
        _add(work, table, {key: new})
    elif spot.value is not None or spot.holder is not None:
        _, field, fields = shape.at(path, work.data, work.fields)
        pairs = (spot.value.pairs or []) if spot.value else spot.pairs
        before, after = neighbours(work, pairs, table, key)
        prefix = "" if spot.value else prefix_of(work, pairs[0], table)
        pair = f"{prefix}{values.key(key)} = {values.inline(new, field, fields)}"
        holder = spot.value or spot.holder
        assert holder is not None
        inline.insert_pair(work, holder, pair, before, after)
    elif shape.has_headers(new):
        blocks.add_sections(work, path, new)
    else:
        blocks.add_pair(work, path, new)


def _put_table(work: Work, path: Path, old: Data, new: Data) -> None:
    """Turn a table into another, key by key; what comes first, so that the table is never empty in between."""
    for key, value in new.items():
        _put(work, (*path, key), old.get(key, MISSING), value)
    for key, value in old.items():
        if key not in new:
            _put(work, (*path, key), value, MISSING)


def _put_element(work: Work, path: Path, before: Data) -> None:
    """An element of a list becomes another."""
    around, after = _value(path[:-1], before), _value(path[:-1], work.data)
    if _keeps_form(work, path[:-1], around, after):
        _put(work, path, _value(path, before), _value(path, work.data))
    else:
        _put(work, path[:-1], around, after)


def _put_list(work: Work, path: Path, old: list[Any], new: list[Any]) -> None:
    """Turn a list into another: what stays keeps its text, what moves takes it along."""
    sources = {after: before for before, after in successors(old, new, str(path[-1])).items()}
    kept = set(sources.values())
    for position in range(len(old) - 1, -1, -1):
        if position not in kept:
            _change_list(work, path, Remove((), position, old[position]), position + 1)
    order: list[int | None] = [*sorted(kept)]
    for position, element in enumerate(new):
        source = sources.get(position)
        if source is None:
            _change_list(work, path, Insert((), position, element), len(order))
            order.insert(position, None)
            continue
        place = order.index(source)
        if place != position:
            _change_list(work, path, Move((), place, position), len(order))
            order.insert(position, order.pop(place))
        _put(work, (*path, position), old[source], element)


def _change_list(work: Work, path: Path, step: Insert | Remove | Move, count: int) -> None:
    """One step in a list that has `count` elements, and has at least one before and after it."""
    _, _, fields = shape.at(path, work.data, work.fields)
    in_value = find(work.layout, path).value is not None
    match step:
        case Insert(_, position, value):
            position = len(range(count)[:position])
            if in_value:
                inline.insert(work, path, position, values.entry_of(value, fields))
            else:
                blocks.insert_element(work, path, position, value)
        case Remove(_, position, _):
            position = range(count)[position]
            if in_value:
                inline.remove(work, path, position)
            else:
                blocks.remove_sections(work, (*path, position))
        case Move(_, old, new):
            old, new = range(count)[old], len(range(count - 1)[:new])
            if old != new:
                (inline.move if in_value else blocks.move_element)(work, path, old, new)
