"""git's index after a commit: the entries of the committed files, where nobody else has staged something.

The index belongs to git and to whoever stages with it. An entry is brought to the new version only if it still is
the version before the commit; everything else is left as it is.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence

from .journal import Change
from .objects import Entry
from .runner import Git, Result

_TRIES = 20
_PAUSE = 0.05


def update(git: Git, before: str, after: str, changes: Sequence[Change], keep_open: Collection[int]) -> bool:
    """Bring the entries of `changes` from the tree `before` to the tree `after`; False where the index is locked.

    One `git read-tree -m` does it for all of them under git's own lock, and refuses where an entry is neither the
    version before nor after; then each entry is looked at by itself.
    """
    result = _patiently(git, ("read-tree", "-i", "-m", before, after), b"", keep_open)
    if result.status == 0:
        return True
    if _locked(result):
        return False
    return update_entries(git, changes, keep_open)


def update_entries(git: Git, changes: Sequence[Change], keep_open: Collection[int]) -> bool:
    """The same, entry by entry: those that hold the base get the new version. False where the index is locked."""
    staged = entries(git, [change.path for change in changes])
    records = b"".join(_record(change) for change in changes if staged.get(change.path) == change.base)
    if not records:
        return True
    return _patiently(git, ("update-index", "-z", "--index-info"), records, keep_open).status == 0


def entries(git: Git, paths: Collection[str]) -> Mapping[str, Entry | None]:
    """The entry of each of `paths` that is in the index; one in conflict is no entry of its own and maps to None."""
    found: dict[str, Entry | None] = {}
    for record in git.run("ls-files", "--stage", "-z", "--", *paths).decode("utf-8", "surrogateescape").split("\0"):
        if record:
            about, _tab, path = record.partition("\t")
            mode, oid, stage = about.split(" ")
            found[path] = Entry(mode, oid) if stage == "0" else None
    return found


def _record(change: Change) -> bytes:
    mode, oid = change.new or Entry("0", "0" * len((change.base or Entry("", "0" * 40)).oid))
    return f"{mode} {oid}\t{change.path}\0".encode("utf-8", "surrogateescape")


def _patiently(git: Git, arguments: tuple[str, ...], stdin: bytes, keep_open: Collection[int]) -> Result:
    for _attempt in range(_TRIES):
        result = git.attempt(*arguments, stdin=stdin, keep_open=keep_open)
        if not _locked(result):
            break
        time.sleep(_PAUSE)
    return result


def _locked(result: Result) -> bool:
    return result.status != 0 and "index.lock" in result.err
