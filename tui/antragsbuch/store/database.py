"""The files behind the index and the timeline: SQLite databases that can be thrown away at any time.

Each lies in the git directory, or in the person's cache folder where that can't be written. Its name is never used
twice: a process that still has a discarded file open must not touch the journal of the next one.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from .errors import Damaged

_Result = TypeVar("_Result")

APPLICATION = 0x416E7472
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of database. `make` makes its tables in a new file; `probe` is a statement that only works with them.

    Raise `number` whenever the tables or what is kept in them change: a file with another one is not read.
    """

    name: str
    number: int
    make: Callable[[sqlite3.Connection], None]
    probe: str


class Database:
    """The open database: one connection that reads and one that writes, each for one thread at a time."""

    def __init__(self, path: Path, layout: Layout, *, temporary: bool = False) -> None:
        self.path = path
        self.layout = layout
        self._temporary = temporary
        self._reader, self._reading = _connected(path, layout), threading.RLock()
        self._writer, self._writing = _connected(path, layout), threading.RLock()

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


def opened(folders: Sequence[Path], layout: Layout, *, anew: Path | None = None) -> Database:
    """The database in the first of `folders` that can be written, made where there is none.

    `anew` is the path of one that turned out damaged: it is discarded, unless another process has done so already.
    """
    for folder in (*folders, None):
        try:
            place = folder or _temporary_folder()
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _locked(place / f"{layout.name}.lock"):
                return Database(_found(place, layout, anew), layout, temporary=folder is None)
        except (OSError, sqlite3.OperationalError):
            if folder is None:
                raise
    raise AssertionError("the temporary folder is the last")


def _temporary_folder() -> Path:
    # not at the top: hardly anybody needs it, and it loads much
    import tempfile

    return Path(tempfile.mkdtemp(prefix="antragsbuch-"))


@contextmanager
def alone(database: Database, cancelled: Callable[[], bool], doing: str = "filling") -> Iterator[None]:
    """Be the only one of all processes that is `doing` this to the database; waits without end, unless `cancelled`."""
    with (database.path.parent / f"{database.layout.name}-{doing}.lock").open("ab") as file:
        while not cancelled():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
        yield


def _found(folder: Path, layout: Layout, anew: Path | None) -> Path:
    """The newest usable database in `folder`, a new one where there is none; all others are removed."""
    found = sorted(folder.glob(f"{layout.name}-*.sqlite"))
    if found and found[-1] != anew and _is_usable(found[-1], layout):
        return found[-1]
    for path in found:
        for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            each.unlink(missing_ok=True)
    path = folder / f"{layout.name}-{time.time_ns():020}.sqlite"
    _make(path, layout)
    return path


def _is_usable(path: Path, layout: Layout) -> bool:
    try:
        connection = _connected(path, layout)
    except Damaged:
        return False
    connection.close()
    return True


def _make(path: Path, layout: Layout) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        layout.make(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {layout.number}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _connected(path: Path, layout: Layout) -> sqlite3.Connection:
    with _damage():
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
            if marks != [APPLICATION, layout.number]:
                raise Damaged
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -16000")
            connection.execute(layout.probe).fetchone()
            # somebody else's file can be read here but not written
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    return connection


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
