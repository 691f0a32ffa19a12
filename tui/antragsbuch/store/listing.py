"""What files there are: in the work tree with their marks on the disk, and at HEAD with their blobs."""

from __future__ import annotations

import hashlib
import os
import stat as modes
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .worktree import COUNCIL, FOLDER, SUFFIX

if TYPE_CHECKING:
    from .runner import Git

_UNSURE = 2_000_000_000
"""A file that was changed less than so many nanoseconds ago may change again without another time stamp."""


class Stamp(NamedTuple):
    """What the disk says of a file: as long as it stays the same, so do the bytes."""

    size: int
    modified: int
    inode: int


NO_STAMP = Stamp(-1, -1, -1)


class Standing(NamedTuple):
    """What lies below motions/: TOML files with their stamps, council.toml too, and what is never read (links, and what
    else is called like a motion), by path from the top with `/`."""

    files: dict[str, Stamp]
    odd: list[str]


def standing(root: Path) -> Standing:
    """What lies in the work tree, in no order; no link and no other repository is entered."""
    files: dict[str, Stamp] = {}
    odd: list[str] = []
    todo = [FOLDER]
    while todo:
        folder = todo.pop()
        try:
            with os.scandir(f"{os.fspath(root)}/{folder}") as found:
                entries = list(found)
        except (FileNotFoundError, NotADirectoryError):
            continue
        if folder != FOLDER and ".git" in [entry.name for entry in entries]:
            continue
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            path = f"{folder}/{name}"
            named = name.endswith(SUFFIX)
            if named and entry.is_file(follow_symlinks=False):
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                files[path] = Stamp(about.st_size, about.st_mtime_ns, about.st_ino)
            elif entry.is_dir(follow_symlinks=False):
                todo.append(path)
                if named:
                    odd.append(path)
            elif named or entry.is_symlink():
                odd.append(path)
    return Standing(files, odd)


def present(root: Path) -> dict[str, Stamp]:
    """Every motion of the work tree, by its path from the top with `/`; links and other repositories are left out."""
    found = standing(root).files
    found.pop(COUNCIL, None)
    return found


def read(path: str | Path) -> tuple[Stamp, bytes]:
    """The stamp and the bytes of a regular file; of one that is far too large, enough to say so.

    Raises `FileNotFoundError` where there is none, `OSError` where it can't be read.
    """
    from antragsbuch_schema.toml.guard import MAX_BYTES

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        about = os.fstat(descriptor)
        if not modes.S_ISREG(about.st_mode):
            raise FileNotFoundError(path)
        # one byte more than there should be: where it does not come, that was all
        data = os.read(descriptor, min(about.st_size, MAX_BYTES) + 1)
        if len(data) != about.st_size:
            while len(data) <= MAX_BYTES and (more := os.read(descriptor, MAX_BYTES + 1 - len(data))):
                data += more
    finally:
        os.close(descriptor)
    return Stamp(about.st_size, about.st_mtime_ns, about.st_ino), data


def stamp(root: Path, path: str) -> Stamp | None:
    """The stamp of one file, None where there is no regular file."""
    try:
        about = (root / path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Stamp(about.st_size, about.st_mtime_ns, about.st_ino)


def settled(found: Stamp, now: int) -> Stamp:
    """The stamp to remember at `now` (nanoseconds since 1970): none while the file may change under the same one."""
    return found if found.modified + _UNSURE < now else NO_STAMP


def now() -> int:
    """Nanoseconds since 1970, as the disk counts them."""
    return time.time_ns()


def committed(git: Git, commit: str | None) -> dict[str, str]:
    """The blob of every motion at `commit`, by path."""
    if commit is None:
        return {}
    from .objects import FILE_MODES

    found: dict[str, str] = {}
    for line in git.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", FOLDER).split(b"\0"):
        about, _tab, name = line.partition(b"\t")
        mode, _blank, rest = about.partition(b" ")
        path = name.decode("utf-8", "surrogateescape")
        if mode.decode() in FILE_MODES and path.endswith(SUFFIX):
            found[path] = rest.partition(b" ")[2].decode()
    found.pop(COUNCIL, None)
    return found


def blob_of(data: bytes, hash_name: str) -> str:
    """The name that git gives these bytes."""
    return hashlib.new(hash_name, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
