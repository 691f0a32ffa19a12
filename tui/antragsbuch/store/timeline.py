"""The history of every file of the register, in one database that can be thrown away at any time.

`refresh` takes up the commits and the files that each changed, of all commits that a tip reaches, also of those whose
edit a merge left behind; `deepen` reads the versions and notes what changed in words. Both go on where they ended.
What is asked is answered from what is there. May be used from any thread; two processes may use one timeline.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from . import heads
from .database import Database
from .disposable import Disposable, Overtaken, folders_of
from .errors import Damaged, GitError
from .history_query import EVERYTHING, HistoryQuery
from .timeline_entries import Entry, entries
from .timeline_layout import TIMELINE
from .timeline_motion import keys_of
from .timeline_sql import matching

if TYPE_CHECKING:
    from antragsbuch_schema.change import Change

    from .register import Register

__all__ = ["Entry", "Timeline"]

_Result = TypeVar("_Result")
_CACHED = 256
_ATTEMPTS = 3
_WAITING = "SELECT count(*) FROM changes WHERE pair IS NULL"


class Timeline:
    """The history that `revision` (HEAD, a branch, a tag, a commit) of an open register reaches.

    Raises `NotFound` where there is no such revision.
    """

    def __init__(
        self, register: Register, revision: str = "HEAD", *, folders: Sequence[Path] | None = None, processes: int = 0
    ) -> None:
        self._register, self._revision = register, revision
        self._processes = processes or min(os.cpu_count() or 1, 8)
        self._kept = Disposable(folders_of(register.git.layout.common_dir) if folders is None else folders, TIMELINE)
        self._name = f"{revision} {register.git.layout.git_dir}"
        self._matching: tuple[object, HistoryQuery, array[int]] | None = None
        self._cached: OrderedDict[object, tuple[Change, ...]] = OrderedDict()
        self._asking = threading.Lock()

    def __enter__(self) -> Timeline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. A refresh that runs in another thread must have been stopped before."""
        self._kept.close()

    # bringing it up to date

    def refresh(
        self, progress: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> bool:
        """Take up the commits since the last time; true unless it was told to `stop` before the end.

        Rewritten history is noticed: what the revision does not reach any more is not told any more. `progress` is
        told how many commits are done, of how many. Raises `StoreError`.
        """
        from .timeline_filling import follow, is_current

        tip = self._tip()
        if tip is None:
            return True
        stopped = stop or (lambda: False)

        def work(database: Database) -> bool:
            return follow(self._register, database, self._name, tip, progress=progress, stop=stopped)

        if not self._kept.damaged and self._kept.database.path.exists():
            try:
                if self._kept.database.read(lambda connection: is_current(self._register, connection, self._name, tip)):
                    return True
            except Damaged:
                self._kept.damaged = True
        return self._kept.fill(work, stopped)

    def deepen(
        self, progress: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> bool:
        """Read what changed in words, newest first, until all is known; true unless it was told to `stop`. Does what
        `refresh` does first; meanwhile others may refresh.

        `progress` is told how many changes are done, of how many. Raises `StoreError`.
        """
        from .timeline_deepening import deepen

        stopped = stop or (lambda: False)

        def work(database: Database) -> bool:
            return deepen(self._register, database, processes=self._processes, progress=progress, stop=stopped)

        for attempt in range(_ATTEMPTS):
            if not self.refresh(stop=stop):
                return False
            try:
                return self._kept.beside(work, stopped)
            except Overtaken as error:
                # the next one begins with its commits
                if attempt == _ATTEMPTS - 1:
                    raise self._kept.unusable(error) from error
        raise AssertionError("the last attempt returns or raises")

    def waiting(self) -> int:
        """How many changes are not read yet: filters by what changed don't find them."""
        return self._read(lambda connection: int(connection.execute(_WAITING).fetchone()[0]))

    # what it says

    def of_motion(self, path_or_id: str) -> list[Entry]:
        """Every change of a motion, by its path or its id, newest first; also under the paths that it had before.

        Empty where no commit has it.
        """

        def find(connection: Connection) -> list[Entry]:
            return self._entries(connection, keys_of(connection, path_or_id, self._view(connection), self._identity))

        return self._named(self._read(find))

    def entries(self, query: HistoryQuery = EVERYTHING, start: int = 0, end: int | None = None) -> list[Entry]:
        """The changes that `query` asks for from position `start` to before `end`, newest first."""

        def find(connection: Connection) -> list[Entry]:
            keys = self._keys(connection, query)
            return self._entries(connection, keys[max(start, 0) : len(keys) if end is None else max(end, 0)])

        return self._named(self._read(find))

    def count(self, query: HistoryQuery = EVERYTHING) -> int:
        """How many changes `query` asks for."""
        return self._read(lambda connection: len(self._keys(connection, query)))

    def changes(self, entry: Entry) -> list[Change]:
        """What the commit changed in the file, as people say it; of a merge, what is its own.

        Where a version can't be read, one change that says so.
        """
        from .timeline_changes import changes_of

        key = (entry.commit if entry.merged else "", entry.path, entry.old_blob, entry.blob)
        with self._asking:
            if key in self._cached:
                self._cached.move_to_end(key)
                return list(self._cached[key])
        found = changes_of(self._register, entry)
        with self._asking:
            self._cached[key] = tuple(found)
            if len(self._cached) > _CACHED:
                self._cached.popitem(last=False)
        return found

    def at(self, when: dt.date | dt.datetime | str) -> str:
        """The commit that stood at that time, or that a revision names.

        A day means its end in the time zone of the register. On the way of first parents of the revision that this
        timeline looks from; a text is a day as people write it, else a revision. Raises `NotFound`.
        """
        from .past import commit_at

        return commit_at(self._register, when, self._tip())

    # within

    def _tip(self) -> str | None:
        from .revisions import commit_of

        return self._register.objects.head() if self._revision == "HEAD" else commit_of(self._register, self._revision)

    def _read(self, find: Callable[[Connection], _Result]) -> _Result:
        return self._kept.read(find, self.refresh)

    def _view(self, connection: Connection) -> int:
        row = connection.execute("SELECT key FROM views WHERE name = ?", (self._name,)).fetchone()
        return row[0] if row else -1

    def _keys(self, connection: Connection, query: HistoryQuery) -> array[int]:
        """The numbers of the changes that a query asks for, in order; kept until something changes."""
        revision = (self._kept.generation, connection.execute("PRAGMA data_version").fetchone()[0])
        known = self._matching
        if known is None or known[0] != revision or known[1] != query:
            keys = matching(connection, query, self._view(connection), self._identity)
            known = self._matching = (revision, query, keys)
        return known[2]

    def _entries(self, connection: Connection, keys: Sequence[int]) -> list[Entry]:
        return entries(connection, keys, self._view(connection))

    def _identity(self, blob: bytes) -> str:
        try:
            return heads.head(self._register.objects.blob(blob.hex())).id
        except GitError:
            # a partial clone does not have it
            return ""

    def _named(self, entries: list[Entry]) -> list[Entry]:
        """The entries, those that are not read yet with the id and the reference that the first lines tell."""
        return [entry if entry.known else self._with_head(entry) for entry in entries]

    def _with_head(self, entry: Entry) -> Entry:
        blob = entry.blob or entry.old_blob
        try:
            head = heads.head(self._register.objects.blob(blob)) if blob else None
        except GitError:
            return entry
        return replace(entry, motion_id=head.id or None, reference=head.reference or None) if head else entry
