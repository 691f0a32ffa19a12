"""What is about to be committed: every file that differs from HEAD, its changes in words, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from antragsbuch_schema.change import Change
from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.validate import check_file, check_refused

from . import worktree
from .comparing import compare, name_of
from .errors import BrokenCouncil, StoreError
from .objects import FILE_MODES
from .register import Register
from .status import ChangeKind, FileChange


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that differs from HEAD.

    `old` and `new` are its bytes at HEAD and in the work tree, None where there is none; `blob` is what HEAD holds,
    as a commit expects it. `unreadable` is set where one of the two can't be parsed: then there are no `changes`.
    """

    path: str
    old_path: str
    kind: ChangeKind
    name: str
    changes: tuple[Change, ...]
    findings: tuple[Located, ...]
    old: bytes | None
    new: bytes | None
    blob: str | None
    unreadable: TomlError | None = None

    @property
    def errors(self) -> tuple[Located, ...]:
        """What must be mended before the file can be committed."""
        return tuple(found for found in self.findings if found.finding.severity is Severity.ERROR)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that a commit of this file is about: both of a renamed one."""
        return (self.old_path, self.path) if self.old_path else (self.path,)

    @property
    def expected(self) -> dict[str, str | None]:
        """The blob at HEAD by path, as a commit expects it."""
        return {self.old_path: self.blob, self.path: None} if self.old_path else {self.path: self.blob}


def propose(register: Register, today: dt.date, paths: Collection[str] | None = None) -> list[Entry]:
    """Every file that differs from HEAD, or those of `paths` that do, by path. Costs a `git status`."""
    try:
        council = Directory(register.council())
    except BrokenCouncil:
        council = Directory({})
    return [
        _entry(register, change, council, today)
        for change in register.status().changed
        if paths is None or change.path in paths or change.old_path in paths
    ]


def expected_of(entries: Sequence[Entry]) -> dict[str, str | None]:
    """The blobs at HEAD that a commit of `entries` expects."""
    return {path: blob for entry in entries for path, blob in entry.expected.items()}


def _entry(register: Register, change: FileChange, council: Directory, today: dt.date) -> Entry:
    base = register.objects.entry(register.objects.head(), change.old_path or change.path)
    old = register.objects.blob(base.oid) if base and base.mode in FILE_MODES else None
    try:
        new = worktree.read_if_there(register.root, change.path)
    except StoreError as error:
        # a link, a file without permission: said like any other error, so that the others can be committed
        refused = tuple(check_refused(change.path, error.problem).on(today))
        name = name_of(old) or change.path.removeprefix("motions/")
        blob = base.oid if base else None
        return Entry(change.path, change.old_path, change.kind, name, (), refused, old, None, blob)
    found = compare(change.path, old, new)
    unreadable = found if isinstance(found, TomlError) else None
    return Entry(
        path=change.path,
        old_path=change.old_path,
        kind=change.kind,
        name=name_of(new, old) or change.path.removeprefix("motions/"),
        changes=() if isinstance(found, TomlError) else found,
        findings=tuple(check_file(change.path, new, council).on(today)) if new is not None else (),
        old=old,
        new=new,
        blob=base.oid if base else None,
        unreadable=unreadable,
    )
