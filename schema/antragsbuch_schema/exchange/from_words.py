"""German words back into fields and values: the other way round of `in_words`.

What can't be read as the value of its field is not read at all, and whoever asked keeps the words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from antragsbuch_schema import prose
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind
from antragsbuch_schema.german import parse_cents, parse_date, parse_integer, parse_time
from antragsbuch_schema.i18n import text

from .in_words import label
from .paper import Line

_DAY = dt.date(2000, 1, 1)


class Names:
    """Names that hold commas or an "and" themselves, so that a list of names can be taken apart."""

    def __init__(self, known: Iterable[str]) -> None:
        odd = {name for name in known if re.search(r",\s|\s(?:und|sowie)\s", name)}
        self._known = sorted(odd, key=lambda name: (-len(name), name))

    def apart(self, words: str, between: str = r",\s|\sund\s|\ssowie\s") -> list[str]:
        """The names in `words`: those that are known stay whole."""
        marks = {f"\x00{number}\x00": name for number, name in enumerate(self._known) if name in words}
        for mark, name in marks.items():
            words = words.replace(name, mark)
        return [marks.get(name, name) for name in re.split(between, words) if name]


def value(words: str, field: Field, names: Names) -> Any:
    """What `words` mean as the value of `field`, None where they mean none."""
    match field.kind:
        case Kind.TEXT:
            return words
        case Kind.CHOICE:
            return _codes(field.choices).get(words)
        case Kind.DATE:
            return parse_date(words, _DAY)
        case Kind.TIME:
            return parse_time(words)
        case Kind.INTEGER:
            return parse_integer(words)
        case Kind.CENTS:
            return parse_cents(words)
        case Kind.BOOLEAN:
            return {"ja": True, "nein": False}.get(words)
        case Kind.TEXTS:
            return names.apart(words, r",\s")
        case Kind.TABLES:
            return _elements(words, field.fields, names)
        case _:
            return None


def fields(words: str, known: Fields, names: Names) -> Data | None:
    """The fields in `Label: value; Label: value`; None where one of them is not understood."""
    found: Data = {}
    for part in _between(known).split(words):
        read = _field(part, known, names)
        if read is None:
            return None
        found |= read
    return found


class Read(NamedTuple):
    """What lines say about a table, and those that were not understood."""

    data: Data
    left: list[Line]


def table(lines: Sequence[Line], known: Fields, names: Names, *, free: str = "") -> Read:
    """What lines say about a table: a field a line, and texts under their labels. Other lines are the text `free`."""
    labels = {f"{label(field)}:": field.name for field in known if field.kind is Kind.PROSE}
    texts: dict[str, list[Line]] = {}
    found: Data = {}
    left: list[Line] = []
    here = ""
    for line in lines:
        if line.text in labels:
            here = labels[line.text]
            texts[here] = []
        elif here:
            texts[here].append(line)
        elif read := _field(line.text, known, names):
            found |= read
        elif free:
            here = free
            texts[here] = [line]
        else:
            left.append(line)
    found |= {name: prose_of(said) for name, said in texts.items()}
    ordered = {field.name: found[field.name] for field in known if field.name in found}
    return Read(ordered, left)


def prose_of(lines: Iterable[Line]) -> str:
    """The paragraphs and items in these lines; a word that the end of a line cut is one word again."""
    parts = [("\n" if line.after_blank else "") + line.text.replace("\t", " ") for line in lines]
    return prose.normalise(re.sub(r"\xad\n?|(?<=[a-zäöüß])-\n(?=[a-zäöüß])", "", "\n".join(parts)))


def _field(words: str, known: Fields, names: Names) -> Data | None:
    name, colon, said = words.partition(": ")
    field = _labels(known).get(name)
    if field is None or not colon:
        return None
    read = value(said.strip(), field, names)
    return None if read is None else {field.name: read}


_LONGEST = 5000
"""How many letters tables on one line have at most; the time to take them apart grows faster than they do."""
_HEADS = ("title", "name", "label", "year")


def _elements(words: str, known: Fields, names: Names) -> list[Data] | None:
    """The tables in `head (Label: value; Label: value), head`; None where one of them is not understood."""
    if len(words) > _LONGEST:
        return None
    # a comma inside brackets is part of a value
    parts = re.split(r",\s(?![^(]*\))", words)
    found = [element(part, known, names) for part in parts]
    return None if None in found else [one for one in found if one is not None]


def element(words: str, known: Fields, names: Names) -> Data | None:
    """A table on one line: what names it, the rest in brackets. None where it is not understood."""
    head = next(field for field in known if field.name in _HEADS)
    match = re.fullmatch(r"(?P<head>.*?) \((?P<rest>[^()]+: .*)\)", words) if len(words) <= _LONGEST else None
    rest = fields(match["rest"], known, names) if match else {}
    if match is None or rest is None:
        return {head.name: said} if (said := value(words, head, names)) is not None else None
    said = value(match["head"], head, names)
    return None if said is None else {head.name: said, **rest}


@lru_cache(maxsize=64)
def _labels(known: Fields) -> Mapping[str, Field]:
    return {label(field): field for position, field in enumerate(known) if (position, field.name) != (0, "id")}


@lru_cache(maxsize=64)
def _between(known: Fields) -> re.Pattern[str]:
    """What stands between two fields on one line."""
    return re.compile(rf"; (?=(?:{'|'.join(map(re.escape, _labels(known)))}): )")


@lru_cache(maxsize=64)
def _codes(choices: Any) -> Mapping[str, str]:
    return {text(choice.label)("de"): choice.code for choice in choices}
