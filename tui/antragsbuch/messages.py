"""What happened: the results of work that ran beside the screen.

Each is a plain frozen value. A worker thread returns one; the screen that began the work receives it, unless it
has begun newer work of the same kind meanwhile (`screens.base.Frame.work`), and hands it to its pure transition.
A screen of its own keeps messages of its own beside itself; here are those that more than one screen meets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from .session import Session
    from .state import Note, RegisterState


class Tell(Protocol):
    """How work speaks while it goes on: called with what happened so far."""

    def __call__(self, event: object) -> None:
        """Hand `event` to the screen that began the work."""

    def cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""


class Opened(NamedTuple):
    """The register is open. `notes` say what was mended after a crash."""

    session: Session
    register: RegisterState
    notes: tuple[Note, ...] = ()


class Filling(NamedTuple):
    """The index is being filled: so many files are done, of so many."""

    done: int
    total: int


class NotOpened(NamedTuple):
    """There is no register to be opened here; `reason` says why and what to do, in the language of the person."""

    reason: str


class StatusRead(NamedTuple):
    """What git and the index say about the register now."""

    register: RegisterState


class TakenOver(NamedTuple):
    """A document was taken over: the motion lies at `path`."""

    path: str


class Drafted(NamedTuple):
    """A draft of the motion at `path`, which may not be there yet, lies in `file`."""

    path: str
    file: str


class Failed(NamedTuple):
    """The work could not be done; `reason` says why and what to do, in the language of the person."""

    reason: str
