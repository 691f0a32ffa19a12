"""Rows of the list for one filter in one order: how many, and those of a window."""

from __future__ import annotations

import datetime as dt
import json
import os
from array import array
from collections.abc import Callable, Sequence
from enum import StrEnum
from sqlite3 import Connection, OperationalError, ProgrammingError
from typing import Any, Protocol, TypeVar

from antragsbuch_schema.state import NextStep, State

from .errors import Damaged
from .rows import Change, Row

_Found = TypeVar("_Found")


class Readable(Protocol):
    """A database to read from; raises `Damaged` where it can't be."""

    def read(self, work: Callable[[Connection], _Found]) -> _Found:
        """What `work` finds."""


class Order(StrEnum):
    """What the list is sorted by."""

    REFERENCE = "reference"
    """By electoral term, year and number; then references outside the pattern, then motions without one."""
    DATE = "date"
    TITLE = "title"
    STATE = "state"


ORDER_BY = {
    Order.REFERENCE: "reference_order, path",
    Order.DATE: "date, reference_order, path",
    Order.TITLE: "title_order, reference_order, path",
    Order.STATE: "state_order, reference_order, path",
}

CHANGE = "CASE WHEN NOT present THEN 'removed' WHEN head = '' THEN 'new' WHEN head <> blob THEN 'changed' ELSE '' END"
"""How a file differs from the last commit, as a column."""

_COLUMNS = f"""path, id, reference, date, submitted, title, paper_type, originators, public, state,
    next_organization, next_date, errors, warnings, remarks, {CHANGE}"""


class RowSource:
    """The rows that a filter found, in their order: positions count from 0.

    Only their keys are held; the rows of a window are read when they are asked for. A motion that changes keeps its
    place, and is shown as it is now, until the index is asked for a new source.
    """

    def __init__(
        self, database: Readable, keys: array[int], drafts: frozenset[str], damaged: Callable[[], None]
    ) -> None:
        self._database = database
        self._keys = keys
        self._drafts = drafts
        self._damaged = damaged

    def count(self) -> int:
        """How many rows there are."""
        return len(self._keys)

    def rows(self, start: int, stop: int) -> list[Row]:
        """The rows from position `start` to before `stop`; one that is gone from the register is left out.

        Never raises: where the index turns out damaged there are none, and the next refresh fills it again.
        """
        keys = self._keys[max(start, 0) : max(stop, 0)]
        if not keys:
            return []
        found = self._read(
            f"SELECT key, {_COLUMNS} FROM files WHERE key IN (SELECT value FROM json_each(?))", json.dumps(list(keys))
        )
        try:
            rows = {columns[0]: row(columns[1:], self._drafts) for columns in found}
        except (ValueError, TypeError):
            self._damaged()
            return []
        return [rows[key] for key in keys if key in rows]

    def position_of(self, path: str) -> int | None:
        """The position of the file at `path`, None where it is not among the rows."""
        found = self._read("SELECT key FROM files WHERE path = ?", to_column(path))
        return self._keys.index(found[0][0]) if found and found[0][0] in self._keys else None

    def paths(self) -> list[str]:
        """The paths of all rows, in their order."""
        found = dict(self._read("SELECT key, path FROM files"))
        return [from_column(found[key]) for key in self._keys if key in found]

    def _read(self, sql: str, *parameters: str | bytes) -> list[tuple[Any, ...]]:
        try:
            return self._database.read(lambda connection: connection.execute(sql, parameters).fetchall())
        except Damaged:
            self._damaged()
        except (OperationalError, ProgrammingError):
            # in use by somebody who rebuilds it, or closed: the next look finds another file
            pass
        return []


def row(columns: Sequence[Any], drafts: frozenset[str]) -> Row:
    """The row of one line of `files`."""
    path = from_column(columns[0])
    date, submitted, next_date = (
        dt.date.fromisoformat(day) if day else None for day in (columns[3], columns[4], columns[11])
    )
    return Row(
        path=path,
        id=columns[1],
        reference=columns[2],
        date=date,
        submitted=submitted,
        title=columns[5],
        paper_type=columns[6],
        originators=tuple(json.loads(columns[7])),
        public=bool(columns[8]),
        state=State(columns[9]) if columns[9] else None,
        next=NextStep(columns[10], next_date) if columns[10] or next_date else None,
        errors=columns[12],
        warnings=columns[13],
        remarks=columns[14],
        change=Change(columns[15]),
        draft=path in drafts,
    )


def row_of(connection: Connection, path: str, drafts: frozenset[str]) -> Row | None:
    """The row of the file at `path`."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM files WHERE path = ?", (to_column(path),)).fetchone()
    return row(found, drafts) if found else None


def to_column(path: str) -> str | bytes:
    """A path as the database holds it: one whose bytes are no UTF-8 as bytes."""
    encoded = os.fsencode(path)
    try:
        encoded.decode("utf-8")
    except UnicodeDecodeError:
        return encoded
    return path


def from_column(value: str | bytes) -> str:
    """The path in a column."""
    return value if isinstance(value, str) else os.fsdecode(value)
