"""What is written to the tables of the index, and what is read from them to know what must be written."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Collection, Iterable, Mapping
from sqlite3 import Connection
from typing import NamedTuple

from antragsbuch_schema.diagnostics import Kept
from antragsbuch_schema.findings import shown
from antragsbuch_schema.mentions import Facts
from antragsbuch_schema.state import State

from . import kept, listing
from .errors import Damaged
from .filling import Counts, Made, count
from .listing import Stamp
from .records import Record
from .source import from_column, to_column

_STATES = {state.value: position for position, state in enumerate(State)}


class Known(NamedTuple):
    """What the index has of a file. `basis` names the council and the program that it was made with."""

    blob: str
    head: str
    present: int
    basis: str
    size: int
    modified: int
    inode: int

    @property
    def stamp(self) -> tuple[int, ...]:
        """The stamp that it had; equal to a `Stamp`."""
        return self[4:]


_KNOWN = "blob, head, present, basis, size, modified, inode"


def known(connection: Connection) -> dict[str, Known]:
    """Every file of the index by its path."""
    found = connection.execute(f"SELECT path, {_KNOWN} FROM files")
    return {path if type(path) is str else from_column(path): Known(*rest) for path, *rest in found}


def known_files(connection: Connection, paths: Collection[str]) -> dict[str, Known]:
    """The same for some paths."""
    found = {
        path: connection.execute(f"SELECT {_KNOWN} FROM files WHERE path = ?", (to_column(path),)).fetchone()
        for path in paths
    }
    return {path: Known(*columns) for path, columns in found.items() if columns}


def get(connection: Connection, key: str) -> str:
    """A note of the index about itself, "" where there is none."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def note(connection: Connection, key: str, value: str) -> None:
    """Write such a note."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def put(
    connection: Connection,
    made: Iterable[Made],
    heads: Mapping[str, str],
    basis: str,
    began: int,
    *,
    trigrams: bool,
) -> None:
    """Keep what was made of some files.

    `heads` are the blobs at HEAD; the stamp of a file that was written shortly before `began` is not trusted.
    `trigrams` says whether the search is an index of trigrams or a plain table.
    """
    for each in made:
        stamp = listing.settled(each.stamp, began)
        if each.record is None:
            connection.execute(
                "UPDATE files SET size = ?, modified = ?, inode = ? WHERE path = ?", (*stamp, to_column(each.path))
            )
        else:
            _put(connection, each, each.record, stamp, heads.get(each.path, ""), basis, trigrams=trigrams)


def set_heads(connection: Connection, heads: Mapping[str, str]) -> None:
    """Keep other blobs at HEAD for some files that are known; "" for none."""
    connection.executemany(
        "UPDATE files SET head = ? WHERE path = ?", ((blob, to_column(path)) for path, blob in heads.items())
    )


def drop(connection: Connection, paths: Iterable[str], *, trigrams: bool) -> None:
    """Forget files that are neither in the work tree nor at HEAD."""
    for path in paths:
        (key,) = connection.execute("SELECT key FROM files WHERE path = ?", (to_column(path),)).fetchone()
        _take_out(connection, key, trigrams=trigrams)
        for table, column in (("steps", "file"), ("checked", "file"), ("files", "key")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))
        note(connection, "clashes", "")


def facts(connection: Connection) -> list[Facts]:
    """The facts of every file of the work tree, in the order of the paths."""
    found = connection.execute("SELECT facts FROM checked JOIN files ON key = file WHERE present ORDER BY path")
    return [kept.load_facts(text) for (text,) in found]


def names(connection: Connection) -> dict[str, tuple[str, str]]:
    """The id and the reference of each version that is read, by blob."""
    found = connection.execute("SELECT blob, id, reference FROM files WHERE present")
    return {blob: (identity, reference) for blob, identity, reference in found}


def put_clashes(connection: Connection, clashes: Collection[Kept], today: dt.date) -> None:
    """Keep what the rules of the whole register found, and count it on top of what each file has by itself.

    What counts is what holds on `today`.
    """
    connection.execute("DELETE FROM clashes")
    connection.execute(
        "UPDATE files SET errors = own_errors, warnings = own_warnings, remarks = own_remarks "
        "WHERE (errors, warnings, remarks) <> (own_errors, own_warnings, own_remarks)"
    )
    by_path: dict[str, list[Kept]] = {}
    for clash in clashes:
        by_path.setdefault(clash.located.path, []).append(clash)
    for path, findings in by_path.items():
        connection.execute("INSERT INTO clashes VALUES (?, ?)", (to_column(path), kept.dump(tuple(findings))))
        connection.execute(
            "UPDATE files SET errors = errors + ?, warnings = warnings + ?, remarks = remarks + ? WHERE path = ?",
            (*count(shown(findings, today)), to_column(path)),
        )
    note(connection, "clashes", "known")


def clashes(connection: Connection) -> dict[str, tuple[Kept, ...]]:
    """What the rules of the whole register found, by path."""
    found = connection.execute("SELECT path, findings FROM clashes ORDER BY path")
    return {from_column(path): kept.load_findings(text) for path, text in found}


def changing(connection: Connection, before: str, today: str) -> list[tuple[int, str, str]]:
    """Key and findings (of all days, of some) of the files where another day may count other findings than before."""
    return connection.execute(
        "SELECT file, findings, dated FROM checked WHERE dated <> '' AND dated_from <= ? AND dated_to > ?",
        (max(before, today), min(before, today)),
    ).fetchall()


def recount(connection: Connection, key: int, counts: Counts) -> None:
    """Keep other counts for a file, by itself and in all."""
    connection.execute(
        "UPDATE files SET errors = errors - own_errors + ?, warnings = warnings - own_warnings + ?, "
        "remarks = remarks - own_remarks + ?, own_errors = ?, own_warnings = ?, own_remarks = ? WHERE key = ?",
        (*counts, *counts, key),
    )


def _put(
    connection: Connection, made: Made, record: Record, stamp: Stamp, head: str, basis: str, *, trigrams: bool
) -> None:
    path = to_column(made.path)
    before = connection.execute("SELECT key, mentions, present FROM files WHERE path = ?", (path,)).fetchone()
    columns: dict[str, str | bytes | int | None] = {
        "path": path,
        "blob": made.blob,
        "head": head,
        "present": made.present,
        "size": stamp.size,
        "modified": stamp.modified,
        "inode": stamp.inode,
        "basis": basis,
        "id": record.id,
        "reference": record.reference,
        "date": record.date,
        "submitted": record.submitted,
        "title": record.title,
        "paper_type": record.paper_type,
        "originators": json.dumps(record.originators),
        "public": record.public,
        "state": record.state,
        "state_order": _STATES.get(record.state, -1),
        "next_organization": record.next_organization,
        "next_date": record.next_date,
        "voted": record.voted,
        "reference_order": record.order,
        "title_order": record.title_order,
        "number": record.number,
        "term": record.term,
        "kind": record.kind,
        "names": record.names,
        "reference_words": record.reference_words,
        "title_words": record.title_words,
        "mentions": made.mentions,
        **dict(zip(("own_errors", "own_warnings", "own_remarks"), made.counts, strict=True)),
        **made.counts._asdict(),
    }
    if before:
        columns["key"] = before[0]
        connection.execute("DELETE FROM steps WHERE file = ?", (before[0],))
        _take_out(connection, before[0], trigrams=trigrams)
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    key = connection.execute(
        f"INSERT OR REPLACE INTO files ({names}) VALUES ({marks})", tuple(columns.values())
    ).lastrowid
    connection.executemany(
        "INSERT INTO steps VALUES (?, ?, ?, ?, ?)",
        [(key, step.position, step.date, step.organization, _body(connection, step.names)) for step in record.steps],
    )
    connection.execute(
        "INSERT OR REPLACE INTO checked VALUES (?, ?, ?, ?, ?, ?)",
        (key, made.findings, made.dated, made.dated_from, made.dated_to, made.facts),
    )
    connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (key, record.text))
    connection.execute("INSERT INTO texts VALUES (?, ?)", (key, zlib.compress(record.text.encode(), 1)))
    if not before or before[1] != made.mentions or bool(before[2]) != made.present or _clashes_with(connection, path):
        note(connection, "clashes", "")


def _take_out(connection: Connection, key: int, *, trigrams: bool) -> None:
    """Take the text of a file out of the search. Raises `Damaged` where it can't be known."""
    if trigrams:
        found = connection.execute("SELECT packed FROM texts WHERE file = ?", (key,)).fetchone()
        try:
            text = zlib.decompress(found[0]).decode()
        except (TypeError, zlib.error, UnicodeDecodeError) as error:
            raise Damaged(f"the text of file {key}") from error
        connection.execute("INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", (key, text))
    else:
        connection.execute("DELETE FROM search WHERE rowid = ?", (key,))
    connection.execute("DELETE FROM texts WHERE file = ?", (key,))


def _body(connection: Connection, names: str) -> int:
    """The number of the body, or bodies, with these names."""
    connection.execute("INSERT OR IGNORE INTO bodies (names) VALUES (?)", (names,))
    return int(connection.execute("SELECT body FROM bodies WHERE names = ?", (names,)).fetchone()[0])


def _clashes_with(connection: Connection, path: str | bytes) -> bool:
    """Whether lines of this file are named by what the rules of the whole register found."""
    own = connection.execute("SELECT 1 FROM clashes WHERE path = ?", (path,)).fetchone()
    return own is not None or (
        isinstance(path, str)
        and connection.execute("SELECT 1 FROM clashes WHERE instr(findings, ?)", (json.dumps(path),)).fetchone()
        is not None
    )
