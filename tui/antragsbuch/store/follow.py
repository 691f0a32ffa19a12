"""The work tree after a commit: a file that still is the version before becomes the committed one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from antragsbuch.i18n import _

from . import worktree
from .errors import StoreError
from .journal import Change
from .objects import Objects

_MANY = 100
"""From so many files on, they are brought to the disk all at once, which is quicker than one by one."""

Tell = Callable[[int, int], None]
"""Takes how much is done of how much."""


def silent(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def follow(objects: Objects, root: Path, changes: Sequence[Change], tell: Tell = silent) -> list[str]:
    """Bring the files of `changes` to their committed version; a note for each that was left as it is."""
    notes: list[str] = []
    many = len(changes) >= _MANY
    for done, change in enumerate(changes):
        tell(done, len(changes))
        try:
            if not _file(objects, root, change, sync=not many):
                notes.append(_("{path} was changed meanwhile and left as it is.").format(path=change.path))
        except StoreError as error:
            notes.append(error.message)
    if many:
        os.sync()
    return notes


def _file(objects: Objects, root: Path, change: Change, *, sync: bool) -> bool:
    now = worktree.read_if_there(root, change.path)
    plain = None if now is None else now.replace(b"\r\n", b"\n")
    body = objects.blob(change.new.oid) if change.body is None and change.new else change.body
    if body in (now, plain):
        return True
    base = objects.blob(change.base.oid) if change.base else None
    if base not in (now, plain):
        return False
    if body is not None:
        worktree.write(root, change.path, now, body, sync=sync)
    elif now is not None:
        worktree.delete(root, change.path, now)
    return True
