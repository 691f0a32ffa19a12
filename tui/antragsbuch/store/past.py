"""The register as it was at the end of a day: the last commit of that day, and the motions in it. Read only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from antragsbuch.i18n import _
from antragsbuch_schema.folding import spellings, words
from antragsbuch_schema.state import NextStep, State

from .errors import NotFound
from .revisions import commit_of
from .rows import Change, Row
from .worktree import COUNCIL, FOLDER, SUFFIX

if TYPE_CHECKING:
    from .objects import Commit
    from .records import Record
    from .register import Register


@dataclass(frozen=True, slots=True)
class Past:
    """The motions of one commit, in the order of the list. `texts` are what a search looks into, one a row."""

    day: dt.date
    commit: Commit
    rows: tuple[Row, ...]
    texts: tuple[str, ...]

    def found(self, query: str) -> PastRows:
        """The motions in which all words of `query` occur."""
        wanted = [spellings(word) for word in words(query)]
        return PastRows(
            [
                row
                for row, text in zip(self.rows, self.texts, strict=True)
                if all(any(spelled in text for spelled in word) for word in wanted)
            ]
        )


class PastRows:
    """Rows of the past, with the methods of a `RowSource`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows from position `start` to before `stop`."""
        return self._rows[max(start, 0) : max(stop, 0)]

    def position_of(self, path: str) -> int | None:
        """The position of the file at `path`, None where it is not among the rows."""
        return next((position for position, row in enumerate(self._rows) if row.path == path), None)


def zone_of(name: str) -> dt.tzinfo | None:
    """The time zone called `name`; None, that of the machine, where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def commit_at(register: Register, when: dt.date | dt.datetime | str, tip: str | None = None) -> str:
    """The commit that stood at that time on the way of first parents of `tip` (HEAD), or that a revision names.

    A day means its end in the time zone of the register, where a time without one is too. A text is what git knows
    under that name, else a day as people write it (`19.12.2023`, `gestern`, `Dienstag`); with `@` before it, first a
    day. Raises `NotFound`.
    """
    from antragsbuch_schema.german import parse_past_day

    if isinstance(when, str):
        marked = when.startswith("@") and parse_past_day(when[1:], dt.date.today())
        if not marked:
            try:
                return commit_of(register, when)
            except NotFound:
                if parse_past_day(when, dt.date.today()) is None:
                    raise
        day = marked or parse_past_day(when, dt.date.today())
        assert day
        when = day
    zone = register_zone(register)
    if isinstance(when, dt.datetime):
        last: int | None = int((when if when.tzinfo else when.replace(tzinfo=zone)).timestamp())
    else:
        last = _end_of(when, zone)
    found = _last_before(register, tip or register.objects.head(), last)
    if found is None:
        raise NotFound(
            _("Up to {when} there was no commit.").format(when=when.isoformat()), _("git log shows what there is.")
        )
    return found


def register_zone(register: Register) -> dt.tzinfo | None:
    """The time zone of the register; None, that of the machine, where it names none."""
    from .errors import StoreError

    try:
        name = register.council().get("time_zone")
    except StoreError:
        return None
    return zone_of(name) if isinstance(name, str) else None


def _last_before(register: Register, tip: str | None, last: int | None) -> str | None:
    """The last commit on the way of first parents of `tip` that was made up to the second `last`."""
    if tip is None or last is None:
        return tip
    if last < 0:
        # before git's time begins
        return None
    return register.git.run("rev-list", "-1", "--first-parent", f"--before={last}", tip).decode().strip() or None


def commit_on(register: Register, day: dt.date, zone: dt.tzinfo | None = None) -> Commit | None:
    """The last commit that was made up to the end of `day`, on the way of first parents; None before the first.

    The day ends when it does in `zone`: None is the time zone of this machine.
    """
    found = _last_before(register, register.objects.head(), _end_of(day, zone))
    return register.objects.commit(found) if found else None


def _end_of(day: dt.date, zone: dt.tzinfo | None) -> int | None:
    """The last second of a day; None for a day to which time does not go."""
    try:
        return int(dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).timestamp()) - 1
    except (OverflowError, ValueError, OSError):
        return None if day.year > 5000 else -1


def motions_on(
    register: Register,
    day: dt.date,
    zone: dt.tzinfo | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Past | None:
    """The register as it was on `day`; None before its first commit, or when `cancelled`.

    `progress` is told how many motions are read, of how many.
    """
    commit = commit_on(register, day, zone)
    return motions_of(register, commit, day, progress=progress, cancelled=cancelled) if commit is not None else None


def motions_of(
    register: Register,
    commit: Commit,
    day: dt.date,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Past | None:
    """The motions of one commit, which stands for `day`; None when `cancelled`. `progress` as in `motions_on`."""
    # not at the top: what shows the present knows this module too, and starts without rules and parser
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.validate import directory_of

    from .objects import FILE_MODES
    from .parsing import parsed
    from .records import of_document, unreadable

    objects = register.objects
    council = directory_of(objects.content(commit.oid, COUNCIL))
    entries = {
        path: entry
        for path, entry in objects.walk(commit.oid, FOLDER).items()
        if path.endswith(SUFFIX) and path != COUNCIL and entry.mode in FILE_MODES
    }
    made: list[tuple[str, Row, str]] = []
    for number, (path, entry) in enumerate(entries.items()):
        if cancelled():
            return None
        data = objects.blob(entry.oid)
        document = parsed(data)
        record = unreadable(data) if isinstance(document, TomlError) else of_document(document, council)
        made.append((record.order, _row(path, record), record.text))
        progress(number + 1, len(entries))
    made.sort(key=lambda one: (one[0], one[1].path))
    return Past(day, commit, tuple(row for _order, row, _text in made), tuple(text for _order, _row, text in made))


def _row(path: str, record: Record) -> Row:
    waits = record.next_organization or record.next_date
    return Row(
        path=path,
        id=record.id,
        reference=record.reference,
        date=_date(record.date),
        submitted=_date(record.submitted),
        title=record.title,
        paper_type=record.paper_type,
        originators=record.originators,
        public=record.public,
        state=State(record.state) if record.state else None,
        next=NextStep(record.next_organization, _date(record.next_date)) if waits else None,
        errors=0,
        warnings=0,
        remarks=0,
        change=Change.NONE,
        draft=False,
    )


def _date(day: str) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
