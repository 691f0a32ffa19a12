"""Reading what changed in words: every pair of versions once, newest first; and which edits a merge left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from antragsbuch_schema.folding import words

from .database import Database
from .errors import GitError
from .source import from_column
from .timeline_facets import Facets, facets
from .timeline_filling import names_in
from .timeline_settling import settle

if TYPE_CHECKING:
    from .register import Register

_BATCH = 200


class _Waiting(NamedTuple):
    key: int
    path: str
    commit: bytes
    parents: bytes
    old_blob: bytes | None
    blob: bytes | None
    merged: int
    cut: int


_NEXT = """
SELECT c.key, p.path, m.oid, m.parents, c.old_blob, c.blob, c.merged, m.cut
FROM changes c JOIN commits m ON m.key = c.id JOIN paths p ON p.key = c.path
WHERE c.pair IS NULL ORDER BY c.stamp DESC LIMIT ?
"""


def deepen(
    register: Register,
    database: Database,
    *,
    processes: int,
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool],
) -> bool:
    """Read all that is not read yet; false where it was told to `stop` before the end.

    For the one process that may write. Raises `Damaged`, `StoreError`.
    """
    if not settle(register, database, stop):
        return False
    (total,) = database.read(
        lambda connection: connection.execute("SELECT count(*) FROM changes WHERE pair IS NULL").fetchone()
    )
    done = 0
    while not stop():
        read = _read_some(register, database)
        if not read:
            return True
        done += read
        if progress is not None:
            progress(done, total)
    return False


def _read_some(register: Register, database: Database) -> int:
    """Read the newest that are not read yet; how many."""
    waiting = database.read(lambda connection: [_Waiting(*row) for row in connection.execute(_NEXT, (_BATCH,))])
    known = database.read(lambda connection: _known(connection, waiting))
    read: dict[bytes, Facets] = {}
    for each in waiting:
        name = _name(each)
        if name not in known and name not in read:
            read[name] = _facets(register, each)
    database.write(lambda connection: _put(connection, waiting, read))
    return len(waiting)


def _name(each: _Waiting) -> bytes:
    """What is compared: the versions, or the merge; the begin of a shallow clone with nothing."""
    if each.cut:
        return b"cut" + (each.blob or b"")
    if each.merged:
        return b"merge" + each.commit + (each.blob or b"") + each.path.encode("utf-8", "surrogateescape")
    return (each.old_blob or b"-") + (each.blob or b"-")


def _facets(register: Register, each: _Waiting) -> Facets:
    path = from_column(each.path)
    try:
        new = _bytes(register, each.blob)
        if each.cut:
            return facets(path, [new], new)
        if not each.merged:
            return facets(path, [_bytes(register, each.old_blob)], new)
        parents = names_in(each.parents, len(each.commit))
        return facets(path, [register.objects.content(parent.hex(), path) for parent in parents], new)
    except GitError:
        # a partial clone does not have it
        return Facets("", "", "", ())


def _bytes(register: Register, blob: bytes | None) -> bytes | None:
    return register.objects.blob(blob.hex()) if blob else None


def _known(connection: Connection, waiting: Sequence[_Waiting]) -> set[bytes]:
    names = {_name(each) for each in waiting}
    return {name for name in names if connection.execute("SELECT 1 FROM pairs WHERE name = ?", (name,)).fetchone()}


def _put(connection: Connection, waiting: Sequence[_Waiting], read: Mapping[bytes, Facets]) -> None:
    bodies: dict[str, int] = {}
    for name, found in read.items():
        (key,) = connection.execute(
            "INSERT INTO pairs (name, motion, reference, words) VALUES (?, ?, ?, ?) RETURNING key",
            (name, found.motion, found.reference, found.words),
        ).fetchone()
        connection.executemany("INSERT INTO facets VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(connection, key, found, bodies))
    connection.executemany(
        "UPDATE changes SET pair = (SELECT key FROM pairs WHERE name = ?) WHERE key = ?",
        ((_name(each), each.key) for each in waiting),
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
