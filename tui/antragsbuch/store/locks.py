"""git's own lock files: which there are, who may hold them, and whether their owner is dead.

git makes `index.lock` and the like and takes them away when it is done; killed, it leaves them, and every later
command fails. A lock is taken away here only if nobody can still need it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .runner import Layout

QUIET = 2.0
"""Seconds for which a lock must not have changed."""
_PACKED = "packed-refs.lock"
_PROC = Path("/proc")
_READERS = (b"cat-file", b"log", b"blame", b"status", b"diff")


@dataclass(frozen=True, slots=True)
class LockFile:
    """A lock file of git's: seconds since it was last written, and the processes that may own it."""

    path: Path
    age: float
    owners: tuple[str, ...]


def found(layout: Layout, branch: str = "") -> list[LockFile]:
    """The locks on index, HEAD, references and configuration that are there now."""
    candidates = [
        layout.git_dir / "index.lock",
        layout.git_dir / "HEAD.lock",
        layout.common_dir / _PACKED,
        layout.common_dir / "config.lock",
    ]
    if branch:
        candidates.append(layout.common_dir / f"{branch}.lock")
    result = []
    for path in candidates:
        try:
            age = time.time() - path.stat().st_mtime
        except OSError:
            continue
        result.append(LockFile(path, max(age, 0.0), tuple(owners(layout, path))))
    return result


def remove_dead(layout: Layout, branch: str, since: float) -> list[Path]:
    """Take away the locks that were made after `since` (seconds since 1970), have no living owner and stay unchanged.

    Gives back those that are left. Waits until a lock has not changed for `QUIET` seconds.
    """
    left: list[Path] = []
    for lock in found(layout, branch):
        try:
            made = lock.path.stat().st_mtime
            if made >= since - 1 and _PROC.is_dir() and not lock.owners:
                time.sleep(max(0.0, min(QUIET, QUIET - (time.time() - made))))
                dead = lock.path.stat().st_mtime == made and not any(owners(layout, lock.path))
            else:
                dead = False
            if dead:
                lock.path.unlink()
            else:
                left.append(lock.path)
        except FileNotFoundError:
            continue
        except OSError:
            left.append(lock.path)
    return left


def remove_own(layout: Layout, ref: str) -> None:
    """Take away the locks that a git of ours has left on a reference that only the holder of our lock writes.

    However old they are: nobody else can have made them. The same for that of the packed references beside it.
    """
    ages = [lock.age for lock in found(layout, ref) if lock.path.name in (f"{ref.rpartition('/')[2]}.lock", _PACKED)]
    if ages:
        remove_dead(layout, ref, time.time() - max(ages))


def owners(layout: Layout, lock: Path) -> Iterator[str]:
    """Living processes that may have made `lock`: those that have it open, and git at work in this repository."""
    places = {os.fspath(layout.root), os.fspath(layout.git_dir), os.fspath(layout.common_dir)}
    for process in _PROC.iterdir() if _PROC.is_dir() else ():
        if not process.name.isdecimal() or int(process.name) == os.getpid():
            continue
        try:
            name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
            arguments = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if _opens(process, lock) or (name.startswith("git") and _works_in(process, places, arguments)):
            yield f"{name} ({process.name})"


def _works_in(process: Path, places: set[str], arguments: list[bytes]) -> bool:
    if any(reader in arguments for reader in _READERS):
        return False
    try:
        folder = str((process / "cwd").readlink())
    except PermissionError:
        # somebody else's git: it may well be here
        return True
    except OSError:
        return False
    return any(folder == place or folder.startswith(place + "/") for place in places)


def _opens(process: Path, lock: Path) -> bool:
    try:
        return any(entry.readlink() == lock for entry in (process / "fd").iterdir())
    except OSError:
        return False
