"""The files that differ between two versions of the register, each with its bytes on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import heads, worktree
from .errors import StoreError
from .register import Register
from .revisions import changed_paths


class Pair(NamedTuple):
    """One file in two versions, None where there is none; `failed` says why one can't be read.

    `old_path` is where a motion lay before that has another path now, else "".
    """

    path: str
    old: bytes | None
    new: bytes | None
    old_path: str = ""
    failed: str = ""


def differing(register: Register, old: str, new: str | None) -> list[Pair]:
    """The files of the register that differ between two commits, or a commit and the work tree (None), by path.

    A motion that lies elsewhere now is one pair: it is known by its id.
    """
    found = [
        Pair(path, register.objects.content(old, path), register.objects.content(new, path))
        if new is not None
        else _with_work_tree(register, path, register.objects.content(old, path))
        for path in changed_paths(register, old, new)
    ]
    return renamed(found)


def against_head(register: Register) -> list[Pair]:
    """The files of the work tree that differ from HEAD, also before the first commit."""
    return [
        _with_work_tree(register, change.path, register.committed(change.old_path or change.path))._replace(
            old_path=change.old_path
        )
        for change in register.status().changed
    ]


def renamed(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with each motion that went from one path and came at another as one, at its new path."""
    gone: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.new is None and pair.old is not None and not pair.failed and (identity := heads.head(pair.old).id):
            gone.setdefault(identity, []).append(pair)
    joined: list[Pair] = []
    taken: set[str] = set()
    for pair in pairs:
        if pair.old is None and pair.new is not None:
            candidates = gone.get(heads.head(pair.new).id, [])
            if len(candidates) == 1 and candidates[0].path not in taken:
                taken.add(candidates[0].path)
                joined.append(pair._replace(old=candidates[0].old, old_path=candidates[0].path))
                continue
        joined.append(pair)
    return [pair for pair in joined if pair.path not in taken]


def _with_work_tree(register: Register, path: str, old: bytes | None) -> Pair:
    try:
        return Pair(path, old, worktree.read_if_there(register.root, path))
    except StoreError as error:
        return Pair(path, old, None, failed=error.message)
