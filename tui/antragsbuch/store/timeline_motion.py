"""Which changes are those of one motion: along its paths, from the newest to the oldest."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import NamedTuple

from .source import to_column
from .timeline_layout import VISIBLE
from .worktree import SUFFIX

Identity = Callable[[bytes], str]
"""The id of the motion in a blob, "" where it has none."""


class _Row(NamedTuple):
    key: int
    path: int
    old_path: int | None
    old_blob: bytes | None
    blob: bytes | None
    stamp: int
    tie: int

    @property
    def order(self) -> tuple[int, int]:
        return self.stamp, self.tie


_ROWS = f"""
SELECT c.key, c.path, c.old_path, c.old_blob, c.blob, c.stamp, c.tie FROM changes c
WHERE (c.path = :path OR c.old_path = :path) AND {VISIBLE} ORDER BY c.stamp DESC, c.tie DESC, c.key
"""
_BY_ID = f"""
SELECT c.path FROM changes c JOIN pairs r ON r.key = c.pair
WHERE r.motion = :motion AND {VISIBLE} ORDER BY c.stamp DESC, c.tie DESC LIMIT 1
"""


def keys_of(connection: Connection, path_or_id: str, view: int, identity: Identity) -> list[int]:
    """The numbers of the changes of a motion that a view reaches, newest first; none where nothing is known of it."""
    if path_or_id.endswith(SUFFIX):
        row = connection.execute("SELECT key FROM paths WHERE path = ?", (to_column(path_or_id),)).fetchone()
    else:
        row = connection.execute(_BY_ID, {"motion": path_or_id, "view": view}).fetchone()
    if row is None:
        return []
    found: dict[int, _Row] = {}
    _Way(connection, view, identity, found).follow(row[0], frozenset(), None)
    return [each.key for each in sorted(found.values(), key=lambda each: (*each.order, -each.key), reverse=True)]


class _Way(NamedTuple):
    """The way of one motion; `found` are its changes by their numbers."""

    connection: Connection
    view: int
    identity: Identity
    found: dict[int, _Row]

    def follow(self, path: int, later: frozenset[int], renamed: _Row | None) -> None:
        """Add the changes of what lies at `path`, or lay there until it was `renamed`; `later` are its paths since."""
        found = self.connection.execute(_ROWS, {"path": path, "view": self.view})
        rows = [_Row(*row) for row in found]
        mine = [] if renamed is None else _beside(rows, path, renamed)
        mine += self._down([row for row in rows if renamed is None or row.order < renamed.order], path, later, renamed)
        new = [row for row in mine if row.key not in self.found]
        self.found.update((row.key, row) for row in new)
        for row in new:
            if row.path == path and row.old_path is not None:
                self.follow(row.old_path, later | {path}, row)

    def _down(self, rows: list[_Row], path: int, later: frozenset[int], renamed: _Row | None) -> list[_Row]:
        """From the newest to where the motion came to this path: what ended before is another one."""
        mine: list[_Row] = []
        began: _Row | None = None
        for row in rows:
            if row.path != path:
                # moved away: by this very motion, seen under its old path or on two branches, or by another before
                if (mine or renamed) and row.path not in later:
                    break
            elif row.blob is None and began is not None and not self._brought_back(began, row):
                break
            elif row.old_blob is None or row.old_path is not None:
                began = row
            mine.append(row)
        return mine

    def _brought_back(self, began: _Row, ended: _Row) -> bool:
        """Whether a file that came again is the motion that was there before."""
        if began.old_path is not None or began.blob is None or ended.old_blob is None:
            return began.old_path is None
        one, other = self.identity(began.blob), self.identity(ended.old_blob)
        return not one or not other or one == other


def _beside(rows: list[_Row], path: int, renamed: _Row) -> list[_Row]:
    """Edits on another branch than the one that renamed it, until another file takes the path."""
    found: list[_Row] = []
    for row in reversed(rows):
        if row.order > renamed.order and row.path == path:
            if row.old_blob is None or row.old_path is not None:
                break
            found.append(row)
    return found
