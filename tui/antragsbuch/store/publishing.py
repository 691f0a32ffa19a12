"""A public register made from a confidential one: what would change there, and the one commit that changes it.

What is published is the commit at HEAD of the confidential register, as `exchange.public` takes it apart; files are
written anew from that, so that no comment and no layout comes along. Publication goes one way: what somebody else
changed in the public register is named and stays, and only what must not be public any more goes in any case.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.exchange import public_message
from antragsbuch_schema.exchange.public import Withheld
from antragsbuch_schema.facts import facts_of
from antragsbuch_schema.findings import shown
from antragsbuch_schema.i18n import Language
from antragsbuch_schema.message import Entry
from antragsbuch_schema.validate import across, check_file, check_files, directory_of

from . import heads, publication_record, publication_source, publication_target, pushed, worktree
from .carried import Past
from .check_cache import cache_of
from .comparing import compare
from .follow import Tell, silent
from .objects import FILE_MODES, blob_name
from .objects import Entry as Blob
from .publication_source import Source
from .publication_target import Target
from .register import Register

Kind = Literal["new", "changed", "removed"]
KINDS: tuple[Kind, ...] = ("new", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Change:
    """One file that changes in the public register: `before` and `after` are its bytes there (None: no file).

    `old_path` is where it moves from, `edited` says that somebody else changed it there, `reason` why it is not
    public any more (None: it is gone from the confidential register, too).
    """

    kind: Kind
    path: str
    name: str
    before: bytes | None
    after: bytes | None
    old_path: str = ""
    edited: bool = False
    reason: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that somebody else changed, or deleted, in the public register: it stays as it is there."""

    path: str
    name: str
    what: Literal["changed", "deleted"]


@dataclass(slots=True)
class Plan:
    """What a publication would do; `source` is what it publishes."""

    source: Source
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    unchanged: int = 0
    foreign: list[str] = field(default_factory=list)
    """Files of the public register that do not come from here; they stay."""
    errors: list[Located] = field(default_factory=list)
    """What is wrong with motions that are not published because of that."""
    invalid: list[Change] = field(default_factory=list)
    """These motions: what is there of them, if anything, stays."""
    overtaken: bool = False
    """The last publication there was made from a commit that this one does not hold, or that is not known here."""
    expected: dict[str, str | None] = field(default_factory=dict)
    """The blobs that stand there at the paths that change."""

    @property
    def contents(self) -> dict[str, bytes | None]:
        """The bytes of each file that changes by path; None: it goes."""
        found: dict[str, bytes | None] = {change.old_path: None for change in self.changes if change.old_path}
        return found | {change.path: change.after for change in self.changes}

    def motions(self, kind: Kind) -> list[Change]:
        """The motions that are new, changed or removed."""
        return [change for change in self.changes if change.kind == kind and change.path != worktree.COUNCIL]


def plan(
    register: Register,
    target: Target | None,
    *,
    unnumbered: bool = False,
    overwrite: bool = False,
    tell: Tell = silent,
) -> Plan:
    """What publishing the commit at HEAD to `target` (None: a new repository) would change there.

    `unnumbered` takes motions that have no number yet, `overwrite` what somebody else changed there. Raises
    `CannotPublish`, `BrokenCouncil`, and `StoreError` for what can't be read.
    """
    source = publication_source.begin(register)
    found = Plan(source)
    if target is not None:
        known = publication_record.last(register, target)
        ours = known is not None and target.objects.has(known[1])
        publication_target.check_council(target, source.council, ours)
        found.overtaken = bool(target.publications) and not _holds(register, known, target.publications[0])
    publication_source.take(register, source, unnumbered=unnumbered, tell=tell)
    _compare(found, target, overwrite)
    _validate(found, target)
    return found


def _holds(register: Register, known: tuple[str, str] | None, publication: str) -> bool:
    """Whether HEAD holds the commit that was published last."""
    if known is None or known[1] != publication:
        return False
    return register.git.attempt("merge-base", "--is-ancestor", known[0], "HEAD").status == 0


def _compare(plan: Plan, target: Target | None, overwrite: bool) -> None:
    """What differs between what is to be public and what is."""
    source = plan.source
    now = target.files(target.head) if target else {}
    base = target.written() if target else {}
    gone = {path: entry for path, entry in now.items() if path in base and path not in source.wanted}
    moved = {source.ids[identity]: path for path in gone if (identity := _identity(target, gone[path])) in source.ids}
    for path, data in source.wanted.items():
        old_path = moved.get(path, "")
        there, before = now.get(old_path or path), base.get(old_path or path)
        name = source.names[path]
        if there and not old_path and there.oid == blob_name(target.hash_name if target else "sha1", data):
            plan.unchanged += path != worktree.COUNCIL
            continue
        edited = _oid(there) != before or _oid(now.get(path)) != base.get(path)
        if edited and not overwrite:
            plan.conflicts.append(Conflict(old_path or path, name, "changed" if there else "deleted"))
            continue
        kind: Kind = "changed" if there else "new"
        _add(plan, Change(kind, path, name, _bytes(target, there), data, old_path, edited and before is not None), now)
    for path, entry in gone.items():
        if path in moved.values():
            continue
        data = _bytes(target, entry) or b""
        head = heads.head(data)
        reason = source.reasons.get(head.id)
        name = head.reference or head.id or path
        _add(plan, Change("removed", path, name, data, None, "", entry.oid != base[path], reason), now)
    ours = source.wanted.keys() | base.keys()
    plan.foreign = sorted(path for path in now if path not in ours)


def _add(plan: Plan, change: Change, now: Mapping[str, Blob]) -> None:
    plan.changes.append(change)
    for path in filter(None, (change.path, change.old_path)):
        plan.expected[path] = now[path].oid if path in now else None


def _oid(entry: Blob | None) -> str | None:
    return entry.oid if entry else None


def _bytes(target: Target | None, entry: Blob | None) -> bytes | None:
    return target.objects.blob(entry.oid) if target and entry and entry.mode in FILE_MODES else None


def _identity(target: Target | None, entry: Blob) -> str:
    return heads.head(_bytes(target, entry) or b"").id


def _validate(plan: Plan, target: Target | None) -> None:
    """Take out of the plan what would make the public register invalid, by itself or together with the rest."""
    if not plan.changes:
        return
    contents = plan.contents
    after = {path: data for path, data in _there(target) if path not in contents}
    after |= {path: data for path, data in contents.items() if data is not None}
    council = after.pop(worktree.COUNCIL, plan.source.wanted[worktree.COUNCIL])
    directory = directory_of(council)
    every = worktree.COUNCIL in contents
    asked = {path: data for path, data in sorted(after.items()) if every or path in contents}
    today = dt.date.today()
    checked = list(check_files(asked.items(), directory, os.cpu_count() or 1, today))
    found = [located for file in checked for located in file.on(today)]
    if every:
        found += check_file(worktree.COUNCIL, council, directory).on(today)
    facts = [*(file.facts for file in checked), *(facts_of(path, after[path]) for path in after if path not in asked)]
    facts.sort(key=lambda each: each.path)
    carried = Past(target.git, target.head, cache_of(target.git.layout.git_dir)).carried(dict) if target else {}
    found += shown(across(facts, directory, carried), today)
    plan.errors = [
        located for located in found if located.finding.severity is Severity.ERROR and located.path in contents
    ]
    wrong = {located.path for located in plan.errors}
    if worktree.COUNCIL in wrong:
        raise publication_source.broken(plan.errors)
    plan.invalid = [change for change in plan.changes if change.path in wrong]
    plan.changes = [change for change in plan.changes if change.path not in wrong]


def _there(target: Target | None) -> Iterable[tuple[str, bytes]]:
    if target is None:
        return ()
    files = {path: entry for path, entry in target.files(target.head).items() if entry.mode in FILE_MODES}
    return zip(files, pushed.contents(target.git, [entry.oid for entry in files.values()]), strict=True)


def message_of(planned: Plan, day: dt.date) -> str:
    """The message of the commit, in the language of the register."""
    entries = [_entry(change) for change in planned.changes if change.kind != "removed"]
    language: Language = "en" if planned.source.council.get("language") == "en" else "de"
    new, changed, removed = (len(planned.motions(kind)) for kind in KINDS)
    return public_message.message(day, new, changed, removed, entries, language)


def _entry(change: Change) -> Entry:
    found = compare(change.path, change.before, change.after)
    changes = found if isinstance(found, tuple) else ()
    if change.old_path:
        return Entry(change.name, changes, "renamed", change.old_path)
    return Entry(change.name, changes, "added" if change.kind == "new" else "changed")


def carry_out(register: Register, target: Target, planned: Plan, message: str) -> str:
    """Make the commit of what was planned; the commit. Raises `ChangedInHead`, `NoIdentity`, and as a commit does."""
    oid = target.write(planned.contents, message, planned.expected)
    publication_record.keep(register, target, planned.source.commit, oid)
    return oid


def note_unchanged(register: Register, target: Target, planned: Plan) -> None:
    """Where nothing was to be done, make up for the record that an interruption has left out."""
    known = publication_record.last(register, target)
    if target.publications and (known is None or known[1] != target.publications[0]):
        publication_record.keep(register, target, planned.source.commit, target.publications[0])
