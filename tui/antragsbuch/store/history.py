"""Every version of one file: all commits that made one, also those whose edit lost a merge.

`git log` names the commits (all of them: its usual way of leaving out branches hides edits), the running reader gives
what they say. Renames are followed by the trailer that the program writes, not by guessing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from . import heads, messages, worktree
from .errors import GitError
from .identity import Identity
from .objects import FILE_MODES, Commit
from .register import Register
from .runner import failure

_OID = re.compile(r"[0-9a-f]{40,64}")
_MARK = "\x01"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file. `blob` is None where the commit removed it; `signed` says that there is a signature,
    not that it is good: `signature` asks git. `time` is the author's, with the offset that it was written in."""

    commit: str
    author: Identity
    committer: Identity
    time: dt.datetime
    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]
    path: str
    blob: str | None
    signed: bool
    parents: tuple[str, ...]


def versions(register: Register, path: str, revision: str | None = None) -> list[Version]:
    """Every version of the file at `path` up to the commit `revision` (HEAD), newest first by topology, then by date.

    A motion that was renamed goes on under its old path. Empty where it was never committed.
    """
    worktree.checked(path)
    start = [_checked(revision) if revision else register.objects.head() or ""]
    found: list[Version] = []
    seen: set[str] = set()
    while start[0] and path not in seen:
        seen.add(path)
        here = [version_of(register, commit, path, blob) for commit, blob in _commits(register, start, path)]
        found += here
        old = _renamed_from(register, here)
        if old is None:
            break
        path, start = old[0], list(old[1])
    return found


def content(register: Register, commit: str, path: str) -> bytes | None:
    """The bytes of the file as of `commit`, None where there is none."""
    return register.objects.content(commit, path)


def before(register: Register, version: Version) -> bytes | None:
    """The bytes of the file before `version`: in its first parent, under the old path where it was renamed.

    None where the version made the file, and where a shallow clone ends.
    """
    olds = [value for key, value in version.trailers if key == messages.RENAMED_FROM]
    for path in (version.path, *olds):
        for parent in version.parents[:1]:
            if register.objects.has(parent) and (found := register.objects.content(parent, path)) is not None:
                return found
    return None


Signature = Literal["good", "unverified", "expired", "revoked", "bad", "none"]
_SIGNATURES: Mapping[str, Signature] = {
    "G": "good",
    "U": "unverified",
    "E": "unverified",
    "X": "expired",
    "Y": "expired",
    "R": "revoked",
    "B": "bad",
    "N": "none",
}


def signature(register: Register, commit: str) -> Signature:
    """What git says about the signature of `commit`, asked anew each time: keys come and go.

    `unverified` has a signature of a key that is not known or not trusted here; `expired` is a good one of a key, or
    a signature, whose time is over; `none` has no signature. Costs a process or two.
    """
    said = register.git.run("log", "-1", "--no-walk", "--format=%G?", _checked(commit)).decode().strip()
    return _SIGNATURES.get(said, "unverified")


def _checked(commit: str) -> str:
    """`commit`, which must be the full name of one: git takes other words for options or references."""
    if not _OID.fullmatch(commit):
        raise ValueError(f"not the name of a commit: {commit!r}")
    return commit


def _commits(register: Register, start: list[str], path: str) -> Iterator[tuple[str, str | None]]:
    """The commits that changed the file, and the blob that each left there."""
    result = register.git.attempt(
        "log", "--full-history", "--topo-order", "--no-renames", "--no-ext-diff", "--no-textconv", "--raw",
        "--no-abbrev",
        "--diff-merges=first-parent", "-z", f"--format={_MARK}%H", "--stdin",
        stdin="".join(f"{line}\n" for line in [*start, "--", path]).encode("utf-8", "surrogateescape"),
    )  # fmt: skip
    if result.status != 0:
        raise failure("log", result)
    commit = ""
    for field in result.out.decode("utf-8", "surrogateescape").split("\0"):
        text = field.lstrip("\n")
        if text.startswith(_MARK):
            commit = text[1:]
        elif text.startswith(":"):
            mode, blob = text.split(" ")[1], text.split(" ")[3]
            yield commit, blob if mode in FILE_MODES else None


def version_of(register: Register, oid: str, path: str, blob: str | None) -> Version:
    """The version of the file at `path` that the commit `oid` made: its `blob`, None where it removed the file."""
    commit = register.objects.commit(oid)
    return Version(
        commit=oid,
        author=Identity(commit.author.name, commit.author.email),
        committer=Identity(commit.committer.name, commit.committer.email),
        time=commit.author.moment,
        subject=messages.subject_of(commit.message),
        body=messages.body_of(commit.message),
        trailers=messages.trailers_of(commit.message),
        path=path,
        blob=blob,
        signed=commit.signed,
        parents=commit.parents,
    )


def _renamed_from(register: Register, here: list[Version]) -> tuple[str, tuple[str, ...]] | None:
    """The old path of a motion whose oldest version names one, and the commits before it."""
    if not here or here[-1].blob is None:
        return None
    first = here[-1]
    olds = [value for key, value in first.trailers if key == messages.RENAMED_FROM]
    identity = heads.head(register.objects.blob(first.blob)).id if first.blob else ""
    for old in olds:
        before = _before(register, register.objects.commit(first.commit), old)
        if before is not None and (len(olds) == 1 or heads.head(before).id == identity):
            return old, first.parents
    return None


def _before(register: Register, commit: Commit, path: str) -> bytes | None:
    """The file in the first parent that has it."""
    for parent in commit.parents:
        try:
            found = register.objects.content(parent, path)
        except GitError:
            # a shallow clone ends here
            continue
        if found is not None:
            return found
    return None
