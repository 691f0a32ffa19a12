"""Checking what is not known from before, and remembering it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from antragsbuch.i18n import _
from antragsbuch_schema.diagnostics import Kept
from antragsbuch_schema.facts import facts_of
from antragsbuch_schema.findings import Report
from antragsbuch_schema.mentions import Facts, words_of
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.suppress import WORD
from antragsbuch_schema.validate import (
    Checked,
    across,
    check_file,
    check_refused,
    check_unmerged,
    directory_of,
)

from . import check_memory, kept, revisions
from .carried import Carried, Names, Past, incomplete
from .check_jobs import Job, Look, Looked, looked_at
from .check_lines import Line
from .check_memory import Memory
from .checking import Answer, Outcome, Tell, answered, chosen, notes_on, plain_head, state_of
from .listing import NO_STAMP, blob_of
from .place import Place, place_of
from .selection import Files, InGit, OnDisk, Revision, Staged, blobs, committed
from .worktree import COUNCIL

_IGNORES = WORD.encode()
_DAYS = 3
"""So many days are kept of one answer."""


def recheck(
    root: Path,
    origin: OnDisk | Staged | Revision,
    names: Sequence[str],
    *,
    since: str | None,
    today: dt.date | None,
    jobs: int,
    progress: Tell | None,
) -> Outcome:
    """The same as `checking.check`, which asks for it where it is not known; a work tree is given by its files."""
    place = place_of(root, origin, git_needed=since is not None)
    files = place.files
    base = None
    if since is not None and place.git is not None:
        base = committed(place.git, revisions.merge_base(place.git, since, place.commit))
    elif not _was_asked(root, origin) and (state := _state(place)):
        every = sorted({*files.blobs, *files.odd, *files.unmerged})
        known = answered(place.cache, state, chosen(names, every), today, place.reader)
        if known is not None:
            return known
    council = _council(place)
    if base is not None and base.blobs.get(COUNCIL) != files.blobs.get(COUNCIL):
        # every motion may be judged in another way now
        base = None
    named = set(chosen(names, sorted({*files.blobs, *files.odd, *files.unmerged})))
    directory = directory_of(council)
    # mostly nothing is changed since the commit; whether that is so, is only known when all was read
    likely = today or place.commit_day(directory.data) or dt.date.today()
    look = _Looking(root, place, council, directory, base, named)
    past = Past(place.git, place.commit, place.cache) if place.git and place.cache else None
    whole = since is None and not names

    def meanwhile() -> None:
        if past is not None:
            _ = past.asked
        if (whole or today is None) and not isinstance(origin, Revision):
            _ = place.at_commit

    seen = look.all(likely, jobs, progress, meanwhile)
    changed = place.differing(base) if base is not None else set()
    scope = named if base is None else named & changed
    complete = place.git is None or not incomplete(place.git)
    facts = seen.facts()
    history: Carried = {}
    if past is not None:
        history = past.carried(lambda: _names(files, facts))
    # what differs from the last commit is looked for only where somebody wants to know
    own_day = place.day(directory.data) if whole or today is None else None
    day = today or own_day or dt.date.today()
    look.again(scope, day, jobs)
    found = seen.findings(scope)
    between = across(facts, directory, history)
    if base is None:
        found += [each for each in between if each.located.path in scope]
    else:
        found += _concerned(between, scope, _new(place, base, seen, facts, changed, between, history), named)
    seen.memory.keep(seen.lines)
    if whole and seen.all_read:
        _keep_answer(place, Answer(own_day, complete, {day.isoformat(): _held(found, day)}))
    paths = tuple(sorted(scope & {*files.blobs, *files.odd, *files.unmerged}))
    report = Report.on(found, len(paths), day)
    return Outcome(report, paths, day, notes_on(complete=complete), place.reader(each.path for each in report.findings))


def _names(files: Files, facts: Iterable[Facts]) -> dict[str, Names]:
    """How the motions are called that lie there, by blob."""
    blobs = files.blobs
    return {blobs[each.path]: (words_of(each.id), words_of(each.reference)) for each in facts if each.path in blobs}


@dataclass
class _Seen:
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


class _Looking:
    """Looks at files. `base` is what they are compared with, `named` may be checked."""

    def __init__(
        self, root: Path, place: Place, council: bytes | None, directory: Directory, base: Files | None, named: set[str]
    ) -> None:
        self._root, self._place, self._base, self._named = root, place, base, named
        self._council = council
        self._day = dt.date.min
        self._seen = _Seen(directory, Memory(place.cache, council))

    def all(self, day: dt.date, jobs: int, progress: Tell | None, meanwhile: Callable[[], None]) -> _Seen:
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
            elif _IGNORES in data:
                # what its comments hide depends on what the rules find
                seen.others[path] = check_file(path, data, seen.directory).facts
            else:
                seen.others[path] = facts_of(path, data)
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


def _council(place: Place) -> bytes | None:
    """The council's file, whose blob is known from then on."""
    if COUNCIL not in place.files.blobs:
        return None
    for _path, data in place.source.read([COUNCIL]):
        if isinstance(data, bytes):
            place.files.blobs[COUNCIL] = blob_of(data, place.hash_name)
            return data
    return None


def _concerned(between: Iterable[Kept], scope: set[str], new: set[_Key], named: set[str]) -> list[Kept]:
    """What of the rules of the whole register belongs into the report: what concerns a file in scope, at either of
    its places, and what did not hold before."""
    found: list[Kept] = []
    for each in between:
        located = each.located
        places = {located.path, *(path for path, _span, _message in located.related)}
        if places & scope or (_key(each) in new and located.path in named):
            found.append(each)
    return found


def _new(
    place: Place,
    base: Files,
    seen: _Seen,
    now: Sequence[Facts],
    changed: set[str],
    between: Sequence[Kept],
    history: Carried,
) -> set[_Key]:
    """What the rules of the whole register find now and would not have found before."""
    assert place.git is not None, "the base comes from there"
    gone = [path for path in sorted(changed) if path in base.blobs and path != COUNCIL]
    then = []
    for path, data in zip(gone, blobs(place.git, [base.blobs[path] for path in gone]), strict=True):
        then.append(check_file(path, data, seen.directory).facts if _IGNORES in data else facts_of(path, data))
    then += [Facts(path) for path in base.odd if path in changed]
    others = [each for each in now if each.path not in changed]
    if _said(then) == _said(each for each in now if each.path in changed):
        return set()
    before = across(sorted([*then, *others], key=lambda each: each.path), seen.directory, history)
    return {_key(each) for each in between} - {_key(each) for each in before}


_Key = tuple[str, str, str, str, bool]


def _key(each: Kept) -> _Key:
    """What a finding says, wherever in the file it stands."""
    finding = each.located.finding
    return each.located.path, finding.code, repr(finding.place), finding.message("en"), each.ignored


def _said(facts: Iterable[Facts]) -> list[tuple[str, list[str], int]]:
    """What these files say of themselves and of others, wherever in them."""
    return sorted(
        (
            each.path,
            [words_of(each.id), words_of(each.reference), words_of(each.amends), *(link.words for link in each.links)],
            len(each.ignores),
        )
        for each in facts
    )


def _held(found: Iterable[Kept], day: dt.date) -> str:
    return kept.dump(tuple(each for each in found if each.holds(day)))


def _was_asked(root: Path, origin: OnDisk | Staged | Revision) -> bool:
    """Whether it was seen without git already that the answer is not known."""
    return isinstance(origin, OnDisk) and plain_head(root / ".git") is not None


def _state(place: Place) -> str:
    """The name of all that an answer depends on but the day; empty where it can't be told or be kept."""
    if place.git is None or place.cache is None or place.commit is None:
        return ""
    source = place.source
    git_dir = place.git.layout.git_dir
    if isinstance(source, InGit):
        given = [place.files.blobs, place.files.odd, place.files.unmerged]
        return state_of(place.cache, given, place.commit, git_dir)
    if any(source.stamp(path) == NO_STAMP for path in source.stamps):
        # may change again without another mark on the disk
        return ""
    return state_of(place.cache, source.marks(), place.commit, git_dir)


def _keep_answer(place: Place, answer: Answer) -> None:
    """Remember what was found in all files, as long as they and the last commit stay the same."""
    state = _state(place)
    if place.cache is None or not state:
        return
    before = Answer.parsed(place.cache.answer(state))
    days = {**(before.found if before else {}), **answer.found}
    kept_days = dict(list(days.items())[-_DAYS:])
    place.cache.keep_answer(state, Answer(answer.day, answer.complete, kept_days).text())
