"""The work tree after a commit: a file that still is the version before becomes the committed one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from antragsbuch.i18n import _

from . import worktree
from .errors import StoreError
from .journal import Change
from .objects import Objects


def follow(objects: Objects, root: Path, changes: Iterable[Change]) -> list[str]:
    """Bring the files of `changes` to their committed version; a note for each that was left as it is."""
    notes: list[str] = []
    for change in changes:
        try:
            if not _file(objects, root, change):
                notes.append(_("{path} was changed meanwhile and left as it is.").format(path=change.path))
        except StoreError as error:
            notes.append(error.message)
    return notes


def _file(objects: Objects, root: Path, change: Change) -> bool:
    now = worktree.read_if_there(root, change.path)
    plain = None if now is None else now.replace(b"\r\n", b"\n")
    if change.body in (now, plain):
        return True
    base = objects.blob(change.base.oid) if change.base else None
    if base not in (now, plain):
        return False
    if change.body is not None:
        worktree.write(root, change.path, now, change.body)
    elif now is not None:
        worktree.delete(root, change.path, now)
    return True
