"""A value of a motion as a cell of a table, and back.

What comes back is read strictly: spreadsheets turn references into dates, page numbers into numbers and long numbers
into short ones, and a wrong value is worse than none. Whatever is not plain is `NotUnderstood`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from antragsbuch_schema import prose
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.fields import Field, Kind
from antragsbuch_schema.german import CENTS_MAX, INTEGER_MAX, parse_cents, parse_date, parse_integer, parse_time
from antragsbuch_schema.i18n import LANGUAGES, Language, Text, catalogue, text
from antragsbuch_schema.phrases import listed
from antragsbuch_schema.suggest import closest, same_name
from antragsbuch_schema.toml.values import inline

Cell = str | bool | int | Decimal | dt.date | dt.time
"""What stands in a cell; "" is an empty one. A CSV file has texts only."""

MAX_TEXT = 32_767
"""The most characters in a cell of a spreadsheet; what is longer it cuts off."""

_YES = ("ja", "yes", "true", "wahr", "1", "j", "y")
_NO = ("nein", "no", "false", "falsch", "0", "n")
_BOOLEANS = {"de": ("ja", "nein"), "en": ("yes", "no")}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ISO_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_GERMAN_DATE = re.compile(
    r"((?:[A-Za-z]{2,10}[.,]* *)?[0-9]{1,2}\. ?(?:[0-9]{1,2}\.|[A-Za-zäÄ]{3,9}\.?) ?[0-9]{2,4})(?: 00:00(?::00)?)?"
)
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.,]0+)?")
_PLAIN_INTEGER = re.compile(r"-?(?:[0-9]{1,12}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.0+)?")
_PLAIN_CENTS = re.compile(
    r"(?:(?:EUR|€) ?)?-?(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]{1,2}0*)?(?: ?(?:EUR|€))?", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_NUMBERS = re.compile(r"[0-9]{1,4}(?:[./:-] ?[0-9]{1,4}){1,2}\.?")
_AS_DATE = re.compile(
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?|[0-9]{5}"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_MONTH = "(?:Jan|Feb|Mrz|Mär|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec)"
_DAY_AND_MONTH = re.compile(rf"[0-9]{{1,2}}(?:\. ?|-){_MONTH}\.?(?:[ -][0-9]{{2,4}})?|{_MONTH}\.?[ -][0-9]{{2,4}}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?")
_ENTRY = re.compile(r"\\([\\;n])|(;)|([^\\;]+|\\)")
_FIRST_SERIAL = dt.date(1899, 12, 30)
_EXACT = 10**15
"""A number that is larger loses digits in a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Style:
    """How texts in cells are written: `language` of words (None: codes), and whether numbers are the German way.

    In a `workbook` a text may have come out of a CSV file, with the apostrophe that it got there.
    """

    language: Language | None
    german: bool
    workbook: bool = False


PLAIN = Style(None, german=False)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why a cell is not taken over."""

    reason: Text


# out


def cell(value: Any, field: Field, language: Language | None) -> Cell:
    """A value as a cell, with the words of a language; without one, with codes. `MISSING` is what its absence means."""
    if value is MISSING:
        value = field.default
        if value is None:
            return ""
    kind = field.kind
    if kind is Kind.BOOLEAN and isinstance(value, bool):
        if language is None:
            return "true" if value else "false"
        return _BOOLEANS[language][not value]
    if kind is Kind.CHOICE and isinstance(value, str):
        known = field.choice(value)
        return value if known is None or language is None else catalogue(language).gettext(known.label)
    if kind in (Kind.TEXT, Kind.PROSE) and isinstance(value, str):
        return value
    if kind is Kind.TEXTS and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return _joined(value)
    if kind is Kind.DATE and type(value) is dt.date:
        return value
    if kind is Kind.TIME and type(value) is dt.time:
        return value
    if type(value) is int and kind in (Kind.INTEGER, Kind.CENTS) and abs(value) <= CENTS_MAX:
        return value if kind is Kind.INTEGER else Decimal(value).scaleb(-2)
    # of another type than its field: as the file has it, so that it comes back unchanged
    return inline(value, None)


def written(of: Cell, style: Style) -> str:
    """A cell as the text of a CSV file."""
    if isinstance(of, str):
        return of
    if isinstance(of, dt.date):
        return f"{of.day:02}.{of.month:02}.{of.year:04}" if style.german else of.isoformat()
    if isinstance(of, dt.time):
        return of.isoformat("auto" if of.second or of.microsecond else "minutes")
    if isinstance(of, Decimal):
        return f"{of:.2f}".replace(".", "," if style.german else ".")
    return str(of)


def too_long(length: int) -> Text:
    """What stands in a cell of a workbook for a text that no cell can hold; it comes back unchanged."""
    return text("[{count} characters, too long for a cell]", count=length)


def _joined(entries: Sequence[str]) -> str:
    """Entries in one cell, `; ` between them; a `;`, a backslash and a line break in one of them are escaped."""
    escaped = (entry.replace("\\", "\\\\").replace(";", "\\;").replace("\n", "\\n") for entry in entries)
    return "; ".join(escaped)


# in


def is_empty(of: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return isinstance(of, str) and not of.strip()


def unchanged(given: Cell, was: Cell, style: Style) -> bool:
    """Whether a cell still holds what was written into it, apart from the kind of its line breaks."""
    if isinstance(given, str):
        if isinstance(was, str) and len(was) > MAX_TEXT // 8 and len(given) < 80:
            return given in [too_long(len(was))(language) for language in LANGUAGES]
        return _one_kind(given) == _one_kind(written(was, style))
    if isinstance(given, bool) or isinstance(was, bool):
        return False
    if isinstance(given, (int, Decimal)) and isinstance(was, (int, Decimal)):
        return given == was
    return type(given) is type(was) and given == was


def understood(given: Cell, field: Field, was: Any, style: Style, today: dt.date) -> Any:
    """The value that a cell means in `field`, or `NotUnderstood`; `was` is the value that stood there before.

    A cell of text is read by the `style` of its file, `today` completes a year of two digits.
    """
    if isinstance(given, str):
        if _CONTROL.search(given):
            return NotUnderstood(text("holds a control character"))
        if spoilt := _spoilt(given, was):
            return NotUnderstood(spoilt)
    if field.kind is Kind.PROSE:
        found = _text(given, was)
        return found if isinstance(found, NotUnderstood) else prose.normalise(found)
    if field.kind is Kind.TEXT:
        return _line(given, was)
    if field.kind is Kind.TEXTS:
        found = _text(given, was)
        return found if isinstance(found, NotUnderstood) else _entries(found)
    return _READERS[field.kind](given.strip() if isinstance(given, str) else given, field, style, today)


def _one_kind(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _spoilt(given: str, was: Any) -> Text | None:
    """What a spreadsheet has made of a text on the way, None where it is none of the known things."""
    plain = given.strip()
    if isinstance(was, str) and plain == was.strip():
        return None
    if _SCIENTIFIC.fullmatch(plain):
        return text("a spreadsheet has shortened a long number; write it as text")
    if not isinstance(was, str):
        return None
    if len(given) >= MAX_TEXT - 1 and was.startswith(given[: MAX_TEXT - 2]):
        return text("a spreadsheet has cut the text off")
    return _lost(plain, was) or _turned(plain, was)


def _lost(plain: str, was: str) -> Text | None:
    """Letters that an old encoding does not have."""
    old = was.encode("cp1252", "replace").decode("cp1252")
    if "?" in plain and old != was and " ".join(old.split()) == " ".join(plain.split()):
        return text("letters were lost on the way; save the table as CSV UTF-8")
    return None


def _turned(plain: str, was: str) -> Text | None:
    """A text that was taken for a number or a date."""
    before = was.strip()
    if _NUMBERS.fullmatch(before) and (_AS_DATE.fullmatch(plain) or _DAY_AND_MONTH.fullmatch(plain)):
        return text("a spreadsheet has made a date of {was}; write it as text", was=before[:40])
    numbers = _DECIMAL.fullmatch(plain) and _DECIMAL.fullmatch(before)
    if numbers and Decimal(plain.replace(",", ".")) == Decimal(before.replace(",", ".")):
        return text("a spreadsheet has made a number of {was}; write it as text", was=before[:40])
    return None


def _text(given: Cell, was: Any) -> Any:
    """A cell of a text column, which need not be text."""
    if isinstance(given, str):
        return unicodedata.normalize("NFC", _one_kind(given))
    if type(given) is int and abs(given) < _EXACT:
        spoilt = _spoilt(str(given), was)
        return NotUnderstood(spoilt) if spoilt else str(given)
    return NotUnderstood(text("not a text; a spreadsheet has made a number or a date of it"))


def _line(given: Cell, was: Any) -> Any:
    found = _text(given, was)
    if isinstance(found, NotUnderstood):
        return found
    if "\n" in found.strip():
        return NotUnderstood(text("a line break, where there is only one line"))
    return str(found).strip()


def _entries(given: str) -> list[str]:
    """The entries of a cell; empty ones are left out."""
    entries = [""]
    for match in _ENTRY.finditer(given.replace("\n", ";")):
        if match[2]:
            entries.append("")
        else:
            entries[-1] += match[3] or ("\n" if match[1] == "n" else match[1])
    return [entry.strip(" ") for entry in entries if entry.strip(" ")]


def _date(given: Cell, _field: Field, _style: Style, today: dt.date) -> Any:
    if isinstance(given, dt.date):
        return given
    if isinstance(given, str):
        if iso := _ISO_DATE.fullmatch(given):
            return parse_date(iso[1], today) or NotUnderstood(_no_date())
        if german := _GERMAN_DATE.fullmatch(given):
            return parse_date(german[1], today) or NotUnderstood(_no_date())
        if _SERIAL.fullmatch(given):
            day = _FIRST_SERIAL + dt.timedelta(days=int(given[:5]))
            return NotUnderstood(text("a number; if {date} is meant, format it as a date", date=day))
    return NotUnderstood(_no_date())


def _no_date() -> Text:
    return text("not a date: 19.12.2023 is one")


def _time(given: Cell, _field: Field, _style: Style, _today: dt.date) -> Any:
    if isinstance(given, dt.time):
        return given
    found = parse_time(given) if isinstance(given, str) else None
    return found if found is not None else NotUnderstood(text("not a time: 18:00 is one"))


def _integer(given: Cell, _field: Field, style: Style, _today: dt.date) -> Any:
    found: int | None = None
    if isinstance(given, Decimal):
        found = int(given) if given == given.to_integral_value() else None
    elif type(given) is int:
        found = given
    elif isinstance(given, str) and style.german:
        found = parse_integer(re.sub(r"(?<=[0-9]),0+$", "", given))
    elif isinstance(given, str) and _PLAIN_INTEGER.fullmatch(given):
        found = int(given.partition(".")[0].replace(",", ""))
    if found is None or not 0 <= found <= INTEGER_MAX:
        return NotUnderstood(text("not a count: whole numbers from 0 are"))
    return found


def _cents(given: Cell, _field: Field, style: Style, _today: dt.date) -> Any:
    found: Decimal | None = None
    if isinstance(given, (int, Decimal)) and not isinstance(given, bool):
        found = Decimal(given)
    elif isinstance(given, str) and style.german:
        cents = parse_cents(given)
        found = None if cents is None else Decimal(cents).scaleb(-2)
    elif isinstance(given, str) and _PLAIN_CENTS.fullmatch(given):
        found = Decimal(re.sub(r"(?i)[, €]|EUR", "", given))
    if found is None or (found * 100) != (found * 100).to_integral_value() or abs(found * 100) > CENTS_MAX:
        example = "20000,50" if style.german else "20000.50"
        return NotUnderstood(text("not an amount: {example} is one", example=example))
    return int(found * 100)


def _boolean(given: Cell, _field: Field, _style: Style, _today: dt.date) -> Any:
    plain = str(given).strip().lower()
    if plain in _YES or plain in _NO:
        return plain in _YES
    return NotUnderstood(text("neither yes nor no"))


def _choice(given: Cell, field: Field, _style: Style, _today: dt.date) -> Any:
    words = {same_name(choice.code): choice.code for choice in field.choices}
    shown: dict[str, str] = {}
    for choice in field.choices:
        for language in LANGUAGES:
            word = catalogue(language).gettext(choice.label)
            words.setdefault(same_name(word), choice.code)
            shown[word] = choice.code
    if isinstance(given, str):
        found = words.get(same_name(given))
        if found is not None:
            return found
        if meant := closest(given, shown):
            return NotUnderstood(text("none of the possible words; did you mean {word}?", word=meant[0]))
    allowed = listed([Text(choice.label) for choice in field.choices])
    return NotUnderstood(text("none of the possible words: {words}", words=allowed))


_READERS = {
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.INTEGER: _integer,
    Kind.CENTS: _cents,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
}
