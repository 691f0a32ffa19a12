"""Checking files: one, or all of a register, from their bytes to findings at lines and columns.

Nothing raises here, whatever the bytes. What a file gives depends on its path, its bytes, the council's file and the
rules, and on nothing else; what holds on some days only is kept with its days. So it can be kept by blob id, and only
the rules of the whole register run anew each time.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .council_fields import COUNCIL
from .diagnostics import Finding, Located, Span
from .diagnostics import Kept as Kept
from .facts import facts_of
from .findings import Report as Report
from .findings import order, shown
from .i18n import text
from .locate import locate
from .memory import look_seldom, seldom_looking
from .mentions import Facts, Mention
from .motion_fields import MOTION
from .places import Place
from .rules import RULES, clashes, findings
from .rules.directory import Context, Directory
from .rules.register import Register
from .rules.view import Motion
from .suppress import ignores_of, settle, settle_across
from .toml.errors import TomlError
from .toml.guard import MAX_BYTES
from .toml.plain import read_plain
from .toml.reader import Document, read

COUNCIL_PATH = "motions/council.toml"
"""Where a register keeps the council's file."""

_MOST_CONFLICTS = 100
"""How many conflicts of one file are told: whoever has solved so many checks again."""
_MARKER = re.compile(r"^(?:(?P<start><<<<<<< [^\n]*)|(?P<end>>>>>>>> [^\n]*))$", re.MULTILINE)
_CHUNK = 64
"""How many files a worker takes at once: enough that sending them costs little."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What one file gave: its findings, and the facts that the rules of the whole register need.

    Checked for one day, these are the findings that hold on it; they are the same, and all, on every day from `since`
    on and before `until`. Otherwise they are those of all days.
    """

    findings: tuple[Kept, ...]
    facts: Facts
    since: dt.date | None = None
    until: dt.date | None = None

    def on(self, today: dt.date | None) -> list[Located]:
        """The findings that hold on that day, but those that the file says to ignore."""
        return shown(self.findings, today)


def validate_file(
    path: str, data: bytes, council: Mapping[str, Any] | Directory | None, today: dt.date | None
) -> list[Located]:
    """The findings about one file, given its path in the register, its bytes and the council's data."""
    directory = council if isinstance(council, Directory) else Directory(council or {})
    return sorted(check_file(path, data, directory).on(today), key=order)


def validate_register(
    files: Iterable[tuple[str, bytes]],
    council: bytes | None,
    today: dt.date | None,
    jobs: int = 1,
    carried: Mapping[str, Collection[str]] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """The findings about a register: each file (path and bytes), the council's file, and what holds between them.

    `jobs` processes share the work. `carried` holds from history, for each reference, the ids of the motions that
    ever had it. `progress` is told the number of files that are done.
    """
    directory = directory_of(council)
    checked = list(_counted(check_files(files, directory, jobs, today), progress))
    return conclude(checked, council, directory, today, carried)


def directory_of(council: bytes | None) -> Directory:
    """What the council's file says, given its bytes; nothing is known where it can't be read."""
    try:
        return Directory(read(council).data if council is not None else {})
    except TomlError:
        return Directory({})


def check_file(path: str, data: bytes, council: Directory, on: dt.date | None = None) -> Checked:
    """Everything that one file gives, whatever its bytes; `on` as in `check_document`."""
    try:
        document = read_plain(data, COUNCIL if _is_council(path) else MOTION) or read(data)
    except TomlError as error:
        return Checked(_conflicts(path, data) or (_unreadable(path, data, error),), _facts(path, data))
    return check_document(path, data, document, council, on)


def check_document(
    path: str, data: bytes, document: Document, council: Directory, on: dt.date | None = None
) -> Checked:
    """Everything that one file gives whose bytes were read into `document`.

    For who asks for one day, `on` leaves out what does not hold then, and saves to find its place.
    """
    fields = COUNCIL if _is_council(path) else MOTION
    motion = Motion(document.data, document, fields)
    ignores = ignores_of(document, council)
    # what is ignored on another day is not ignored in vain
    every = on is None or bool(ignores.ignores)
    found = list(_conflicts(path, data))
    turns: set[dt.date | None] = set()
    for dated in findings(motion, Context(council, path)):
        turns.update((dated.since, dated.until))
        if every or dated.holds(on):
            found.append(Kept(locate(path, document, dated.finding), dated.since, dated.until))
    facts = _facts(path, data, document)
    kept, awaiting = settle(path, found, ignores, council)
    if awaiting:
        facts = facts._replace(ignores=awaiting)
    if on is None:
        return Checked(kept, facts)
    turns.update(day for each in kept for day in (each.since, each.until))
    days = [day for day in turns if day is not None]
    since = max((day for day in days if day <= on), default=None)
    until = min((day for day in days if day > on), default=None)
    return Checked(tuple(each for each in kept if each.holds(on)), facts, since, until)


def check_refused(path: str, reason: str) -> Checked:
    """What a file gives that the file system refuses to be read."""
    finding = Finding("TO001", RULES["TO001"].severity, (), text("the file can't be read: {reason}", reason=reason))
    return Checked((Kept(Located(path, Span(1, 1, 1, 1), finding)),), Facts(path))


def check_unmerged(path: str) -> Checked:
    """What a file gives for which git's index holds two versions until a merge is finished."""
    finding = Finding("TO002", RULES["TO002"].severity, (), text("a merge conflict is not resolved here"))
    return Checked((Kept(Located(path, Span(1, 1, 1, 1), finding)),), Facts(path))


def check_files(
    files: Iterable[tuple[str, bytes]], council: Directory, jobs: int = 1, on: dt.date | None = None
) -> Iterator[Checked]:
    """`check_file` for each of `files`, in their order, in `jobs` processes; `on` as in `check_document`."""
    with seldom_looking():
        yield from _checked(iter(files), council, jobs, on)


def _checked(
    waiting: Iterator[tuple[str, bytes]], council: Directory, jobs: int, on: dt.date | None
) -> Iterator[Checked]:
    first = list(islice(waiting, _CHUNK * 2)) if jobs > 1 else []
    if len(first) < _CHUNK * 2:
        yield from (check_file(path, data, council, on) for path, data in first)
        yield from (check_file(path, data, council, on) for path, data in waiting)
        return
    # only here: one file is checked in less time than these take to import
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor

    # a fork of a process with threads can hang in a lock that a thread holds
    method = "fork" if threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _begin, (dict(council.data), on)) as pool:
        running: deque[Future[list[Checked]]] = deque()
        for chunk in _chunks(first, waiting):
            running.append(pool.submit(_check_chunk, chunk))
            # enough under way to keep every process busy, and not the whole register in memory
            if len(running) > 4 * jobs:
                yield from running.popleft().result()
        for future in running:
            yield from future.result()


def conclude(
    checked: Sequence[Checked],
    council: bytes | None,
    directory: Directory,
    today: dt.date | None,
    carried: Mapping[str, Collection[str]] | None = None,
) -> Report:
    """The report on files that were checked, with the rules of the whole register on top."""
    found = [kept for file in checked for kept in file.findings]
    if council is not None:
        found += check_file(COUNCIL_PATH, council, directory).findings
    found += across([file.facts for file in checked], directory, carried)
    return Report.on(found, len(checked) + (council is not None), today)


def across(
    facts: Iterable[Facts], council: Directory, carried: Mapping[str, Collection[str]] | None = None
) -> list[Kept]:
    """What holds between the motions, given the facts of each."""
    register = Register(tuple(facts), carried or {})
    result: list[Kept] = []
    for rule, severity, clash in clashes(register, council):
        place, span = _spot(clash.mention)
        finding = Finding(rule.code, severity, place, clash.message, clash.help)
        related = tuple((path, _spot(mention)[1], message) for path, mention, message in clash.related)
        result.append(Kept(Located(clash.facts.path, span, finding, related)))
    ignores = {each.path: each.ignores for each in register.motions if each.ignores}
    if not ignores:
        return result
    others = [kept for kept in result if kept.located.path not in ignores]
    for path, own in ignores.items():
        others += settle_across(path, [kept for kept in result if kept.located.path == path], own, council)
    return others


def _facts(path: str, data: bytes, document: Document | None = None) -> Facts:
    return Facts(path) if _is_council(path) else facts_of(path, data, document)


def _is_council(path: str) -> bool:
    return path.rpartition("/")[2] == "council.toml"


def _spot(mention: Mention | None) -> tuple[Place, Span]:
    return (mention.place, mention.span) if mention is not None else ((), Span(1, 1, 1, 1))


def _conflicts(path: str, data: bytes) -> tuple[Kept, ...]:
    """A finding for each of the first conflicts that git left, inside of a text too, where it is valid TOML."""
    if b"<<<<<<< " not in data:
        return ()
    source = data[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    found: list[Kept] = []
    line, counted = 1, 0
    for match in _MARKER.finditer(source):
        line, counted = line + source.count("\n", counted, match.start()), match.start()
        span = Span(line, 1, line, len(match[0]) + 1)
        if match["start"] is not None:
            if len(found) == _MOST_CONFLICTS:
                break
            finding = Finding(
                "TO002",
                RULES["TO002"].severity,
                (),
                text("a merge conflict is not resolved here"),
                text("Choose one of the two versions, and delete the three lines of marks."),
            )
            found.append(Kept(Located(path, span, finding)))
        elif found and not found[-1].located.related:
            begin = found[-1].located
            found[-1] = Kept(Located(path, begin.span, begin.finding, ((path, span, text("the end of the conflict")),)))
    return tuple(found)


def _unreadable(path: str, data: bytes, error: TomlError) -> Kept:
    code = "TO001"
    if len(data) > MAX_BYTES:
        code = "TO004"
    else:
        try:
            data.decode()
        except UnicodeDecodeError:
            code = "TO003"
    finding = Finding(code, RULES[code].severity, (), error.message)
    return Kept(Located(path, Span(error.line, error.column, error.line, error.column), finding))


def _counted(checked: Iterable[Checked], progress: Callable[[int], None] | None) -> Iterator[Checked]:
    for number, file in enumerate(checked, 1):
        if progress is not None:
            progress(number)
        yield file


def _chunks(first: list[tuple[str, bytes]], rest: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    for start in range(0, len(first), _CHUNK):
        yield first[start : start + _CHUNK]
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


# what a worker process knows for its whole life, so that it is not sent with every chunk
_council = Directory({})
_on: dt.date | None = None


def _begin(council: Mapping[str, Any], on: dt.date | None) -> None:
    global _council, _on
    _council, _on = Directory(council), on
    look_seldom()


def _check_chunk(files: list[tuple[str, bytes]]) -> list[Checked]:
    return [check_file(path, data, _council, _on) for path, data in files]
