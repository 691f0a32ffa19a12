"""The index: what the list, the filter and the problems need to know of every motion, without reading every file.

Disposable: it holds nothing that the files and git do not hold, and is filled again wherever it is missing, damaged or
of another program. A file whose bytes are known (by its stamp on the disk, else by its blob) is not parsed again.
Everything may be called from any thread; `count`, `rows` and `position_of` of a `RowSource` are quick enough for the
one that draws. Two processes may use one index: only one of them fills it at a time.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from array import array
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from . import filter_sql
from .database import Database
from .disposable import Cancelled, Disposable, folders_of
from .errors import Damaged
from .index_layout import has_trigrams, layout
from .query import EVERYTHING, Query
from .rows import Row
from .source import CHANGE, ORDER_BY, Order, RowSource, from_column, row_of

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Located
    from antragsbuch_schema.validate import Report

    from .register import Register

__all__ = ["Cancelled", "Index", "Totals", "has_index"]

_Result = TypeVar("_Result")


class Totals(NamedTuple):
    """Numbers for the top line: files of the work tree, those that differ from HEAD, those with errors or warnings."""

    motions: int
    changed: int
    with_errors: int
    with_warnings: int


class Index:
    """The index of an open register. `folders` are where it may lie, the first that can be written is taken."""

    def __init__(
        self, register: Register, folders: Sequence[Path] | None = None, *, processes: int = 0, trigrams: bool = True
    ) -> None:
        self._register = register
        self._processes = processes or min(os.cpu_count() or 1, 8)
        self._kept = Disposable(
            folders_of(register.git.layout.git_dir) if folders is None else folders, layout(trigrams=trigrams)
        )
        self._ordered: dict[Order, tuple[tuple[int, int], array[int]]] = {}
        self._counted: tuple[tuple[int, int], Totals] | None = None
        self.complete = False
        """Whether a refresh has gone to its end, and nothing was found damaged since."""

    def close(self) -> None:
        """Let go of the file. A refresh that runs in another thread must have been cancelled before."""
        self._kept.close()

    # bringing it up to date

    def refresh(
        self,
        paths: Collection[str] | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        today: dt.date | None = None,
    ) -> bool:
        """Take up what changed in the work tree and at HEAD; true unless it was `cancelled` before the end.

        With `paths`, only these files of the work tree are looked at: after a save or a commit of one's own.
        `progress` is told how many files are done and how many there are to do; the list can be read all the while.
        `today` is the day for which findings count. Raises `StoreError` where nothing can be written anywhere.
        """
        # not at the top: the first list is on the screen before a single rule is loaded
        from .refreshing import bring_up_to_date

        def work(database: Database) -> bool:
            # one that is new, because the last was lost, is filled from all files
            self.complete = bring_up_to_date(
                self._register,
                database,
                paths if self.complete else None,
                processes=self._processes,
                progress=progress,
                cancelled=cancelled,
                today=today or dt.date.today(),
            )
            return self.complete

        return self._kept.fill(work, cancelled)

    @property
    def revision(self) -> tuple[int, int]:
        """Another value whenever what the index says may have changed, whoever changed it."""
        try:
            return self._database.read(self._now)
        except Damaged:
            self._damage()
            return self._kept.generation, -1

    # what it says

    def source(
        self,
        query: Query = EVERYTHING,
        order: Order = Order.REFERENCE,
        *,
        descending: bool = False,
        drafts: Collection[str] = (),
        cancelled: Callable[[], bool] | None = None,
    ) -> RowSource:
        """The rows that a query asks for. `drafts` are the paths that have unsaved edits.

        Raises `Cancelled` as soon as `cancelled` says so. Takes milliseconds, but where the index turns out damaged as
        long as filling it again: not for the thread that draws.
        """
        edited = frozenset(drafts)

        def selected(connection: sqlite3.Connection, clause: filter_sql.Clause) -> set[int]:
            return {key for (key,) in connection.execute(clause.sql, clause.parameters)}

        def find(connection: sqlite3.Connection) -> array[int]:
            ordered = self._in_order(connection, order)
            if not query.terms:
                return ordered
            wanted = filter_sql.selection(query, edited, trigrams=has_trigrams(connection))
            unwanted = set().union(*(selected(connection, clause) for clause in wanted.none_of))
            if not wanted.all_of:
                return array("q", [key for key in ordered if key not in unwanted])
            matching = set.intersection(*(selected(connection, clause) for clause in wanted.all_of)) - unwanted
            return array("q", [key for key in ordered if key in matching])

        keys = self._answer(find, cancelled)
        return RowSource(self._database, array("q", reversed(keys)) if descending else keys, edited, self._damage)

    def row(self, path: str, drafts: Collection[str] = ()) -> Row | None:
        """The row of the file at `path`, None where the index knows none."""
        return self._answer(lambda connection: row_of(connection, path, frozenset(drafts)))

    def totals(self) -> Totals:
        """The numbers of the whole register."""
        return self._answer(self._count)

    def changed(self) -> list[Row]:
        """The rows that differ from HEAD, in the order of their paths."""
        sql = f"SELECT path FROM files WHERE {CHANGE} <> '' ORDER BY path"

        def find(connection: sqlite3.Connection) -> list[Row]:
            paths = [from_column(path) for (path,) in connection.execute(sql)]
            return [row for path in paths if (row := row_of(connection, path, frozenset()))]

        return self._answer(find)

    def findings(self, path: str, today: dt.date | None = None) -> list[Located]:
        """The findings of one motion, those about it and others included, in the order of their lines."""
        from .findings import of_file

        return self._answer(lambda connection: of_file(connection, path, today or dt.date.today()))

    def report(self, today: dt.date | None) -> Report:
        """All findings of the register on a day; without a day, those that hold on every day."""
        from .findings import of_all

        return self._answer(lambda connection: of_all(connection, today))

    # within

    def _now(self, connection: sqlite3.Connection) -> tuple[int, int]:
        return self._kept.generation, connection.execute("PRAGMA data_version").fetchone()[0]

    def _count(self, connection: sqlite3.Connection) -> Totals:
        """The numbers, kept until the index changes: the list asks for them with every letter of the filter."""
        revision = self._now(connection)
        if self._counted is None or self._counted[0] != revision:
            numbers = connection.execute(
                f"SELECT sum(present), sum({CHANGE} <> ''), sum(errors > 0), sum(warnings > 0) FROM files"
            ).fetchone()
            self._counted = (revision, Totals(*(number or 0 for number in numbers)))
        return self._counted[1]

    def _in_order(self, connection: sqlite3.Connection, order: Order) -> array[int]:
        """The keys of all files in an order, kept until the index changes."""
        revision = self._now(connection)
        known = self._ordered.get(order)
        if known is None or known[0] != revision:
            found = connection.execute(f"SELECT key FROM files ORDER BY {ORDER_BY[order]}")
            known = self._ordered[order] = (revision, array("q", (key for (key,) in found)))
        return known[1]

    def _answer(
        self, find: Callable[[sqlite3.Connection], _Result], cancelled: Callable[[], bool] | None = None
    ) -> _Result:
        return self._kept.read(find, self._refill, cancelled)

    def _refill(self) -> None:
        self.complete = False
        self.refresh()

    def _damage(self) -> None:
        self._kept.damaged = True
        self.complete = False

    @property
    def _database(self) -> Database:
        return self._kept.database


def has_index(register: Register) -> bool:
    """Whether there is an index of this work tree, up to date or not; nothing is made."""
    return any(next(folder.glob("index-*.sqlite"), None) for folder in folders_of(register.git.layout.git_dir))
