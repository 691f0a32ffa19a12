"""An import from OParl into the work tree: what would change, and the change.

Each motion is merged by field with what a person made of it since the last import; what is the same at the source is
not touched. Committing it is a matter of its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from antragsbuch_schema import places
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange import oparl, oparl_council, oparl_own
from antragsbuch_schema.exchange.oparl import Conversion
from antragsbuch_schema.exchange.oparl_paper import Paper, motion_id
from antragsbuch_schema.exchange.oparl_remarks import Remark
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.toml.edit import rewrite
from antragsbuch_schema.toml.format import carried
from antragsbuch_schema.toml.guard import MAX_STRUCTURE
from antragsbuch_schema.toml.writer import write

from . import heads, import_base, worktree
from .import_base import ImportBase
from .parsing import Document, TomlError, parsed
from .register import Register

Kind = Literal["new", "changed", "deleted"]
Tell = Callable[[int, int], None]
"""Takes how much is done of how much."""
_MANY = 20
_SOURCE = re.compile(rb'\n\[source\]\n(?:[a-z]+ = [^\n]*\n)*?id = "([^"\\\n]*)"\n')
_REFERENCE = re.compile(rb'^reference = "([^"\\\n]*)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """One file that changes: `before` and `after` are its bytes (None: no file), `old_path` is where it moves from.

    `identity` is the id of the motion, by which the base of the next import knows it; "" for council.toml.
    """

    kind: Kind
    path: str
    before: bytes | None
    after: bytes | None
    old_path: str = ""
    identity: str = ""


class Overtaken(Exception):
    """The register is no longer what was planned with."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A motion where the source changed what a person changed too: ours stays. `places` are these fields.

    Without places the motion as a whole is meant: it was removed or can't be read here, is deleted there, or holds what
    was not committed ("dirty").
    """

    path: str
    reason: Literal["changed", "removed", "deleted", "unreadable", "dirty"]
    places: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    conversion: Conversion
    changes: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    unchanged: int = 0
    removed: int = 0
    """How many motions a person has removed since they were imported; they stay away."""
    remarks: list[Remark] = field(default_factory=list)
    council: Change | None = None
    unfitting: int = 0
    """How many references do not fit the pattern of the register."""
    base: dict[str, bytes | None] = field(default_factory=dict)
    """What the next import starts from, by the id of the motion (None: it is gone), where that is something new."""
    base_council: bytes | None = None
    """The same for council.toml; None: it stays as it is."""
    base_commit: str | None = None
    """What it was planned with."""
    expected: dict[str, str | None] = field(default_factory=dict)
    """The blob at HEAD that a commit replaces, by path; None: none."""

    def count(self, kind: Kind) -> int:
        """How many motions are new, changed or deleted."""
        return sum(change.kind == kind for change in self.changes)

    @property
    def paths(self) -> list[str]:
        """Every path that changes."""
        every = [*self.changes, *([self.council] if self.council else [])]
        return [path for change in every for path in (change.path, change.old_path) if path]


def _silent(done: int, total: int) -> None:
    """Nobody wants to know."""


def plan(register: Register, objects: Iterable[Mapping[str, Any]], tell: Tell = _silent) -> Plan:
    """What an import of these OParl objects (parsed JSON) would change in the work tree.

    Raises `BrokenCouncil`, and `StoreError` for what can't be read.
    """
    council = register.open(worktree.COUNCIL)
    return _Planning(register, register.council(), objects).planned(council.data, tell)


def carry_out(register: Register, planned: Plan, tell: Tell = _silent) -> None:
    """Write what was planned to the work tree.

    Raises `Overtaken` where another import came first, `ChangedElsewhere`, `AlreadyThere`, `CannotWrite`, `ReadOnly`,
    `GitError`. Interrupted, it is finished by the next import: what was written is the same then.
    """
    changes = [*([planned.council] if planned.council else []), *planned.changes]
    with register.locked():
        base = ImportBase(register)
        if base.commit != planned.base_commit:
            raise Overtaken
        for done, change in enumerate(changes):
            tell(done, len(changes))
            if change.after is None:
                worktree.delete(register.root, change.path, change.before or b"")
            elif change.old_path:
                worktree.write(register.root, change.path, None, change.after, sync=False)
                worktree.delete(register.root, change.old_path, change.before or b"")
            else:
                worktree.write(register.root, change.path, change.before, change.after, sync=False)
        if changes:
            # all at once: one by one they would take as long as everything else together
            os.sync()
        import_base.keep(register, base, import_base.files(base, planned.base, planned.base_council))


class _Planning:
    """The register and the objects while they are compared."""

    def __init__(self, register: Register, council: Data, objects: Iterable[Mapping[str, Any]]) -> None:
        self.register = register
        self.council = council
        self.base = ImportBase(register)
        self.known: dict[str, tuple[str, bytes]] = {}
        self.by_id: dict[str, tuple[str, bytes]] = {}
        self.seen: set[str] = set()
        paths = register.paths()
        self.taken = {path.lower() for path in paths}
        references: dict[str, str] = {}
        for path in paths:
            data = worktree.read(register.root, path)
            self.by_id.setdefault(heads.head(data).id, (path, data))
            if source := _source_of(data):
                self.known[source] = (path, data)
                references[source] = _reference_of(data)
        self.plan = Plan(oparl.convert(objects, council, references), base_commit=self.base.commit)
        self._ever_removed: set[str] | None = None

    def planned(self, council: bytes, tell: Tell) -> Plan:
        """Compare everything; `council` are the bytes of council.toml."""
        plan = self.plan
        plan.remarks.extend(plan.conversion.remarks)
        settings = self._council(council)
        self.scheme = Scheme.of(settings)
        papers = plan.conversion.papers
        for done, paper in enumerate(papers):
            tell(done, len(papers))
            self._paper(paper)
        for source in plan.conversion.deleted:
            self._deleted(source)
        return plan

    def _council(self, data: bytes) -> Data:
        """The council's file with what was found; what it says then."""
        found = self.plan.conversion.council
        if len(write(found, COUNCIL)) > MAX_STRUCTURE:
            found = {}
            self.plan.remarks.append(Remark("large", worktree.COUNCIL))
        before = _data(self.base.council()) or {}
        merged = oparl_council.merged(before, self.council, found)
        together = {
            key: [*entries, *(old for old in before.get(key, ()) if old["id"] not in {one["id"] for one in entries})]
            for key in dict.fromkeys((*before, *found))
            for entries in [found.get(key, [])]
        }
        self.plan.base_council = write(together, COUNCIL).encode()
        text = _rewritten(data, merged, COUNCIL)
        if text is None:
            self.plan.remarks.append(Remark("large", worktree.COUNCIL))
            return self.council
        if text != data:
            self.plan.council = Change("changed", worktree.COUNCIL, data, text)
        return merged

    def _paper(self, paper: Paper) -> None:
        plan = self.plan
        identity = str(paper.data["id"])
        if identity in self.seen:
            # two papers that say that they are one motion
            plan.remarks.append(Remark("twice", paper.source))
            return
        self.seen.add(identity)
        data = oparl.filled(_data(self.base.get(identity)) or {}, paper) if paper.unknown else paper.data
        text = write(data, MOTION).encode()
        before = self.base.get(identity, text)
        if len(text) > MAX_STRUCTURE:
            plan.remarks.append(Remark("large", paper.source))
            return
        if self.scheme.pattern is not None and "reference" in data and self.scheme.parse(data["reference"]) is None:
            plan.unfitting += 1
        if before != text:
            plan.base[identity] = text
        # one that a register of ours published is known by the id that it always had
        known = self.known.get(paper.source) or self.by_id.get(identity)
        if known is not None:
            self._again(paper, data, before, text, *known)
        elif before is not None and self._was_removed(before):
            if before == text:
                plan.removed += 1
            else:
                plan.kept.append(Kept(self.scheme.path_for(data), "removed"))
        else:
            plan.changes.append(Change("new", self._path(data, paper.source), None, text, identity=identity))

    def _again(self, paper: Paper, data: Data, before: bytes | None, text: bytes, path: str, mine: bytes) -> None:
        """A motion that the register has: `mine`, at `path`."""
        plan = self.plan
        identity = str(data["id"])
        if before == text:
            plan.unchanged += 1
            return
        old, ours = _data(before), _data(mine)
        if ours is None:
            plan.kept.append(Kept(path, "unreadable"))
            plan.base.pop(identity, None)
            return
        if oparl.is_same(ours if old is None else old, data):
            # the source has only stamped it anew
            plan.unchanged += 1
            if before is not None:
                plan.base.pop(identity, None)
            return
        merged = oparl.merged(old, ours, paper)
        if merged.conflicts:
            fields = tuple(places.render(conflict.place) for conflict in merged.conflicts)
            plan.kept.append(Kept(path, "changed", fields))
        now = _rewritten(mine, merged.data, MOTION)
        if now is None:
            plan.remarks.append(Remark("large", paper.source))
            plan.base.pop(identity, None)
            return
        moved = self._moved(path, ours, merged.data)
        if now == mine and not moved:
            plan.unchanged += 1
        else:
            plan.changes.append(Change("changed", moved or path, mine, now, path if moved else "", identity))

    def _deleted(self, source: str) -> None:
        """A motion that the source has deleted: it goes where nobody has worked on it."""
        plan = self.plan
        identity = motion_id(source)
        known = self.known.get(source)
        if known is None and identity not in self.base:
            # the address of one that a register of ours published tells its id
            identity = oparl_own.identity_of_deleted(source)
            known = self.by_id.get(identity) if identity else None
        if identity in self.base:
            plan.base[identity] = None
        if known is None:
            return
        path, mine = known
        before, ours = _data(self.base.get(identity)), _data(mine)
        if before is not None and ours is not None and same(normalise(ours, MOTION), normalise(before, MOTION)):
            plan.changes.append(Change("deleted", path, mine, None, identity=identity))
        else:
            plan.kept.append(Kept(path, "deleted"))

    def _moved(self, path: str, ours: Data, now: Data) -> str:
        """The path of a motion whose reference changed, "" where it stays where it is."""
        if ours.get("reference") == now.get("reference") or self.scheme.path_for(ours) != path:
            return ""
        return self._path(now, str(now.get("id")))

    def _path(self, data: Mapping[str, Any], source: str) -> str:
        """A path that is free; a second motion of the same reference gets one of its own."""
        path = self.scheme.path_for(data)
        if path.lower() in self.taken:
            self.plan.remarks.append(Remark("same", source, "reference", str(data.get("reference", ""))))
            path = self.scheme.twin_path(data["reference"], data["id"]) if data.get("reference") else path
        self.taken.add(path.lower())
        return path

    def _was_removed(self, before: bytes) -> bool:
        """Whether a motion that was imported was also committed, and removed after that.

        One that never was committed is only gone because the import was thrown away.
        """
        path = self.scheme.path_for(_data(before) or {})
        head = self.register.objects.head()
        if self.register.objects.entry(head, path) is not None:
            return True
        if self._ever_removed is None:
            self._ever_removed = set()
            if head is not None:
                arguments = ("log", "--diff-filter=D", "--no-renames", "--name-only", "--format=", "-z", head)
                listed = self.register.git.run(*arguments, "--", worktree.FOLDER)
                self._ever_removed = set(listed.decode("utf-8", "surrogateescape").split("\0"))
        return path in self._ever_removed


def _source_of(data: bytes) -> str:
    """The id of the object that a motion was imported from, "" where it was not."""
    if b"source" not in data:
        return ""
    if match := _SOURCE.search(data):
        return match[1].decode("utf-8", "replace")
    source = (_data(data) or {}).get("source")
    identity = source.get("id") if isinstance(source, Mapping) else None
    return identity if isinstance(identity, str) else ""


def _reference_of(data: bytes) -> str:
    match = _REFERENCE.search(data.partition(b"\n[")[0])
    if match:
        return match[1].decode("utf-8", "replace")
    reference = (_data(data) or {}).get("reference")
    return reference if isinstance(reference, str) else ""


def _rewritten(data: bytes, said: Data, fields: Fields) -> bytes | None:
    """The file as it says `said`, None where no file can hold that."""
    old = _data(data) or {}
    try:
        if write(old, fields).encode() == data:
            # without comments and own layout there is nothing to keep, and many new entries are written at once
            text = write(said, fields).encode()
            return text if len(text) <= MAX_STRUCTURE else None
        if _more(old, said) < _MANY:
            return rewrite(data.decode(), said, fields).encode()
        # so many new entries are not put in one by one: that would take minutes. The comments stay
        text = carried(data.decode(), old, said, fields).encode()
        return text if isinstance(parsed(text), Document) else None
    except TomlError:
        return None


def _more(old: Data, said: Data) -> int:
    """How many entries more the lists of a file get."""
    lists = {key: value for key, value in said.items() if isinstance(value, list)}
    return sum(
        len(value) - len(before if isinstance(before := old.get(key), list) else ()) for key, value in lists.items()
    )


def _data(version: bytes | None) -> Data | None:
    """A version parsed, None where there is none or it can't be read."""
    document = parsed(version) if version is not None else None
    return None if document is None or isinstance(document, TomlError) else document.data
