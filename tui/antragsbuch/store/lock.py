"""One writer at a time: a lock file in the git directory that all work trees of a clone share.

The lock is the kernel's (flock): it goes away with whoever held it, however that process ended. git processes that
write inherit it, so that it stays until the last of them is done. The file says who holds it; what it says when
nobody does tells that the last holder did not end well.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from antragsbuch.i18n import _

from .errors import CannotWrite, RepositoryBusy

WAIT = 5.0
"""Seconds to wait for another writer."""
_STEP = 0.02


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that is held. `crashed`: the last holder died with it."""

    descriptor: int
    crashed: bool


@contextmanager
def held(folder: Path, *, shared: bool = False, wait: float = WAIT) -> Iterator[Held]:
    """Hold the lock in `folder` (made if needed), readable and writable for the group if `shared`.

    Raises `RepositoryBusy`, with the name of the holder, after `wait` seconds, `CannotWrite` if there can't be one.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if shared:
            open_to_group(folder, 0o2770)
            open_to_group(folder / "lock", 0o660)
    except OSError as error:
        raise _no_lock(folder, error) from error
    try:
        _acquire(descriptor, wait)
        crashed = os.pread(descriptor, 1, 0) != b""
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _holder(), 0)
        except OSError as error:
            raise _no_lock(folder, error) from error
        try:
            yield Held(descriptor, crashed)
        finally:
            # a name that stays costs the next writer a look around, no more
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def open_to_group(path: Path, mode: int) -> None:
    """Set a mode that the umask would cut; whoever owns the path has done so already."""
    with suppress(PermissionError):
        path.chmod(mode)


def marked(folder: Path) -> bool:
    """Whether the lock names a holder: one at work, or one that died."""
    try:
        return (folder / "lock").stat().st_size > 0
    except OSError:
        return False


def _acquire(descriptor: int, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise _busy(os.pread(descriptor, 4096, 0)) from None
            time.sleep(_STEP)
        else:
            return


def _holder() -> bytes:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    return json.dumps({"pid": os.getpid(), "user": user, "since": time.strftime("%H:%M:%S")}).encode()


def _busy(said: bytes) -> RepositoryBusy:
    try:
        holder = json.loads(said)
        who = _("{user} (process {pid}), since {since}").format(**holder)
    except (ValueError, TypeError, KeyError):
        who = _("another process")
    return RepositoryBusy(
        _("The register is being written by {who}.").format(who=who), _("Try again in a moment; nothing was lost.")
    )


def _no_lock(folder: Path, error: OSError) -> CannotWrite:
    return CannotWrite(
        _("{path} can't be written: {reason}.").format(path=folder, reason=error.strerror),
        _("Check free space and the permissions of the git directory."),
    )
