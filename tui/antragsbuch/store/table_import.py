"""Tables that come back, into the work tree: what would change, and the change.

Each motion is merged by field with what became of it since the table was made; where both changed the same, what
stands here stays. Committing it is a matter of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from antragsbuch_schema import places
from antragsbuch_schema.between import between
from antragsbuch_schema.changes import difference
from antragsbuch_schema.documents.open_part import open_part
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.tables import OPEN, TABLES
from antragsbuch_schema.exchange.tables_edits import Applied, Asked, applied
from antragsbuch_schema.exchange.tables_in import (
    BAD_ID,
    EMPTY,
    NEW_ROW,
    NO_MOTION,
    OTHER_MOTION,
    OTHER_VERSION,
    SEVERAL_MOTIONS,
    TOO_LARGE,
    UNREADABLE,
    Line,
    Trouble,
)
from antragsbuch_schema.exchange.tables_json import JsonLine, applied_json
from antragsbuch_schema.i18n import Text
from antragsbuch_schema.ids import new_motion_id
from antragsbuch_schema.merge import merge, take
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.suggest import same_name
from antragsbuch_schema.toml.edit import rewrite
from antragsbuch_schema.toml.guard import MAX_STRUCTURE
from antragsbuch_schema.toml.writer import write

from . import heads, worktree
from .errors import GitError
from .objects import blob_name
from .parsing import TomlError, parsed_motion
from .register import Register

AnyLine = Line | JsonLine
Tell = Callable[[int, int], None]
"""Takes how much is done of how much."""

_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")


@dataclass(frozen=True, slots=True)
class Change:
    """One file that changes: `before` and `after` are its bytes (None: no file), `old_path` is where it moves from."""

    path: str
    before: bytes | None
    after: bytes
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands here and is kept, where the table says something else: the place, and what would have changed.

    `reason` is that both changed it since the table was made, or that the version is not known here.
    """

    path: str
    reason: Literal["both", "unknown"]
    place: str
    sentences: tuple[Text, ...]


@dataclass(slots=True)
class Plan:
    """What tables would change. `troubles` are what is not taken over of them."""

    changes: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unchanged: int = 0

    @property
    def complete(self) -> bool:
        """Whether all of it is taken over."""
        return not self.kept and all(trouble.kind == "note" for trouble in self.troubles)


def _silent(done: int, total: int) -> None:
    """Nobody wants to know."""


def plan(register: Register, lines: Iterable[AnyLine], asked: Asked, tell: Tell = _silent) -> Plan:
    """What these rows would change in the work tree. Raises `BrokenCouncil` and `StoreError`."""
    return _Planning(register, asked).planned(lines, tell)


def carry_out(register: Register, planned: Plan, tell: Tell = _silent) -> None:
    """Write what was planned. Raises `ChangedElsewhere`, `AlreadyThere`, `CannotWrite`, `ReadOnly`.

    Interrupted, it is finished by taking the same table over again.
    """
    with register.locked():
        for done, change in enumerate(planned.changes):
            tell(done, len(planned.changes))
            if change.old_path:
                worktree.write(register.root, change.path, None, change.after)
                worktree.delete(register.root, change.old_path, change.before or b"")
            else:
                worktree.write(register.root, change.path, change.before, change.after)


@dataclass(slots=True)
class _Group:
    """The rows of one motion: of a file, or of one that is to be made."""

    path: str = ""
    identity: str = ""
    lines: list[AnyLine] = field(default_factory=list)


class _Planning:
    def __init__(self, register: Register, asked: Asked) -> None:
        self.register, self.asked = register, asked
        self.plan = Plan()
        self.council = register.council()
        self.scheme = Scheme.of(self.council)
        self.by_id: dict[str, _Group] = {}
        self.by_reference: dict[str, list[_Group]] = {}
        self.groups: list[_Group] = []
        self.taken: set[str] = set()
        for path in register.paths():
            head = heads.head(worktree.read(register.root, path))
            group = _Group(path, head.id)
            self.taken.add(path.lower())
            self.by_id.setdefault(head.id, group)
            if head.reference:
                self.by_reference.setdefault(same_name(head.reference), []).append(group)

    def planned(self, lines: Iterable[AnyLine], tell: Tell) -> Plan:
        # a motion comes before its steps, a step before its votes
        for line in sorted(lines, key=_rank):
            found = self._group(line)
            if isinstance(found, Text):
                kind: Literal["new", "not understood"] = "new" if found is NEW_ROW else "not understood"
                self.plan.troubles.append(line.trouble(kind, found))
            else:
                if not found.lines:
                    self.groups.append(found)
                found.lines.append(line)
        for done, group in enumerate(self.groups):
            tell(done, len(self.groups))
            if group.path:
                self._existing(group)
            else:
                self._new(group)
        return self.plan

    # which motion

    def _group(self, line: AnyLine) -> _Group | Text:
        """The motion that a row belongs to, or why it belongs to none."""
        identity, reference = line.key("motion") or "", line.key("reference") or ""
        named = self.by_reference.get(same_name(reference), []) if reference else []
        if identity:
            found = self.by_id.get(identity)
            if found is not None:
                return found
            if named:
                return OTHER_MOTION
        elif named:
            return named[0] if len(named) == 1 else SEVERAL_MOTIONS
        if isinstance(line, Line) and line.table is not TABLES[0]:
            return NO_MOTION
        if not self.asked.add:
            return NEW_ROW
        if identity and not _ID.fullmatch(identity):
            return BAD_ID
        group = _Group(identity=identity or new_motion_id())
        self.by_id[group.identity] = group
        if reference:
            self.by_reference.setdefault(same_name(reference), []).append(group)
        return group

    # what becomes of it

    def _existing(self, group: _Group) -> None:
        """A motion that the register has: merged with what each version of the table says."""
        mine = worktree.read(self.register.root, group.path)
        document = parsed_motion(mine)
        if isinstance(document, TomlError):
            self.plan.troubles += [line.trouble("not understood", UNREADABLE) for line in group.lines]
            return
        ours = result = document.data
        name = blob_name(self.register.git.layout.hash_name, mine)
        versions: dict[str, list[AnyLine]] = {}
        for line in group.lines:
            versions.setdefault(line.key("version") or "", []).append(line)
        for version, lines in versions.items():
            base = self._base(version.removesuffix(OPEN), ours, name)
            if base is not None and base.get("id") != ours.get("id"):
                self.plan.troubles += [line.trouble("not understood", OTHER_VERSION) for line in lines]
                continue
            theirs = self._applied(lines, base or ours, version.endswith(OPEN))
            if theirs is None:
                continue
            if base is None:
                self.plan.kept += _unknown(group.path, ours, theirs)
                continue
            merged = merge(base, result, theirs, MOTION)
            result = merged.data
            for conflict in merged.conflicts:
                said = difference(result, take(result, conflict, conflict.theirs), MOTION)
                where = places.render(conflict.place)
                self.plan.kept.append(Kept(group.path, "both", where, tuple(change.sentence for change in said)))
        self._changed(group, mine, ours, result)

    def _base(self, version: str, ours: Data, name: str) -> Data | None:
        """The motion that a table was made from, None where that is not known here; `name` is the version of ours."""
        if version in ("", name):
            return ours
        if not _OBJECT.fullmatch(version) or not self.register.objects.has(version):
            return None
        try:
            document = parsed_motion(self.register.objects.blob(version))
        except GitError:
            return None
        return None if isinstance(document, TomlError) else document.data

    def _applied(self, lines: Sequence[AnyLine], base: Data, is_open: bool) -> Data | None:
        """What rows make of a motion, of which they had only what is public or all; None where they change nothing."""
        so_far, was = Applied(base), normalise(base, MOTION)
        if is_open:
            was, _left = open_part(was)
        for line in lines:
            self._apply(line, so_far, was)
        self.plan.troubles += so_far.troubles
        return so_far.data if so_far.changed else None

    def _apply(self, line: AnyLine, so_far: Applied, was: Mapping[str, Any]) -> None:
        if isinstance(line, Line):
            applied(line, so_far, was, self.asked)
        else:
            applied_json(line, so_far, was, self.asked)

    def _changed(self, group: _Group, mine: bytes, ours: Data, result: Data) -> None:
        if not between(ours, result, MOTION):
            self.plan.unchanged += 1
            return
        try:
            text = rewrite(mine.decode(), result, MOTION).encode()
        except TomlError:
            self.plan.troubles += [line.trouble("not understood", TOO_LARGE) for line in group.lines]
            return
        moves = ours.get("reference") != result.get("reference") and self.scheme.path_for(ours) == group.path
        path = self._free(result) if moves else group.path
        self.plan.changes.append(Change(path, mine, text, group.path if path != group.path else ""))

    def _new(self, group: _Group) -> None:
        """A motion that the register does not have."""
        so_far = Applied({"id": group.identity, "public": self.council.get("public") is not False})
        for line in group.lines:
            is_head = isinstance(line, JsonLine) or line.table is TABLES[0]
            self._apply(line, so_far, {} if is_head else normalise(so_far.data, MOTION))
        if not so_far.data.get("title") and not so_far.troubles:
            so_far.troubles += [line.trouble("not understood", EMPTY) for line in group.lines[:1]]
        self.plan.troubles += so_far.troubles
        if not so_far.data.get("title"):
            return
        text = write(so_far.data, MOTION).encode()
        if len(text) > MAX_STRUCTURE:
            self.plan.troubles += [line.trouble("not understood", TOO_LARGE) for line in group.lines]
            return
        self.plan.changes.append(Change(self._free(so_far.data), None, text))

    def _free(self, data: Data) -> str:
        """A path that no other motion has."""
        path = self.scheme.path_for(data)
        reference = data.get("reference")
        if path.lower() in self.taken and isinstance(reference, str) and reference:
            path = self.scheme.twin_path(reference, str(data.get("id")))
        self.taken.add(path.lower())
        return path


def _rank(line: AnyLine) -> int:
    return TABLES.index(line.table) if isinstance(line, Line) else 0


def _unknown(path: str, ours: Data, theirs: Data) -> list[Kept]:
    """What a table says that was made from a version that nobody has: nothing of it is taken over."""
    return [
        Kept(path, "unknown", places.render(change.place), (change.sentence,))
        for change in difference(ours, theirs, MOTION)
    ]
