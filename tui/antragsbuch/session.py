"""The open register, as the screens use it: opened once, read in threads, closed at the end. No Textual."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch_schema.edits import Data

from .messages import NotOpened, Opened
from .state import RegisterState
from .store.errors import StoreError

if TYPE_CHECKING:
    from .store.register import Register


@dataclass
class Session:
    """One register while the program runs. Its methods block: they are called in worker threads."""

    register: Register
    council: Data
    _open: ExitStack = field(default_factory=ExitStack, repr=False)

    def state(self) -> RegisterState:
        """What the top line says, read from git now."""
        status = self.register.status()
        return RegisterState(
            name=str(self.council.get("name", "")) or self.register.root.name,
            branch=status.branch,
            detached=status.detached,
            operation=status.operation,
            ahead=status.ahead,
            behind=status.behind,
            changed=tuple(change.path for change in status.changed),
            public=self.council.get("public", True) is not False,
        )

    def close(self) -> None:
        """Let go of the repository."""
        self._open.close()


def open_session(start: Path | None) -> Opened | NotOpened:
    """Open the register at or above `start`."""
    from .store.register import open_register

    with ExitStack() as stack:
        try:
            register = stack.enter_context(open_register(start))
            session = Session(register, register.council())
            opened = Opened(session, session.state())
        except StoreError as error:
            return NotOpened(error.message)
        session._open = stack.pop_all()
        return opened


def problem_log(report: str) -> Path:
    """Append the report of a mistake in the program to its log; where that is."""
    from platformdirs import user_log_path

    path = user_log_path("antragsbuch", ensure_exists=True) / "problems.log"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{dt.datetime.now().astimezone().isoformat(timespec='seconds')}\n{report}\n")
    return path
