"""Fields and their values in German words, for whatever has no place of its own in the printed form.

Driven by the field tables, so that no field of a motion is left out, and tolerant of wrong types: what is printed
may still be in the making.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from antragsbuch_schema.documents.model import Pair
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.german import format_cents, format_date, format_posts, format_time
from antragsbuch_schema.i18n import text

_HEADS = ("title", "name", "label", "year")


def label(field: Field) -> str:
    """The German label of a field."""
    return text(field.label)("de")


def one_line(value: object, field: Field | None = None, *, posts: bool = False) -> str:
    """Any value on one line; with its field, in the words of that field. `posts`: hundredths in place of cents."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, str):
        choice = field.choice(value) if field else None
        return text(choice.label)("de") if choice else " ".join(value.split())
    if isinstance(value, int) and field and field.kind is Kind.CENTS:
        return format_posts(value, "de") if posts else format_cents(value, "de")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return format_date(value, "de")
    if isinstance(value, dt.time):
        return format_time(value, "de")
    if isinstance(value, list):
        return ", ".join(filter(None, (one_line(entry, field, posts=posts) for entry in value)))
    if isinstance(value, Mapping):
        return _element(value, field.fields if field else (), posts=posts)
    return str(value)


def pairs(table: Mapping[str, Any], fields: Fields, skip: Collection[str] = (), *, posts: bool = False) -> list[Pair]:
    """Label and value of every field that says something, in the order of the model; then of unknown keys."""
    known = by_name(fields)
    shown = [
        Pair(label(field), one_line(table[field.name], field, posts=posts))
        for position, field in enumerate(fields)
        if field.name in table and field.name not in skip and not (position == 0 and field.name == "id")
    ]
    shown += [Pair(one_line(key), one_line(table[key])) for key in table if key not in known and key not in skip]
    return [pair for pair in shown if pair.value]


def lines(table: Mapping[str, Any], fields: Fields, skip: Collection[str] = (), *, posts: bool = False) -> list[str]:
    """The same as lines `Label: value`."""
    return [f"{pair.label}: {pair.value}" for pair in pairs(table, fields, skip, posts=posts)]


def _element(table: Mapping[str, Any], fields: Fields, *, posts: bool) -> str:
    """A table on one line: what names it, the rest in brackets."""
    head = next((name for name in _HEADS if table.get(name)), "")
    rest = "; ".join(lines(table, fields, (head,), posts=posts))
    if not head:
        return rest
    field = by_name(fields).get(head)
    return f"{one_line(table[head], field)} ({rest})" if rest else one_line(table[head], field)
