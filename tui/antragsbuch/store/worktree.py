"""Files of the work tree: read without following links, written all at once or not at all.

Every folder on the way is opened by itself and without following links, so that no path leads out of the register,
whatever somebody put there. A new version is written beside the file, brought to the disk, and renamed over it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antragsbuch.i18n import _

from .errors import AlreadyThere, CannotRead, CannotWrite, ChangedElsewhere, InvalidFile, NotFound, OutsideRegister

FOLDER = "motions"
"""The folder of a register, at the top of the work tree."""
COUNCIL = "motions/council.toml"
SUFFIX = ".toml"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TEMPORARY = ".antragsbuch-new"
_LARGEST = 16 * 1024 * 1024
"""No file of a register comes near; what is larger is not read into memory."""


def checked(path: str) -> tuple[str, ...]:
    """The names on the way to the file at `path`, which is relative to the top with `/`.

    Raises `OutsideRegister` unless it is a TOML file below motions/.
    """
    names = tuple(path.split("/"))
    if (
        len(names) < 2
        or names[0] != FOLDER
        or not path.endswith(SUFFIX)
        or any(name.startswith(".") or not name for name in names)
        or _CONTROL.search(path)
    ):
        raise OutsideRegister(
            _("{path} is not a motion of this register.").format(path=path),
            _("Motions are TOML files below motions/."),
        )
    return names


def read(root: Path, path: str) -> bytes:
    """The bytes of the file.

    Raises `NotFound`, `OutsideRegister` where a link or no regular file is met, `CannotRead`.
    """
    found = read_if_there(root, path)
    if found is None:
        raise NotFound(_("There is no file {path}.").format(path=path))
    return found


def read_if_there(root: Path, path: str) -> bytes | None:
    """The bytes of the file, or None where there is none. Raises `OutsideRegister` and `CannotRead` as `read`."""
    names = checked(path)
    try:
        with _folder(root, names[:-1], path) as folder:
            return _content(folder, names[-1], path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRead(
            _("{path} can't be read: {reason}.").format(path=path, reason=error.strerror), _("Check its permissions.")
        ) from error


def encoded(path: str, text: str) -> bytes:
    """The bytes of a text. Raises `InvalidFile` for half a character, which no file can hold."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidFile(
            _("{path} can't be written: character {number} is only half of one.").format(
                path=path, number=error.start + 1
            ),
            _("Type it again."),
        ) from error


def write(root: Path, path: str, expected: bytes | None, new: bytes, *, sync: bool = True) -> None:
    """Make the file hold `new` if it still holds `expected` (None: is not there); its mode stays.

    Without `sync` the caller brings it to the disk, with all others that it writes.

    Raises `ChangedElsewhere`, or `AlreadyThere` where none was expected; `CannotWrite`; `OutsideRegister`.
    """
    names = checked(path)
    try:
        with _folder(root, names[:-1], path, make=True, sync=sync) as folder:
            _expect(folder, names[-1], path, expected)
            _replace(folder, names[-1], new, sync=sync)
    except OSError as error:
        raise cannot_write(path, error) from error


def delete(root: Path, path: str, expected: bytes) -> None:
    """Remove the file if it still holds `expected`, and the folders that it leaves empty. Raises as `write`."""
    names = checked(path)
    try:
        with _folder(root, names[:-1], path) as folder:
            _expect(folder, names[-1], path, expected)
            os.unlink(names[-1], dir_fd=folder)
            os.fsync(folder)
    except FileNotFoundError as error:
        # its folder went with it
        raise ChangedElsewhere(path, None) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    # a folder that has to stay, or that somebody else removed, is no matter: the file is gone
    with _ignored(OSError):
        for depth in range(len(names) - 1, 1, -1):
            with _folder(root, names[: depth - 1], path) as folder:
                os.rmdir(names[depth - 1], dir_fd=folder)


def paths(root: Path) -> list[str]:
    """Every regular TOML file below motions/ but council.toml, sorted; links and other repositories are left out."""
    found = [
        path
        for path, entry in _entries(root)
        if path.endswith(SUFFIX) and path != COUNCIL and entry.is_file(follow_symlinks=False)
    ]
    return sorted(found)


def others(root: Path) -> list[str]:
    """What lies below motions/ and is never read, sorted: every link, and what else is called like a motion and is no
    regular file."""
    found = [
        path
        for path, entry in _entries(root)
        if entry.is_symlink() or (path.endswith(SUFFIX) and not entry.is_file(follow_symlinks=False))
    ]
    return sorted(found)


def _entries(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below motions/ with its path, in no order; no link and no other repository is entered."""
    todo = [FOLDER]
    while todo:
        folder = todo.pop()
        try:
            entries = list(os.scandir(root / folder))
        except FileNotFoundError:
            continue
        if folder != FOLDER and any(entry.name == ".git" for entry in entries):
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                todo.append(path)
            yield path, entry


def clean_up(root: Path) -> None:
    """Remove what a writer that died left beside the files. Only for who holds the lock: nobody else writes then."""
    for folder, _folders, files in os.walk(root / FOLDER):
        for name in files:
            if name.startswith(".") and name.endswith(_TEMPORARY):
                Path(folder, name).unlink(missing_ok=True)


def cannot_write(path: str, error: OSError) -> CannotWrite:
    """The error for a file system that refuses."""
    return CannotWrite(
        _("{path} can't be written: {reason}.").format(path=path, reason=error.strerror or error),
        _("Check free space and permissions, then try again; nothing was lost."),
    )


def _expect(folder: int, name: str, path: str, expected: bytes | None) -> None:
    try:
        now = _content(folder, name, path)
    except FileNotFoundError:
        now = None
    if now == expected:
        return
    if expected is None:
        raise AlreadyThere(_("There is a file {path} already.").format(path=path))
    raise ChangedElsewhere(path, now)


def _replace(folder: int, name: str, new: bytes, *, sync: bool) -> None:
    temporary = f".{name}{_TEMPORARY}"
    try:
        mode = stat.S_IMODE(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        mode = None
    # what a writer that died left here: nobody else writes while the lock is held
    with _ignored(FileNotFoundError):
        os.unlink(temporary, dir_fd=folder)
    descriptor = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666, dir_fd=folder
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(descriptor, mode)
            file.write(new)
            file.flush()
            if sync:
                os.fsync(descriptor)
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with _ignored(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
    if sync:
        os.fsync(folder)


@contextmanager
def _ignored(kind: type[OSError]) -> Iterator[None]:
    try:
        yield
    except kind:
        return


@contextmanager
def _folder(root: Path, names: tuple[str, ...], path: str, *, make: bool = False, sync: bool = True) -> Iterator[int]:
    """The folder at the end of `names`, open; each one on the way is opened without following a link."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    current = os.open(root, flags)
    try:
        for name in names:
            try:
                below = os.open(name, flags | os.O_NOFOLLOW, dir_fd=current)
            except FileNotFoundError:
                if not make:
                    raise
                os.mkdir(name, dir_fd=current)
                if sync:
                    os.fsync(current)
                below = os.open(name, flags | os.O_NOFOLLOW, dir_fd=current)
            except OSError as error:
                if error.errno in (errno.ELOOP, errno.ENOTDIR):
                    raise _link(path) from error
                raise
            os.close(current)
            current = below
        yield current
    finally:
        os.close(current)


def _content(folder: int, name: str, path: str) -> bytes:
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise _link(path) from error
        raise
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise _link(path)
        if about.st_size > _LARGEST:
            raise OutsideRegister(
                _("{path} is far too large for a motion.").format(path=path),
                _("Take the file out of motions/."),
            )
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def _link(path: str) -> OutsideRegister:
    return OutsideRegister(
        _("{path} is a link or no regular file; it is neither read nor written.").format(path=path),
        _("Put the file itself in its place."),
    )
