"""What a push brings to a repository: references that move, and what their new commits hold.

Read before git has accepted it: the objects lie in git's quarantine, which the environment of the hook names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from antragsbuch.i18n import _

from .errors import StoreError
from .runner import Git

BRANCHES = "refs/heads/"
_AT_ONCE = 1000
_LINE = re.compile(rb"([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S+)")


class Update(NamedTuple):
    """One reference of a push: what it named and what it shall name; None for nothing."""

    old: str | None
    new: str | None
    ref: str

    @property
    def branch(self) -> bool:
        """Whether it is a branch."""
        return self.ref.startswith(BRANCHES)


class NewFile(NamedTuple):
    """A file as a new commit has it and none of its parents: its mode and blob as git writes them."""

    commit: str
    path: str
    mode: str
    blob: str


def read_updates(data: bytes) -> list[Update]:
    """The lines `old new ref` that git gives a `pre-receive` hook. Raises `StoreError` for anything else."""
    found = []
    for line in data.splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise StoreError(
                _("This is no line of a push: {line}").format(line=line.decode("utf-8", "replace")),
                _("git calls this from its hook pre-receive; make the hook with: antrag init --hub"),
            )
        old, new, ref = (part.decode("utf-8", "surrogateescape") for part in match.groups())
        found.append(Update(old if old.strip("0") else None, new if new.strip("0") else None, ref))
    return found


def references(git: Git) -> dict[str, str]:
    """Every reference that is there, with the object that it names."""
    lines = git.run("for-each-ref", "--format=%(objectname) %(refname)").decode("utf-8", "surrogateescape")
    return {ref: oid for oid, _blank, ref in (line.partition(" ") for line in lines.splitlines())}


def commits_named(git: Git, oids: Iterable[str]) -> dict[str, str]:
    """The commit that each object is or, as a tag, names; what names no commit is left out."""
    asked = list(dict.fromkeys(oids))
    lines = git.run("cat-file", "--batch-check", stdin="".join(f"{oid}^{{commit}}\n" for oid in asked).encode())
    answers = (line.split() for line in lines.decode().splitlines())
    return {oid: answer[0] for oid, answer in zip(asked, answers, strict=True) if answer[1:2] == ["commit"]}


def new_commits(git: Git, tips: Iterable[str], known: Iterable[str]) -> list[str]:
    """The commits that `tips` lead to and `known` do not, newest first."""
    asked = [*tips, *(f"^{oid}" for oid in known)]
    return git.run("rev-list", "--stdin", stdin="\n".join(asked).encode()).decode().split()


def new_files(git: Git, commits: Sequence[str]) -> Iterator[NewFile]:
    """What each of the commits has and none of its parents: a merge counts with what it made itself.

    No other commit of a push can bring a blob: what a merge took from a parent came with that one.
    """
    out = git.run(
        "diff-tree", "--stdin", "-r", "--root", "-c", "--raw", "--no-renames", "--no-abbrev", "-z",
        stdin="".join(f"{oid}\n" for oid in commits).encode(),
    )  # fmt: skip
    commit = ""
    parts = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    for part in parts:
        if not part.startswith(":"):
            commit = part
            continue
        words = part.lstrip(":").split(" ")
        parents = (len(words) - 3) // 2
        mode, blob, path = words[parents], words[-2], next(parts)
        if mode.strip("0"):
            yield NewFile(commit, path, mode, blob)


def contents(git: Git, blobs: Sequence[str]) -> Iterator[bytes]:
    """The bytes of each blob, in their order: many at a time, which takes a fraction of asking for each."""
    for start in range(0, len(blobs), _AT_ONCE):
        asked = blobs[start : start + _AT_ONCE]
        out = git.run("cat-file", "--batch", "--buffer", stdin="".join(f"{oid}\n" for oid in asked).encode())
        position = 0
        for oid in asked:
            end = out.index(b"\n", position)
            words = out[position:end].split()
            if words[1:2] != [b"blob"]:
                raise StoreError(
                    _("The {kind} {oid} is missing in the repository.").format(kind="blob", oid=oid),
                    _("git fsck says what else is missing; fetch it from another clone."),
                )
            position = end + 1 + int(words[2])
            yield out[end + 1 : position]
            position += 1


def removed_files(git: Git, tip: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every version of the files at `paths` that a commit before `tip` removed: path and blob."""
    asked = "\n".join((tip, "--", *paths)).encode("utf-8", "surrogateescape")
    out = git.run(
        "log", "--stdin", "--format=", "--full-history", "--raw", "--no-renames", "--no-abbrev", "--diff-filter=D",
        "-z", stdin=asked,
    )  # fmt: skip
    parts = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    for part in parts:
        if part.lstrip("\n").startswith(":"):
            yield next(parts), part.split(" ")[2]
