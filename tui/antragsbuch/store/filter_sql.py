"""From the tree of a filter to SQL over the tables of the index. Every value is a parameter, never part of the text."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from antragsbuch_schema.folding import spellings

from .filter_words import Phrase
from .periods import Range
from .query import (
    AnyOf,
    Anywhere,
    Condition,
    Has,
    HasAny,
    InField,
    InState,
    Numbered,
    Query,
    Within,
)
from .source import CHANGE


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition or a statement in SQL, with its parameters in order."""

    sql: str
    parameters: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements that select keys of `files`: wanted is what all of `all_of` select and none of `none_of`.

    Each is answered by itself: sets of keys are cut with each other faster than SQLite joins wide rows.
    """

    all_of: tuple[Clause, ...]
    none_of: tuple[Clause, ...]


_TRUE, _FALSE = Clause("1"), Clause("0")

_COLUMNS = {"faction": "names", "type": "kind", "title": "title_words", "reference": "reference_words"}
_HAS = {
    Has.ERROR: "errors > 0",
    Has.WARNING: "warnings > 0",
    Has.REMARK: "remarks > 0",
    Has.VOTE: "voted",
    Has.CHANGE: f"{CHANGE} <> ''",
    Has.NEW: f"{CHANGE} = 'new'",
    Has.CHANGED: f"{CHANGE} = 'changed'",
    Has.REMOVED: f"{CHANGE} = 'removed'",
    Has.PUBLIC: "public",
    Has.CONFIDENTIAL: "NOT public",
}


def selection(query: Query, drafts: Collection[str], *, trigrams: bool) -> Selection:
    """What selects the rows of `files` that a query asks for.

    `drafts` are the paths that have unsaved edits. `trigrams` says whether `search` is an index of trigrams or a plain
    table. A body and a session that are asked for together mean one and the same step.
    """
    asked = [term.condition for term in query.terms if not term.negated]
    all_of = _selecting(asked, drafts, trigrams)
    none_of = [each for term in query.terms if term.negated for each in _selecting([term.condition], drafts, trigrams)]
    return Selection(tuple(all_of), tuple(none_of))


def _selecting(conditions: Sequence[Condition], drafts: Collection[str], trigrams: bool) -> list[Clause]:
    """Statements that select keys: what all of them select fulfils all conditions."""
    phrases = [each.phrase for each in conditions if isinstance(each, Anywhere)]
    sessions = [each.ranges for each in conditions if isinstance(each, Within) and each.key == "session"]
    bodies = [each.phrases for each in conditions if isinstance(each, InField) and each.key == "body"]
    columns = [
        _column(each, drafts)
        for each in conditions
        if not isinstance(each, Anywhere)
        and not (isinstance(each, (Within, InField)) and each.key in ("session", "body"))
    ]
    found = [_search(phrases, trigrams)] if phrases else []
    found += [_steps(names, sessions) for names in bodies]
    if sessions and not bodies:
        found += [_steps((), [ranges]) for ranges in sessions]
    if columns:
        where = _joined("AND", columns, _TRUE)
        found.append(Clause(f"SELECT key FROM files WHERE {where.sql}", where.parameters))
    return found


def _column(condition: Condition, drafts: Collection[str]) -> Clause:
    """A condition that the columns of `files` tell."""
    match condition:
        case InField("term", phrases):
            return _one_of("term", [" ".join(phrase) for phrase in phrases])
        case InField(key, phrases):
            # a reference, or one of its numbers, is given from its beginning
            lead = " " if key == "reference" else ""
            return _contains(_COLUMNS[key], phrases, lead)
        case Within(_, ranges):
            return _within(ranges)
        case Numbered(ranges):
            return _joined("OR", [_numbered(low, high) for low, high in ranges], _FALSE)
        case InState(states):
            return _one_of("state", sorted(states))
        case HasAny(marks):
            return _joined("OR", [_has(mark, drafts) for mark in sorted(marks)], _FALSE)
        case AnyOf(conditions):
            return _joined("OR", [_column(each, drafts) for each in conditions], _FALSE)
        case Anywhere():
            raise AssertionError("the search is a table of its own")
        case _:
            assert_never(condition)


def _search(phrases: Sequence[Phrase], trigrams: bool) -> Clause:
    """The statement that selects the keys of the texts that hold all phrases.

    One or two letters stand for words that begin with them: in the search, two blanks come before each word.
    """
    wanted = [["  ".join(words).rjust(3) for words in _spelled(phrase)] for phrase in phrases]
    if trigrams:
        parts = (" OR ".join(f'"{pattern}"' for pattern in patterns) for patterns in wanted)
        match = " AND ".join(f"({part})" for part in parts)
        return Clause("SELECT rowid FROM search WHERE search MATCH ?", (match,))
    either = [_joined("OR", [Clause("instr(text, ?)", (each,)) for each in patterns], _FALSE) for patterns in wanted]
    where = _joined("AND", either, _TRUE)
    return Clause(f"SELECT rowid FROM search WHERE {where.sql}", where.parameters)


def _steps(phrases: tuple[Phrase, ...], sessions: Iterable[tuple[Range, ...]]) -> Clause:
    """The statement that selects the motions with one step that one of the bodies holds, in all of the times."""
    parts = [_within(ranges) for ranges in sessions]
    if phrases:
        names = _contains("names", phrases, "")
        parts.append(Clause(f"body IN (SELECT body FROM bodies WHERE {names.sql})", names.parameters))
    step = _joined("AND", parts, _TRUE)
    return Clause(f"SELECT DISTINCT file FROM steps WHERE {step.sql}", step.parameters)


def _contains(column: str, phrases: Iterable[Phrase], lead: str) -> Clause:
    wanted = [lead + " ".join(words) for phrase in phrases for words in _spelled(phrase)]
    return _joined("OR", [Clause(f"instr({column}, ?)", (text,)) for text in wanted], _FALSE)


def _spelled(phrase: Phrase) -> list[Phrase]:
    """The phrase, and the same with all umlauts that are written out as umlauts."""
    other = tuple(spellings(word)[-1] for word in phrase)
    return [phrase] if other == phrase else [phrase, other]


def _within(ranges: Iterable[Range]) -> Clause:
    """A date in one of the ranges; ISO texts sort as the days do, and "" is no date."""
    parts = [
        _joined(
            "AND",
            [
                Clause("date >= ?", (first.isoformat() if first else "0",)),
                *([Clause("date <= ?", (last.isoformat(),))] if last else []),
            ],
            _TRUE,
        )
        for first, last in ranges
    ]
    return _joined("OR", parts, _FALSE)


def _numbered(low: int | None, high: int | None) -> Clause:
    parts = [Clause("ifnull(number, -1) >= ?", (0 if low is None else low,))]
    if high is not None:
        parts.append(Clause("number <= ?", (high,)))
    return _joined("AND", parts, _TRUE)


def _one_of(column: str, values: Collection[str]) -> Clause:
    return Clause(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def _has(mark: Has, drafts: Collection[str]) -> Clause:
    if mark is Has.DRAFT:
        return Clause("path IN (SELECT value FROM json_each(?))", (json.dumps(sorted(drafts)),))
    return Clause(_HAS[mark])


def _joined(word: str, clauses: Iterable[Clause], none: Clause) -> Clause:
    parts = list(clauses)
    if not parts:
        return none
    return Clause(
        f" {word} ".join(f"({part.sql})" for part in parts),
        tuple(value for part in parts for value in part.parameters),
    )
