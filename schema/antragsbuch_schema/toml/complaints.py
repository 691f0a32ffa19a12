"""What tomllib says about a file that is no TOML, in words for people and at the place where it went wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from antragsbuch_schema.i18n import N_, Text, text

from .errors import TomlError
from .guard import OPAQUE
from .scan import STRING, Lines, Pair, Path, ScanError, Section, Value, dotted, statements

_PLACE = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_GERMAN_DATE = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_AMOUNT = re.compile(r"[+-]?\d[\d.]*(?:,[\d-]| ?€| ?EUR)|[+-]?\d{1,3}(?:\.\d{3}){2,}")
_YES_NO = re.compile(r"(?:yes|no|ja|nein|wahr|falsch|True|TRUE|False|FALSE)\b")
_BEFORE_VALUE = "=[,\n"

Complaint = tuple[int, Text]
"""An offset in the file, and what is wrong there."""


def explain(problem: ValueError, source: str) -> TomlError:
    """The error for what tomllib raised about `source` (which it was given without its byte order mark)."""
    place = _PLACE.fullmatch(str(problem))
    what = place["what"] if place else str(problem)
    offset = _offset(source, place) if place else 0
    for pattern, answer in _ANSWERS:
        match = re.fullmatch(pattern, what, re.DOTALL)
        if match:
            offset, message = (offset, text(answer)) if isinstance(answer, str) else answer(source, offset, match)
            break
    else:
        message = text("This is no TOML: {what}.", what=what)
    return TomlError(message, *Lines(source).line_column(offset))


def _offset(source: str, place: re.Match[str]) -> int:
    """Where it is; at the end of the document, behind the last that stands there."""
    if place["line"] is None:
        return len(source.rstrip())
    start = int(source.startswith("\ufeff"))
    for _ in range(int(place["line"]) - 1):
        start = source.index("\n", start) + 1
    return min(start + int(place["column"]) - 1, len(source))


def _no_value(source: str, offset: int, match: re.Match[str]) -> Complaint:
    """A value that is none, or something behind a value."""
    begin = max(source.rfind(sign, 0, offset) for sign in _BEFORE_VALUE) + 1
    while source[begin : begin + 1] == " ":
        begin += 1
    hint = _hint(source, begin) or _hint(source, offset)
    if hint:
        return hint
    rest = source[offset : offset + 1]
    if rest and not rest.isprintable() and not source.startswith(("\n", "\r\n"), offset):
        return offset, _unprintable(rest)
    if match[0].startswith("Expected newline"):
        return offset, text("Only a comment may follow on this line.")
    if rest.strip() in ("", "#"):
        return offset, text("A value is missing.")
    return offset, text("This is no value; texts stand in quotes.")


def _hint(source: str, offset: int) -> Complaint | None:
    """What somebody most likely meant who wrote this instead of a value."""
    date = _GERMAN_DATE.match(source, offset)
    if date:
        meant = f"{date['year']}-{int(date['month']):02}-{int(date['day']):02}"
        return offset, text("A date is written {date}.", date=meant)
    if _AMOUNT.match(source, offset):
        return offset, text("An amount is a whole number of cents: {example}.", example="2000000")
    if source[offset : offset + 1] in tuple("„“”‚‘’»«"):
        return offset, text("A text stands in straight quotes: {example}.", example='"SPD"')
    if _YES_NO.match(source, offset):
        return offset, text("Yes and no are written {yes} and {no}.", yes="true", no="false")
    return None


def _bad_letter(source: str, offset: int, match: re.Match[str]) -> Complaint:
    if match[1] == r"'\n'":
        return offset, text("The text is not closed on its line.")
    return offset, _unprintable(source[offset])


def _unprintable(letter: str) -> Text:
    return text("The character {code} must not stand here.", code=f"U+{ord(letter):04X}")


def _not_closed(source: str, offset: int, match: re.Match[str]) -> Complaint:
    """A text that goes on to the end of the file: the place is where it begins."""
    end = 0
    for statement in _readable(source):
        end = statement.end
    for found in OPAQUE.finditer(source, end):
        if not found[0].startswith("#") and not STRING.fullmatch(found[0]):
            quotes = found[0][:3] if found[0].startswith(('"""', "'''")) else found[0][0]
            return found.start(), text("The text that begins here is never closed with {quotes}.", quotes=quotes)
    return offset, text("A text is never closed.")


def _twice(source: str, offset: int, match: re.Match[str]) -> Complaint:
    """A key or a table that was there before, or below a value that is complete."""
    before: dict[Path, int] = {}
    for statement in _readable(source):
        if isinstance(statement, Pair) and statement.end > offset:
            return _twice_inline(statement.value, offset) or (offset, text("This can't be given again."))
        if statement.end >= offset:
            return _already_there(source, statement, before)
        before.setdefault(statement.path, statement.start)
        if statement.path and isinstance(statement.path[-1], int):
            before.setdefault(statement.path[:-1], statement.start)
    return offset, text("This can't be given again.")


def _already_there(source: str, statement: Section | Pair, before: dict[Path, int]) -> Complaint:
    path = statement.path
    if isinstance(statement, Section) and statement.is_element:
        path = path[:-1]
    same = next((start for known, start in before.items() if known[: len(path)] == path), None)
    if same is not None:
        line, _ = Lines(source).line_column(same)
        return statement.start, text("“{name}” stands twice; first in line {line}.", name=dotted(path), line=line)
    for length in range(len(path) - 1, 0, -1):
        if path[:length] in before:
            line, _ = Lines(source).line_column(before[path[:length]])
            return statement.start, text(
                "“{name}” is complete in line {line}; nothing can be added to it.",
                name=dotted(path[:length]),
                line=line,
            )
    return statement.start, text("“{name}” can't be given again.", name=dotted(path))


def _twice_inline(value: Value, offset: int) -> Complaint | None:
    for item in value.items or ():
        if item.start < offset < item.end:
            return _twice_inline(item, offset)
    for pair in value.pairs or ():
        if pair.end == offset:
            name = ".".join(key.name for key in pair.keys)
            return pair.start, text("“{name}” stands twice in this table.", name=name)
        if pair.start < offset < pair.end:
            return _twice_inline(pair.value, offset)
    return None


def _readable(source: str) -> Iterator[Section | Pair]:
    """The statements up to the first that is no TOML."""
    try:
        yield from statements(source)
    except ScanError:
        return


def _header(source: str, offset: int, match: re.Match[str]) -> Complaint:
    return offset, text("The header is not closed with {bracket}.", bracket=match[1])


_ANSWERS: tuple[tuple[str, str | Callable[[str, int, re.Match[str]], Complaint]], ...] = (
    (r"Expected newline or end of document after a statement|Invalid value", _no_value),
    (r"(?:Illegal|Found invalid) character (.*)", _bad_letter),
    (r"Unterminated string|Expected \"'+\"", _not_closed),
    (r"Cannot (?:overwrite a value|declare .* twice|redefine namespace .*|mutate immutable namespace .*)", _twice),
    (r"Duplicate inline table key .*", _twice),
    (r"Expected '(\]+)' at the end of .*", _header),
    (r"Invalid statement", N_("No key, header or comment begins like this.")),
    (r"Expected '=' after a key in a key/value pair", N_("After a key comes “=” and a value.")),
    (r"Invalid initial character for a key part", N_("No key begins like this; any other name stands in quotes.")),
    (r"Unclosed array", N_("In a list, a comma or “]” is missing here.")),
    (r"Unclosed inline table", N_("In a table, a comma or “}}” is missing here.")),
    (r"Unescaped '\\' in a string", N_("A backslash in a text is written twice.")),
    (r"Invalid hex value", N_("Hexadecimal digits are missing in this escape.")),
    (r"Escaped character is not a Unicode scalar value", N_("This escape stands for no character.")),
    (r"Invalid date or datetime", N_("This date or time does not exist.")),
)
