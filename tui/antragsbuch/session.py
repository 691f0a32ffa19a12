"""The open register, as the screens use it: opened once, read in threads, closed at the end. No Textual."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, redirect_stderr
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .i18n import _, language
from .messages import Filling, NotOpened, Opened, StatusRead, Tell
from .state import Listed, Note, RegisterState
from .store.errors import StoreError

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Located
    from antragsbuch_schema.edits import Data

    from .store.drafts import DraftJournal, Unfinished
    from .store.index import Index
    from .store.past import Past, PastRows
    from .store.register import Register
    from .store.rows import Row
    from .store.source import RowSource
    from .store.timeline import Timeline


TOLD_EVERY = 0.5
"""Seconds between two words about how far the index is."""


@dataclass
class Session:
    """One register while the program runs. Its methods block: they are called in worker threads.

    `unfinished` are the drafts that an earlier run of the program left behind.
    """

    register: Register
    index: Index
    drafts: DraftJournal
    council: Data
    unfinished: Sequence[Unfinished] = ()
    _open: ExitStack = field(default_factory=ExitStack, repr=False)
    _timeline: Timeline | None = field(default=None, repr=False)
    _first: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _deepening: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _closing: threading.Event = field(default_factory=threading.Event, repr=False)

    def at_once(self) -> RegisterState:
        """What can be said without asking git what has changed."""
        totals, branch = self.index.totals(), self.register.branch()
        return RegisterState(
            name=str(self.council.get("name", "")) or self.register.root.name,
            branch=(branch or "").removeprefix("refs/heads/"),
            detached=branch is None,
            motions=totals.motions,
            errors=totals.with_errors,
            warnings=totals.with_warnings,
            public=self.council.get("public", True) is not False,
            read_only=self.register.read_only,
        )

    def state(self) -> RegisterState:
        """What the top line says: git is asked now, the index says what it knows."""
        status = self.register.status()
        return replace(
            self.at_once(),
            branch=status.branch,
            detached=status.detached,
            operation=status.operation,
            ahead=status.ahead,
            behind=status.behind,
            changed=tuple(change.path for change in status.changed),
        )

    def look_again(
        self,
        paths: Sequence[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RegisterState:
        """Take up what changed, only in `paths` if they are given, and say how it stands."""
        self.look_for_drafts()
        self.council = self.register.council()
        # a large register is read by several processes: multiprocessing hands them the descriptor of sys.stderr,
        # which is -1 for what a full-screen program has in its place
        with redirect_stderr(sys.__stderr__):
            self.index.refresh(paths, progress=progress, cancelled=cancelled)
        return self.state()

    def look_for_drafts(self) -> None:
        """Which motions have unsaved edits of this person."""
        self.unfinished = tuple(self.drafts.unfinished())

    def found(self, query: str, cancelled: Callable[[], bool] | None = None) -> Found:
        """The motions that a text of the filter asks for."""
        from .store.query import parse

        asked = parse(query)
        source = self.index.source(asked, drafts=[draft.path for draft in self.unfinished], cancelled=cancelled)
        problems = tuple(problem.message for problem in asked.problems)
        return Found(query, RowsInWords(source), self.index.totals().motions, self.index.complete, problems)

    def findings(self, path: str) -> list[Located]:
        """The findings of one motion, the worst first."""
        return sorted(self.index.findings(path), key=lambda located: -located.finding.severity)

    @property
    def timeline(self) -> Timeline:
        """The history of the register, opened when it is first asked for."""
        from .store.timeline import Timeline

        with self._first:
            if self._timeline is None:
                self._timeline = self._open.enter_context(Timeline(self.register))
            return self._timeline

    def deepen(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> bool:
        """Read what every commit changed in words; whether it came to the end."""
        with self._deepening, redirect_stderr(sys.__stderr__):
            return self.timeline.deepen(progress, lambda: cancelled() or self._closing.is_set())

    def close(self) -> None:
        """Let go of the repository."""
        self._closing.set()
        with self._deepening:
            self._open.close()


class RowsInWords:
    """The rows of the index as the list shows them."""

    def __init__(self, source: RowSource | PastRows) -> None:
        self._source = source
        self.count = source.count()

    def rows(self, start: int, stop: int) -> list[Listed]:
        """Those from `start` to before `stop`."""
        return [listed(row) for row in self._source.rows(start, stop)]

    def position(self, path: str) -> int | None:
        """Where the motion at `path` stands, None where it is not among them."""
        return self._source.position_of(path)


class Glimpsed(NamedTuple):
    """The list as it was last, to be shown until the register is open; `close` must be called then."""

    found: Found
    close: Callable[[], None]


class NothingGlimpsed:
    """How the list was last is not known."""


class Found(NamedTuple):
    """The motions that fit a query, of `total`; `problems` are the words of it that were not understood.

    `complete` says that every motion has been read: before that, no row does not mean no motion.
    """

    query: str
    rows: RowsInWords
    total: int
    complete: bool
    problems: tuple[str, ...] = ()


_CHANGES = {"new": "+", "changed": "~", "removed": "-"}


def listed(row: Row) -> Listed:
    """A row in words."""
    from antragsbuch_schema.i18n import date_text

    return Listed(
        path=row.path,
        reference=row.reference or (_("no number") if row.state else row.path.rpartition("/")[2]),
        date=date_text(row.date, language()) if row.date else "",
        title=row.title or (_("without a title") if row.state else _("can't be read")),
        state=row.state.label(language()) if row.state else "",
        change="*" if row.draft else _CHANGES.get(row.change, ""),
        problem="!" if row.errors else "?" if row.warnings else "",
        faint=row.change == "removed",
    )


def glimpse_at(start: Path | None) -> Glimpsed | NothingGlimpsed:
    """What the list held when the program last looked, if that is known."""
    from .store.glimpse import glimpse

    seen = glimpse(start or Path.cwd(), os.environ)
    if seen is None:
        return NothingGlimpsed()
    reading, source = seen
    return Glimpsed(Found("", RowsInWords(source), source.count(), False), reading.close)


def open_session(start: Path | None) -> Opened | NotOpened:
    """Open the register at or above `start`. Raises nothing of the store: what comes back says why there is none."""
    from .store.drafts import DraftJournal
    from .store.index import Index
    from .store.recover import recover
    from .store.register import open_register

    with ExitStack() as stack:
        try:
            register = stack.enter_context(open_register(start))
            drafts = DraftJournal(None, register.root)
            notes = tuple(Note(note, "warning") for note in recover(register, drafts))
            index = Index(register)
            stack.callback(index.close)
            session = Session(register, index, drafts, register.council())
            session.look_for_drafts()
            opened = Opened(session, session.at_once(), notes)
        except StoreError as error:
            return NotOpened(error.message)
        session._open = stack.pop_all()
        return opened


def refresh(session: Session, tell: Tell, paths: Sequence[str] | None = None) -> StatusRead:
    """Look at the files and at git again; meanwhile `Filling` tells how far it is."""
    return StatusRead(session.look_again(paths, now_and_then(tell), tell.cancelled))


def now_and_then(tell: Tell) -> Callable[[int, int], None]:
    """What is told of how far it is, without flooding the screen."""
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > TOLD_EVERY:
            told = time.monotonic()
            tell(Filling(done, total))

    return progress


def read_past(session: Session, day: dt.date, tell: Tell) -> Past | None:
    """The register as it was at the end of a day in its time zone; meanwhile `Filling` tells how far it is."""
    from .store.past import motions_on, zone_of

    zone = zone_of(str(session.council.get("time_zone", "")))
    return motions_on(session.register, day, zone, progress=now_and_then(tell), cancelled=tell.cancelled)


def found_in_past(past: Past, query: str) -> Found:
    """The motions of the past in which all words of `query` occur; what else the filter knows is of now."""
    keys = [word for word in query.split() if ":" in word.strip(":")]
    problems = (_("Of the past only words are searched, not {word}").format(word=keys[0]),) if keys else ()
    return Found(query, RowsInWords(past.found(query)), len(past.rows), True, problems)


def read_commit(session: Session, commit: str, day: dt.date, tell: Tell) -> Past | None:
    """The register as it was in a commit, which stands for `day`; meanwhile `Filling` tells how far it is."""
    from .store.past import motions_of

    found = session.register.objects.commit(commit)
    return motions_of(session.register, found, day, progress=now_and_then(tell), cancelled=tell.cancelled)


def past_content(session: Session, past: Past, path: str) -> bytes:
    """A file as it was."""
    return session.register.objects.content(past.commit.oid, path) or b""


def problem_log(report: str) -> Path:
    """Append the report of a mistake in the program to its log; where that is."""
    from platformdirs import user_log_path

    path = user_log_path("antragsbuch", ensure_exists=True) / "problems.log"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{dt.datetime.now().astimezone().isoformat(timespec='seconds')}\n{report}\n")
    return path
