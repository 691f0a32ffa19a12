"""What happened: the results of work that ran beside the screen.

Each is a plain frozen value. A worker thread returns one; the screen that began the work receives it, unless it
has begun newer work of the same kind meanwhile (`screens.base.Frame.work`), and hands it to its pure transition.
A screen of its own keeps messages of its own beside itself; here are those that more than one screen meets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .session import Session
    from .state import RegisterState


@dataclass(frozen=True, slots=True)
class Opened:
    """The register is open."""

    session: Session
    register: RegisterState


@dataclass(frozen=True, slots=True)
class NotOpened:
    """There is no register to be opened here; `reason` says why and what to do, in the language of the person."""

    reason: str


@dataclass(frozen=True, slots=True)
class StatusRead:
    """What git and the index say about the register now."""

    register: RegisterState


@dataclass(frozen=True, slots=True)
class Failed:
    """The work could not be done; `reason` says why and what to do, in the language of the person."""

    reason: str
