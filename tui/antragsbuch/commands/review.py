"""What can be done before a commit."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e
from .command import Command

MESSAGE = Command(
    "message", N_("message"), N_("Write the first line of the message yourself."), ("m",), e.MOTION, shown=True
)
REASON = Command("reason", N_("reason"), N_("Say why; it becomes a trailer of the commit."), ("r",), e.MOTION)
COMMIT = Command(
    "commit",
    N_("commit"),
    N_("Commit what is marked."),
    ("C",),
    e.MOTION,
    shown=True,
    enabled=c.every(c.with_marked, c.writable),
)
RESET = Command(
    "reset", N_("suggest again"), N_("Drop your message and take the one made from the changes."), ("M",), e.MOTION
)

REVIEW_SCREEN = (
    e.MARK.here(help=N_("Commit this motion with the others, or leave it out."), shown=True, enabled=c.with_rows),
    e.OPEN.here(N_("go there"), N_("Open the motion in the editor, at this change."), shown=True, enabled=c.with_rows),
    MESSAGE,
    COMMIT,
    REASON,
    RESET,
    e.EDIT_OUTSIDE.here(help=N_("The whole message in your own editor.")),
    e.HISTORY.here(enabled=c.every(c.with_motion, c.committed)),
    e.WIDE.here(help=N_("Only the list, only the words, or both.")),
    e.NEXT_PANE.here(help=N_("Into the words, and back.")),
    e.PREVIOUS_PANE.here(help=N_("Into the words, and back.")),
    *e.MOVES,
    e.BACK.here(shown=True),
    *e.ALWAYS,
)
