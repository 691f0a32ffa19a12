"""What the program knows while it runs, as plain values.

Everything here is frozen and knows no terminal library. A screen holds its state, gives what happened (see
`messages`) to a pure function, and shows the state that comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Protocol

from antragsbuch_schema.places import Place


class Goto(NamedTuple):
    """Where to go: the name of a screen, and what it is to show.

    `path` is the file of a motion, `paths` several of them; `place` a place inside the motion, as findings and
    changes name it; `commit` a version; `query` a text of the filter; `on` a date in the past. `draft` is the file of
    a draft that goes on there.
    """

    screen: str
    path: str = ""
    paths: tuple[str, ...] = ()
    place: Place = ()
    commit: str = ""
    query: str = ""
    on: dt.date | None = None
    draft: str = ""


class Situation(NamedTuple):
    """What the commands look at to know whether they can run, on every screen the same.

    `opening` says that the register is being opened; `motion` that a motion is meant (the one under the cursor, the
    one that is open), `committed` that it has a history; `rows` how many there are to move in, `marked` how many are
    marked. `changed` counts the motions that differ from the last commit. `read_only` holds the reason why nothing
    can be changed, in the language of the person, or nothing; `past` says that it is because a day before is shown.
    `news` says that something came since the person last looked.
    """

    screen: str = ""
    register: bool = True
    opening: bool = False
    motion: bool = False
    committed: bool = False
    rows: int = 0
    marked: int = 0
    changed: int = 0
    filtered: bool = False
    can_undo: bool = False
    can_redo: bool = False
    read_only: str = ""
    past: bool = False
    news: bool = False


Loudness = Literal["plain", "good", "warning", "error"]


class Note(NamedTuple):
    """One line that speaks to the person; `text` is in their language."""

    text: str = ""
    loudness: Loudness = "plain"


@dataclass(frozen=True, slots=True)
class RegisterState:
    """What the top line says about the register: shared by all screens.

    `ahead` counts commits that are not pushed, `changed` motions that are not committed, `errors` motions with
    an error; None where it is not known yet. `operation` is "merge", "rebase" ... while git is in the middle of one.
    """

    name: str = ""
    branch: str = ""
    detached: bool = False
    operation: str = ""
    ahead: int = 0
    behind: int = 0
    changed: tuple[str, ...] = ()
    motions: int | None = None
    errors: int | None = None
    warnings: int | None = None
    public: bool = True
    read_only: str = ""


@dataclass(frozen=True, slots=True)
class AppState:
    """The whole program: the register, or why there is none (`trouble`), or neither while it is being read."""

    register: RegisterState | None = None
    trouble: str = ""
    notes: tuple[Note, ...] = field(default=())

    def noted(self, *notes: Note) -> AppState:
        """With more notes that no screen has shown yet."""
        return replace(self, notes=(*self.notes, *notes))


class Listed(NamedTuple):
    """One row, in words. `change` is `~`, `+`, `-` or nothing, `problem` `!`, `?` or nothing."""

    path: str
    reference: str
    date: str
    title: str
    state: str
    change: str = ""
    problem: str = ""
    marked: bool = False
    faint: bool = False


class Rows(Protocol):
    """Where the rows come from."""

    @property
    def count(self) -> int:
        """How many there are."""

    def rows(self, start: int, stop: int) -> Sequence[Listed]:
        """Those from `start` to before `stop`."""


class NoRows:
    """An empty list."""

    count = 0

    def rows(self, start: int, stop: int) -> Sequence[Listed]:
        """None."""
        return ()
