"""A public register made from a confidential one: what would change there, and the one commit that changes it.

What is published is the commit at HEAD of the confidential register, as `exchange.public` takes it apart; files are
written anew from that, so that no comment and no layout comes along. Publication goes one way: what somebody else
changed in the public register is named and stays, and only what must not be public any more goes in any case.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from antragsbuch.i18n import _
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange import public_message
from antragsbuch_schema.exchange.public import Left, Public, Withheld, public_council, public_motion, withheld
from antragsbuch_schema.exchange.public_names import Given, Names
from antragsbuch_schema.facts import facts_of
from antragsbuch_schema.findings import shown
from antragsbuch_schema.i18n import Language
from antragsbuch_schema.message import Entry
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.toml.writer import write
from antragsbuch_schema.validate import across, check_file, check_files, directory_of

from . import heads, publication_record, publication_target, pushed, selection, worktree
from .carried import Past, incomplete
from .check_cache import cache_of
from .comparing import compare
from .errors import BrokenCouncil, CannotPublish
from .follow import Tell, silent
from .objects import FILE_MODES, blob_name
from .objects import Entry as Blob
from .parsing import TomlError, parsed, parsed_motion
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
    """What a publication would do. `commit` is the commit that is published."""

    commit: str
    language: Language
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    unchanged: int = 0
    withheld: Counter[Withheld] = field(default_factory=Counter)
    left: Counter[Left] = field(default_factory=Counter)
    given: list[tuple[str, Given]] = field(default_factory=list)
    """By the reference of the published motion, each sentence that names one which is not."""
    foreign: list[str] = field(default_factory=list)
    """Files of the public register that do not come from here; they stay."""
    errors: list[Located] = field(default_factory=list)
    """What is wrong with motions that are not published because of that."""
    invalid: list[Change] = field(default_factory=list)
    """These motions: what is there of them, if anything, stays."""
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


@dataclass(slots=True)
class _Source:
    """The confidential register: its public part by path, and why what is not in it is not."""

    wanted: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """The reference of each of these."""
    ids: dict[str, str] = field(default_factory=dict)
    """The path of each by its id."""
    reasons: dict[str, Withheld] = field(default_factory=dict)
    """By id, of motions that are withheld."""
    council: Data = field(default_factory=dict)


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
    commit = register.objects.head()
    if commit is None:
        raise CannotPublish(_("Nothing is committed here that could be published."), _("Commit first: antrag commit"))
    council = _council(register, commit)
    found = Plan(commit, "en" if council.get("language") == "en" else "de")
    if target is not None:
        publication_target.check_council(target, council, _is_ours(register, target))
    source = _taken(register, found, council, unnumbered, tell)
    _compare(found, source, target, overwrite)
    _validate(found, source, target)
    return found


def _council(register: Register, commit: str) -> Data:
    """The council's file of the confidential register; a word of it that is misread could make something public."""
    data = register.objects.content(commit, worktree.COUNCIL)
    document = parsed(data) if data is not None else None
    if data is None or document is None or isinstance(document, TomlError):
        raise BrokenCouncil(
            _("{path} is missing in the commit at HEAD, or can't be read.").format(path=worktree.COUNCIL),
            _("Correct and commit it first: antrag validate says what is wrong."),
        )
    if document.data.get("public", True) is True:
        raise CannotPublish(
            _("This register is public: there is nothing to publish from it."),
            _("Push it where it is to be seen. A confidential one has 'public = false' in {path}.").format(
                path=worktree.COUNCIL
            ),
        )
    kept = check_file(worktree.COUNCIL, data, Directory(document.data)).on(None)
    if errors := [located for located in kept if located.finding.severity is Severity.ERROR]:
        raise _broken(errors)
    if register.read_only:
        raise CannotPublish(register.read_only, _("Publish with the version of the program that knows the format."))
    return document.data


def _broken(errors: Iterable[Located]) -> BrokenCouncil:
    line = min(located.span.line for located in errors if located.path == worktree.COUNCIL)
    return BrokenCouncil(
        _("{path} has an error in line {line}.").format(path=worktree.COUNCIL, line=line),
        _("Correct and commit it first: antrag validate says what is wrong."),
    )


def _is_ours(register: Register, target: Target) -> bool:
    known = publication_record.last(register, target)
    return known is not None and target.objects.has(known[1])


def _taken(register: Register, plan: Plan, council: Data, unnumbered: bool, tell: Tell) -> _Source:
    """The public part of the register at the commit of the plan."""
    source = _Source(council=public_council(council).data)
    plan.left += public_council(council).left
    source.wanted[worktree.COUNCIL] = write(source.council, COUNCIL).encode()
    source.names[worktree.COUNCIL] = "council.toml"
    motions, hidden = _parted(register, plan, source, unnumbered, tell)
    names = _names(register, plan.commit, [motion for motion, _canonical in motions], hidden)
    scheme, directory = Scheme.of(source.council), Directory(council)
    for done, (motion, canonical) in enumerate(motions):
        tell(len(motions) + done, 2 * len(motions))
        public: Public = public_motion(motion, directory, names.hidden)
        plan.left += public.left
        identity, reference = str(motion.get("id", "")), str(motion.get("reference", ""))
        path = scheme.path_for(public.data)
        if path in source.wanted and reference:
            # two of one reference are a finding, and none of them is lost before it is read
            path = scheme.twin_path(reference, identity)
        name = reference or identity
        source.wanted[path] = canonical if canonical and public.data == motion else write(public.data, MOTION).encode()
        source.names[path], source.ids[identity] = name, path
        plan.given += ((name, given) for given in names.given(public.data, MOTION))
    return source


def _parted(
    register: Register, plan: Plan, source: _Source, unnumbered: bool, tell: Tell
) -> tuple[list[tuple[Data, bytes]], list[heads.Head]]:
    """The motions that are public, each with its bytes where all of them are canonical; how the others are called."""
    files = selection.committed(register.git, plan.commit)
    paths = sorted(files.blobs.keys() - {worktree.COUNCIL})
    motions: list[tuple[Data, bytes]] = []
    hidden: list[heads.Head] = []
    blobs = selection.blobs(register.git, [files.blobs[path] for path in paths])
    for done, data in enumerate(blobs):
        tell(done, 2 * len(paths))
        document = parsed_motion(data)
        if isinstance(document, TomlError):
            reason, head = Withheld.UNREADABLE, heads.head(data)
        elif found := withheld(document.data, unnumbered=unnumbered):
            reason, head = found, _head(document.data)
        else:
            # a comment has no place in the data, and none in what is published
            motions.append((document.data, data if document.plain and b"#" not in data else b""))
            continue
        plan.withheld[reason] += 1
        source.reasons[head.id] = reason
        hidden.append(head)
    return motions, hidden


def _head(motion: Data) -> heads.Head:
    values = (motion.get(key) for key in ("id", "reference", "title"))
    return heads.Head(*(value if isinstance(value, str) else "" for value in values))


def _names(register: Register, commit: str, motions: list[Data], hidden: list[heads.Head]) -> Names:
    """Which motions may be named: not those that are withheld, nor those that were here once and are gone."""
    public = [_head(motion) for motion in motions]
    ids, titles = {head.id for head in public}, {head.title for head in public}
    carried = Past(register.git, commit, cache_of(register.git.layout.git_dir)).carried(dict)
    return Names(
        [head.reference for head in public if head.reference],
        [
            *(head.reference for head in hidden if head.reference),
            *(reference for reference, known in carried.items() if not ids.issuperset(known)),
        ],
        [head.title for head in hidden if head.title not in titles],
        only_published=incomplete(register.git),
    )


def _compare(plan: Plan, source: _Source, target: Target | None, overwrite: bool) -> None:
    """What differs between what is to be public and what is."""
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


def _validate(plan: Plan, source: _Source, target: Target | None) -> None:
    """Take out of the plan what would make the public register invalid, by itself or together with the rest."""
    if not plan.changes:
        return
    after = {path: data for path, data in _there(target) if path not in plan.contents}
    after |= {path: data for path, data in plan.contents.items() if data is not None}
    council = after.pop(worktree.COUNCIL, source.wanted[worktree.COUNCIL])
    directory = directory_of(council)
    every = worktree.COUNCIL in plan.contents
    asked = [path for path in sorted(after) if every or path in plan.contents]
    today = dt.date.today()
    checked = list(check_files(((path, after[path]) for path in asked), directory, os.cpu_count() or 1, today))
    found = [located for file in checked for located in file.on(today)]
    if every:
        found += check_file(worktree.COUNCIL, council, directory).on(today)
    facts = [*(file.facts for file in checked), *(facts_of(path, after[path]) for path in after if path not in asked)]
    facts.sort(key=lambda each: each.path)
    carried = Past(target.git, target.head, cache_of(target.git.layout.git_dir)).carried(dict) if target else {}
    found += shown(across(facts, directory, carried), today)
    plan.errors = [
        located for located in found if located.finding.severity is Severity.ERROR and located.path in plan.contents
    ]
    wrong = {located.path for located in plan.errors}
    if worktree.COUNCIL in wrong:
        raise _broken(plan.errors)
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
    new, changed, removed = (len(planned.motions(kind)) for kind in KINDS)
    return public_message.message(day, new, changed, removed, entries, planned.language)


def _entry(change: Change) -> Entry:
    found = compare(change.path, change.before, change.after)
    changes = found if isinstance(found, tuple) else ()
    if change.old_path:
        return Entry(change.name, changes, "renamed", change.old_path)
    return Entry(change.name, changes, "added" if change.kind == "new" else "changed")


def carry_out(register: Register, target: Target, planned: Plan, message: str) -> str:
    """Make the commit of what was planned; the commit. Raises `ChangedInHead`, `NoIdentity`, and as a commit does."""
    oid = target.write(planned.contents, message, planned.expected)
    publication_record.keep(register, target, planned.commit, oid)
    return oid


def note_unchanged(register: Register, target: Target, planned: Plan) -> None:
    """Where nothing was to be done, make up for the record that an interruption has left out."""
    known = publication_record.last(register, target)
    if target.publications and (known is None or known[1] != target.publications[0]):
        publication_record.keep(register, target, planned.commit, target.publications[0])
