"""What the history of the register does beside the screen: windows of entries, and what is new. No Textual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from antragsbuch.messages import Tell
from antragsbuch.session import Session, now_and_then

if TYPE_CHECKING:
    from antragsbuch.store.looked import Looked
    from antragsbuch.store.timeline_entries import Entry

_WINDOW = 500
"""Entries that are held at once while it is looked for what is new."""


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """How many entries a filter wants, and the first of them; what came since the person `looked`.

    `complete`: everything is known of each.
    """

    query: str
    count: int
    page: Page
    looked: Looked | None
    news: frozenset[str]
    head: str
    complete: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Entries from position `start` on, of a filter and all or only what is new (`only_news`)."""

    query: str
    only_news: bool
    start: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NewsRead:
    """The entries that came since the person last looked."""

    page: Page


@dataclass(frozen=True, slots=True)
class Deepened:
    """Everything is known of each entry now."""


def read_register(session: Session, query: str, size: int, tell: Tell) -> RegisterRead:
    """The newest entries that a filter wants; takes up the commits since the last time first."""
    from antragsbuch.store import looked
    from antragsbuch.store.history_query import parse

    register, timeline = session.register, session.timeline
    timeline.refresh(progress=now_and_then(tell), stop=tell.cancelled)
    asked, last = parse(query), looked.last(register)
    return RegisterRead(
        query,
        timeline.count(asked),
        Page(query, False, 0, tuple(timeline.entries(asked, 0, size))),
        last,
        looked.since(register, last) if last else frozenset(),
        register.objects.head() or "",
        not timeline.waiting(),
        tuple(problem.message for problem in asked.problems),
    )


def read_page(session: Session, query: str, start: int, end: int) -> Page:
    """The entries of a filter from `start` to before `end`."""
    from antragsbuch.store.history_query import parse

    return Page(query, False, start, tuple(session.timeline.entries(parse(query), start, end)))


def read_news(session: Session, query: str, news: frozenset[str], tell: Tell) -> NewsRead:
    """The entries of a filter that came since the person last looked: as a rule they are the newest."""
    from antragsbuch.store.history_query import parse

    asked, timeline = parse(query), session.timeline
    found: list[Entry] = []
    waiting = set(news)
    count = timeline.count(asked)
    for start in range(0, count, _WINDOW):
        if not waiting or tell.cancelled():
            break
        window = timeline.entries(asked, start, min(start + _WINDOW, count))
        found += [entry for entry in window if entry.commit in news]
        last = window[-1].commit if window else ""
        waiting -= {entry.commit for entry in window if entry.commit != last}
    return NewsRead(Page(query, True, 0, tuple(found)))


def deepen_register(session: Session, tell: Tell) -> Deepened | None:
    """Read what every commit changed; None where it was told to stop."""
    return Deepened() if session.deepen(now_and_then(tell), tell.cancelled) else None


def note_looked(session: Session, head: str) -> None:
    """Note that the person has seen everything up to the commit `head`."""
    import datetime as dt

    from antragsbuch.store import looked

    looked.looked(session.register, head, dt.datetime.now().astimezone())


@dataclass(frozen=True, slots=True)
class Where:
    """Where the motion of an entry lies now, or lay last."""

    path: str
    commit: str


def where(session: Session, entry: Entry) -> Where:
    """Where the motion of an entry lies now: what was renamed since then is followed."""
    timeline = session.timeline
    if session.register.committed(entry.path) is None and entry.motion_id:
        later = timeline.of_motion(entry.motion_id)
        if later:
            return Where(later[0].path, entry.commit)
    return Where(entry.path, entry.commit)
