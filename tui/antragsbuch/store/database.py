"""The file behind the index: one SQLite database that can be thrown away at any time.

It lies in the git directory of the work tree, or in the person's cache folder where that can't be written. Its name
is never used twice: a process that still has a discarded file open must not touch the journal of the next one.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

LAYOUT = 1
"""Raised whenever the tables or what is kept in them change: an index of another layout is not read."""

_Result = TypeVar("_Result")

# a path that is no UTF-8 is kept as bytes; `texts` holds what is in the search, packed: to take a text out of an index
# of trigrams one must know it
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    key INTEGER PRIMARY KEY,
    path UNIQUE NOT NULL,
    blob TEXT NOT NULL,
    head TEXT NOT NULL,
    present INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    basis TEXT NOT NULL,
    id TEXT NOT NULL,
    reference TEXT NOT NULL,
    date TEXT NOT NULL,
    submitted TEXT NOT NULL,
    title TEXT NOT NULL,
    paper_type TEXT NOT NULL,
    originators TEXT NOT NULL,
    public INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_order INTEGER NOT NULL,
    next_organization TEXT NOT NULL,
    next_date TEXT NOT NULL,
    voted INTEGER NOT NULL,
    reference_order TEXT NOT NULL,
    title_order TEXT NOT NULL,
    number INTEGER,
    term TEXT NOT NULL,
    kind TEXT NOT NULL,
    names TEXT NOT NULL,
    reference_words TEXT NOT NULL,
    title_words TEXT NOT NULL,
    mentions TEXT NOT NULL,
    own_errors INTEGER NOT NULL,
    own_warnings INTEGER NOT NULL,
    own_remarks INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    remarks INTEGER NOT NULL
);
CREATE TABLE checked (
    file INTEGER PRIMARY KEY,
    findings TEXT NOT NULL,
    dated TEXT NOT NULL,
    dated_from TEXT NOT NULL,
    dated_to TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE TABLE clashes (
    path UNIQUE NOT NULL,
    findings TEXT NOT NULL
);
CREATE TABLE steps (
    file INTEGER NOT NULL,
    position INTEGER NOT NULL,
    date TEXT NOT NULL,
    organization TEXT NOT NULL,
    body INTEGER NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
CREATE INDEX steps_by_body ON steps (body, date);
CREATE TABLE bodies (
    body INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
);
CREATE TABLE texts (
    file INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
);
CREATE INDEX files_by_reference ON files (reference_order, path);
"""
_TRIGRAMS = "CREATE VIRTUAL TABLE search USING fts5(text, content='', columnsize=0, tokenize='trigram')"
_PLAIN = "CREATE TABLE search (rowid INTEGER PRIMARY KEY, text TEXT NOT NULL)"
APPLICATION = 0x416E7472
_PAUSE = 0.02


class Damaged(Exception):
    """The file can't be read any more; it is to be discarded and filled again."""


class Database:
    """The open database: one connection that reads and one that writes, each for one thread at a time."""

    def __init__(self, path: Path, *, temporary: bool = False) -> None:
        self.path = path
        self._temporary = temporary
        self._reader, self._reading = _connected(path), threading.RLock()
        self._writer, self._writing = _connected(path), threading.RLock()
        self.trigrams = _is_virtual(self._reader)
        """Whether a search goes through the index of trigrams, which an old SQLite does not have."""

    def read(
        self, work: Callable[[sqlite3.Connection], _Result], cancelled: Callable[[], bool] | None = None
    ) -> _Result:
        """What `work` finds. Raises `Damaged`; `sqlite3.OperationalError` when `cancelled` becomes true."""
        with self._reading, _damage():
            self._reader.set_progress_handler(cancelled and (lambda: int(cancelled())), 10_000)
            return work(self._reader)

    def write(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """What `work` returns; all that it wrote becomes visible at once, or nothing where it raises."""
        with self._writing, _damage():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                result = work(self._writer)
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")
            return result

    def close(self) -> None:
        """Let go of the file."""
        with self._reading, self._writing:
            for connection in (self._reader, self._writer):
                with suppress(sqlite3.Error):
                    connection.close()
        if self._temporary:
            import shutil

            shutil.rmtree(self.path.parent, ignore_errors=True)


def opened(folders: Sequence[Path], *, anew: Path | None = None, trigrams: bool = True) -> Database:
    """The database in the first of `folders` that can be written, made where there is none.

    `anew` is the path of one that turned out damaged: it is discarded, unless another process has done so already.
    """
    for folder in (*folders, None):
        try:
            place = folder or _temporary_folder()
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _locked(place / "index.lock"):
                return Database(_found(place, anew, trigrams), temporary=folder is None)
        except (OSError, sqlite3.OperationalError):
            if folder is None:
                raise
    raise AssertionError("the temporary folder is the last")


def _temporary_folder() -> Path:
    # not at the top: hardly anybody needs it, and it loads much
    import tempfile

    return Path(tempfile.mkdtemp(prefix="antragsbuch-"))


@contextmanager
def alone(database: Database, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Be the only one of all processes that fills this database; waits without end, unless `cancelled`."""
    with (database.path.parent / "filling.lock").open("ab") as file:
        while not cancelled():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
        yield


def _found(folder: Path, anew: Path | None, trigrams: bool) -> Path:
    """The newest usable database in `folder`, a new one where there is none; all others are removed."""
    found = sorted(folder.glob("index-*.sqlite"))
    if found and found[-1] != anew and _is_usable(found[-1]):
        return found[-1]
    for path in found:
        for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            each.unlink(missing_ok=True)
    path = folder / f"index-{time.time_ns():020}.sqlite"
    _make(path, trigrams)
    return path


def _is_usable(path: Path) -> bool:
    try:
        connection = _connected(path)
    except Damaged:
        return False
    connection.close()
    return True


def _make(path: Path, trigrams: bool) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        if trigrams:
            try:
                connection.execute(_TRIGRAMS)
            except sqlite3.OperationalError:
                connection.execute(_PLAIN)
        else:
            connection.execute(_PLAIN)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _connected(path: Path) -> sqlite3.Connection:
    with _damage():
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
            if marks != [APPLICATION, LAYOUT]:
                raise Damaged
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -16000")
            connection.execute("SELECT path FROM files LIMIT 1").fetchone()
            # somebody else's index can be read here but not written
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    return connection


def _is_virtual(connection: sqlite3.Connection) -> bool:
    with _damage():
        (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone() or ("",)
    return str(made).startswith("CREATE VIRTUAL")


@contextmanager
def _damage() -> Iterator[None]:
    """Turn SQLite's ways to say that a file is no good into `Damaged`; busy, full or interrupted is another matter."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        # an error of the module itself, such as text that is no UTF-8, has no code
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_DAMAGE:
            raise
        raise Damaged(str(error)) from error


_NO_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM,
    }
)  # fmt: skip


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
