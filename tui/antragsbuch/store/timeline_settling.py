"""Which edits a merge left behind: what one side had changed, and the merge has as another side had it.

A value that the merge gives anew, other than all its parents, is a decision and no loss. An edit that its own side
took back before the merge is none either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch_schema.changes import difference
from antragsbuch_schema.edits import Data
from antragsbuch_schema.places import Place

from .comparing import data_of, fields_of
from .database import Database
from .errors import GitError
from .objects import FILE_MODES
from .parsing import TomlError
from .source import from_column
from .timeline_filling import names_in

if TYPE_CHECKING:
    from .register import Register

_SOME = 50


class _Stray(NamedTuple):
    """A file of a merge that is not as one side had it, and the edits of this side."""

    key: int
    merge: str
    parents: tuple[str, ...]
    side: int
    path: str
    moved: tuple[str, ...]
    """Where a motion from this path lies elsewhere."""
    blob: str | None
    result: str | None
    edits: tuple[_Edit, ...]


class _Edit(NamedTuple):
    key: int
    old_blob: str | None
    blob: str | None


_STRAYS = """
SELECT s.key, m.oid, m.parents, s.side, s.path, p.path, s.blob, s.result
FROM strays s JOIN commits m ON m.key = s.merge JOIN paths p ON p.key = s.path WHERE s.settled = 0 LIMIT ?
"""
_EDITS = """
SELECT c.key, c.old_blob, c.blob FROM stray_edits e JOIN changes c ON c.key = e.edit
WHERE e.stray = ? ORDER BY c.stamp, c.tie
"""
# commits come and go meanwhile, and another edit may have got the number
_LOST = """
INSERT OR IGNORE INTO lost SELECT e.edit, s.merge
FROM stray_edits e JOIN strays s ON s.key = e.stray JOIN commits m ON m.key = s.merge
WHERE e.edit = ?1 AND s.key = ?2 AND m.oid = ?3
"""
_MOVED = "SELECT DISTINCT p.path FROM changes c JOIN paths p ON p.key = c.path WHERE c.old_path = ?"


def settle(register: Register, database: Database, stop: Callable[[], bool]) -> bool:
    """Note the edits that merges left behind, of all merges that were not looked at yet; false where told to `stop`."""
    while not stop():
        strays = database.read(_some)
        if not strays:
            return True
        lost = [(edit, stray.key, bytes.fromhex(stray.merge)) for stray in strays for edit in _lost(register, stray)]
        looked_at = [(stray.key, bytes.fromhex(stray.merge)) for stray in strays]
        database.write(partial(_note, lost=lost, looked_at=looked_at))
    return False


def _note(connection: Connection, lost: list[tuple[int, int, bytes]], looked_at: list[tuple[int, bytes]]) -> None:
    connection.executemany(_LOST, lost)
    connection.executemany(
        "UPDATE strays SET settled = 1 WHERE key = ? AND merge = (SELECT key FROM commits WHERE oid = ?)", looked_at
    )


def _some(connection: Connection) -> list[_Stray]:
    found = []
    for key, merge, parents, side, path_key, path, blob, result in connection.execute(_STRAYS, (_SOME,)):
        edits = tuple(
            _Edit(edit, _hex(old), _hex(new)) for edit, old, new in connection.execute(_EDITS, (key,)).fetchall()
        )
        moved = tuple(from_column(column) for (column,) in connection.execute(_MOVED, (path_key,)).fetchall())
        above = tuple(name.hex() for name in names_in(parents, len(merge)))
        found.append(
            _Stray(
                key, merge.hex(), above, side, from_column(path), moved, _hex(blob), _hex(result), edits
            )
        )  # fmt: skip
    return found


def _lost(register: Register, stray: _Stray) -> list[int]:
    """The numbers of the edits that the merge left behind, at least in part."""
    if not stray.edits or stray.edits[0].old_blob == stray.blob:
        return []
    try:
        return _lost_here(register, stray)
    except GitError:
        # a partial or shallow clone does not have all of it
        return []


def _lost_here(register: Register, stray: _Stray) -> list[int]:
    path, result = stray.path, stray.result
    if result is None:
        # another side renamed it, and the edit may have gone along
        for moved in stray.moved:
            if blob := _blob_at(register, stray.merge, moved):
                path, result = moved, blob
                break
    others = [_blob_at(register, parent, path) for number, parent in enumerate(stray.parents) if number != stray.side]
    versions = [_data(register, blob) for blob in (stray.edits[0].old_blob, stray.blob, result, *others)]
    readable = [version for version in versions if not isinstance(version, TomlError)]
    if len(readable) < len(versions):
        return [edit.key for edit in stray.edits] if result in others else []
    base, mine, merged, *theirs = readable

    def places(old: Data | None, new: Data | None) -> set[Place]:
        changes = difference(old, new, fields_of(path))
        return {place for change in changes for place in (change.place, *change.also)}

    gone = _common(places(base, mine), places(mine, merged))
    taken = [places(other, merged) for other in theirs]
    left = {place for place in gone if any(not _overlaps(place, other) for other in taken)}
    found = []
    for edit in stray.edits if left else ():
        old, new = _data(register, edit.old_blob), _data(register, edit.blob)
        if isinstance(old, TomlError) or isinstance(new, TomlError) or _common(places(old, new), left):
            found.append(edit.key)
    return found


def _common(some: Iterable[Place], others: Iterable[Place]) -> set[Place]:
    """The places that are in both, where one may lie in the other: the inner ones."""
    return {max(one, other, key=len) for one in some for other in others if _nested(one, other)}


def _overlaps(place: Place, others: Iterable[Place]) -> bool:
    return any(_nested(place, other) for other in others)


def _nested(one: Place, other: Place) -> bool:
    return one[: len(other)] == other or other[: len(one)] == one


def _blob_at(register: Register, commit: str, path: str) -> str | None:
    entry = register.objects.entry(commit, path)
    return entry.oid if entry and entry.mode in FILE_MODES else None


def _data(register: Register, blob: str | None) -> Data | TomlError | None:
    return data_of(register.objects.blob(blob) if blob else None)


def _hex(name: bytes | None) -> str | None:
    return name.hex() if name else None
