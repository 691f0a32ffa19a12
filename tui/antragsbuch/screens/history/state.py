"""What the history shows, as plain values. No Textual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from antragsbuch.store.timeline_entries import Entry
    from antragsbuch_schema.blame import Blamed
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.layouts import Row


class NotCommitted(NamedTuple):
    """What stands in the work tree and in no commit: `data` is None where the file was deleted, `head` where there
    is none at HEAD."""

    path: str
    data: bytes | None
    head: bytes | None

    @property
    def key(self) -> str:
        """How it is called among the rows."""
        return ""


@dataclass(frozen=True, slots=True)
class Committed:
    """One row of the history: what one commit changed in one file."""

    entry: Entry

    @property
    def key(self) -> str:
        """How it is called among the rows."""
        return f"{self.entry.commit} {self.entry.path}"


Item = Committed | NotCommitted


class Difference(NamedTuple):
    """What differs, in sentences and as rows. `signature` is git's word in the language of the person, or nothing;
    `problem` says why a version can't be read."""

    changes: tuple[Change, ...]
    rows: tuple[Row, ...]
    signature: str = ""
    problem: str = ""


class Origins(NamedTuple):
    """Every piece of a motion with the entry that it comes from (None: not committed), and its rows."""

    pieces: tuple[Blamed[Entry | None], ...]
    rows: tuple[Row, ...]
