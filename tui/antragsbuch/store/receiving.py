"""Whether a push may come in: what a hub refuses, each with what helps.

Nothing invalid stands at the tip of a branch, nothing confidential in any commit of a public register, and nothing
that was pushed is lost: what is in the history of a hub is in every clone.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from antragsbuch.i18n import _
from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.validate import check_file, directory_of

from . import pushed
from .arrived import Arrived
from .errors import OutsideRegister
from .objects import FILE_MODES, Objects
from .parsing import TomlError, parsed
from .pushed import NewFile, Update
from .runner import Git
from .worktree import COUNCIL, FOLDER, SUFFIX, checked

_NOT_PUBLIC = re.compile(rb"^[ \t]*public[ \t]*=[ \t]*false\b", re.MULTILINE)
_MOTION_KEYS = frozenset({"reference", "paper_type", "proposal", "consultations", "originators"})
_CONFIDENTIAL = ("PU001", "PU002", "PU003")
_NAMED = 5
"""How many paths one sentence names."""

Tell = Callable[[int], None]
"""Is told how many files are about to be checked."""


@dataclass(frozen=True)
class Refusal:
    """Why a reference may not move, in words for who pushes; findings with the bytes of their files."""

    ref: str
    reason: str
    remedy: str
    findings: tuple[Located, ...] = ()
    sources: dict[str, bytes] = field(default_factory=dict)


def judge(git: Git, updates: Sequence[Update], tell: Tell) -> list[Refusal]:
    """Everything that speaks against a push, in the order of its references; nothing where it may come in.

    Raises `StoreError` where git can't be asked.
    """
    objects = Objects(git)
    try:
        return list(_Judge(git, objects, updates, tell).refusals())
    finally:
        objects.close()


class _Judge:
    """One push. `now` is what the hub has, `then` what it would have."""

    def __init__(self, git: Git, objects: Objects, updates: Sequence[Update], tell: Tell) -> None:
        self._git, self._objects, self._updates, self._tell = git, objects, updates, tell
        self._now = pushed.references(git)
        self._then = {ref: oid for ref, oid in self._now.items() if ref not in {update.ref for update in updates}}
        self._then |= {update.ref: update.new for update in updates if update.new}
        self._commits = pushed.commits_named(git, [oid for _old, oid, _ref in updates if oid])
        self._head = objects.head()
        self._council = directory_of(objects.content(self._head, COUNCIL))
        self._seen: set[str] = set()

    def refusals(self) -> Iterator[Refusal]:
        for update in self._updates:
            yield from self._movement(update)
        public = self._public()
        for update in self._updates:
            tip = self._commits.get(update.new or "")
            if tip is None:
                continue
            if public is not None:
                yield from self._history(update, tip, public)
            if update.branch:
                yield from self._tip(update, tip)

    def _movement(self, update: Update) -> Iterator[Refusal]:
        """Whether a reference may move so at all: nothing rewrites history."""
        if update.new and update.new not in self._commits:
            yield Refusal(
                update.ref,
                _("It names no commit."),
                _("Push commits, or tags of commits; a file that a tag names is in no folder and is not checked."),
            )
        if update.branch and update.new is None and update.ref == self._head_branch():
            yield Refusal(update.ref, _("The main branch of the register can't be deleted."), "")
        elif update.old and (lost := self._lost(update)):
            yield Refusal(
                update.ref,
                _("Commits that were pushed would be lost, {commit} among them.").format(commit=lost[:10]),
                _("Nothing rewrites history: undo a change with a new commit. git pull, then push again."),
            )
        elif update.branch and update.old and update.new and not self._ancestor(update.old, update.new):
            yield Refusal(
                update.ref,
                _("The branch would go back, to where {commit} is not in it.").format(commit=update.old[:10]),
                _("Nothing rewrites history: undo a change with a new commit. git pull, then push again."),
            )

    def _head_branch(self) -> str:
        return self._git.attempt("symbolic-ref", "--quiet", "HEAD").out.decode("utf-8", "surrogateescape").strip()

    def _lost(self, update: Update) -> str:
        """A commit that no reference would lead to any more; empty where there is none."""
        olds = pushed.commits_named(self._git, [update.old or ""])
        # what is no commit takes no history with it
        lost = pushed.new_commits(self._git, olds.values(), self._then.values()) if olds else []
        return lost[0] if lost else ""

    def _ancestor(self, old: str, new: str) -> bool:
        return self._git.attempt("merge-base", "--is-ancestor", old, new).status == 0

    def _public(self) -> Directory | None:
        """The council's settings, as of a public register if it is one before or after the push; None if in neither.

        A commit that makes the register confidential for a moment hides nothing.
        """
        tips = [tip for update in self._updates if update.branch and (tip := self._commits.get(update.new or ""))]
        councils = [data for tip in (self._head, *tips) if (data := self._objects.content(tip, COUNCIL)) is not None]
        found = [directory for data in councils if (directory := directory_of(data)).public]
        return found[0] if found else None

    def _history(self, update: Update, tip: str, public: Directory) -> Iterator[Refusal]:
        """What is confidential in any of the new commits, whatever the last of them holds."""
        commits = pushed.new_commits(self._git, [tip], self._now.values())
        by_commit: dict[str, Refusal] = {}
        for file in pushed.new_files(self._git, commits):
            if not file.path.endswith(SUFFIX) or file.mode not in FILE_MODES or file.blob in self._seen:
                continue
            self._seen.add(file.blob)
            data = self._objects.blob(file.blob)
            found = tuple(_confidential(file, data, public))
            if not found:
                continue
            before = by_commit.get(file.commit)
            by_commit[file.commit] = Refusal(
                update.ref,
                _("The commit {commit} holds what is confidential, and the register is public.").format(
                    commit=file.commit[:10]
                ),
                _(
                    "A later commit does not help: it stays in the history. Take it out of that commit "
                    "(git rebase -i, edit), then push again. What is confidential belongs into a register of its own."
                ),
                (*(before.findings if before else ()), *found),
                {**(before.sources if before else {}), file.path: data},
            )
        yield from by_commit.values()

    def _tip(self, update: Update, tip: str) -> Iterator[Refusal]:
        """What is wrong with the register as the branch would have it."""
        base = update.old or self._head
        arrived = Arrived(self._git, self._objects, base, tip)
        if not arrived.files:
            if self._objects.content(base, COUNCIL) is not None and update.old:
                yield Refusal(update.ref, _("The folder motions/ would be gone."), _restore(FOLDER))
            return
        council = self._objects.content(tip, COUNCIL)
        if council is None:
            yield Refusal(
                update.ref,
                _("{path} is missing: without it there is no register.").format(path=COUNCIL),
                _restore(COUNCIL),
            )
            return
        directory = directory_of(council)
        if directory.public and not self._council.public and self._council.data:
            yield Refusal(
                update.ref,
                _("The register is confidential and can't become public: its history is in every clone."),
                _("Make a public one of its own from what may be seen: antrag publish DIR"),
            )
        yield from self._elsewhere(update, arrived)
        self._tell(len(arrived.changed))
        today = dt.datetime.fromtimestamp(self._objects.commit(tip).committer.time, dt.UTC).date()
        errors = [
            located
            for located in arrived.findings(council, directory, today, os.cpu_count() or 1)
            if located.finding.severity is Severity.ERROR
        ]
        if errors:
            yield Refusal(
                update.ref,
                _("The register would not be valid."),
                _("antrag validate says the same before a push; mend it, commit, push again."),
                tuple(errors),
                arrived.sources({path for located in errors for path in _paths(located)}),
            )

    def _elsewhere(self, update: Update, arrived: Arrived) -> Iterator[Refusal]:
        """Motions that came in where the register does not look for them."""
        hidden = [path for path in arrived.changed if arrived.files[path].mode in FILE_MODES and _hidden(path)]
        outside = [path for path, entry in arrived.outside().items() if _is_motion(self._objects.blob(entry.oid))]
        if hidden or outside:
            named = ", ".join((hidden + outside)[:_NAMED])
            yield Refusal(
                update.ref,
                _("Motions lie where they are not looked for: {paths}.").format(paths=named),
                _("Motions are TOML files below motions/; antrag validate names the path for each reference."),
            )


def _confidential(file: NewFile, data: bytes, public: Directory) -> Iterable[Located]:
    # what is not public says so: most files are not worth a closer look
    if b"false" not in data or file.path == COUNCIL:
        return ()
    if isinstance(parsed(data), TomlError):
        # who can't read it can't tell what it gives away
        return check_file(file.path, data, public).on(None) if _NOT_PUBLIC.search(data) else ()
    found = check_file(file.path, data, public).on(None)
    return [located for located in found if located.finding.code in _CONFIDENTIAL]


def _hidden(path: str) -> bool:
    """Whether a path below motions/ is one that the register does not read."""
    try:
        checked(path)
    except OutsideRegister:
        return True
    return False


def _is_motion(data: bytes) -> bool:
    """Whether a TOML file reads like a motion."""
    document = parsed(data)
    return not isinstance(document, TomlError) and "title" in document.data and bool(_MOTION_KEYS & set(document.data))


def _paths(located: Located) -> list[str]:
    return [located.path, *(path for path, _span, _message in located.related)]


def _restore(path: str) -> str:
    return _("Bring it back: git checkout HEAD~1 -- {path}").format(path=path)
