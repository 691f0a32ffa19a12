"""git's index after a commit: the entries of the committed files, where nobody else has staged something.

The index belongs to git and to whoever stages with it. An entry is brought to the new version only if it still is
the version before the commit; everything else is left as it is. One `git apply --cached` compares and replaces under
git's own lock: a binary patch names the version before and after by their blobs, and needs no content where the
repository has both.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Sequence

from .journal import Change
from .runner import Git, Result

_TRIES = 20
_PAUSE = 0.05
_PLAIN = re.compile(r"[A-Za-z0-9_./+-]+")
_NO_CONTENT = "GIT binary patch\nliteral 0\nHcmV?d00001\n\n"


def update(git: Git, changes: Sequence[Change], keep_open: Collection[int]) -> bool:
    """Bring the entries of `changes` from their base to the new version.

    False where that has to be done later: the index stays locked, or git was killed. An entry that somebody staged
    in another version is left, and is no reason to come back.
    """
    result = _patiently(git, changes, keep_open)
    if result.status == 0 or len(changes) == 1:
        return result.status in (0, 1) and not _locked(result)
    # one of them is staged in another version, and git takes a patch as a whole or not at all
    middle = len(changes) // 2
    free = [update(git, part, keep_open) for part in (changes[:middle], changes[middle:])]
    return all(free)


def _patch(change: Change) -> str:
    old, new = quoted(f"a/{change.path}"), quoted(f"b/{change.path}")
    present = change.new or change.base
    assert present is not None
    nothing = "0" * len(present.oid)
    before = change.base.oid if change.base else nothing
    after = change.new.oid if change.new else nothing
    mode = f" {present.mode}"
    header = ""
    if not change.base:
        header, mode = f"new file mode {present.mode}\n", ""
    elif not change.new:
        header, mode = f"deleted file mode {present.mode}\n", ""
    return f"diff --git {old} {new}\n{header}index {before}..{after}{mode}\n{_NO_CONTENT}"


def quoted(path: str) -> str:
    """`path` as git reads it in a patch or a stream: as it is, or in quotes with every other byte in octal."""
    if _PLAIN.fullmatch(path):
        return path
    raw = path.encode("utf-8", "surrogateescape")
    return '"' + "".join(chr(byte) if _PLAIN.fullmatch(chr(byte)) else f"\\{byte:03o}" for byte in raw) + '"'


def _patiently(git: Git, changes: Sequence[Change], keep_open: Collection[int]) -> Result:
    patch = "".join(map(_patch, changes)).encode("ascii")
    for _attempt in range(_TRIES):
        result = git.attempt("apply", "--cached", "--whitespace=nowarn", "-", stdin=patch, keep_open=keep_open)
        if not _locked(result):
            break
        time.sleep(_PAUSE)
    return result


def _locked(result: Result) -> bool:
    return result.status != 0 and "index.lock" in result.err
