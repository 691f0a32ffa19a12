"""Checking what is not known from before, and remembering it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from antragsbuch_schema.diagnostics import Kept
from antragsbuch_schema.findings import Report
from antragsbuch_schema.mentions import Facts, words_of
from antragsbuch_schema.validate import across, directory_of

from . import kept, revisions
from .carried import Carried, Names, Past, incomplete
from .checking import Answer, Outcome, Tell, answered, chosen, notes_on, plain_head, state_of
from .listing import NO_STAMP, blob_of
from .looking import Looking, Seen, facts_in
from .place import Place, place_of
from .selection import Files, InGit, OnDisk, Revision, Staged, blobs, committed
from .worktree import COUNCIL

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
    look = Looking(root, place, council, directory, base, named)
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
    seen: Seen,
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
        then.append(facts_in(path, data, seen.directory))
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
