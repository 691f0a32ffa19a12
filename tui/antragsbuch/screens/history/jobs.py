"""What the history does beside the screen: read entries, differences and origins, bring back, take back.

Called in threads. No Textual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language
from antragsbuch.messages import Filling, Tell
from antragsbuch.session import Session, now_and_then

from .state import Committed, Difference, Item, NotCommitted, Origins

if TYPE_CHECKING:
    from antragsbuch.store.history_query import HistoryQuery
    from antragsbuch.store.timeline_entries import Entry
    from antragsbuch.store.undoing import Undone
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.places import Place


@dataclass(frozen=True, slots=True)
class MotionRead:
    """Every entry of the motion, the newest first, what is not committed, and how people call it.

    `complete`: everything is known of each, also what a merge left behind.
    """

    entries: tuple[Entry, ...]
    not_committed: NotCommitted | None
    name: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The keys of the entries that a filter wants."""

    keys: frozenset[str]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What entries changed in words, by their keys."""

    changes: dict[str, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """The difference that an entry made, or of two that are compared."""

    items: tuple[Item, ...]
    difference: Difference


@dataclass(frozen=True, slots=True)
class OriginsRead:
    """Where everything in a version comes from."""

    key: str
    origins: Origins


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing back a version would change, one change by one."""

    entry: Entry
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """An old version, or a part of it, stands in the work tree again."""

    path: str


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """The files without what a commit changed; `conflicts` name the places that were changed again since."""

    commit: str
    subject: str
    files: tuple[Undone, ...]
    conflicts: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A commit was taken back by a new one."""

    commit: str
    subject: str
    notes: tuple[str, ...]


def read_motion(session: Session, path: str, tip: str, tell: Tell) -> MotionRead:
    """The entries of a motion as far as they are known; of the commit `tip` and before it, or all."""
    session.timeline.refresh(progress=now_and_then(tell), stop=tell.cancelled)
    return _motion(session, path, tip)


def deepen_motion(session: Session, path: str, tip: str, tell: Tell) -> MotionRead | None:
    """The same once everything has been read; None where there was nothing left to read."""
    if not session.timeline.waiting():
        return None
    session.deepen(lambda _done, _total: None, tell.cancelled)
    # what is still not known can't be read
    return replace(_motion(session, path, tip), complete=True)


def _motion(session: Session, path: str, tip: str) -> MotionRead:
    from antragsbuch.store import heads, worktree
    from antragsbuch.store.comparing import name_of

    register, timeline = session.register, session.timeline
    data = None if tip else worktree.read_if_there(register.root, path)
    entries = timeline.of_motion(path)
    if data is not None and register.committed(path) is None and (identity := heads.head(data).id):
        # it lies elsewhere since the last commit
        entries = timeline.of_motion(identity) or entries
    if tip:
        reached = set(register.git.run("rev-list", "--end-of-options", tip).decode().split())
        entries = [entry for entry in entries if entry.commit in reached]
    not_committed = None
    if not tip:
        here = entries[0].path if entries else path
        head = register.committed(here)
        if data != head or (here != path and data is not None):
            not_committed = NotCommitted(path, data, head)
    newest = next((entry for entry in entries if entry.blob), None)
    held = register.objects.blob(newest.blob) if newest and newest.blob else None
    name = name_of(not_committed.data if not_committed else None, held) or path.removeprefix("motions/")
    return MotionRead(tuple(entries), not_committed, name, not timeline.waiting())


def choose(session: Session, path: str, query: str) -> Chosen:
    """The entries of a motion that a text of the filter asks for."""
    from antragsbuch.store.history_query import OfMotion, Term, parse

    asked = parse(query)
    this = Term(OfMotion((path,)), False, 0, 0)
    found = session.timeline.entries(replace(asked, terms=(this, *asked.terms)))
    return Chosen(frozenset(Committed(entry).key for entry in found), _problems(asked))


def _problems(query: HistoryQuery) -> tuple[str, ...]:
    return tuple(problem.message for problem in query.problems)


def tell_changes(session: Session, items: Sequence[Item], tell: Tell) -> Told:
    """What each of `items` changed, told a few at a time."""
    changes: dict[str, tuple[Change, ...]] = {}
    for item in items:
        if tell.cancelled():
            break
        changes[item.key] = changes_of(session, item)
        if len(changes) >= 20:
            tell(Told(changes))
            changes = {}
    return Told(changes)


def changes_of(session: Session, item: Item) -> tuple[Change, ...]:
    """What an entry changed, in words."""
    if isinstance(item, Committed):
        return tuple(session.timeline.changes(item.entry))
    return _compared(item.path, item.head, item.data)


def _compared(path: str, old: bytes | None, new: bytes | None) -> tuple[Change, ...]:
    from antragsbuch.store.comparing import compare, data_of
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.unreadable import unreadable

    found = compare(path, old, new)
    return (unreadable(found, was=not isinstance(data_of(new), TomlError)),) if isinstance(found, TomlError) else found


def content(session: Session, item: Item) -> bytes | None:
    """What the file holds in a version."""
    if isinstance(item, NotCommitted):
        return item.data
    return session.register.objects.blob(item.entry.blob) if item.entry.blob else None


def show(session: Session, item: Item) -> Shown:
    """The difference that one entry made; of a merge, from the side that it was merged into."""
    from antragsbuch.store.timeline_changes import versions_before

    if isinstance(item, NotCommitted):
        return Shown((item,), _difference(item.path, item.head, item.data, changes_of(session, item)))
    entry = item.entry
    olds: list[bytes | None] = [None] if entry.cut else versions_before(session.register, entry)
    old = next((each for each in olds if each is not None), None)
    found = _difference(entry.path, old, content(session, item), changes_of(session, item))
    return Shown((item,), found._replace(signature=_signature(session, entry)))


def compare(session: Session, older: Item, newer: Item) -> Shown:
    """What differs between two versions."""
    path = newer.path if isinstance(newer, NotCommitted) else newer.entry.path
    old, new = content(session, older), content(session, newer)
    return Shown((older, newer), _difference(path, old, new, _compared(path, old, new)))


def _difference(path: str, old: bytes | None, new: bytes | None, changes: tuple[Change, ...]) -> Difference:
    from antragsbuch.store.comparing import data_of, fields_of
    from antragsbuch_schema.layout_rows import layout
    from antragsbuch_schema.toml.errors import TomlError

    versions = data_of(old), data_of(new)
    for version in versions:
        if isinstance(version, TomlError):
            problem = _("Line {line}: {message}").format(line=version.line, message=version.message(language()))
            return Difference(changes, (), problem=problem)
    before, after = (None if isinstance(version, TomlError) else version for version in versions)
    return Difference(changes, tuple(layout(before, after, fields_of(path), language())))


def _signature(session: Session, entry: Entry) -> str:
    from antragsbuch.store.history import signature

    if not entry.signed:
        return ""
    return {
        "good": _("signature verified"),
        "unverified": _("signature unverified"),
        "expired": _("signature expired"),
        "revoked": _("! signature of a revoked key"),
        "bad": _("! bad signature"),
        "none": "",
    }[signature(session.register, entry.commit)]


def origins(session: Session, entries: Sequence[Entry], item: Item) -> OriginsRead:
    """Where every piece of a version comes from; `entries` are those of the motion up to it, the newest first."""
    from antragsbuch.store.blaming import blamed
    from antragsbuch.store.comparing import data_of, fields_of
    from antragsbuch_schema.layout_rows import layout

    register = session.register
    if isinstance(item, NotCommitted):
        path, tip = item.path, register.objects.head() or ""
        pieces = blamed(register, entries, tip, path, item.data)
    else:
        path, tip = item.entry.path, item.entry.commit
        pieces = blamed(register, entries, tip, path)
    data = data_of(content(session, item))
    held = data if isinstance(data, dict) else {}
    return OriginsRead(item.key, Origins(tuple(pieces), tuple(layout(held, held, fields_of(path), language()))))


def plan(session: Session, path: str, entry: Entry) -> Plan:
    """What bringing back a version would change in the work tree."""
    from antragsbuch.store import worktree

    now = worktree.read_if_there(session.register.root, path)
    return Plan(entry, _compared(path, now, content(session, Committed(entry))))


def bring_back(session: Session, path: str, entry: Entry, place: Place | None = None) -> BroughtBack:
    """Write a version, or what it has at one place, into the work tree, where the motion lies now."""
    from antragsbuch.store.restoring import bring_back as write

    assert entry.blob is not None
    return BroughtBack(write(session.register, path, session.register.objects.blob(entry.blob), place))


def plan_undo(session: Session, entry: Entry) -> UndoPlan:
    """What taking a commit back would change. Raises the errors of the store."""
    from antragsbuch.store.undoing import undone
    from antragsbuch_schema import places

    files = tuple(undone(session.register, entry.commit))
    conflicts = tuple(places.render(conflict.place) or one.path for one in files for conflict in one.conflicts)
    changes = (
        () if conflicts else tuple(change for one in files for change in _compared(one.path, one.now, one.content))
    )
    return UndoPlan(entry.commit, entry.subject, files, conflicts, changes)


def take_back(session: Session, plan: UndoPlan, reason: str) -> TakenBack:
    """Commit what takes a commit back."""
    from antragsbuch.store.undoing import commit_undone

    done, subject = commit_undone(session.register, plan.commit, plan.files, reason)
    return TakenBack(done.oid, subject, done.notes)


def filling_in_words(event: Filling) -> str:
    """How far the reading of the history is."""
    return _("Reading the history: {done} of {total}").format(done=event.done, total=event.total)


def is_gone(item: Item) -> bool:
    """Whether there is no motion any more in a version."""
    return item.data is None if isinstance(item, NotCommitted) else item.entry.blob is None
