"""The register of a commit against one that was checked before: what changed, and what is wrong with that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from antragsbuch.i18n import _
from antragsbuch_schema.diagnostics import Kept, Located
from antragsbuch_schema.facts import facts_of
from antragsbuch_schema.findings import shown
from antragsbuch_schema.mentions import words_of
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.validate import Checked, across, check_file, check_files, check_refused

from . import heads, pushed
from .objects import FILE_MODES, TREE_MODE, Entry, Objects
from .runner import Git
from .worktree import COUNCIL, FOLDER, SUFFIX


class Arrived:
    """The files of `tip` and how they differ from those of `base` (None: there is none yet).

    Only what differs is checked, with the rules of the whole register; what did not change was checked when it came.
    """

    def __init__(self, git: Git, objects: Objects, base: str | None, tip: str) -> None:
        self._git, self._objects, self._base, self._tip = git, objects, base, tip
        self.files = objects.walk(tip, FOLDER)
        """Everything below motions/ in the new commit."""
        self._before = objects.walk(base, FOLDER)

    @cached_property
    def changed(self) -> list[str]:
        """The files below motions/ to look at: TOML files and links that differ; with council.toml, all."""
        every = self.files.get(COUNCIL) != self._before.get(COUNCIL)
        return sorted(
            path
            for path, entry in self.files.items()
            if path != COUNCIL
            and (path.endswith(SUFFIX) or entry.mode not in FILE_MODES)
            and (every or self._before.get(path) != entry)
        )

    def outside(self) -> dict[str, Entry]:
        """TOML files that came in elsewhere than below motions/, by path."""
        found: dict[str, Entry] = {}
        tops = [self._objects.tree(self._objects.commit(oid).tree) for oid in (self._tip, self._base) if oid]
        todo = [("", tops[0], tops[1] if len(tops) > 1 else {})]
        while todo:
            above, new, old = todo.pop()
            for name, entry in new.items():
                before = old.get(name)
                if entry == before or (not above and name == FOLDER):
                    continue
                if entry.mode == TREE_MODE:
                    known = self._objects.tree(before.oid) if before and before.mode == TREE_MODE else {}
                    todo.append((f"{above}{name}/", self._objects.tree(entry.oid), known))
                elif entry.mode in FILE_MODES and name.endswith(SUFFIX):
                    found[above + name] = entry
        return found

    def findings(self, council: bytes, directory: Directory, today: dt.date, jobs: int) -> list[Located]:
        """What is wrong with what changed, and between that and the rest of the register."""
        plain = [path for path in self.changed if self.files[path].mode in FILE_MODES]
        checked = list(check_files(((path, self._bytes(path)) for path in plain), directory, jobs, today))
        odd = _("it is a link or no plain file; put the file itself in its place")
        refused = [check_refused(path, odd) for path in self.changed if self.files[path].mode not in FILE_MODES]
        found = [located for file in (*checked, *refused) for located in file.on(today)]
        if self.files[COUNCIL] != self._before.get(COUNCIL):
            found += check_file(COUNCIL, council, directory).on(today)
        if any(self._renamed(file) for file in checked):
            found += shown(self._between(checked, directory), today)
        return sorted(found, key=lambda located: (located.path, located.span.line, located.span.column))

    def sources(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The bytes of the files at these paths."""
        return {path: self._bytes(path) for path in paths if self.files[path].mode in FILE_MODES}

    def _bytes(self, path: str) -> bytes:
        return self._objects.blob(self.files[path].oid)

    def _renamed(self, file: Checked) -> bool:
        """Whether the file is new or calls itself something else: only then can it clash with another one."""
        before = self._before.get(file.facts.path)
        if before is None or before.mode not in FILE_MODES:
            return True
        head = heads.head(self._objects.blob(before.oid))
        return (head.id, head.reference) != (words_of(file.facts.id), words_of(file.facts.reference))

    def _between(self, checked: list[Checked], directory: Directory) -> list[Kept]:
        """What holds between the motions that changed and all others, which are read by their first lines only."""
        changed = {file.facts.path for file in checked}
        others = {
            path: entry.oid
            for path, entry in self.files.items()
            if path not in changed and path != COUNCIL and path.endswith(SUFFIX) and entry.mode in FILE_MODES
        }
        read = zip(others, pushed.contents(self._git, list(others.values())), strict=True)
        facts = [*(file.facts for file in checked), *(facts_of(path, data) for path, data in read)]
        facts.sort(key=lambda each: each.path)
        found = across(facts, directory, self._carried(checked))
        return [kept for kept in found if kept.located.path in changed]

    def _carried(self, checked: list[Checked]) -> dict[str, frozenset[str]]:
        """For each reference that comes in, the ids of motions that had its path before and are gone."""
        added = [file.facts for file in checked if file.facts.path not in self._before and "\n" not in file.facts.path]
        if not added or self._base is None:
            return {}
        found: dict[str, set[str]] = {}
        for _path, blob in pushed.removed_files(self._git, self._base, [facts.path for facts in added]):
            head = heads.head(self._objects.blob(blob))
            if head.id and head.reference:
                found.setdefault(head.reference, set()).add(head.id)
        return {reference: frozenset(ids) for reference, ids in found.items()}
