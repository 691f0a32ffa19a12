"""What a server has given so far, in a file of the git directory that may be lost at any time.

Two things are kept for each server. The pages of a fetch that is not complete, so that it goes on where it stopped.
And every object of the last complete one, as it was sent: later only what was modified since is asked for, and a
result that came in changes a motion whose paper did not come again. Both and the moment lie together, so that they
are lost together; then everything is fetched again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from antragsbuch.store.database import Database, Layout
from antragsbuch.store.disposable import Disposable

STALE = 12 * 3600
"""Seconds after which the pages of a fetch that was interrupted are not used any more."""

Key = tuple[str, str]
"""An object: the list that it stood in, and its id."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is there of a server: each object as JSON, and since when (ISO 8601) to ask; "" for everything."""

    objects: Mapping[Key, bytes]
    since: str


class Kept:
    """The file for the server at `address`, in the first of `folders` that can be written."""

    def __init__(self, folders: Sequence[Path], address: str) -> None:
        name = _hashed(address)[:16]
        self._file = Disposable(folders, Layout(f"oparl-{name}", 1, _make, "SELECT data FROM page LIMIT 1"))
        self._began = -1
        """The generation of the file that `known` was read from."""

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def known(self, now: float, *, anew: bool) -> Known:
        """What is there at `now` (seconds since 1970); nothing where all is to be fetched `anew`."""
        stale = now + 1 if anew else now - STALE
        self._write(lambda connection: connection.execute("DELETE FROM page WHERE stored < ?", (stale,)))
        found = Known({}, "")
        if not anew:
            try:
                found = self._file.read(_known, self._refilled)
            except (zlib.error, UnicodeDecodeError):
                # damaged in a way that SQLite does not see
                self._file.damaged = True
                self._refilled()
        self._began = self._file.generation
        return found

    def page(self, address: str) -> bytes | None:
        """A page of the fetch that is not complete, None where it was not fetched."""
        name = _hashed(address)
        try:
            return self._file.read(lambda connection: _page(connection, name), self._refilled)
        except zlib.error:
            return None

    def put(self, address: str, data: bytes, now: float) -> None:
        """Keep a page, fetched at `now`."""
        row = (_hashed(address), now, zlib.compress(data, 1))
        self._write(lambda connection: connection.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", row))

    def began(self, now: float) -> float:
        """When the oldest page was fetched that this fetch uses."""
        found = self._file.read(
            lambda connection: connection.execute("SELECT min(stored) FROM page").fetchone()[0], self._refilled
        )
        return float(found or now)

    def finish(self, objects: Mapping[Key, bytes], changed: Mapping[Key, bytes], since: str) -> None:
        """Keep what a complete fetch has brought: `objects` are all, `changed` those that are not known so."""
        whole = self._file.generation != self._began or len(changed) == len(objects)

        def work(connection: sqlite3.Connection) -> None:
            if whole:
                connection.execute("DELETE FROM object")
            rows = ((*key, zlib.compress(data, 1)) for key, data in (objects if whole else changed).items())
            connection.executemany("INSERT OR REPLACE INTO object VALUES (?, ?, ?)", rows)
            connection.execute("INSERT OR REPLACE INTO about VALUES (0, ?)", (since,))
            connection.execute("DELETE FROM page")

        self._write(work)

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        def filled(database: Database) -> None:
            database.write(work)

        self._file.fill(filled, lambda: False)

    def _refilled(self) -> None:
        """An empty file in place of one that turned out damaged."""
        self._file.fill(lambda _database: None, lambda: False)


def _hashed(address: str) -> str:
    """The address as a key: it may hold what is nobody's business."""
    return hashlib.sha256(address.encode()).hexdigest()


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE page (name TEXT PRIMARY KEY, stored REAL, data BLOB) WITHOUT ROWID")
    connection.execute("CREATE TABLE object (list TEXT, id TEXT, data BLOB, PRIMARY KEY (list, id)) WITHOUT ROWID")
    connection.execute("CREATE TABLE about (id INTEGER PRIMARY KEY, since TEXT)")


def _known(connection: sqlite3.Connection) -> Known:
    row = connection.execute("SELECT since FROM about").fetchone()
    if row is None:
        return Known({}, "")
    rows = connection.execute("SELECT list, id, data FROM object")
    return Known({(place, identity): zlib.decompress(data) for place, identity, data in rows}, str(row[0]))


def _page(connection: sqlite3.Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT data FROM page WHERE name = ?", (name,)).fetchone()
    return zlib.decompress(row[0]) if row else None
