"""A folder that holds a published tree: it is made to hold a new one, by writing what differs and nothing else.

A list beside the files names those that are ours, so that what we no longer publish goes and what somebody else put
there stays. Each file changes all at once; interrupted, the next time goes on. No link is followed below the folder.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from antragsbuch.i18n import _

from .errors import AlreadyThere, OutsideRegister, StoreError
from .worktree import cannot_write

LISTED = ".antragsbuch-export"
"""The file that lists ours: a head, then a path a line."""
_HEAD = "antragsbuch export 1"
_NEW = ".antragsbuch-new"
# what a path of ours looks like; anything else in the list is not touched
_PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
Tell = Callable[[int, int], None]


@dataclass(slots=True)
class Written:
    """How many files were written, were so already, and were removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def publish(
    folder: Path,
    paths: Collection[str],
    content: Callable[[str], bytes],
    tell: Tell = lambda _done, _total: None,
) -> Written:
    """Make `folder` hold the files at `paths` (with `/`, of letters, digits, `.`, `-` and `_`), and no other of ours.

    Raises `AlreadyThere` before anything is written where a file of somebody else is in the way, `OutsideRegister`
    for a link, `StoreError` where another process writes there, `CannotWrite`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder) as descriptor:
            return _Folder(folder, descriptor).made(paths, content, tell)
    except OSError as error:
        raise cannot_write(str(error.filename or folder), error) from error


class _Folder:
    """The folder while it is made, open as a descriptor: every path is one from there."""

    def __init__(self, root: Path, descriptor: int) -> None:
        self._root, self._folder = root, descriptor
        self._there: set[str] = set()

    def made(self, paths: Collection[str], content: Callable[[str], bytes], tell: Tell) -> Written:
        ours = self._listed()
        wanted = set(paths)
        for path in wanted - ours:
            self._refuse(path, content)
        # what a writer that died left here
        with suppress(FileNotFoundError):
            os.unlink(_NEW, dir_fd=self._folder)
        done = Written()
        if not wanted <= ours:
            # a file is listed before it is there, so that it is known as ours whatever happens
            self._write(LISTED, _list(ours | wanted))
        for number, path in enumerate(paths):
            tell(number, len(paths))
            data = content(path)
            if self._bytes(path) == data:
                done.unchanged += 1
            else:
                self._write(path, data)
                done.written += 1
        for path in sorted(ours - wanted):
            done.removed += self._remove(path)
        if self._bytes(LISTED) != _list(wanted):
            self._write(LISTED, _list(wanted))
        return done

    def _listed(self) -> set[str]:
        """The files that are ours, as the last time left it."""
        head, *lines = (self._bytes(LISTED) or b"").decode("utf-8", "replace").split("\n")
        return {line for line in lines if _PATH.fullmatch(line)} if head == _HEAD else set()

    def _refuse(self, path: str, content: Callable[[str], bytes]) -> None:
        """Refuse to overwrite what somebody else put there; the very same bytes may be."""
        there = self._bytes(path)
        if there is not None and there != content(path):
            raise AlreadyThere(
                _("{path} is there already, and no export put it there.").format(path=self._root / path),
                _("Export into a folder of its own."),
            )

    def _bytes(self, path: str) -> bytes | None:
        """What a file holds, None where there is none. Raises `OutsideRegister` for a link or what is no file."""
        if not self._is_folder(path.rpartition("/")[0]):
            return None
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=self._folder)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO):
                raise self._link(path) from error
            raise
        try:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise self._link(path)
            found = bytearray()
            # a byte more than there should be tells its end
            while part := os.read(descriptor, about.st_size + 1):
                found += part
            return bytes(found)
        finally:
            os.close(descriptor)

    def _write(self, path: str, data: bytes) -> None:
        self._make_folder(path.rpartition("/")[0])
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(_NEW, flags, 0o666, dir_fd=self._folder)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
        os.rename(_NEW, path, src_dir_fd=self._folder, dst_dir_fd=self._folder)

    def _make_folder(self, folder: str) -> None:
        if folder and not self._is_folder(folder):
            self._make_folder(folder.rpartition("/")[0])
            os.mkdir(folder, dir_fd=self._folder)
            self._there.add(folder)

    def _remove(self, path: str) -> int:
        """Remove a file of ours and the folders that it leaves empty; how many files that were."""
        folder = path.rpartition("/")[0]
        if not self._is_folder(folder):
            return 0
        try:
            os.unlink(path, dir_fd=self._folder)
        except FileNotFoundError:
            return 0
        with suppress(OSError):
            while folder:
                os.rmdir(folder, dir_fd=self._folder)
                self._there.discard(folder)
                folder = folder.rpartition("/")[0]
        return 1

    def _is_folder(self, folder: str) -> bool:
        """Whether a folder is there. Raises `OutsideRegister` where a link is on the way."""
        if not folder or folder in self._there:
            return True
        if not self._is_folder(folder.rpartition("/")[0]):
            return False
        try:
            mode = os.stat(folder, dir_fd=self._folder, follow_symlinks=False).st_mode
        except FileNotFoundError:
            return False
        if not stat.S_ISDIR(mode):
            raise self._link(folder)
        self._there.add(folder)
        return True

    def _link(self, path: str) -> OutsideRegister:
        return OutsideRegister(
            _("{path} is a link or no plain file; nothing is written there.").format(path=self._root / path),
            _("Export into a folder of its own."),
        )


def _list(paths: Iterable[str]) -> bytes:
    return "\n".join([_HEAD, *sorted(paths), ""]).encode()


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Be the only one that writes into the folder; its descriptor."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                _("Another export is writing into {path}.").format(path=folder), _("Wait until it has ended.")
            ) from error
        yield descriptor
    finally:
        os.close(descriptor)
