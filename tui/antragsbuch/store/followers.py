"""References of the program's own that follow a branch: what an import keeps in mind moves when its commit is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from . import locks
from .journal import Follower
from .runner import Git, Result


def move(git: Git, refs: Sequence[Follower], keep_open: Collection[int]) -> bool:
    """Move each of `refs` where it still is where it was. False where that has to be done later: git is locked.

    Nobody else may be writing meanwhile: a lock of git's that is left on one of them is that of a git that died.
    """
    done = [_moved(git, ref, keep_open) for ref in refs]
    return all(done)


def _moved(git: Git, ref: Follower, keep_open: Collection[int]) -> bool:
    result = _attempt(git, ref, keep_open)
    if _is_locked(result):
        locks.remove_own(git.layout, ref.name)
        result = _attempt(git, ref, keep_open)
    # one that is elsewhere by now was moved by somebody else, and is no reason to come back
    return result.status >= 0 and not _is_locked(result)


def _attempt(git: Git, ref: Follower, keep_open: Collection[int]) -> Result:
    if ref.new is not None:
        nothing = "0" * len(ref.new)
        return git.attempt("update-ref", ref.name, ref.new, ref.old or nothing, keep_open=keep_open)
    return git.attempt("update-ref", "-d", ref.name, *([ref.old] if ref.old else []), keep_open=keep_open)


def _is_locked(result: Result) -> bool:
    return result.status != 0 and ".lock'" in result.err
