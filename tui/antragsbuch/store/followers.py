"""References of the program's own that follow a branch: what an import keeps in mind moves when its commit is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .journal import Follower
from .runner import Git


def move(git: Git, refs: Sequence[Follower], keep_open: Collection[int]) -> bool:
    """Move each of `refs` where it still is where it was. False where that has to be done later: git is locked."""
    done = [_moved(git, ref, keep_open) for ref in refs]
    return all(done)


def _moved(git: Git, ref: Follower, keep_open: Collection[int]) -> bool:
    result = git.attempt("update-ref", ref.name, ref.new, ref.old or "0" * len(ref.new), keep_open=keep_open)
    # one that is elsewhere by now was moved by somebody else, and is no reason to come back
    return result.status == 0 or (result.status > 0 and ".lock'" not in result.err)
