"""The message of a commit, made from what changed.

A subject line of at most 72 characters, one line a change, and trailers that git reads back
(`%(trailers:key=Fields)`): for each motion `Motion:` with its reference, then `Fields:` with the places that
changed in the grammar of `places`, separated by commas (`*` for a whole file), then `Renamed-From:` with the old
path where the file got another one. What comes from a file can neither break a line nor make a trailer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from . import places
from .changes import Change, ChangeKind
from .display import UNSAFE
from .edits import MISSING
from .i18n import Language, Text, counted, text
from .phrases import shortened
from .places import Place

WIDTH = 72
MOTION, FIELDS, RENAMED_FROM = "Motion", "Fields", "Renamed-From"
WHOLE = "*"
"""In the place of fields: the whole file came or went."""

_DECISIONS = (
    ChangeKind.VOTE_RECORDED, ChangeKind.VOTE_CHANGED, ChangeKind.VOTE_REMOVED,
    ChangeKind.OUTCOME_RECORDED, ChangeKind.OUTCOME_CHANGED, ChangeKind.OUTCOME_REMOVED,
)  # fmt: skip
_LINES = 200
_NAMES_WIDTH = 30
_NUMBER = re.compile(r"\d+")
_PLACE = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')


Became = Literal["added", "changed", "removed", "renamed"]
"""What a commit made of a file."""


class Entry(NamedTuple):
    """One file of a commit: its name for people (the reference), its changes, what became of it."""

    name: str
    changes: Sequence[Change]
    kind: Became = "changed"
    renamed_from: str = ""


def suggest(entries: Sequence[tuple[str, Sequence[Change], Became] | Entry], language: Language) -> str:
    """The message of a commit of `entries`, ending in a line feed; empty where there are none."""
    files = [entry if isinstance(entry, Entry) else Entry(*entry) for entry in entries]
    if not files:
        return ""
    paragraphs = [_subject(files, language), *_body(files, language), "\n".join(_trailers(files))]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def undo_subject(subject: str, language: Language) -> str:
    """The subject line of a commit that takes back the one with this subject."""
    return _clean(text("Undo: {subject}", subject=subject)(language))


def fields_of(value: str) -> tuple[Place, ...]:
    """The places that a `Fields:` trailer names; the whole file is the empty place. What names none is left out."""
    found: list[Place] = []
    for match in _PLACE.finditer(value):
        name = match[0].strip()
        try:
            found.append(() if name == WHOLE else places.parse(name))
        except places.PlaceError:
            continue
    return tuple(found)


def motions_of(trailers: Iterable[tuple[str, str]]) -> list[tuple[str, tuple[Place, ...]]]:
    """The motions that the trailers of a commit name, each with its fields."""
    found: list[tuple[str, tuple[Place, ...]]] = []
    for key, value in trailers:
        if key == MOTION:
            found.append((value, ()))
        elif key == FIELDS and found:
            found[-1] = (found[-1][0], (*found[-1][1], *fields_of(value)))
    return found


def _subject(files: Sequence[Entry], language: Language) -> str:
    names = _names(files, language)
    found = sorted((pair for entry in files for pair in _topics(entry)), key=lambda pair: pair[0])
    topics = list(dict.fromkeys(_clean(topic(language)) for _, topic in found))
    for count in range(len(topics), 0, -1):
        said = ", ".join(topics[:count])
        if count < len(topics):
            said = text("{topics} and {count} more", topics=said, count=len(topics) - count)(language)
        if len(names) + 2 + len(said) <= WIDTH:
            return f"{names}: {said}"
    rest = shortened(", ".join(topics), max(WIDTH - len(names) - 2, 12))
    return f"{names}: {rest}"


def _names(files: Sequence[Entry], language: Language) -> str:
    """`3185 (V) HHA`, `2292, 3185` or `12 motions`."""
    if len(files) == 1:
        return _clean(files[0].name)
    numbers = [match[0] if (match := _NUMBER.match(entry.name)) else "" for entry in files]
    names = numbers if all(numbers) and len(set(numbers)) == len(numbers) else [_clean(entry.name) for entry in files]
    said = ", ".join(names)
    return said if len(said) <= _NAMES_WIDTH else counted("{count} motion", "{count} motions", len(files))(language)


def _topics(entry: Entry) -> Iterable[tuple[int, Text]]:
    """What a subject line can say of one file, and how soon: votes and outcomes are what people look for."""
    for change in entry.changes:
        yield (0 if change.kind in _DECISIONS else 1), change.label
        data = change.new if change.kind is ChangeKind.CREATED else MISSING
        if isinstance(data, dict) and isinstance(data.get("title"), str):
            yield 1, Text("{title}", {"title": data["title"]})
    if not entry.changes:
        yield 1, {"added": text("created"), "removed": text("deleted")}.get(entry.kind, text("layout only"))


def _body(files: Sequence[Entry], language: Language) -> list[str]:
    left = _LINES
    paragraphs: list[str] = []
    for entry in files:
        lines = [f"- {_clean(change.sentence(language))}" for change in entry.changes[:left]]
        left -= len(lines)
        if lines:
            paragraphs.append("\n".join([_clean(entry.name), *lines] if len(files) > 1 else lines))
    more = sum(len(entry.changes) for entry in files) - (_LINES - left)
    if more:
        paragraphs.append(counted("and {count} more change", "and {count} more changes", more)(language))
    return paragraphs


def _trailers(files: Sequence[Entry]) -> Iterable[str]:
    for entry in files:
        yield f"{MOTION}: {_clean(entry.name)}"
        named = dict.fromkeys(place for change in entry.changes for place in (change.place, *change.also))
        if named:
            yield f"{FIELDS}: " + ", ".join(_escaped(places.render(place)) or WHOLE for place in named)
        if entry.renamed_from:
            yield f"{RENAMED_FROM}: {_clean(entry.renamed_from)}"


def _clean(value: str) -> str:
    """`value` on one line without anything that acts on a terminal."""
    return UNSAFE.sub("", " ".join(value.split())) or "?"


def _escaped(place: str) -> str:
    """A place in which no character of a quoted key is unsafe."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}" if ord(match[0]) <= 0xFFFF else "", place)
