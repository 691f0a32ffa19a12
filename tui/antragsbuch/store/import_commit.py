"""One commit of all that an import changes, and the work tree after it.

The objects come into the repository through one `git fast-import`, into references that nobody else uses; that
decides nothing. Then it is a commit like any other: lock, journal, compare-and-swap of the branch. The base of the
next import moves after the branch, from the journal: an import that was interrupted is either made in full or has not
happened. Only what holds the version at HEAD takes part; what somebody is working on is left and named.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial

from antragsbuch.i18n import _
from antragsbuch_schema.exchange import import_message
from antragsbuch_schema.i18n import Language
from antragsbuch_schema.message import Became, Entry

from . import followers, import_base, locks, worktree
from .commit import Committed, commit_contents
from .comparing import compare, name_of
from .errors import ChangedInHead, StoreError
from .follow import Tell, silent
from .import_base import ImportBase
from .importing import Change, Kept, Overtaken, Plan
from .journal import Follower, Journal
from .objects import FILE_MODES, blob_name
from .register import Register
from .staging import quoted

_BASE = f"{import_base.REF}-base"
_TREE = f"{import_base.REF}-tree"
_SCRATCH = (_BASE, _TREE)
"""What fast-import writes to: nothing reads them but the import that wrote them."""
_KINDS: Mapping[str, Became] = {"new": "added", "changed": "changed", "deleted": "removed"}


def leave_unfinished_work(register: Register, plan: Plan) -> None:
    """Take out of `plan` what is not committed here: the import must neither commit nor overwrite it."""
    head = register.objects.head()
    held: list[Change] = []
    for change in plan.changes:
        if _is_committed(register, head, change, plan.expected):
            held.append(change)
        else:
            plan.kept.append(Kept(change.old_path or change.path, "dirty"))
            plan.base.pop(change.identity, None)
    plan.changes = held
    if plan.council and not _is_committed(register, head, plan.council, plan.expected):
        plan.kept.append(Kept(plan.council.path, "dirty"))
        plan.council, plan.base_council = None, None


def begun(register: Register) -> bool:
    """Whether the council's file was ever committed: that of a new register must be before it can be added to."""
    return register.objects.entry(register.objects.head(), worktree.COUNCIL) is not None


def message_of(register: Register, plan: Plan, source: str = "") -> str:
    """The message of the commit, in the language of the register; `source` is the address of a server."""
    language: Language = "en" if register.council().get("language") == "en" else "de"
    changes = _every(plan)
    counts = {kind: plan.count(kind) for kind in ("new", "changed", "deleted")}
    entries = [_entry(change) for change in changes] if len(changes) <= import_message.NAMED else []
    return import_message.message(counts, entries, language, source)


def commit_import(register: Register, plan: Plan, message: str, tell: Tell = silent) -> Committed:
    """Make the commit of what was planned, which must be something. `tell` is told how far the work tree is.

    Raises `Overtaken` where the register has changed since it was planned: plan again; and what `commit` raises.
    Then nothing was committed and no file has changed.
    """
    contents: dict[str, bytes | None] = {}
    for change in _every(plan):
        if change.old_path:
            contents[change.old_path] = None
        contents[change.path] = change.after
    try:
        return commit_contents(
            register,
            contents,
            message,
            expected=plan.expected,
            validate=lambda _contents: _check_untouched(register, plan),
            pack=partial(_pack, register, plan),
            tell=tell,
        )
    except StoreError as error:
        _clean_up(register)
        if isinstance(error, ChangedInHead):
            raise Overtaken from error
        raise


def _clean_up(register: Register) -> None:
    """Leave nothing of a commit that was refused; where somebody else writes by now, the next import does it."""
    left = [Follower(name, oid, None) for name in _SCRATCH if (oid := register.objects.resolve(name))]
    if left:
        with suppress(StoreError), register.locked(wait=1.0) as holder:
            followers.move(register.git, left, (holder.descriptor,))


def _every(plan: Plan) -> list[Change]:
    return [*([plan.council] if plan.council else []), *plan.changes]


def _entry(change: Change) -> Entry:
    found = compare(change.old_path or change.path, change.before, change.after)
    name = name_of(change.after, change.before) or change.path.removeprefix("motions/")
    changes = found if isinstance(found, tuple) else ()
    kind = _KINDS[change.kind]
    return Entry(name, changes, "renamed" if change.old_path else kind, change.old_path)


def _is_committed(register: Register, head: str | None, change: Change, expected: dict[str, str | None]) -> bool:
    """Whether the files of a change are in the work tree just as they are at HEAD; which blobs these are."""
    versions = {change.old_path or change.path: change.before}
    versions.setdefault(change.path, None)
    entries = {path: register.objects.entry(head, path) for path in versions}
    for path, data in versions.items():
        entry = entries[path]
        if entry is None or data is None:
            if entry is not None or data is not None:
                return False
        elif entry.mode not in FILE_MODES:
            return False
        else:
            plain = data.replace(b"\r\n", b"\n")
            if entry.oid not in [blob_name(register.git.layout.hash_name, each) for each in (data, plain)]:
                return False
    expected.update({path: entry.oid if entry else None for path, entry in entries.items()})
    return True


def _check_untouched(register: Register, plan: Plan) -> None:
    """Raise `Overtaken` where a file, or the base, is no longer what was planned with. Nobody else writes meanwhile."""
    if register.objects.resolve(import_base.REF) != plan.base_commit:
        raise Overtaken
    for change in _every(plan):
        there = change.old_path or change.path
        if worktree.read_if_there(register.root, there) != change.before:
            raise Overtaken
        if change.old_path and worktree.read_if_there(register.root, change.path) is not None:
            raise Overtaken


def _pack(register: Register, plan: Plan, note: Journal, tree: str) -> Journal:
    """Write every object of the commit, up to `tree`, and of the base after it, as one pack.

    What git made of it must be what was announced: names are made from the content.
    """
    based = import_base.files(ImportBase(register), plan.base, plan.base_council)
    stream = b"".join((*_tree_stream(note), *(import_base.stream(_BASE, plan.base_commit, based) if based else ())))
    for name in _SCRATCH:
        # a git that was killed leaves its lock
        locks.remove_own(register.git.layout, name)
    register.git.run("fast-import", "--quiet", "--force", "--done", stdin=stream + b"done\n")
    made = register.objects.resolve(_TREE)
    if made is None or register.objects.commit(made).tree != tree:
        raise StoreError(_("git did not keep what it was given; nothing was committed."))
    refs = [Follower(_TREE, made, None)]
    if based:
        base = register.objects.resolve(_BASE)
        refs = [Follower(import_base.REF, plan.base_commit, base), Follower(_BASE, base, None), *refs]
    return replace(note, packed=True, refs=tuple(refs))


def _tree_stream(note: Journal) -> Iterator[bytes]:
    """The commands for fast-import that make the tree of the commit; the commit itself is made by nobody."""
    yield import_base.begin(_TREE, note.head, int(time.time()))
    for change in note.changes:
        path = quoted(change.path).encode("ascii")
        if change.body is None or change.new is None:
            yield b"D " + path + b"\n"
        else:
            yield b"M %s inline %s\ndata %d\n" % (change.new.mode.encode(), path, len(change.body))
            yield change.body
            yield b"\n"
