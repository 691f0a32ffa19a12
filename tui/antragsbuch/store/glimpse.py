"""The list as the index knew it last, before git is asked anything: something to see while the register is opened.

No git here, and nothing that takes long to import. What is seen is only believed until the register is open.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from .database import APPLICATION
from .errors import Damaged
from .index_layout import NUMBER
from .source import ORDER_BY, Order, RowSource

_Found = TypeVar("_Found")


class Reading:
    """An index that is only read, and by one thread at a time."""

    def __init__(self, path: Path) -> None:
        # nothing may be made here, and nobody may be waited for
        self._connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False, timeout=0.05
        )
        self._connection.execute("PRAGMA trusted_schema = OFF")
        self._lock = threading.Lock()

    def read(self, work: Callable[[sqlite3.Connection], _Found]) -> _Found:
        """What `work` finds. Raises `Damaged`."""
        with self._lock:
            try:
                return work(self._connection)
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.Error as error:
                raise Damaged(str(error)) from error

    def close(self) -> None:
        """Let go of the file; what is read afterwards is nothing."""
        with self._lock:
            self._connection.close()


def glimpse(start: Path, environment: Mapping[str, str]) -> tuple[Reading, RowSource] | None:
    """The rows that the index of the register at or above `start` holds; None where there is no index to be trusted.

    Whoever gets it closes the first of the two when the register is open.
    """
    folder = git_dir(start, environment)
    if folder is None:
        return None
    try:
        path = max((folder / "antragsbuch").glob("index-*.sqlite"), default=None)
        if path is None or path.stat().st_uid != os.getuid():
            return None
        reading = Reading(path)
    except (OSError, sqlite3.Error):
        return None
    try:
        return reading, RowSource(reading, reading.read(_keys), frozenset(), lambda: None)
    except Damaged:
        reading.close()
        return None


def git_dir(start: Path, environment: Mapping[str, str]) -> Path | None:
    """The git directory of the work tree that `start` lies in, as far as it can be told by looking at names."""
    if named := environment.get("GIT_DIR"):
        return (start / named).resolve()
    try:
        here = start.resolve()
        for folder in (here, *here.parents):
            place = folder / ".git"
            if place.is_dir():
                return place
            if place.is_file():
                kind, _colon, target = place.read_text(encoding="utf-8").strip().partition(": ")
                return (folder / target).resolve() if kind == "gitdir" else None
    except (OSError, ValueError):
        return None
    return None


def _keys(connection: sqlite3.Connection) -> array[int]:
    marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if marks != [APPLICATION, NUMBER]:
        raise Damaged
    found = connection.execute(f"SELECT key FROM files ORDER BY {ORDER_BY[Order.REFERENCE]}")
    return array("q", (key for (key,) in found))
