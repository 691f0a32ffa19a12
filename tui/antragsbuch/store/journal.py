"""The note that a commit leaves before it begins, and takes away when all of it is done.

It holds everything that is needed to finish the commit or to give back what was to be committed, whatever happens
to the process or the machine.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import lock
from .errors import OutsideRegister
from .objects import FILE_MODES, Entry
from .worktree import cannot_write, checked

_NAME = "journal"
_NEW = "journal.new"
_LATER = "later-"
_SCRATCH = "scratch"
_BRANCH = re.compile(r"refs/(?!.*\.\.)[^\x00-\x20\x7f~^:?*\[\\]+")
_OWN = re.compile(r"refs/antragsbuch/[a-z0-9/-]{1,80}")
_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a commit: what stood there (`base`), what comes (`new`), and its bytes. None: no file.

    Of a packed commit that was read back, the bytes of every file are None: git has them.
    """

    path: str
    base: Entry | None
    new: Entry | None
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Follower:
    """A reference of the program's own that moves from `old` to `new` after the branch; None: is not there."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """A commit that was begun. `started` is in seconds since 1970."""

    root: Path
    git_dir: Path
    branch: str
    head: str | None
    message: str
    started: float
    changes: tuple[Change, ...]
    packed: bool = False
    """Whether git has the new versions already, and they can be made again: their bytes are not in the journal."""
    refs: tuple[Follower, ...] = ()
    """What follows the branch when it has moved."""


def write(folder: Path, journal: Journal, *, shared: bool) -> None:
    """Bring the journal to the disk. Raises `CannotWrite`."""
    temporary = folder / _NEW
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            if shared:
                lock.open_to_group(temporary, 0o660)
            file.write(_encoded(journal))
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(folder / _NAME)
        _sync(folder)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise cannot_write(str(folder / _NAME), error) from error


def there(folder: Path) -> bool:
    """Whether a commit was begun and not finished."""
    return (folder / _NAME).exists() or bool(_deferred(folder))


def defer(folder: Path) -> None:
    """Put the journal of a commit that was made aside: only the index is left to be brought up to date."""
    with suppress(OSError):
        (folder / _NAME).rename(folder / f"{_LATER}{time.time_ns():020}")


def deferred(folder: Path) -> Iterator[Journal]:
    """The journals that were put aside, oldest first; each is taken away when the next one is asked for."""
    for file in _deferred(folder):
        found = _read(file)
        if found is not None:
            yield found
        with suppress(OSError):
            file.unlink()


def read(folder: Path) -> Journal | None:
    """The journal of a commit that was begun and not finished, None where there is none that can be read."""
    return _read(folder / _NAME)


def remove(folder: Path) -> None:
    """Take the journal away. One that stays or comes back does no harm: finishing twice changes nothing."""
    for name in (_NAME, _NEW):
        with suppress(OSError):
            (folder / name).unlink()


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """An empty folder for files that nobody needs after this."""
    place = folder / _SCRATCH
    clear_scratch(folder)
    place.mkdir()
    try:
        yield place
    finally:
        clear_scratch(folder)


def clear_scratch(folder: Path) -> None:
    """Take away what a writer that died has left there."""
    shutil.rmtree(folder / _SCRATCH, ignore_errors=True)


def _deferred(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.name.startswith(_LATER))
    except FileNotFoundError:
        return []


def _read(file: Path) -> Journal | None:
    try:
        return _decoded(file.read_bytes())
    except (FileNotFoundError, ValueError, KeyError, TypeError, OutsideRegister):
        return None


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _encoded(journal: Journal) -> bytes:
    return json.dumps(
        {
            "root": os.fspath(journal.root),
            "git_dir": os.fspath(journal.git_dir),
            "branch": journal.branch,
            "head": journal.head,
            "message": journal.message,
            "started": journal.started,
            "packed": journal.packed,
            "refs": [[ref.name, ref.old, ref.new] for ref in journal.refs],
            "changes": [
                {
                    "path": change.path,
                    "base": change.base,
                    "new": change.new,
                    # latin-1 is one to one for any bytes
                    "body": None if change.body is None or journal.packed else change.body.decode("latin-1"),
                }
                for change in journal.changes
            ],
        }
    ).encode("ascii")


def _decoded(content: bytes) -> Journal:
    """The journal again. It lies in the git directory, which somebody else may have prepared: nothing is believed."""
    found = json.loads(content)
    return Journal(
        root=Path(found["root"]),
        git_dir=Path(found["git_dir"]),
        branch=_fitting(_BRANCH, found["branch"]),
        head=None if found["head"] is None else _fitting(_OID, found["head"]),
        message=str(found["message"]),
        started=float(found["started"]),
        changes=tuple(
            Change(
                path="/".join(checked(str(change["path"]))),
                base=_entry(change["base"]),
                new=_entry(change["new"]),
                body=None if change["body"] is None else str(change["body"]).encode("latin-1"),
            )
            for change in found["changes"]
        ),
        packed=bool(found.get("packed")),
        refs=tuple(
            Follower(_fitting(_OWN, name), *(None if oid is None else _fitting(_OID, oid) for oid in (old, new)))
            for name, old, new in found.get("refs", ())
        ),
    )


def _entry(found: tuple[str, str] | None) -> Entry | None:
    if found is None:
        return None
    mode, oid = found
    if mode not in FILE_MODES:
        raise ValueError(f"not the mode of a file: {mode}")
    return Entry(mode, _fitting(_OID, oid))


def _fitting(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"not in a journal of ours: {text!r}")
    return text
