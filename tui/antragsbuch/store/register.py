"""The register: one clone with its motions, opened once and used until it is closed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from antragsbuch.i18n import _

from . import identity, lock, status, worktree
from .errors import BrokenCouncil, NotARegister, ReadOnly
from .find import find
from .identity import Identity
from .objects import FILE_MODES, Objects
from .parsing import Document, TomlError, parsed
from .runner import Git, discover
from .status import Status

FORMAT = 1
"""The newest format of a register that this program writes."""
_FORMAT = re.compile(rb"^format[ \t]*=[ \t]*([0-9]{1,9})[ \t\r]*(?:#.*)?$", re.MULTILINE)
_BRANCH = re.compile(r"ref: (refs/[^\n]+)\n?")


@dataclass(frozen=True)
class Opened:
    """A file as it was opened: the bytes of the work tree, and what HEAD held at that moment."""

    path: str
    data: bytes
    head: str | None
    """The commit at HEAD, None before the first one."""
    blob: str | None
    """The blob at HEAD, None where the file is not committed: what a commit of this must find there."""
    head_data: bytes | None

    @cached_property
    def document(self) -> Document | TomlError:
        """The parsed file, or why it can't be parsed."""
        return parsed(self.data)


class Register:
    """A register that is open. Made by `open_register`; `close` ends its reading process."""

    def __init__(self, git: Git) -> None:
        self.git = git
        self.objects = Objects(git)
        self.root = git.layout.root
        self.motions = self.root / worktree.FOLDER
        self.folder = git.layout.common_dir / "antragsbuch"
        """Where the program keeps what belongs to this clone: lock, journal, index."""
        self.read_only = self._newer_format()
        """Why nothing may be written, in words; empty where it may."""
        self.notes: tuple[str, ...] = (_shallow(),) if git.layout.shallow else ()
        """What a person should know about this clone, in words."""

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process; the register can't be read any more from then on."""
        self.objects.close()

    # what is there

    def council(self) -> dict[str, Any]:
        """council.toml of the work tree, parsed. Raises `BrokenCouncil` where it can't be."""
        document = self.open(worktree.COUNCIL).document
        if isinstance(document, TomlError):
            raise BrokenCouncil(
                _("{path} can't be read (line {line}).").format(path=worktree.COUNCIL, line=document.line),
                _("Correct it first: antrag validate says what is wrong."),
            )
        return document.data

    def status(self) -> Status:
        """What differs from HEAD, and the state of the repository. Costs a `git status`: not to be polled."""
        head = self.objects.head()
        return status.read(self.git, lambda path: self.objects.content(head, path))

    def branch(self) -> str | None:
        """The full name of the branch that HEAD is on (it need not have a commit yet), None where it is detached."""
        match = _BRANCH.fullmatch((self.git.layout.git_dir / "HEAD").read_text(encoding="utf-8"))
        if match and not match[1].endswith(".invalid"):
            return match[1]
        result = self.git.attempt("symbolic-ref", "--quiet", "HEAD")
        return result.out.decode().strip() or None

    def paths(self) -> list[str]:
        """Every motion of the work tree, sorted, relative to the top with `/`."""
        return worktree.paths(self.root)

    def open(self, path: str) -> Opened:
        """The file at `path` in the work tree. Raises `NotFound`, `OutsideRegister`."""
        return self._opened(path, worktree.read(self.root, path))

    def find(self, query: str) -> str:
        """The path of the motion that a reference, a number, an id or a path names.

        Raises `NotFound` with suggestions.
        """
        return find(self, query)

    def committed(self, path: str) -> bytes | None:
        """The bytes of the file at HEAD, None where there is none."""
        return self.objects.content(self.objects.head(), path)

    # writing to the work tree

    def save(self, opened: Opened, text: str) -> Opened:
        """Write `text` to the work tree if the file still holds what was opened.

        Raises `ChangedElsewhere` with the bytes that it holds now, `CannotWrite`, `ReadOnly`.
        """
        data = worktree.encoded(opened.path, text)
        with self._writing():
            worktree.write(self.root, opened.path, opened.data, data)
            return self._based_on(opened, data)

    def create(self, path: str, text: str | bytes) -> Opened:
        """Write a new file, or one again byte for byte. Raises `AlreadyThere`, `OutsideRegister`, `CannotWrite`,
        `ReadOnly`."""
        data = text if isinstance(text, bytes) else worktree.encoded(path, text)
        with self._writing():
            worktree.write(self.root, path, None, data)
        return self._opened(path, data)

    def delete(self, opened: Opened) -> None:
        """Remove the file from the work tree if it still holds what was opened. Raises as `save`."""
        with self._writing():
            worktree.delete(self.root, opened.path, opened.data)

    def replace(self, path: str, expected: bytes | None, new: bytes | None) -> None:
        """Make the file hold `new` if it still holds `expected`; None is no file. Raises as `save` and `create`."""
        with self._writing():
            if new is not None:
                worktree.write(self.root, path, expected, new)
            elif expected is not None:
                worktree.delete(self.root, path, expected)

    def rename(self, opened: Opened, path: str, text: str | None = None) -> Opened:
        """Move the file to `path`, with a new `text` if given. Committed together, both are one renamed motion.

        Raises as `save` and `create`; the old file is removed only when the new one is safe.
        """
        data = opened.data if text is None else worktree.encoded(path, text)
        with self._writing():
            worktree.write(self.root, path, None, data)
            worktree.delete(self.root, opened.path, opened.data)
        return self._opened(path, data)

    # who

    def identity(self) -> Identity | None:
        """Name and address that a commit gets, None where git does not know them."""
        return identity.of(self.git.config)

    def set_identity(self, name: str, email: str, where: Literal["local", "global"] = "local") -> Identity:
        """Write name and address into git's configuration. Raises `BadIdentity`."""
        identity.write(self.git, name, email, where)
        return identity.required(self.git.config)

    @contextmanager
    def locked(self, wait: float = lock.WAIT) -> Iterator[lock.Held]:
        """Be the only writer of this clone. Raises `RepositoryBusy`, `CannotWrite`, `ReadOnly`."""
        if self.read_only:
            raise ReadOnly(self.read_only)
        with lock.held(self.folder, shared=self.shared, wait=wait) as holder:
            if holder.crashed:
                worktree.clean_up(self.root)
            yield holder

    def left_behind(self) -> bool:
        """Whether the last writer did not end well, or is still at work."""
        return lock.marked(self.folder)

    @property
    def shared(self) -> bool:
        """Whether several people write into this git directory (core.sharedRepository)."""
        return self.git.config.shared

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The lock, or none where only the work tree may be written: the check of the bytes still holds."""
        if not self.read_only and not os.access(self.git.layout.common_dir, os.W_OK):
            yield
            return
        with self.locked():
            yield

    def base_blob(self, opened: Opened) -> str | None:
        """The blob that HEAD must hold for a commit of what was made from `opened`.

        It is the one that HEAD held then, or the one that it holds now if those are the very bytes that were opened.
        """
        return self._based_on(opened, opened.data).blob

    def _based_on(self, opened: Opened, data: bytes) -> Opened:
        """`opened` with new bytes. If HEAD has moved to something else meanwhile, the commit must find out."""
        now = self._opened(opened.path, data)
        return now if now.blob == opened.blob or now.head_data == opened.data else replace(opened, data=data)

    def _opened(self, path: str, data: bytes) -> Opened:
        head = self.objects.head()
        entry = self.objects.entry(head, path)
        if entry is None or entry.mode not in FILE_MODES:
            return Opened(path, data, head, None, None)
        return Opened(path, data, head, entry.oid, self.objects.blob(entry.oid))

    def _newer_format(self) -> str:
        # without parsing: what is newer need not be what today's reader can read
        match = _FORMAT.search(worktree.read(self.root, worktree.COUNCIL).partition(b"\n[")[0])
        if match is None or int(match[1]) <= FORMAT:
            return ""
        return _("This register has format {found}, the program knows {known}: it can be read but not written.").format(
            found=int(match[1]), known=FORMAT
        )


def open_register(start: Path | None = None) -> Register:
    """The register that `start` (or the current folder) belongs to.

    Raises `NotARegister` and its kinds, `GitMissing`; each says what helps.
    """
    layout = discover(start or Path.cwd())
    if worktree.read_if_there(layout.root, worktree.COUNCIL) is None:
        raise NotARegister(
            _("{path} is no register: it has no file {file}.").format(path=layout.root, file=worktree.COUNCIL),
            _("Make one with: antrag init"),
        )
    return Register(Git(layout))


def _shallow() -> str:
    return _("This clone is shallow: its history ends early. git fetch --unshallow brings the rest.")
