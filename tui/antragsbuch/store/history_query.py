"""The language of the filter of the history, from text to a tree.

    armut konferenz              words of the message, or words that came or went
    -reformat                    not this
    motion:2292                  a motion: reference, number, id or path
    field:amount,votes           what changed: a field, by its name in the file or in words
    kind:vote kind:moved         how it changed
    body:Schulausschuss          a change in the step of a body
    person:Meyer                 author or committer, name or address
    date:2023.. date:19.12.2023  the day of the commit
    late:vote  late:14           a vote or outcome entered after its session, or more than so many days after it
    is:merge,lost,signed,renamed what is particular about it

`field`, `kind`, `body` and `late` that are asked for together mean one and the same change. Every key and every
value has a German name too (`feld:`, `person:`, `gremium:`, `verspätet:`). Nothing raises while somebody types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from antragsbuch_schema.change import ChangeKind
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.folding import fold, words
from antragsbuch_schema.i18n import Text
from antragsbuch_schema.motion_fields import MOTION

from . import filter_words
from .filter_words import Names, Phrase, Problem, Token, meant, no_value, tokens, unknown_key
from .periods import Range, between

__all__ = ["EVERYTHING", "HistoryQuery", "Mark", "Problem", "parse"]


class Mark(StrEnum):
    """Something particular about an entry."""

    MERGE = "merge"
    LOST = "lost"
    SIGNED = "signed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Said:
    """The phrase occurs in the message, or each of its words came or went."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class OfMotion:
    """One of these is the path or the id of the motion, or occurs at the begin of a word of its reference."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class By:
    """One of the phrases occurs in name or address of author or committer."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class On:
    """The day of the commit lies in one of the ranges."""

    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Is:
    """One of these holds."""

    marks: frozenset[Mark]


@dataclass(frozen=True, slots=True)
class Field:
    """One of these fields (`budget.amounts`) changed, or something in it."""

    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """The change is of one of these kinds."""

    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """The change is in a step of a body with one of these phrases in its name."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A vote or an outcome was entered more than `days` days after the day of its step."""

    days: int


Condition = Said | OfMotion | By | On | Is | Field | Kind | Body | Late
OF_ONE_CHANGE = (Field, Kind, Body, Late)
"""What is asked of a change; the others are asked of its commit."""


Term = filter_words.Term[Condition]
HistoryQuery = filter_words.Asked[Condition]

EVERYTHING = HistoryQuery()

_KEYS: Mapping[str, Names] = {
    "motion": ("motion", "antrag", "ref", "nr", "reference", "drucksache"),
    "field": ("field", "feld"),
    "kind": ("kind", "art", "änderung"),
    "body": ("body", "gremium", "committee", "ausschuss", "organization"),
    "person": ("person", "person", "author", "autor", "von", "by"),
    "date": ("date", "datum", "am"),
    "late": ("late", "verspätet", "nachträglich"),
    "is": ("is", "ist"),
}
_KEY_OF = {fold(name): key for key, names in _KEYS.items() for name in names}

_IS: Mapping[Mark, Names] = {
    Mark.MERGE: ("merge", "Zusammenführung"),
    Mark.LOST: ("lost", "verloren"),
    Mark.SIGNED: ("signed", "signiert"),
    Mark.RENAMED: ("renamed", "umbenannt"),
}
_LATE: Mapping[str, Names] = {"vote": ("vote", "Abstimmung")}
_ADDED = ("step_added", "text_added", "field_added", "element_added")
_REMOVED = ("step_removed", "text_removed", "field_removed", "element_removed", "vote_removed", "outcome_removed")
_KINDS: Mapping[frozenset[str], Names] = {
    frozenset({"created"}): ("created", "angelegt"),
    frozenset({"deleted"}): ("deleted", "gelöscht"),
    frozenset({"vote_recorded", "vote_changed", "vote_removed"}): ("vote", "Abstimmung"),
    frozenset({"vote_recorded"}): ("vote recorded", "Abstimmung erfasst", "vote_recorded"),
    frozenset({"vote_changed"}): ("vote changed", "Abstimmung berichtigt", "vote_changed"),
    frozenset({"vote_removed"}): ("vote removed", "Abstimmung entfernt", "vote_removed"),
    frozenset({"outcome_recorded", "outcome_changed", "outcome_removed"}): ("outcome", "Ergebnis"),
    frozenset({"outcome_recorded"}): ("outcome recorded", "Ergebnis erfasst", "outcome_recorded"),
    frozenset({"step_added", "step_removed", "step_moved", "step_changed"}): ("step", "Beratung"),
    frozenset({"text_added", "text_removed", "text_changed"}): ("text", "Text"),
    frozenset({"step_moved", "element_moved"}): ("moved", "verschoben"),
    frozenset(_ADDED): ("added", "hinzugefügt"),
    frozenset(_REMOVED): ("removed", "entfernt"),
    frozenset({"title_changed"}): ("title", "Titel", "title_changed"),
    frozenset({"reference_changed"}): ("reference", "Drucksachennummer", "reference_changed"),
    frozenset({"unreadable"}): ("unreadable", "unlesbar"),
}


def parse(text: str) -> HistoryQuery:
    """The query that `text` asks for; whatever the text, one comes back."""
    terms: list[Term] = []
    problems: list[Problem] = []
    for token in tokens(text, _KEY_OF):
        found = _condition(token)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            terms.append(Term(found, token.negated, token.start, token.end))
    return HistoryQuery(tuple(terms), tuple(problems))


def _condition(token: Token) -> Condition | Problem | None:
    """What a token asks for; None for one that is too short to ask for anything yet."""
    values = [value for value in token.values if value]
    if not token.key:
        phrase = tuple(words(token.values[0]))
        return Said(phrase) if phrase else None
    phrases = tuple(phrase for value in values if (phrase := tuple(words(value))))
    match _KEY_OF.get(fold(token.key)):
        case "motion":
            return OfMotion(tuple(values)) if values else None
        case "body":
            return Body(phrases) if phrases else None
        case "person":
            return By(phrases) if phrases else None
        case "date":
            return _days(values, token)
        case "late":
            return _late(values, token)
        case "kind":
            return _named(values, token, _kinds(), lambda found: Kind(_together(found)))
        case "field":
            # a place in full, such as "title", is this field and no other of the name
            in_full = {frozenset({value}) for value in values if frozenset({value}) in _fields()}
            others = [value for value in values if frozenset({value}) not in in_full]
            if not others:
                return Field(_together([*in_full])) if in_full else None
            return _named(others, token, _fields(), lambda found: Field(_together([*found, *in_full])))
        case "is":
            return _named(values, token, _IS, lambda found: Is(frozenset(found)))
        case _:
            return unknown_key(token, _KEYS.values())


_Meaning = TypeVar("_Meaning")


def _named(
    values: list[str],
    token: Token,
    names: Mapping[_Meaning, Names],
    condition: Callable[[Sequence[_Meaning]], Condition],
) -> Condition | Problem | None:
    """The condition that one of the named values holds."""
    found: list[_Meaning] = []
    for value in values:
        named = meant(value, names)
        if not named:
            return no_value(value, token, names.values())
        found += named
    return condition(found) if found else None


def _days(values: list[str], token: Token) -> On | Problem | None:
    ranges: list[Range] = []
    for value in values:
        found = between(value)
        if found is None:
            return Problem("date", value, token.key, token.start, token.end)
        if found.first or found.last:
            ranges.append(found)
    return On(tuple(ranges)) if ranges else None


def _late(values: list[str], token: Token) -> Late | Problem | None:
    """How many days: a number, or 0 for what is entered late at all. Of several, the least."""
    days: list[int] = []
    for value in values:
        if value.isascii() and value.isdecimal() and len(value) < 6:
            days.append(int(value))
        elif meant(value, _LATE):
            days.append(0)
        else:
            return no_value(value, token, [*_LATE.values(), ("7", "7")])
    return Late(min(days)) if days else None


def _together(groups: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*groups)


@cache
def _kinds() -> Mapping[frozenset[str], Names]:
    """The groups above, and every other kind by its name in the program."""
    alone = {name for kinds in _KINDS if len(kinds) == 1 for name in kinds}
    return {**_KINDS, **{frozenset({kind.value}): (kind.value, kind.value) for kind in ChangeKind if kind not in alone}}


@cache
def _fields() -> Mapping[frozenset[str], Names]:
    """Every field of a motion and of the council's file: its label in both languages, and its key."""
    return {frozenset({place}): names for fields in (COUNCIL, MOTION) for place, names in _names_of(fields, "")}


def _names_of(fields: Fields, above: str) -> Iterator[tuple[str, Names]]:
    for field in fields:
        place = f"{above}{field.name}"
        label = Text(field.label)
        yield place, (label("en"), label("de"), field.name)
        yield from _names_of(field.fields, f"{place}.")
