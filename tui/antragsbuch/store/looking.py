"""Looking at the files of a register to check them: no more of each than must be, and nothing that is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from antragsbuch.i18n import _
from antragsbuch_schema.diagnostics import Kept
from antragsbuch_schema.facts import facts_of
from antragsbuch_schema.mentions import Facts
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.suppress import WORD
from antragsbuch_schema.validate import Checked, check_file, check_refused, check_unmerged

from . import check_memory
from .check_jobs import Job, Look, Looked, looked_at
from .check_lines import Line
from .check_memory import Memory
from .checking import Tell
from .listing import NO_STAMP, blob_of
from .place import Place
from .selection import Files, OnDisk
from .worktree import COUNCIL

_IGNORES = WORD.encode()


@dataclass
class Seen:
    """What was seen of every file: the facts of all, and of those that were checked what they gave."""

    directory: Directory
    memory: Memory
    lines: dict[str, Line] = field(default_factory=dict)
    checked: dict[str, Checked] = field(default_factory=dict)
    others: dict[str, Facts] = field(default_factory=dict)
    all_read: bool = True
    """Whether every file could be read: what refuses now may not do so later, with the same mark on the disk."""

    def facts(self) -> list[Facts]:
        """What the register needs to know of all motions, in the order of their paths."""
        known = {path: file.facts for path, file in self.checked.items() if path != COUNCIL} | self.others
        known |= {path: line.facts for path, line in self.lines.items()}
        return [known[path] for path in sorted(known)]

    def findings(self, scope: set[str]) -> list[Kept]:
        """What the files in scope gave."""
        found = [each for path in scope & self.checked.keys() for each in self.checked[path].findings]
        for path in scope & self.lines.keys():
            found += check_memory.findings(self.lines[path])
        return found


class Looking:
    """Looks at files. `base` is what they are compared with, `named` may be checked."""

    def __init__(
        self, root: Path, place: Place, council: bytes | None, directory: Directory, base: Files | None, named: set[str]
    ) -> None:
        self._root, self._place, self._base, self._named = root, place, base, named
        self._council = council
        self._day = dt.date.min
        self._seen = Seen(directory, Memory(place.cache, council))

    def all(self, day: dt.date, jobs: int, progress: Tell | None, meanwhile: Callable[[], None]) -> Seen:
        """Look at every file, and check those that may be in scope and are not known, for a day.

        `meanwhile` is called while other processes are at work, or never.
        """
        seen, files = self._seen, self._place.files
        self._day = day
        if self._council is not None and COUNCIL in self._named:
            seen.checked[COUNCIL] = check_file(COUNCIL, self._council, seen.directory)
        for path in files.odd:
            reason = _("it is a link or no plain file; put the file itself in its place")
            seen.checked[path] = check_refused(path, reason)
        for path in files.unmerged:
            seen.checked[path] = check_unmerged(path)
        self._recall()
        todo = [path for path in files.blobs if path != COUNCIL and path not in seen.lines]
        self._look(todo, jobs, progress, meanwhile)
        return seen

    def again(self, scope: set[str], day: dt.date, jobs: int) -> None:
        """Check anew those in scope that may give something else on this day than on the one before."""
        if day == self._day:
            return
        self._day = day
        lines = self._seen.lines
        self._look([path for path in lines if path in scope and not lines[path].holds(day)], jobs)

    def _look(
        self,
        todo: Sequence[str],
        jobs: int,
        progress: Tell | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        place = self._place
        look = Look(self._root, self._council, place.hash_name, self._day)
        done = 0
        for some in looked_at(self._asked(todo), look, self._seen.directory, jobs):
            if not done:
                meanwhile()
            for looked in some:
                self._take(looked)
            done += len(some)
            if progress is not None:
                progress(done, len(todo))

    def _take(self, looked: Looked) -> None:
        path, stamp, line, refused = looked
        if line is not None:
            self._place.files.blobs[path] = line.blob
            self._seen.lines[path] = line
            self._seen.memory.learn(path, line)
            if isinstance(self._place.source, OnDisk):
                if stamp != NO_STAMP:
                    self._place.source.stamps[path] = stamp
                self._seen_on_disk(path)
        elif refused:
            self._refused(path, refused)
        else:
            self._gone(path)

    def _recall(self) -> None:
        """What is known of files by the marks that they have on the disk, or by their blobs."""
        files, source = self._place.files, self._place.source
        if isinstance(source, OnDisk):
            files.blobs = self._seen.memory.blobs(source.stamps) | {
                path: blob for path, blob in files.blobs.items() if blob
            }
        self._recalled(files.blobs.items())

    def _recalled(self, blobs: Iterable[tuple[str, str]]) -> bool:
        """Take what is known of these versions, given by path; whether that is anything."""
        before, lines = len(self._seen.lines), self._seen.lines
        for path, line in self._seen.memory.recall(blobs).items():
            if line.holds(self._day) or not self._may_be_in_scope(path):
                lines[path] = line
        return len(lines) > before

    def _asked(self, todo: Sequence[str]) -> Iterator[Job]:
        """The files to be checked; of all others that have to be read, the facts are taken."""
        seen, files = self._seen, self._place.files
        if self._base is None and isinstance(self._place.source, OnDisk):
            # who checks them reads them, too
            unread = [path for path in todo if path in self._named and not seen.memory.knows(path)]
            yield from map(Job, unread)
            apart = set(unread)
            todo = [path for path in todo if path not in apart]
        gone = set(todo)
        for path, data in self._place.source.read(todo):
            gone.discard(path)
            if isinstance(data, str):
                self._refused(path, data)
                continue
            if isinstance(self._place.source, OnDisk):
                files.blobs[path] = blob_of(data, self._place.hash_name)
                if self._recalled([(path, files.blobs[path])]):
                    self._seen_on_disk(path)
                    continue
            if self._may_be_in_scope(path):
                yield Job(path, data, files.blobs[path])
            else:
                seen.others[path] = facts_in(path, data, seen.directory)
        for path in gone:
            self._gone(path)

    def _refused(self, path: str, reason: str) -> None:
        self._seen.lines.pop(path, None)
        self._seen.checked[path] = check_refused(path, reason)
        self._seen.all_read = False

    def _gone(self, path: str) -> None:
        self._seen.lines.pop(path, None)
        del self._place.files.blobs[path]

    def _may_be_in_scope(self, path: str) -> bool:
        changed = self._base is None or self._base.blobs.get(path) != self._place.files.blobs[path]
        return changed and path in self._named

    def _seen_on_disk(self, path: str) -> None:
        if isinstance(self._place.source, OnDisk):
            self._seen.memory.seen(path, self._place.files.blobs[path], self._place.source.stamp(path))


def facts_in(path: str, data: bytes, directory: Directory) -> Facts:
    """What the register needs to know of a file that is not checked, given its bytes."""
    if _IGNORES in data:
        # what its comments hide depends on what the rules find
        return check_file(path, data, directory).facts
    return facts_of(path, data)
