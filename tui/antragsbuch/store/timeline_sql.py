"""What is asked of the timeline, as SQL. Every value is a parameter, never part of the text."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import NamedTuple, assert_never

from antragsbuch_schema.folding import spellings, words

from .filter_words import Phrase
from .history_query import (
    OF_ONE_CHANGE,
    Body,
    By,
    Condition,
    Field,
    HistoryQuery,
    Is,
    Kind,
    Late,
    Mark,
    OfMotion,
    On,
    Said,
)
from .periods import Range
from .source import from_column
from .timeline_layout import ORDER, VISIBLE
from .timeline_motion import Identity, keys_of
from .worktree import SUFFIX

_ENTERED = ("vote_recorded", "vote_changed", "outcome_recorded", "outcome_changed")


def _visible(view: int) -> str:
    return VISIBLE.replace(":view", f"{view:d}")


class _Sql(NamedTuple):
    text: str
    values: tuple[object, ...] = ()


_TRUE, _FALSE = _Sql("1"), _Sql("0")


def matching(connection: Connection, query: HistoryQuery, view: int, identity: Identity) -> array[int]:
    """The numbers of the changes that a query asks for and a view reaches, newest first."""
    asked = [term.condition for term in query.terms if not term.negated]
    parts = [_Sql(_visible(view)), *_parts(connection, asked, view, identity)]
    for term in query.terms:
        if term.negated:
            found = _joined("AND", _parts(connection, [term.condition], view, identity), _TRUE)
            parts.append(_Sql(f"NOT ({found.text})", found.values))
    where = _joined("AND", parts, _TRUE)
    if view < 0:
        return array("q")
    sql = f"SELECT c.key FROM changes c WHERE {where.text} ORDER BY {ORDER}"
    return array("q", (key for (key,) in connection.execute(sql, where.values)))


def _parts(connection: Connection, conditions: Sequence[Condition], view: int, identity: Identity) -> list[_Sql]:
    """Conditions on a row of `changes`; those of one change together."""
    inner = [each for each in conditions if isinstance(each, OF_ONE_CHANGE)]
    outer = [each for each in conditions if not isinstance(each, OF_ONE_CHANGE)]
    found = [_of_commit(connection, each, view, identity) for each in outer]
    if inner:
        facet = _joined("AND", [_of_change(each) for each in inner], _TRUE)
        found.append(_Sql(f"c.pair IN (SELECT f.pair FROM facets f WHERE {facet.text})", facet.values))
        late = [each.days for each in inner if isinstance(each, Late)]
        if late:
            sql = (
                "EXISTS (SELECT 1 FROM facets f JOIN commits m ON m.key = c.id WHERE f.pair = c.pair"
                f" AND {facet.text} AND julianday(m.day) - julianday(f.day) > ?)"
            )
            found.append(_Sql(sql, (*facet.values, max(late))))
    return found


def _of_change(condition: Field | Kind | Body | Late) -> _Sql:
    match condition:
        case Field(fields):
            below = [_Sql("f.field = ? OR f.field GLOB ?", (field, f"{field}.*")) for field in sorted(fields)]
            return _joined("OR", below, _FALSE)
        case Kind(kinds):
            return _one_of("f.kind", sorted(kinds))
        case Body(phrases):
            names = _contains("words", phrases)
            return _Sql(f"f.body IN (SELECT key FROM bodies WHERE {names.text})", names.values)
        case Late():
            entered = _one_of("f.kind", _ENTERED)
            return _Sql(f"f.day <> '' AND {entered.text}", entered.values)
        case _:
            assert_never(condition)


def _of_commit(
    connection: Connection, condition: Said | OfMotion | By | On | Is, view: int, identity: Identity
) -> _Sql:
    match condition:
        case Said(phrase):
            message = _contains("words", [phrase])
            each = _joined("AND", [_contains("words", [(word,)]) for word in phrase], _TRUE)
            return _Sql(
                f"(c.id IN (SELECT key FROM commits WHERE {message.text})"
                f" OR c.pair IN (SELECT key FROM pairs WHERE {each.text}))",
                (*message.values, *each.values),
            )
        case OfMotion(names):
            return _joined("OR", [_of_motion(connection, name, view, identity) for name in names], _FALSE)
        case By(phrases):
            people = [
                key
                for key, name, email in connection.execute("SELECT key, name, email FROM people")
                if _says(f" {' '.join(words(name))} {' '.join(words(email))} ", phrases)
            ]
            found = _one_of("author", people)
            other = _one_of("committer", people)
            return _Sql(
                f"c.id IN (SELECT key FROM commits WHERE {found.text} OR {other.text})", (*found.values, *other.values)
            )
        case On(ranges):
            days = _joined("OR", [_within(each) for each in ranges], _FALSE)
            return _Sql(f"c.id IN (SELECT key FROM commits WHERE {days.text})", days.values)
        case Is(marks):
            return _joined("OR", [_marked(mark, view) for mark in sorted(marks)], _FALSE)
        case _:
            assert_never(condition)


def _marked(mark: Mark, view: int) -> _Sql:
    match mark:
        case Mark.MERGE:
            return _Sql("c.merged")
        case Mark.RENAMED:
            return _Sql("c.old_path IS NOT NULL")
        case Mark.SIGNED:
            return _Sql("c.id IN (SELECT key FROM commits WHERE signed)")
        case Mark.LOST:
            lost = f"SELECT edit FROM lost WHERE merge NOT IN (SELECT id FROM hidden WHERE view = {view:d})"
            return _Sql(f"c.key IN ({lost})")
        case _:
            assert_never(mark)


def _of_motion(connection: Connection, name: str, view: int, identity: Identity) -> _Sql:
    """The changes of the motions that a name may mean: a path or an id, else the begin of a word of a reference."""
    keys = keys_of(connection, name, view, identity)
    if keys:
        return _one_of("c.key", keys)
    phrase = tuple(words(name))
    if not phrase:
        return _TRUE
    sought = f" {' '.join(phrase)}"
    references = [
        reference
        for (reference,) in connection.execute("SELECT DISTINCT reference FROM pairs")
        if sought in f" {' '.join(words(reference))}"
    ]
    paths = {from_column(path) for (path,) in connection.execute(_PATHS_OF, (json.dumps(references),)).fetchall()} | {
        # what is not read yet is called as its file
        path
        for (column,) in connection.execute("SELECT path FROM paths")
        if sought in f" {' '.join(words((path := from_column(column)).rpartition('/')[2].removesuffix(SUFFIX)))}"
    }
    # each with what it was before it had this reference
    found = {key for path in paths for key in keys_of(connection, path, view, identity)}
    return _one_of("c.key", sorted(found))


_PATHS_OF = """
SELECT DISTINCT p.path FROM pairs r JOIN changes c ON c.pair = r.key JOIN paths p ON p.key = c.path
WHERE r.reference IN (SELECT value FROM json_each(?))
"""


def _within(days: Range) -> _Sql:
    parts = [_Sql("day >= ?", (days.first.isoformat(),))] if days.first else []
    parts += [_Sql("day <= ?", (days.last.isoformat(),))] if days.last else []
    return _joined("AND", parts, _TRUE)


def _contains(column: str, phrases: Iterable[Phrase]) -> _Sql:
    return _joined(
        "OR", [_Sql(f"instr({column}, ?)", (text,)) for phrase in phrases for text in _spelled(phrase)], _FALSE
    )


def _says(text: str, phrases: Iterable[Phrase]) -> bool:
    return any(spelled in text for phrase in phrases for spelled in _spelled(phrase))


def _spelled(phrase: Phrase) -> Sequence[str]:
    """The phrase, and the same with all umlauts that are written out as umlauts."""
    return list(dict.fromkeys((" ".join(phrase), " ".join(spellings(word)[-1] for word in phrase))))


def _one_of(column: str, values: Sequence[object]) -> _Sql:
    if len(values) > 500:
        return _Sql(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(values),))
    return _Sql(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def _joined(word: str, parts: Iterable[_Sql], none: _Sql) -> _Sql:
    found = list(parts)
    if not found:
        return none
    return _Sql(f" {word} ".join(f"({part.text})" for part in found), tuple(v for part in found for v in part.values))
