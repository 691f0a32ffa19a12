"""A finding: what is wrong, where, how bad it is, and what to do.

A rule yields a `Finding` at a place of the motion; with the positions of the file it becomes a `Located` one, at
a line and a column. Lines and columns count from 1, columns in code points; each report converts for its reader.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from .edits import Edit
from .i18n import N_, Text
from .places import Place


class Severity(IntEnum):
    """How bad it is: an error cannot be true, a warning is most likely a mistake, a remark is worth a look."""

    REMARK = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The English word, a message of the catalogue."""
        return {Severity.REMARK: N_("remark"), Severity.WARNING: N_("warning"), Severity.ERROR: N_("error")}[self]


On = Literal["value", "key", "header"]


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding is about."""

    place: Place
    message: Text


@dataclass(frozen=True, slots=True)
class Cut:
    """A change of the text of a file that no edit of its data expresses, such as that of a comment.

    `old` stands in the text from the code point `start` on, and becomes `new`.
    """

    start: int
    old: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding: edits of the data, or cuts of the text. A safe fix cannot change what the motion says."""

    edits: tuple[Edit, ...]
    message: Text
    safe: bool
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one rule, not yet at a line.

    `on` chooses what is marked: the value, the key, or the header of the table (for a key that is missing).
    `part` is a span of code points inside the string value, (start, end), where the finding is about a part of it.
    """

    code: str
    severity: Severity
    place: Place
    message: Text
    help: Text | None = None
    on: On = "value"
    part: tuple[int, int] | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file: lines and columns count from 1, columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Located:
    """A finding in a file. `path` is relative to the register, with `/`."""

    path: str
    span: Span
    finding: Finding
    related: tuple[tuple[str, Span, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A located finding and the days on which it holds: from `since` on, before `until`.

    One that is `ignored` is not to be shown: a comment in the file says so.
    """

    located: Located
    since: dt.date | None = None
    until: dt.date | None = None
    ignored: bool = False

    def holds(self, today: dt.date | None) -> bool:
        """Whether it holds on that day; without a day only what holds on all."""
        return holds(self.since, self.until, today)


def holds(since: dt.date | None, until: dt.date | None, today: dt.date | None) -> bool:
    """Whether `today` lies in the days from `since` on, before `until`; without a day only where that is every day."""
    if since is None and until is None:
        return True
    return today is not None and (since or today) <= today and (until is None or today < until)


Lines = tuple[tuple[int, int], ...]
"""Stretches of lines, first and last."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code, name or family of such a comment.

    It covers findings of the rules `codes` that begin on one of `lines`, or anywhere in the file where `everywhere`,
    up to and with the day `until`. `word` stands at `span`; `cut` takes it out of the file. `used` says that rules
    about the file alone have found something that it covers.
    """

    word: str
    codes: tuple[str, ...]
    lines: Lines
    everywhere: bool
    until: dt.date | None
    span: Span
    cut: Cut
    used: bool = False

    def covers(self, located: Located) -> bool:
        """Whether this finding of the file is one that the comment means."""
        if located.finding.code not in self.codes:
            return False
        return self.everywhere or any(first <= located.span.line <= last for first, last in self.lines)
