"""The commands of the program, screen by screen.

To add a command: define it once, in `everywhere` if it means the same on more than one screen, else in the module of
its screen (`commands/<screen>.py`); put it into the tuple of the screen; write the method `do_<id>` of the screen
class. Key, bottom line, palette, help and the configuration file follow. A key has one meaning on a screen, and a
test holds the same command to the same keys on all of them.
"""

from __future__ import annotations

from .choosing import HELP, PALETTE
from .command import Command
from .editor import CHOOSE, CONFLICT, EDITOR, IN_WORDS
from .history import HISTORY_SCREEN, REGISTER_HISTORY_SCREEN
from .problems import PROBLEMS_SCREEN
from .register import REGISTER
from .review import REVIEW_SCREEN
from .taking import TAKING_SCREEN

BY_SCREEN: dict[str, tuple[Command, ...]] = {
    "register": REGISTER,
    "editor": EDITOR,
    "choose": CHOOSE,
    "conflict": CONFLICT,
    "in-words": IN_WORDS,
    "review": REVIEW_SCREEN,
    "taking": TAKING_SCREEN,
    "problems": PROBLEMS_SCREEN,
    "history": HISTORY_SCREEN,
    "register-history": REGISTER_HISTORY_SCREEN,
    "help": HELP,
    "palette": PALETTE,
}
"""Every screen, and what can be done there."""

__all__ = ["BY_SCREEN", "Command"]
