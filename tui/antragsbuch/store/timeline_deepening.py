"""Reading what changed in words: every pair of versions once, newest first; and which edits a merge left behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from antragsbuch_schema.folding import words

from .comparing import data_of
from .database import Database
from .errors import GitError
from .objects import FILE_MODES
from .program import digest
from .source import from_column
from .timeline_facets import Facets, facets_of
from .timeline_filling import names_in
from .timeline_settling import settle
from .workers import spread

if TYPE_CHECKING:
    from .register import Register

_FIRST = 200
"""So many of the newest are read first: they are what somebody sees."""
_CHUNK = 64
_MAKERS = ("timeline_facets.py", "timeline_settling.py")
_ALONE = 400
"""So many are read faster than processes are started."""


class _Waiting(NamedTuple):
    key: int
    path: str | bytes
    commit: bytes
    parents: bytes
    old_blob: bytes | None
    blob: bytes | None
    merged: int
    cut: int


class _Job(NamedTuple):
    """A file of the register, the versions before by their blobs, and the one after."""

    name: bytes
    path: str
    olds: tuple[str | None, ...]
    new: str | None


_Chunk = tuple[Sequence[_Job], Mapping[str, bytes]]
"""Jobs, and the bytes of the blobs that they name."""

_WAITING = """
SELECT c.key, p.path, m.oid, m.parents, c.old_blob, c.blob, c.merged, m.cut
FROM changes c JOIN commits m ON m.key = c.id JOIN paths p ON p.key = c.path
WHERE c.pair IS NULL {more}
"""
_NEWEST = _WAITING.format(more="ORDER BY c.stamp DESC LIMIT ?")
_OF_PATH = _WAITING.format(more="AND c.path = ? ORDER BY c.stamp DESC")
_PATHS = "SELECT path FROM changes WHERE pair IS NULL GROUP BY path ORDER BY max(stamp) DESC"


def deepen(
    register: Register,
    database: Database,
    *,
    processes: int,
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool],
) -> bool:
    """Read all that is not read yet; false where it was told to `stop` before the end.

    For one process at a time; commits may come and go meanwhile. Raises `Damaged`, `StoreError`.
    """
    program = digest(_MAKERS).hex()
    if database.read(_made_by) != program:
        database.write(lambda connection: _forget(connection, program))
    if not settle(register, database, stop):
        return False
    done, total = 0, _count(database)

    def note(batch: Sequence[_Waiting], made: Mapping[bytes, Facets]) -> None:
        nonlocal done
        database.write(lambda connection: _put(connection, batch, made))
        done += len(batch)
        if progress is not None:
            progress(done, total)

    newest = database.read(lambda connection: [_Waiting(*row) for row in connection.execute(_NEWEST, (_FIRST,))])
    if newest and not stop():
        note(newest, _made(_chunk(register, _unknown(database, newest))))
    if total - done < _ALONE:
        processes = 1
    batches: dict[int, Sequence[_Waiting]] = {}

    def chunks() -> Iterator[tuple[int, _Chunk]]:
        # a motion after the other, so that each version is parsed once
        for number, batch in enumerate(_batches(database)):
            if stop():
                return
            batches[number] = batch
            yield number, _chunk(register, _unknown(database, batch))

    work = spread(_numbered, chunks(), processes) if processes > 1 else map(_numbered, chunks())
    for number, made in work:
        note(batches.pop(number), made)
    return not stop() or _count(database) == 0


def _made_by(connection: Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
    return str(row[0]) if row else ""


def _forget(connection: Connection, program: str) -> None:
    """What another program found out is found out again."""
    connection.execute("UPDATE changes SET pair = NULL")
    connection.execute("UPDATE strays SET settled = 0")
    for table in ("pairs", "facets", "bodies", "lost"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('program', ?)", (program,))


def _count(database: Database) -> int:
    found = database.read(
        lambda connection: connection.execute("SELECT count(*) FROM changes WHERE pair IS NULL").fetchone()
    )
    return int(found[0])


def _batches(database: Database) -> Iterator[Sequence[_Waiting]]:
    """What waits, all of a motion together, the motions with the newest changes first."""
    paths = database.read(lambda connection: [path for (path,) in connection.execute(_PATHS)])
    batch: list[_Waiting] = []
    for path in paths:
        batch += database.read(partial(_of_path, path=path))
        while len(batch) >= _CHUNK:
            yield batch[:_CHUNK]
            batch = batch[_CHUNK:]
    if batch:
        yield batch


def _of_path(connection: Connection, path: int) -> list[_Waiting]:
    return [_Waiting(*row) for row in connection.execute(_OF_PATH, (path,))]


def _unknown(database: Database, batch: Sequence[_Waiting]) -> list[_Waiting]:
    """Those whose versions were not compared yet, one of those with the same."""

    def find(connection: Connection) -> list[_Waiting]:
        by_name = {_name(each): each for each in batch}
        sql = "SELECT 1 FROM pairs WHERE name = ?"
        return [each for name, each in by_name.items() if connection.execute(sql, (name,)).fetchone() is None]

    return database.read(find)


def _chunk(register: Register, batch: Sequence[_Waiting]) -> _Chunk:
    jobs, blobs = [], {}
    for each in batch:
        job = _job(register, each)
        for blob in (*job.olds, job.new):
            if blob and blob not in blobs:
                try:
                    blobs[blob] = register.objects.blob(blob)
                except GitError:
                    # a partial clone does not have it
                    continue
        jobs.append(job)
    return jobs, blobs


def _job(register: Register, each: _Waiting) -> _Job:
    path, new = from_column(each.path), each.blob.hex() if each.blob else None
    if each.cut:
        # what stood before is not known, and so is what changed
        return _Job(_name(each), path, (new,), new)
    if not each.merged:
        return _Job(_name(each), path, (each.old_blob.hex() if each.old_blob else None,), new)
    entries = [register.objects.entry(parent.hex(), path) for parent in names_in(each.parents, len(each.commit))]
    olds = tuple(entry.oid if entry and entry.mode in FILE_MODES else None for entry in entries)
    return _Job(_name(each), path, olds, new)


def _numbered(chunk: tuple[int, _Chunk]) -> tuple[int, dict[bytes, Facets]]:
    return chunk[0], _made(chunk[1])


def _made(chunk: _Chunk) -> dict[bytes, Facets]:
    """What changed, by the names of the jobs. Pure, so that any process may do it."""
    jobs, blobs = chunk
    parsed = {blob: data_of(data) for blob, data in blobs.items()}
    made: dict[bytes, Facets] = {}
    for job in jobs:
        if any(blob is not None and blob not in parsed for blob in (*job.olds, job.new)):
            made[job.name] = Facets("", "", "", ())
        else:
            olds = [parsed[old] if old else None for old in job.olds]
            made[job.name] = facets_of(job.path, olds, parsed[job.new] if job.new else None)
    return made


def _name(each: _Waiting) -> bytes:
    """What is compared: the versions, or the merge; the begin of a shallow clone with nothing."""
    if each.cut:
        return b"cut" + (each.blob or b"")
    if each.merged:
        return b"merge" + each.commit + (each.blob or b"") + os.fsencode(from_column(each.path))
    return (each.old_blob or b"-") + (each.blob or b"-")


_FACET = "INSERT INTO facets VALUES (?, ?, ?, ?, ?, ?, ?)"


def _put(connection: Connection, waiting: Sequence[_Waiting], read: Mapping[bytes, Facets]) -> None:
    bodies: dict[str, int] = {}
    for name, found in read.items():
        # two chunks may have the same pair of versions
        cursor = connection.execute(
            "INSERT OR IGNORE INTO pairs (name, motion, reference, words) VALUES (?, ?, ?, ?)",
            (name, found.motion, found.reference, found.words),
        )
        if cursor.rowcount and cursor.lastrowid:
            connection.executemany(_FACET, _rows(connection, cursor.lastrowid, found, bodies))
    # commits come and go meanwhile, and another change may have got the number
    connection.executemany(
        "UPDATE changes SET pair = (SELECT key FROM pairs WHERE name = ?)"
        " WHERE key = ? AND id = (SELECT key FROM commits WHERE oid = ?) AND blob IS ? AND old_blob IS ?",
        ((_name(each), each.key, each.commit, each.blob, each.old_blob) for each in waiting),
    )


def _rows(connection: Connection, key: int, found: Facets, bodies: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for number, facet in enumerate(found.facets):
        if facet.body and facet.body not in bodies:
            connection.execute(
                "INSERT OR IGNORE INTO bodies (name, words) VALUES (?, ?)",
                (facet.body, f" {' '.join(words(facet.body))} "),
            )
            (bodies[facet.body],) = connection.execute(
                "SELECT key FROM bodies WHERE name = ?", (facet.body,)
            ).fetchone()
        yield key, number, facet.kind, facet.field, facet.place, bodies.get(facet.body), facet.day
