"""Whether plain data have the types of the field tables, without pydantic.

The verdict is that of the models: data without an error here are data that the models take. What is found names
its place, says what was expected, and mends what can only be meant one way.

    SC001  a value of another type
    SC002  not one of the choices
    SC003  a required field is missing or empty
    SC004  an unknown key (a warning: it is kept)
    SC005  an integer out of range
    SC006  a line break in a text of one line
    SC007  not an identity
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .diagnostics import Finding, Fix, Severity
from .edits import MISSING, Edit, Set
from .fields import Field, Fields, Kind, by_name
from .german import CENTS_MAX, INTEGER_MAX, parse_date
from .i18n import LANGUAGES, N_, Text, catalogue, text
from .places import ID, Item, Place, Step
from .suggest import closest

_EXPECTED = {
    Kind.TEXT: N_("a line of text in quotes"),
    Kind.PROSE: N_("a text in quotes"),
    Kind.DATE: N_("a date such as 2023-12-19, without quotes"),
    Kind.TIME: N_("a time such as 18:00:00, without quotes"),
    Kind.INTEGER: N_("a whole number"),
    Kind.CENTS: N_("a whole number of cents"),
    Kind.BOOLEAN: N_("true or false"),
    Kind.CHOICE: N_("one of the known words in quotes"),
    Kind.TEXTS: N_("a list of texts"),
    Kind.INTEGERS: N_("a list of whole numbers"),
    Kind.TABLE: N_("a table"),
    Kind.TABLES: N_("a list of tables"),
    Kind.MAP: N_("a table of texts"),
}
# a boolean is an int and a datetime is a date, so the order counts
_FOUND: tuple[tuple[type, str], ...] = (
    (str, N_("a text")),
    (bool, N_("true or false")),
    (int, N_("a whole number")),
    (float, N_("a number with a fraction")),
    (dt.datetime, N_("a date with a time")),
    (dt.date, N_("a date")),
    (dt.time, N_("a time")),
    (list, N_("a list")),
    (Mapping, N_("a table")),
)
_TYPES: dict[Kind, type] = {
    Kind.TEXT: str,
    Kind.PROSE: str,
    Kind.CHOICE: str,
    Kind.DATE: dt.date,
    Kind.TIME: dt.time,
    Kind.INTEGER: int,
    Kind.CENTS: int,
    Kind.BOOLEAN: bool,
}
# where the right type is all that counts
_WITHOUT_LIMITS: dict[Kind, type] = {Kind.PROSE: str, Kind.DATE: dt.date, Kind.TIME: dt.time, Kind.BOOLEAN: bool}
_RANGES = {Kind.INTEGER: (0, INTEGER_MAX), Kind.CENTS: (-CENTS_MAX, CENTS_MAX)}
_ENTRIES = {Kind.TEXTS: Kind.TEXT, Kind.INTEGERS: Kind.INTEGER}
_WHOLE_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_SHORT_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")

_MOST_KEYS = 200
"""No table of a motion or a council has nearly as many."""


def type_findings(data: Mapping[str, Any], fields: Fields) -> list[Finding]:
    """What is wrong with the types of `data` (a parsed file) against its table of fields, in file order."""
    return list(_table(data, fields, ()))


def _table(data: Mapping[str, Any], fields: Fields, place: Place) -> Iterator[Finding]:
    known = by_name(fields)
    for key, value in data.items():
        field = known.get(key)
        if field is not None and _is_plainly_right(value, field, is_identity=field is fields[0]):
            continue
        if field is None:
            yield _unknown(data, key, fields, place)
        elif field is fields[0] and field.name == "id" and type(value) is str:
            if not ID.fullmatch(value):
                yield _wrong(
                    "SC007",
                    (*place, key),
                    text("{label}: a letter, then letters, digits, - and _.", label=_label(field)),
                )
        else:
            yield from _value(value, field, (*place, key))
    for field in fields:
        if field.required and field.name not in data:
            yield _wrong(
                "SC003", (*place, field.name), text("{label} is missing.", label=_label(field)), on_header=True
            )


def _is_plainly_right(value: Any, field: Field, *, is_identity: bool) -> bool:
    """Whether nothing can be said against a value; most are right, and this is the quick way to see it."""
    kind = field.kind
    if kind is Kind.TEXT:
        return type(value) is str and value != "" and "\n" not in value and "\r" not in value and not is_identity
    return type(value) is _WITHOUT_LIMITS.get(kind)


def _value(value: Any, field: Field, place: Place) -> Iterator[Finding]:
    kind = field.kind
    if kind is Kind.TABLE and isinstance(value, Mapping):
        yield from _table(value, field.fields, place)
    elif kind is Kind.TABLES and isinstance(value, list):
        yield from _tables(value, field, place)
    elif kind in _ENTRIES and isinstance(value, list):
        for position, entry in enumerate(value):
            yield from _entry(entry, field, _ENTRIES[kind], (*place, position))
    elif kind is Kind.MAP and isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _entry(entry, field, Kind.TEXT, (*place, key))
    else:
        yield from _entry(value, field, kind, place)


def _tables(elements: list[Any], field: Field, place: Place) -> Iterator[Finding]:
    seen: set[str] = set()
    for position, element in enumerate(elements):
        identity = element.get("id") if isinstance(element, Mapping) else None
        step: Step = position
        # of two elements with one id the second can only be named by its position
        if isinstance(identity, str) and ID.fullmatch(identity) and identity not in seen:
            seen.add(identity)
            step = Item(identity)
        if isinstance(element, Mapping):
            yield from _table(element, field.fields, (*place, step))
        else:
            yield _wrong_type(element, field, Kind.TABLE, (*place, step))


def _entry(value: Any, field: Field, kind: Kind, place: Place) -> Iterator[Finding]:
    """The findings on a value that is no table and no list of the right kind."""
    if type(value) is not _TYPES.get(kind):
        yield _wrong_type(value, field, kind, place)
    elif isinstance(value, str):
        yield from _text(value, field, kind, place)
    elif isinstance(value, int) and kind in _RANGES:
        least, most = _RANGES[kind]
        if not least <= value <= most:
            message = text("{label} must lie between {least} and {most}.", label=_label(field), least=least, most=most)
            yield _wrong("SC005", place, message)


def _text(value: str, field: Field, kind: Kind, place: Place) -> Iterator[Finding]:
    if kind is Kind.CHOICE and field.choice(value) is None:
        yield _no_choice(value, field, place)
    elif kind is Kind.TEXT and ("\n" in value or "\r" in value):
        yield _wrong("SC006", place, text("{label} must stand on one line.", label=_label(field)))
    elif kind is Kind.TEXT and field.required and not value:
        yield _wrong("SC003", place, text("{label} is empty.", label=_label(field)))


def _wrong(code: str, place: Place, message: Text, *, on_header: bool = False) -> Finding:
    return Finding(code, Severity.ERROR, place, message, on="header" if on_header else "value")


def _wrong_type(value: Any, field: Field, kind: Kind, place: Place) -> Finding:
    found = next((name for known, name in _FOUND if isinstance(value, known)), type(value).__name__)
    message = text(
        "{label}: expected {expected}, found {found}.",
        label=_label(field),
        expected=text(_EXPECTED[kind]),
        found=text(found),
    )
    return Finding(
        "SC001", Severity.ERROR, place, message, _layout(value, field, kind), fix=_mended(value, kind, place)
    )


def _layout(value: Any, field: Field, kind: Kind) -> Text | None:
    """How to write the header of a table in place of that of a list of tables, and the other way round."""
    if kind is Kind.TABLES and isinstance(value, Mapping):
        return text("Write [[{name}]], once for each element.", name=field.name)
    if kind is Kind.TABLE and isinstance(value, list):
        return text("Write [{name}]: there is only one.", name=field.name)
    return None


def _mended(value: Any, kind: Kind, place: Place) -> Fix | None:
    """The same value in the right type, where it can only be meant one way."""
    new: Any = MISSING
    if isinstance(value, str):
        new = _unquoted(value, kind)
        if kind is Kind.TEXTS:
            new = [value] if value else []
    elif kind is Kind.DATE and isinstance(value, dt.datetime) and value.timetz() == dt.time():
        new = value.date()
    elif kind is Kind.TABLES and isinstance(value, Mapping):
        new = [dict(value)]
    elif kind in (Kind.TEXT, Kind.PROSE) and type(value) is int:
        new = str(value)
    if new is MISSING:
        return None
    return Fix((Set(place, value, new),), text("Write it in the right type."), safe=True)


def _unquoted(value: str, kind: Kind) -> Any:
    if kind is Kind.DATE and _WHOLE_YEAR.search(value):
        # with its year it is the same day whenever it is read
        return parse_date(value, dt.date.min) or MISSING
    if kind in (Kind.INTEGER, Kind.CENTS) and _SHORT_INTEGER.fullmatch(value):
        return int(value)
    if kind is Kind.BOOLEAN and value in ("true", "false"):
        return value == "true"
    return MISSING


def _no_choice(value: str, field: Field, place: Place) -> Finding:
    words = {choice.code: choice.code for choice in field.choices}
    for choice in field.choices:
        for language in LANGUAGES:
            words.setdefault(catalogue(language).gettext(choice.label), choice.code)
    allowed = ", ".join(choice.code for choice in field.choices)
    meant = closest(value, words)
    fix = None
    if meant:
        code = words[meant[0]]
        fix = Fix((Set(place, value, code),), text("Write {word}.", word=code), safe=False)
        help_text = text("Did you mean {word}? Possible are: {allowed}", word=code, allowed=allowed)
    else:
        help_text = text("Possible are: {allowed}", allowed=allowed)
    message = text("{label}: {value} is not one of the possible words.", label=_label(field), value=value)
    return Finding("SC002", Severity.ERROR, place, message, help_text, fix=fix)


def _unknown(data: Mapping[str, Any], key: str, fields: Fields, place: Place) -> Finding:
    message = text("The key {key} is unknown; it is kept.", key=key)
    # a table of so many keys is none of ours, and looking for what each might mean takes its time
    meant = closest(key, _names(data, fields)) if len(data) <= _MOST_KEYS else []
    if not meant:
        return Finding("SC004", Severity.WARNING, (*place, key), message, on="key")
    name = _names(data, fields)[meant[0]]
    edits: tuple[Edit, ...] = (Set((*place, key), data[key], MISSING), Set((*place, name), MISSING, data[key]))
    fix = Fix(edits, text("Write {word}.", word=name), safe=False)
    return Finding(
        "SC004", Severity.WARNING, (*place, key), message, text("Did you mean {word}?", word=name), on="key", fix=fix
    )


def _names(data: Mapping[str, Any], fields: Fields) -> dict[str, str]:
    """The keys that could have been meant: by their name and by their label, those that are not there yet."""
    names = {field.name: field.name for field in fields if field.name not in data}
    for field in fields:
        if field.name not in data:
            for language in LANGUAGES:
                names.setdefault(catalogue(language).gettext(field.label), field.name)
    return names


def _label(field: Field) -> Text:
    return text(field.label)
