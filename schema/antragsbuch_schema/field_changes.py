"""Changes of fields, tables and elements; what they mean together is the matter of `changes`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from .alignment import NAMED_BY, Element, aligned, is_tables, step_of
from .change import At, Change, ChangeKind
from .edits import MISSING
from .fields import Field, Fields, Kind, by_name
from .i18n import Text, counted, text
from .matching import rising
from .normal import same
from .phrases import NOUNS, VALUE_WIDTH, Label, body_name, element_name, listed, shortened, shown, step_name, word_count
from .places import Place
from .text_changes import line_change, list_change, prose_change

Inside = Callable[[At, Element, Element, Fields], Iterator[Change]]
"""The changes inside one table or element."""


def table_changes(at: At, old: Element, new: Element, fields: Fields) -> Iterator[Change]:
    """The changes of every key, in the order of the model, unknown keys last."""
    for field in fields:
        yield from key_changes(at, field, old, new)
    yield from unknown_changes(at, old, new, fields)


def unknown_changes(at: At, old: Element, new: Element, fields: Fields) -> Iterator[Change]:
    """The changes of keys that `fields` do not know."""
    known = by_name(fields)
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, MISSING), new.get(key, MISSING)
        if key not in known and not same(before, after):
            label = text("unknown key “{key}”", key=shortened(key, VALUE_WIDTH))
            what = _set(label, (before, after), (shown(before, None), shown(after, None)))
            here = (*at.place, key)
            yield at.change(ChangeKind.UNKNOWN_CHANGED, here, (before, after), at.subject(label), what)


def key_changes(at: At, field: Field, old: Element, new: Element, inside: Inside = table_changes) -> Iterator[Change]:
    """The changes of one known key of two tables; `inside` compares two versions of an element or table in it."""
    before, after = old.get(field.name, MISSING), new.get(field.name, MISSING)
    if same(before, after):
        return
    here = (*at.place, field.name)
    if field.kind is Kind.PROSE and _text(before) and _text(after):
        yield prose_change(at, field, before, after)
    elif field.kind is Kind.TEXTS and _texts(before) and _texts(after):
        yield list_change(at, field, before, after)
    elif field.kind is Kind.TABLES and _tables(before) and _tables(after) and (before or after):
        inner = At(here, at.where, at.subject(Label(field.label)), running=at.running)
        yield from element_changes(inner, field, before or [], after or [], inside)
    elif field.kind is Kind.TABLE and _table(before) and _table(after):
        if (before is MISSING or after is MISSING) and not any(inner.fields for inner in field.fields):
            yield _whole_table(at, field, before, after)
            return
        within = At(here, (*at.where, Text(field.label)), at.subject(Label(field.label)))
        yield from inside(within, before or {}, after or {}, field.fields)
    elif field.kind is Kind.TEXT and _text(before) and _text(after) and before and after:
        yield line_change(at, field, before, after)
    else:
        yield from _scalar(at, field, (before, after), (old, new))


def _whole_table(at: At, field: Field, before: Any, after: Any) -> Change:
    """A table without lists that came or went, as one change."""
    table = after or before or {}
    known = by_name(field.fields)
    unknown = [listed([shortened(key, VALUE_WIDTH), shown(table[key], None)], " ") for key in table if key not in known]
    content = listed([*_stated(field.fields, table), *unknown])
    what = _set(at.name(field), (before, after), (content, content))
    kind = ChangeKind.FIELD_ADDED if before is MISSING else ChangeKind.FIELD_REMOVED
    return at.change(kind, (*at.place, field.name), (before, after), at.subject(Label(field.label)), what)


def element_changes(
    at: At, field: Field, old: Sequence[Element], new: Sequence[Element], inside: Inside
) -> Iterator[Change]:
    """The elements of a list of tables that came, went, moved or changed; `at` is the list itself."""
    pairs = aligned(old, new, field.name)
    came_from = {after: before for before, after in pairs}
    in_order = sorted(came_from)
    staying = {in_order[position] for position in rising([came_from[after] for after in in_order])}
    steps = field.name == "consultations"
    noun = Label(NOUNS[field.name]) if at.where or at.running else Text(NOUNS[field.name])
    gone = {before for before, _ in pairs}
    for position, element in enumerate(old):
        if position not in gone:
            name = element_name(field.name, element, position, field.fields)
            what = text("{noun} removed: {name}", noun=noun, name=name)
            kind = ChangeKind.STEP_REMOVED if steps else ChangeKind.ELEMENT_REMOVED
            place = (*at.place, step_of(old, position))
            yield at.change(kind, place, (element, MISSING), _element_topic(at, field, element), what)
    for position, element in enumerate(new):
        name = element_name(field.name, element, position, field.fields)
        topic = _element_topic(at, field, element)
        place = (*at.place, step_of(new, position))
        if position not in came_from:
            what = text("{noun} added: {name}", noun=noun, name=_described(name, field, element))
            kind = ChangeKind.STEP_ADDED if steps else ChangeKind.ELEMENT_ADDED
            yield at.change(kind, place, (MISSING, element), topic, what)
            continue
        before = old[came_from[position]]
        if position not in staying:
            following = next((after for after in in_order if after > position), None)
            what = text("{noun} moved to the end: {name}", noun=noun, name=name)
            if following is not None:
                other = element_name(field.name, new[following], following, field.fields)
                what = text("{noun} moved before {other}: {name}", noun=noun, name=name, other=other)
            kind = ChangeKind.STEP_MOVED if steps else ChangeKind.ELEMENT_MOVED
            yield at.change(kind, place, (came_from[position], position), topic, what)
        yield from inside(_within(at, place, field, (before, element), position), before, element, field.fields)


def _within(at: At, place: Place, field: Field, versions: tuple[Element, Element], position: int) -> At:
    """Inside an element, headed by its old name; a step whose date changes by its body alone."""
    old, new = versions
    if field.name != "consultations":
        noun = Label(NOUNS[field.name]) if at.where or at.running else Text(NOUNS[field.name])
        heading = listed([noun, element_name(field.name, old, position, field.fields)], " ")
        return At(place, (*at.where, heading), at.topic)
    if not same(old.get("date"), new.get("date")) and "organization" in old:
        old = {key: value for key, value in old.items() if key != "date"}
    return At(place, (*at.where, step_name(old, position)), body=body_name(new))


def _element_topic(at: At, field: Field, element: Element) -> object:
    """What a subject line says of a step: its body; of another element: the list that it is in."""
    return listed([Label(NOUNS[field.name]), body_name(element)], " ") if field.name == "consultations" else at.topic


def _described(name: Text, field: Field, element: Element) -> Text:
    """The name of a new element with what else is short in it."""
    named = (*NAMED_BY.get(field.name, ()), "id")
    short = (Kind.CHOICE, Kind.CENTS, Kind.DATE, Kind.INTEGER, Kind.BOOLEAN)
    fields = [inner for inner in field.fields if inner.kind in short and inner.name not in named]
    return listed([name, *_stated(fields, element)])


def _stated(fields: Iterable[Field], table: Element) -> Iterator[object]:
    """What a table says in these fields, each with its label where the value alone does not tell."""
    for field in fields:
        value = table.get(field.name, MISSING)
        if value is MISSING:
            continue
        if value is True:
            yield Label(field.label)
        elif field.kind is Kind.CHOICE:
            yield shown(value, field)
        elif field.kind is Kind.PROSE and isinstance(value, str):
            count = word_count(value)
            yield counted("{label} of {count} word", "{label} of {count} words", count, label=Label(field.label))
        else:
            value = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield listed([Label(field.label), shown(value, field, table)], " ")


def _set(label: object, values: tuple[Any, Any], as_shown: tuple[object, object]) -> Text:
    """That a value was set, cleared or changed."""
    old, new = as_shown
    if values[0] is MISSING:
        return text("{label} added: {new}", label=label, new=new)
    if values[1] is MISSING:
        return text("{label} removed: {old}", label=label, old=old)
    return text("{label} {old} -> {new}", label=label, old=old, new=new)


def _scalar(at: At, field: Field, values: tuple[Any, Any], tables: tuple[Element, Element]) -> Iterator[Change]:
    before, after = values
    if field.default is not None:
        before, after = (field.default if value is MISSING else value for value in (before, after))
        if same(before, after):
            return
    label = at.name(field)
    old_shown, new_shown = shown(before, field, tables[0]), shown(after, field, tables[1])
    if field.kind is Kind.TABLES and before in ([], MISSING) and after in ([], MISSING):
        # an empty list is a statement of its own: there are none
        kind = ChangeKind.FIELD_CHANGED
        states = [text("none") if value == [] else text("not stated") for value in (before, after)]
        what = text("{label} {old} -> {new}", label=label, old=states[0], new=states[1])
    else:
        kind = ChangeKind.FIELD_CHANGED
        if before is MISSING or after is MISSING:
            kind = ChangeKind.FIELD_ADDED if before is MISSING else ChangeKind.FIELD_REMOVED
        what = _set(label, (before, after), (old_shown, new_shown))
        if kind is ChangeKind.FIELD_CHANGED and field.kind is Kind.CENTS and field.name == "change":
            # what stands before it names the amount
            what = text("{old} -> {new}", old=old_shown, new=new_shown)
    yield at.change(at.kind(field, kind), (*at.place, field.name), values, at.subject(Label(field.label)), what)


def _text(value: object) -> bool:
    return value is MISSING or isinstance(value, str)


def _texts(value: object) -> bool:
    return value is MISSING or (isinstance(value, list) and all(isinstance(entry, str) for entry in value))


def _tables(value: object) -> bool:
    return value is MISSING or is_tables(value)


def _table(value: object) -> bool:
    return value is MISSING or isinstance(value, dict)
