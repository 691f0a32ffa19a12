"""Where the files of a register are taken from to be checked: the work tree, git's index, or a commit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _

from . import listing
from .errors import GitError
from .worktree import FOLDER, SUFFIX

if TYPE_CHECKING:
    from .listing import Stamp
    from .runner import Git

_AT_ONCE = 500
"""So many names of objects fit into a pipe."""
_FOLDER_NAMED_SO = f"{SUFFIX}/"
_PLAIN = ("100644", "100755", "100664")
_EMPTY = frozenset(
    {"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"}
)
"""The blobs of an empty file, by SHA-1 and SHA-256."""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Files as they stand in the work tree."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Files as they are staged in git's index, for the next commit."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Files as a commit has them, whatever is checked out; in git's own words (a branch, a tag, HEAD~2)."""

    name: str


Origin = WorkTree | Staged | Revision


@dataclass
class Files:
    """What there is to check. `blobs` are the plain files, council.toml too, each with its blob ("" where it must be
    read to know); `odd` is never read; `unmerged` waits in git's index for a merge to be finished."""

    blobs: dict[str, str]
    odd: list[str]
    unmerged: list[str] = field(default_factory=list)


class OnDisk:
    """The files of a work tree. `stamps` are what the disk said of them when they were listed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.began = listing.now()
        self.stamps, self.odd = listing.standing(root)

    def files(self) -> Files:
        """What lies there; no blob is known."""
        return Files(dict.fromkeys(self.stamps, ""), self.odd)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """The bytes of these files, or why they can't be read; those that are gone by now are left out."""
        root = os.fspath(self._root)
        for path in paths:
            try:
                self.stamps[path], data = listing.read(f"{root}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                yield path, error.strerror or str(error)
            else:
                yield path, data

    def one(self, path: str) -> bytes | None:
        """The bytes of one file, None where it can't be read."""
        try:
            return listing.read(self._root / path)[1]
        except OSError:
            return None

    def marks(self) -> object:
        """All that the disk says of the files: the same as long as they are."""
        return list(self.stamps), list(chain.from_iterable(self.stamps.values())), self.odd

    def stamp(self, path: str) -> Stamp:
        """The stamp to remember with a file that was read."""
        return listing.settled(self.stamps[path], self.began)


class InGit:
    """Files that git has, in its index or in a commit."""

    def __init__(self, git: Git, files: Files) -> None:
        self._git, self._files = git, files

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """The bytes of these files. Raises `GitError` where one is missing."""
        named = list(paths)
        yield from zip(named, self.contents(named), strict=True)

    def contents(self, paths: Iterable[str]) -> Iterator[bytes]:
        """The bytes alone, in the same order."""
        return blobs(self._git, [self._files.blobs[path] for path in paths])


class Entry(NamedTuple):
    """A file as git lists it. `stage` is not 0 where a merge waits for it."""

    path: str
    mode: str
    blob: str
    stage: str = "0"


def staged(git: Git) -> Files:
    """What is staged below motions/."""
    entries: list[Entry] = []
    for record in _records(git, "ls-files", "-s", "-z", "--full-name", "--", FOLDER):
        about, _tab, path = record.partition("\t")
        mode, blob, stage = about.split(" ")
        entries.append(Entry(path, mode, blob, stage))
    if any(entry.blob in _EMPTY for entry in entries):
        # `git add --intent-to-add`: announced, but not in the next commit
        only_announced = set(
            _records(git, "diff", "--name-only", "--diff-filter=A", "--no-ext-diff", "-z", "--", FOLDER)
        )
        entries = [entry for entry in entries if entry.path not in only_announced]
    return files_of(entries)


def committed(git: Git, commit: str | None) -> Files:
    """What a commit has below motions/; nothing for None."""
    records = _records(git, "ls-tree", "-r", "-z", "--full-tree", commit, "--", FOLDER) if commit else []
    return files_of(
        # six characters of the mode, the kind, the blob
        Entry(path, about[:6], about[about.rindex(" ") + 1 :])
        for about, _tab, path in (record.partition("\t") for record in records)
    )


def files_of(entries: Iterable[Entry]) -> Files:
    """What of git's entries is checked: the same as of the same files in a work tree."""
    found = Files({}, [])
    odd: dict[str, None] = {}
    unmerged: dict[str, None] = {}
    for path, mode, blob, stage in entries:
        if "/." in path:
            continue
        named = path.endswith(SUFFIX)
        if _FOLDER_NAMED_SO in path:
            odd.update(dict.fromkeys(_folders_named_like_files(path)))
        if stage != "0":
            if named:
                unmerged[path] = None
        elif mode in _PLAIN:
            if named:
                found.blobs[path] = blob
        elif named or mode == "120000":
            odd[path] = None
    found.odd, found.unmerged = list(odd), list(unmerged)
    return found


def blobs(git: Git, oids: Iterable[str]) -> Iterator[bytes]:
    """The bytes of these blobs, in their order; of one that is far too large, enough to say so.

    Raises `GitError` where one is missing.
    """
    from antragsbuch_schema.toml.guard import MAX_BYTES

    wanted = list(oids)
    if not wanted:
        return
    process = git.start("cat-file", "--batch")
    asking, answering = process.stdin, process.stdout
    assert asking is not None
    assert answering is not None
    try:
        for start in range(0, len(wanted), _AT_ONCE):
            chunk = wanted[start : start + _AT_ONCE]
            asking.write("".join(f"{oid}\n" for oid in chunk).encode())
            asking.flush()
            for oid in chunk:
                about = answering.readline().split()
                if about[1:2] != [b"blob"]:
                    raise GitError(
                        _("The {kind} {oid} is missing in the repository.").format(kind="blob", oid=oid),
                        _("git fsck says what else is missing; fetch it from another clone."),
                    )
                size = int(about[2])
                data = answering.read(min(size, MAX_BYTES + 1))
                rest = size - len(data)
                while rest > 0:
                    rest -= len(answering.read(min(rest, MAX_BYTES))) or rest
                answering.read(1)
                yield data
    finally:
        # it has said what was asked for; its input may be held open by processes that were started meanwhile
        process.terminate()
        with suppress(BrokenPipeError):
            asking.close()
        answering.close()
        process.wait()


def _records(git: Git, *arguments: str) -> list[str]:
    return git.run(*arguments).decode("utf-8", "surrogateescape").split("\0")[:-1]


def _folders_named_like_files(path: str) -> Iterator[str]:
    parts = path.split("/")
    for depth in range(1, len(parts) - 1):
        if parts[depth].endswith(SUFFIX):
            yield "/".join(parts[: depth + 1])
