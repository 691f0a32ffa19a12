"""Values of fields as people read and type them, in the German forms; what was typed is never guessed at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from antragsbuch.i18n import _, language
from antragsbuch_schema import german, prose
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.fields import Field, Kind

from . import words


@dataclass(frozen=True, slots=True)
class Understood:
    """What typed text means: the value (`MISSING` for nothing), and how to say it where that is not plain."""

    value: Any
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why typed text is no value of the field, in the language of the person."""

    reason: str


TYPED = frozenset({Kind.TEXT, Kind.PROSE, Kind.DATE, Kind.TIME, Kind.INTEGER, Kind.CENTS, Kind.TEXTS, Kind.INTEGERS})
"""The kinds that are typed; a choice is searched by what is typed, a boolean is only switched."""

STRAIGHT = frozenset({Kind.DATE, Kind.TIME, Kind.INTEGER, Kind.CENTS, Kind.INTEGERS})
"""The kinds that a digit begins to type, without entering the field first."""


def shown(field: Field, value: Any, row: Mapping[str, Any] | None = None) -> str:
    """`value` as it stands in the form; `row` is the table it stands in, for what depends on another field."""
    if value is None:
        return ""
    kind = field.kind
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind is Kind.CHOICE:
        known = field.choice(value)
        return words.choice(known) if known else str(value)
    if kind is Kind.DATE and type(value) is dt.date:
        return german.format_date(value, language())
    if kind is Kind.TIME and isinstance(value, dt.time):
        return german.format_time(value, language())
    if kind is Kind.CENTS and isinstance(value, int):
        posts = row is not None and row.get("side") == "posts"
        return german.format_posts(value, language()) if posts else german.format_cents(value, language())
    if kind is Kind.PROSE and isinstance(value, str):
        return prose.normalise(value)
    return str(value)


def typed_form(field: Field, value: Any) -> str:
    """The text with which typing in the field begins: what `understand` reads back."""
    if value is None or isinstance(value, bool):
        return ""
    if field.kind is Kind.CENTS and isinstance(value, int):
        return _amount(value)
    if field.kind in (Kind.INTEGER, Kind.INTEGERS):
        return str(value)
    if field.kind is Kind.CHOICE:
        return ""
    return shown(field, value)


def understand(
    field: Field, text: str, today: dt.date, row: Mapping[str, Any] | None = None
) -> Understood | NotUnderstood:
    """The value that `text` means in `field`; `today` completes a date without a year."""
    if field.kind is Kind.PROSE:
        return Understood(text if text.strip() else MISSING)
    plain = text.strip()
    if not plain:
        return Understood(MISSING)
    if field.kind is Kind.DATE:
        date = german.parse_date(plain, today)
        if date is None:
            return NotUnderstood(_("not a date: 19.12. or 19.12.2023 is one"))
        return Understood(date, f"{_weekday(date)}, {german.format_date(date, language())}")
    if field.kind is Kind.TIME:
        time = german.parse_time(plain)
        if time is None:
            return NotUnderstood(_("not a time: 18:00 is one"))
        return Understood(time, german.format_time(time, language()))
    if field.kind in (Kind.INTEGER, Kind.INTEGERS):
        number = german.parse_integer(plain)
        if number is None or number < 0:
            return NotUnderstood(_("not a number: only digits count"))
        return Understood(number, "" if str(number) == plain else str(number))
    if field.kind is Kind.CENTS:
        cents = german.parse_cents(plain)
        if cents is None:
            return NotUnderstood(_("not an amount: 20.000 or 1,5 Mio. is one"))
        return Understood(cents, shown(field, cents, row))
    return Understood(" ".join(text.split()) if field.kind is not Kind.TEXT else text)


def no_choice() -> str:
    """Why typed text chooses nothing."""
    return _("none of the choices begins so")


def toggled(field: Field, value: Any) -> Any:
    """The next value of a boolean: yes and no, and not stated where the field can be that."""
    if field.default is not None:
        now = value if isinstance(value, bool) else field.default
        return MISSING if not field.keep and (not now) == field.default else not now
    return {None: True, True: False}.get(value if isinstance(value, bool) else None, MISSING)


def empty(field: Field, value: Any) -> str:
    """What stands where nothing is stated."""
    if field.kind is Kind.BOOLEAN and field.default is not None:
        return _("yes") if field.default else _("no")
    return "–"


def _amount(cents: int) -> str:
    """Cents as they are typed: `20.000`, `181.800,50`."""
    text = german.format_cents(cents, "de")
    return text.removesuffix(" EUR")


def _weekday(date: dt.date) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[date.weekday()]
