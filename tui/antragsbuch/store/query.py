"""The language of the filter, from text to a tree.

    armut konferenz              every word must occur, as a part of words too; case and accents do not matter
    "soziale stadt"              words side by side
    -moor                        not this
    faction:SPD,CDU              one of several
    body:Regionsversammlung      a body that deals with it
    date:2023.. date:2023-11..2024-02 date:19.12.2023
    session:2023-12              a session in that time
    ref:2292 ref:2200..2299      reference, or its number
    type:Haushaltsantrag  title:konferenz  term:V
    state:open  state:rejected   what has become of it
    has:error,warning,remark,vote,draft,change
    is:public,confidential,open,closed,new,changed,removed,draft

Every key and every value has a German name too (`fraktion:`, `stand:offen`, `hat:fehler`). Nothing raises while
somebody types: what is understood filters, a beginning filters by what it can become, and what makes no sense is a
`Problem` that names the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from antragsbuch_schema.folding import fold, words
from antragsbuch_schema.state import OPEN, State

from . import filter_words
from .filter_words import Names, Phrase, Problem, Token, meant, no_value, tokens, unknown_key
from .periods import Range, between

TextKey = Literal["faction", "body", "type", "title", "term", "reference"]
DateKey = Literal["date", "session"]


class Has(StrEnum):
    """Something that a row of the list can have."""

    ERROR = "error"
    WARNING = "warning"
    REMARK = "remark"
    VOTE = "vote"
    DRAFT = "draft"
    CHANGE = "change"
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    PUBLIC = "public"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Anywhere:
    """The phrase occurs in the text of the motion."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class InField:
    """One of the phrases occurs in a field."""

    key: TextKey
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The date of the paper, or of one of its sessions, lies in one of the ranges."""

    key: DateKey
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The running number in the reference lies in one of the ranges, both ends included; None is open."""

    ranges: tuple[tuple[int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class InState:
    """The motion is in one of the states."""

    states: frozenset[State]


@dataclass(frozen=True, slots=True)
class HasAny:
    """The row has one of these."""

    marks: frozenset[Has]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the conditions holds."""

    conditions: tuple[Condition, ...]


Condition = Anywhere | InField | Within | Numbered | InState | HasAny | AnyOf


Term = filter_words.Term[Condition]
Query = filter_words.Asked[Condition]

EVERYTHING = Query()


_KEYS: Mapping[str, Names] = {
    "faction": ("faction", "fraktion", "originator", "antragsteller"),
    "body": ("body", "gremium", "committee", "ausschuss", "organization"),
    "date": ("date", "datum"),
    "session": ("session", "sitzung", "meeting"),
    "reference": ("ref", "nr", "reference", "drucksache", "number", "nummer"),
    "type": ("type", "art"),
    "title": ("title", "titel"),
    "term": ("term", "wahlperiode", "wp"),
    "state": ("state", "stand", "status"),
    "has": ("has", "hat"),
    "is": ("is", "ist"),
}
_KEY_OF = {fold(name): key for key, names in _KEYS.items() for name in names}

_HAS: Mapping[Has, Names] = {
    Has.ERROR: ("error", "fehler"),
    Has.WARNING: ("warning", "warnung"),
    Has.REMARK: ("remark", "hinweis"),
    Has.VOTE: ("vote", "abstimmung"),
    Has.DRAFT: ("draft", "entwurf"),
    Has.CHANGE: ("change", "änderung"),
}
_IS: Mapping[Has, Names] = {
    Has.PUBLIC: ("public", "öffentlich"),
    Has.CONFIDENTIAL: ("confidential", "nichtöffentlich", "vertraulich"),
    Has.NEW: ("new", "neu"),
    Has.CHANGED: ("changed", "geändert"),
    Has.REMOVED: ("removed", "gelöscht"),
    Has.DRAFT: ("draft", "entwurf"),
}
_OPEN: Mapping[frozenset[State], Names] = {
    OPEN: ("open", "offen"),
    frozenset(State) - OPEN: ("closed", "abgeschlossen"),
}
_MORE_NAMES: Mapping[State, Names] = {State.DECIDED: ("as proposed", "laut Vorschlag")}


@cache
def _state_names() -> Mapping[frozenset[State], Names]:
    return {
        **_OPEN,
        **{
            frozenset({state}): (state.label("en"), state.label("de"), state.value, *_MORE_NAMES.get(state, ()))
            for state in State
        },
    }


def parse(text: str) -> Query:
    """The query that `text` asks for; whatever the text, one comes back."""
    terms: list[Term] = []
    problems: list[Problem] = []
    for token in tokens(text, _KEY_OF):
        found = _condition(token)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            terms.append(Term(found, token.negated, token.start, token.end))
    return Query(tuple(terms), tuple(problems))


def _condition(token: Token) -> Condition | Problem | None:
    """What a token asks for; None for one that is too short to ask for anything yet."""
    values = [value for value in token.values if value]
    if not token.key:
        phrase = tuple(words(token.values[0]))
        return Anywhere(phrase) if phrase else None
    key = _KEY_OF.get(fold(token.key))
    match key:
        case None:
            return unknown_key(token, _KEYS.values())
        case "date" | "session":
            return _dates(key, values, token)
        case "state":
            return _states(values, token)
        case "has" | "is":
            return _marks(key, values, token)
        case "reference":
            return _reference(values, token)
        case "faction" | "body" | "type" | "title" | "term":
            phrases = tuple(phrase for value in values if (phrase := tuple(words(value))))
            return InField(key, phrases) if phrases else None
        case _:
            raise AssertionError(key)


def _dates(key: DateKey, values: list[str], token: Token) -> Within | Problem | None:
    ranges: list[Range] = []
    for value in values:
        found = between(value)
        if found is None:
            return Problem("date", value, token.key, token.start, token.end)
        if found.first or found.last:
            ranges.append(found)
    return Within(key, tuple(ranges)) if ranges else None


def _reference(values: list[str], token: Token) -> Condition | Problem | None:
    """A number range as such; anything else is the beginning of the reference or of one of its words."""
    ranges: list[tuple[int | None, int | None]] = []
    phrases: list[Phrase] = []
    for value in values:
        first, dots, last = value.partition("..")
        if not dots:
            phrases += [phrase] if (phrase := tuple(words(value))) else []
            continue
        ends = [_number(end) for end in (first, last)]
        if "" in ends or (first and last and not (ends[0] or ends[1])):
            return Problem("number", value, token.key, token.start, token.end)
        low, high = (None if end is None else int(end) for end in ends)
        if low is not None and high is not None and low > high:
            low, high = high, low
        if low is not None or high is not None:
            ranges.append((low, high))
    return _any_of(
        *((InField("reference", tuple(phrases)),) if phrases else ()),
        *((Numbered(tuple(ranges)),) if ranges else ()),
    )


def _number(text: str) -> str | None:
    """The digits of a number, None for an open end, "" for what is no number."""
    stripped = text.strip()
    if not stripped:
        return None
    return stripped if stripped.isascii() and stripped.isdecimal() and len(stripped) < 16 else ""


def _states(values: list[str], token: Token) -> InState | Problem | None:
    """States by words of their names: "decided" is as proposed, amended and in part."""
    found: set[State] = set()
    for value in values:
        named = meant(value, _state_names())
        if not named:
            return no_value(value, token, _state_names().values())
        found = found.union(*named)
    return InState(frozenset(found)) if found else None


def _marks(key: Literal["has", "is"], values: list[str], token: Token) -> Condition | Problem | None:
    known = _HAS if key == "has" else _IS
    marks: set[Has] = set()
    states: set[State] = set()
    for value in values:
        found = meant(value, known)
        groups = meant(value, _OPEN) if key == "is" else []
        if not found and not groups:
            return no_value(value, token, [*known.values(), *(_OPEN.values() if key == "is" else ())])
        marks.update(found)
        states = states.union(*groups)
    return _any_of(
        *((HasAny(frozenset(marks)),) if marks else ()),
        *((InState(frozenset(states)),) if states else ()),
    )


def _any_of(*conditions: Condition) -> Condition | None:
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return AnyOf(conditions)
