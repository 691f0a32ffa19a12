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

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal, NamedTuple, TypeVar

from antragsbuch.i18n import _, language
from antragsbuch_schema.folding import fold, words
from antragsbuch_schema.state import OPEN, State

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


Phrase = tuple[str, ...]
"""Folded words that stand side by side; the first and the last may be parts of words."""


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


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a query; `negated` turns it round. It was read from `text[start:end]`."""

    condition: Condition
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A word that is not understood, at `text[start:end]`: an unknown key, or a value that its key can't have.

    `suggestions` are what may have been meant, `possible` is all that could stand there.
    """

    kind: Literal["key", "value", "date", "number"]
    word: str
    key: str
    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The problem in a sentence, in the language of the process; the word in it is foreign text."""
        text = {
            "key": _("The filter knows no {word}:"),
            "value": _("{key}: can't be {word}."),
            "date": _("{word} is no date: 2023, 2023-11, 2023-11-16, 16.11.2023, or two of them with .. between."),
            "number": _("{word} is no number: 2292, or 2200..2299."),
        }[self.kind].format(word=self.word, key=self.key)
        if self.suggestions:
            return f"{text} " + _("Did you mean {words}?").format(words=", ".join(self.suggestions))
        if self.possible:
            return f"{text} " + _("Possible: {words}").format(words=", ".join(self.possible))
        return text


@dataclass(frozen=True, slots=True)
class Query:
    """A filter: all `terms` must hold. `problems` are the words that were left out."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()


EVERYTHING = Query()


class _Token(NamedTuple):
    """A piece of the filter: `values` are the comma-separated parts of a value, or the word itself."""

    negated: bool
    key: str
    values: tuple[str, ...]
    start: int
    end: int


_Names = tuple[str, ...]
"""The English name, the German one, and others that are understood."""

_KEYS: Mapping[str, _Names] = {
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

_HAS: Mapping[Has, _Names] = {
    Has.ERROR: ("error", "fehler"),
    Has.WARNING: ("warning", "warnung"),
    Has.REMARK: ("remark", "hinweis"),
    Has.VOTE: ("vote", "abstimmung"),
    Has.DRAFT: ("draft", "entwurf"),
    Has.CHANGE: ("change", "änderung"),
}
_IS: Mapping[Has, _Names] = {
    Has.PUBLIC: ("public", "öffentlich"),
    Has.CONFIDENTIAL: ("confidential", "nichtöffentlich", "vertraulich"),
    Has.NEW: ("new", "neu"),
    Has.CHANGED: ("changed", "geändert"),
    Has.REMOVED: ("removed", "gelöscht"),
    Has.DRAFT: ("draft", "entwurf"),
}
_OPEN: Mapping[frozenset[State], _Names] = {
    OPEN: ("open", "offen"),
    frozenset(State) - OPEN: ("closed", "abgeschlossen"),
}
_MORE_NAMES: Mapping[State, _Names] = {State.DECIDED: ("as proposed", "laut Vorschlag")}


@cache
def _state_names() -> Mapping[frozenset[State], _Names]:
    return {
        **_OPEN,
        **{
            frozenset({state}): (state.label("en"), state.label("de"), state.value, *_MORE_NAMES.get(state, ()))
            for state in State
        },
    }


_QUOTES = re.compile("[„“”«»]")
_KEY = re.compile(r"([^\W\d_]+):(?!//)")
_GENDER = re.compile(r"in(?:nen)?(?![^\W\d_])", re.IGNORECASE)


def parse(text: str) -> Query:
    """The query that `text` asks for; whatever the text, one comes back."""
    terms: list[Term] = []
    problems: list[Problem] = []
    for token in _tokens(_QUOTES.sub('"', text)):
        found = _condition(token)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            terms.append(Term(found, token.negated, token.start, token.end))
    return Query(tuple(terms), tuple(problems))


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        start = position
        negated = text[position] == "-" and not text[position + 1 : position + 2].isspace()
        position += negated
        key = ""
        match = _KEY.match(text, position)
        if match and (fold(match[1]) in _KEY_OF or not _GENDER.match(text, match.end())):
            key, position = match[1], match.end()
        values = [""]
        quoted = False
        while position < len(text) and (quoted or not text[position].isspace()):
            letter = text[position]
            if letter == '"':
                quoted = not quoted
            elif letter == "," and key and not quoted:
                values.append("")
            else:
                values[-1] += letter
            position += 1
        yield _Token(negated, key, tuple(value.strip() for value in values), start, position)


def _condition(token: _Token) -> Condition | Problem | None:
    """What a token asks for; None for one that is too short to ask for anything yet."""
    values = [value for value in token.values if value]
    if not token.key:
        phrase = tuple(words(token.values[0]))
        return Anywhere(phrase) if phrase else None
    key = _KEY_OF.get(fold(token.key))
    match key:
        case None:
            return _unknown_key(token)
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


def _dates(key: DateKey, values: list[str], token: _Token) -> Within | Problem | None:
    ranges: list[Range] = []
    for value in values:
        found = between(value)
        if found is None:
            return Problem("date", value, token.key, token.start, token.end)
        if found.first or found.last:
            ranges.append(found)
    return Within(key, tuple(ranges)) if ranges else None


def _reference(values: list[str], token: _Token) -> Condition | Problem | None:
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


def _states(values: list[str], token: _Token) -> InState | Problem | None:
    """States by words of their names: "decided" is as proposed, amended and in part."""
    found: set[State] = set()
    for value in values:
        meant = _meant(value, _state_names())
        if not meant:
            return _no_value(value, token, _state_names().values())
        found = found.union(*meant)
    return InState(frozenset(found)) if found else None


def _marks(key: Literal["has", "is"], values: list[str], token: _Token) -> Condition | Problem | None:
    known = _HAS if key == "has" else _IS
    marks: set[Has] = set()
    states: set[State] = set()
    for value in values:
        found = _meant(value, known)
        groups = _meant(value, _OPEN) if key == "is" else []
        if not found and not groups:
            return _no_value(value, token, [*known.values(), *(_OPEN.values() if key == "is" else ())])
        marks.update(found)
        states = states.union(*groups)
    return _any_of(
        *((HasAny(frozenset(marks)),) if marks else ()),
        *((InState(frozenset(states)),) if states else ()),
    )


_Meaning = TypeVar("_Meaning")


def _meant(value: str, names: Mapping[_Meaning, _Names]) -> list[_Meaning]:
    """All that have a name in which `value` begins a word."""
    typed = " ".join(words(value))
    return [
        meaning
        for meaning, known in names.items()
        if typed and any(f" {typed}" in " " + " ".join(words(name)) for name in known)
    ]


def _any_of(*conditions: Condition) -> Condition | None:
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return AnyOf(conditions)


def _unknown_key(token: _Token) -> Problem:
    # not at the top: most filters have no mistake
    from antragsbuch_schema.suggest import closest

    close = closest(token.key, (name for names in _KEYS.values() for name in names))
    return Problem(
        "key",
        token.key,
        token.key,
        token.start,
        token.end,
        tuple(f"{name}:" for name in close),
        tuple(f"{names[_mine()]}:" for names in _KEYS.values()),
    )


def _no_value(value: str, token: _Token, possible: Iterable[_Names]) -> Problem:
    from antragsbuch_schema.suggest import closest

    names = list(possible)
    close = closest(value, (name for each in names for name in each[:2]))
    mine = tuple(each[_mine()] for each in names)
    return Problem("value", value, token.key, token.start, token.end, tuple(close), mine)


def _mine() -> int:
    """Which of the names is in the language of the process."""
    return int(language() == "de")
