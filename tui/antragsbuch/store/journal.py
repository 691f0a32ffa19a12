"""The note that a commit leaves before it begins, and takes away when all of it is done.

It holds everything that is needed to finish the commit or to give back what was to be committed, whatever happens
to the process or the machine.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import lock
from .objects import Entry
from .worktree import cannot_write

_NAME = "journal"
_NEW = "journal.new"
_SCRATCH = "scratch"


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a commit: what stood there (`base`), what comes (`new`), and its bytes. None: no file."""

    path: str
    base: Entry | None
    new: Entry | None
    body: bytes | None


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
    return (folder / _NAME).exists()


def read(folder: Path) -> Journal | None:
    """The journal of a commit that was begun and not finished, None where there is none that can be read."""
    try:
        return _decoded((folder / _NAME).read_bytes())
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


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
            "changes": [
                {
                    "path": change.path,
                    "base": change.base,
                    "new": change.new,
                    # latin-1 is one to one for any bytes
                    "body": None if change.body is None else change.body.decode("latin-1"),
                }
                for change in journal.changes
            ],
        }
    ).encode("ascii")


def _decoded(content: bytes) -> Journal:
    found = json.loads(content)
    return Journal(
        root=Path(found["root"]),
        git_dir=Path(found["git_dir"]),
        branch=found["branch"],
        head=found["head"],
        message=found["message"],
        started=found["started"],
        changes=tuple(
            Change(
                path=change["path"],
                base=_entry(change["base"]),
                new=_entry(change["new"]),
                body=None if change["body"] is None else change["body"].encode("latin-1"),
            )
            for change in found["changes"]
        ),
    )


def _entry(found: tuple[str, str] | None) -> Entry | None:
    return None if found is None else Entry(*found)
