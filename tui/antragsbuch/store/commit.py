"""One commit of some files: all of it or nothing, whoever else writes.

lock -> what stands at HEAD must be what was opened -> read back what is to be committed -> objects and journal ->
commit -> move the branch if it still is where it was. Then the commit is made, and index entry and work tree follow
where nobody else has changed them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from antragsbuch.i18n import _

from . import (
    followers,
    hooks,
    identity,
    journal,
    locks,
    messages,
    preparing,
    recover,
    staging,
    status,
    trees,
    worktree,
    writing,
)
from .errors import (
    CannotCommit,
    ChangedElsewhere,
    RepositoryBusy,
    StoreError,
)
from .follow import Tell, follow, silent
from .journal import Change, Journal
from .lock import Held
from .preparing import Contents
from .register import Opened, Register
from .runner import failure

_ATTEMPTS = 20
"""How often the branch may move under us (plain git does not take our lock) before we give up."""

Validate = Callable[[Contents], None]
"""Raises a `StoreError` where something must not be committed."""

Pack = Callable[[Journal, str], Journal]
"""Brings the objects of the commit that is announced, up to the tree of this name, into the repository in its own way.

Gives back the journal with what follows the branch. For many files at once: one by one they would take minutes.
"""


@dataclass(frozen=True, slots=True)
class Committed:
    """A commit that was made; `notes` say in words what else happened."""

    oid: str
    paths: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Request:
    contents: Contents
    message: str
    reason: str
    expected: Mapping[str, str | None]
    validate: Validate | None
    old_paths: list[str] = field(default_factory=list)
    pack: Pack | None = None
    tell: Tell = silent


def commit(
    register: Register,
    paths: Sequence[str],
    message: str,
    *,
    reason: str = "",
    expected: Mapping[str, str | None] | None = None,
    reviewed: Contents | None = None,
    validate: Validate | None = None,
) -> Committed:
    """Commit the work tree versions of `paths` in one commit on the current branch; a missing file is a deletion.

    `expected` holds, by path, the blob that stood at HEAD when the file was opened (`Opened.blob`; None: not
    committed). `reviewed` holds, by path, the bytes that the person has seen and means. A path that is not in one of
    them is not compared with it. A motion that is removed at one path and new at another is a rename, whether or not
    both are in `paths`. `validate` is called with the bytes that will be committed.

    Raises `ChangedInHead`, `ChangedElsewhere`, `NothingToCommit`, `CannotCommit`, `NoIdentity`, `InvalidFile`,
    `SigningFailed`, `HookRefused`, `RepositoryBusy`, `CannotWrite`, `ReadOnly`; then nothing was committed.
    """
    with _all_or_nothing(register) as holder:
        recovered = recover.finish(register, holder)
        contents = {path: worktree.read_if_there(register.root, path) for path in paths}
        for path, meant in (reviewed or {}).items():
            if path in contents and contents[path] != meant:
                raise ChangedElsewhere(path, contents[path])
        old_paths = preparing.renames(register, contents)
        contents.update(dict.fromkeys(old_paths))
        request = _Request(contents, message, reason, expected or {}, validate, old_paths)
        return _commit(register, holder, request, recovered)


def save_and_commit(
    register: Register,
    texts: Sequence[tuple[Opened, str]],
    message: str,
    *,
    reason: str = "",
    validate: Validate | None = None,
) -> Committed:
    """Save each text over what was opened and commit these files, with no other writer in between.

    Raises as `Register.save` and `commit`. Where the commit fails, what was saved stays saved.
    """
    with _all_or_nothing(register) as holder:
        recovered = recover.finish(register, holder)
        identity.required(register.git.config)
        _branch(register)
        contents = {opened.path: worktree.encoded(opened.path, text) for opened, text in texts}
        for opened, _text in texts:
            worktree.write(register.root, opened.path, opened.data, contents[opened.path])
        expected = {opened.path: register.base_blob(opened) for opened, _text in texts}
        return _commit(register, holder, _Request(contents, message, reason, expected, validate), recovered)


def commit_contents(
    register: Register,
    contents: Contents,
    message: str,
    *,
    reason: str = "",
    expected: Mapping[str, str | None] | None = None,
    validate: Validate | None = None,
    pack: Pack | None = None,
    tell: Tell = silent,
) -> Committed:
    """Commit bytes that need not be in the work tree; it follows where it still holds what was at HEAD.

    `validate` is called while nobody else may write. With `pack`, which see, `tell` is told how far the work tree is.
    """
    for path in contents:
        worktree.checked(path)
    with _all_or_nothing(register) as holder:
        recovered = recover.finish(register, holder)
        request = _Request(contents, message, reason, expected or {}, validate, pack=pack, tell=tell)
        return _commit(register, holder, request, recovered)


@contextmanager
def _all_or_nothing(register: Register) -> Iterator[Held]:
    """The lock; whatever the file system refuses before the commit is made becomes `CannotWrite`."""
    with register.locked() as holder:
        try:
            yield holder
        except OSError as error:
            raise worktree.cannot_write(str(register.folder), error) from error


def _commit(register: Register, holder: Held, request: _Request, notes: list[str]) -> Committed:
    identity.required(register.git.config)
    branch = _branch(register)
    if not request.message.strip():
        raise CannotCommit(_("A commit needs a message."), _("Say in a few words what was changed."))
    preparing.checked(request.contents)
    if request.validate:
        request.validate(request.contents)
    contents = preparing.stored(register, request.contents)
    trailers = preparing.trailers(request.old_paths, request.reason)
    message = messages.with_trailers(request.message, trailers).encode("utf-8", "replace").decode()
    with_hooks = hooks.wanted(register.git.config)
    for _attempt in range(_ATTEMPTS):
        head = register.objects.head()
        changes = preparing.changes(register, head, contents, request.expected)
        note = Journal(register.root, register.git.layout.git_dir, branch, head, message, time.time(), changes)
        try:
            tree, new = _new_objects(register, note)
            if request.pack:
                note = request.pack(note, tree)
                if not with_hooks:
                    journal.write(register.folder, note, shared=register.shared)
            else:
                with writing.written(register.git, new, register.folder):
                    if not with_hooks:
                        journal.write(register.folder, note, shared=register.shared)
                _check_kept(register, changes)
            if with_hooks:
                note = replace(note, message=hooks.before(register.git, register.folder, tree, message))
                journal.write(register.folder, note, shared=register.shared)
            oid = writing.commit_object(register.git, note.head, tree, note.message)
            moved = _move(register, holder, note, oid)
        except StoreError:
            # nothing was committed; anything else leaves the journal, and the next writer finds out how far it came
            _clear(register, note)
            raise
        if moved:
            try:
                notes += _follow(register, holder, note, request.tell)
                if with_hooks:
                    hooks.after(register.git)
            except OSError as error:
                # the commit is made; the journal is still there for the rest
                notes.append(worktree.cannot_write(str(register.folder), error).message)
            return Committed(oid, tuple(change.path for change in changes), tuple(notes))
        _clear(register, note)
    raise RepositoryBusy(
        _("The branch moved again and again while committing."), _("Try again in a moment; nothing was lost.")
    )


def _clear(register: Register, note: Journal) -> None:
    """Leave nothing of an attempt that failed: a git that was killed leaves its locks."""
    locks.remove_dead(register.git.layout, note.branch, note.started)
    journal.remove(register.folder)


def _branch(register: Register) -> str:
    """The branch that the commit goes to. Raises `CannotCommit` where one would disturb what is going on."""
    operation = status.operation(register.git.layout)
    if operation and operation != "bisect":
        raise CannotCommit(
            _("A {operation} is not finished in this repository, so nothing is committed.").format(operation=operation),
            _("Finish it with git {operation} --continue, or take it back with git {operation} --abort.").format(
                operation=operation
            ),
        )
    branch = register.branch()
    if branch is None:
        raise CannotCommit(
            _("HEAD is on no branch (detached), so a commit would be lost."),
            _("Go back to a branch first: git switch BRANCH, or make one here: git switch -c BRANCH"),
        )
    return branch


def _new_objects(register: Register, note: Journal) -> tuple[str, dict[writing.Kind, list[bytes]]]:
    """The name of the tree at the top, and the contents of all blobs and trees that it needs."""
    before = register.objects.commit(note.head).tree if note.head else None
    new = {change.path: change.new for change in note.changes}
    top, contents = trees.rebuilt(register.objects, before, new, register.git.layout.hash_name)
    return top, {"blob": [change.body for change in note.changes if change.body is not None], "tree": contents}


def _check_kept(register: Register, changes: tuple[Change, ...]) -> None:
    """What git gives back must be what was checked."""
    for change in changes:
        if change.new and register.objects.blob(change.new.oid) != change.body:
            raise StoreError(_("git did not keep what it was given; nothing was committed."))


def _move(register: Register, holder: Held, note: Journal, oid: str) -> bool:
    """Move the branch to `oid`; False where it is no longer where the journal says."""
    result = register.git.attempt(
        "update-ref", "-m", f"commit: {messages.subject_of(note.message):.200}", note.branch, oid,
        note.head or "0" * len(oid), keep_open=(holder.descriptor,),
    )  # fmt: skip
    if result.status < 0:
        # killed, it leaves its locks
        locks.remove_dead(register.git.layout, note.branch, note.started)
    now = oid if result.status == 0 else register.objects.resolve(note.branch)
    if now == oid:
        # git may have ended badly after it had moved the branch
        return True
    if now != note.head:
        return False
    if ".lock'" in result.err:
        raise RepositoryBusy(
            _("git's lock on the branch {branch} is held.").format(branch=note.branch),
            _("Try again in a moment; antrag doctor says who holds it."),
            result.err.strip(),
        )
    raise failure("update-ref", result)


def _follow(register: Register, holder: Held, note: Journal, tell: Tell) -> list[str]:
    """Index and work tree after the commit, where they hold the base; the commit is made whatever happens here."""
    keep_open = (holder.descriptor,)
    moved = followers.move(register.git, note.refs, keep_open)
    updated = staging.update(register.git, note.changes, keep_open)
    if not updated and not locks.remove_dead(register.git.layout, note.branch, note.started):
        updated = staging.update(register.git, note.changes, keep_open)
    notes = follow(register.objects, register.root, note.changes, tell)
    if not updated:
        notes.append(_("git's index is in use by another program; its entries are brought up to date later."))
    if updated and moved:
        journal.remove(register.folder)
    else:
        journal.defer(register.folder)
    return notes
