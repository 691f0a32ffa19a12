"""After a crash: finish the commit that was begun, or undo it, without asking anybody.

The journal says what was to be committed. If the branch has that commit, index and work tree follow; if not, what
was to be committed is in the work tree, or else is kept as a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from antragsbuch.i18n import _

from . import followers, journal, locks, staging, worktree
from .drafts import DraftJournal
from .errors import CannotWrite, NotARegister, RepositoryBusy, StoreError
from .follow import follow
from .journal import Change, Journal
from .lock import Held
from .register import Register
from .runner import Git, discover

_NAMED = 10
"""How many paths a note names."""
_BACK = 1000
"""How many commits after a crash are searched for the one that was begun."""


def recover(register: Register, drafts: DraftJournal | None = None) -> list[str]:
    """Finish or undo what a crash has left; what was done, in words. Called when a register is opened.

    Does nothing while somebody else writes, or where this person can't write.
    """
    if register.read_only or not (journal.there(register.folder) or register.left_behind()):
        return []
    try:
        with register.locked(wait=1.0) as holder:
            return finish(register, holder, drafts)
    except (RepositoryBusy, CannotWrite):
        return []


def finish(register: Register, holder: Held, drafts: DraftJournal | None = None) -> list[str]:
    """The same for who already holds the lock."""
    if holder.crashed:
        journal.clear_scratch(register.folder)
    for later in journal.deferred(register.folder):
        git = _git_of(register, later)
        locks.remove_dead(register.git.layout, later.branch, later.started)
        if git and not _caught_up(git, holder, later):
            break
    note = journal.read(register.folder)
    git = _git_of(register, note) if note else None
    if note is None or git is None:
        journal.remove(register.folder)
        return []
    root, paths = git.layout.root, _named(note.changes)
    locks.remove_dead(git.layout, note.branch, note.started)
    if not _made(register, note):
        notes = [
            _("An import was interrupted and not made: {paths}. Import again.").format(paths=paths)
            if note.packed
            else _("A commit was interrupted and not made: {paths}. Nothing is lost.").format(paths=paths)
        ]
        for change in () if note.packed else note.changes:
            notes += _kept(register, root, change, drafts)
    else:
        notes = [_("A commit that was interrupted has been finished: {paths}.").format(paths=paths)]
        caught_up = _caught_up(git, holder, note)
        notes += follow(register.objects, root, note.changes)
        if not caught_up:
            journal.defer(register.folder)
            notes.append(_("git's index is in use by another program; its entries are brought up to date later."))
    journal.remove(register.folder)
    return notes


def _git_of(register: Register, note: Journal) -> Git | None:
    """git in the work tree where the commit was begun, None where that is no work tree of this clone any more."""
    if note.git_dir == register.git.layout.git_dir:
        return register.git
    try:
        layout = discover(note.root)
    except NotARegister:
        return None
    same = (layout.git_dir, layout.common_dir) == (note.git_dir, register.git.layout.common_dir)
    return Git(layout) if same else None


def _caught_up(git: Git, holder: Held, note: Journal) -> bool:
    """Bring what follows the branch to where the commit is; False where that has to be done later."""
    keep_open = (holder.descriptor,)
    moved = followers.move(git, note.refs, keep_open)
    return staging.update(git, note.changes, keep_open) and moved


def _named(changes: Sequence[Change]) -> str:
    paths = [change.path for change in changes[:_NAMED]]
    more = [_("and {count} more").format(count=len(changes) - _NAMED)] if len(changes) > _NAMED else []
    return ", ".join([*paths, *more])


def _made(register: Register, note: Journal) -> bool:
    """Whether the branch has the commit that the journal announces, be it under later ones."""
    oid = register.objects.resolve(note.branch)
    for _step in range(_BACK):
        if oid is None or oid == note.head:
            return False
        commit = register.objects.commit(oid)
        if commit.parents == ((note.head,) if note.head else ()) and commit.message == note.message:
            return all(register.objects.entry(oid, change.path) == change.new for change in note.changes)
        oid = commit.parents[0] if commit.parents else None
    return False


def _kept(register: Register, root: Path, change: Change, drafts: DraftJournal | None) -> list[str]:
    """Make sure that what was not committed still is somewhere."""
    if change.body is None:
        return []
    try:
        if worktree.read_if_there(root, change.path) == change.body:
            return []
    except StoreError:
        pass
    base = register.objects.blob(change.base.oid) if change.base else b""
    journal_of_drafts = drafts or DraftJournal(None, register.root)
    with journal_of_drafts.begin(change.path, base, change.base.oid if change.base else None) as draft:
        draft.replace(change.body.decode("utf-8", "replace"))
        draft.sync()
    return [_("{path}: what was to be committed is kept as a draft.").format(path=change.path)]
