"""What can be done in the history of a motion."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e
from .command import Command

BRING_BACK = Command(
    "bring-back",
    N_("bring back"),
    N_("Write this version into the work tree again; asks for another key, and is committed like any change."),
    ("R",),
    e.MOTION,
    shown=True,
    enabled=c.every(c.with_rows, c.writable),
)
FOLD = Command("fold", N_("fold"), N_("Whole texts, or only what stands next to a change."), ("x",), e.LOOK)

HISTORY_SCREEN = (
    e.OPEN.here(N_("words"), N_("Into the words of this version."), shown=True, enabled=c.with_rows),
    e.MARK.here(N_("mark two"), N_("Mark two versions to compare them."), shown=True, enabled=c.with_rows),
    BRING_BACK,
    FOLD,
    e.COPY.here(help=N_("Copy the name of the commit."), enabled=c.with_rows),
    e.WIDE.here(help=N_("Only the versions, only the words, or both."), shown=True),
    e.NEXT_PANE.here(help=N_("Into the words, and back.")),
    e.PREVIOUS_PANE.here(help=N_("Into the words, and back.")),
    *e.MOVES,
    e.BACK.here(shown=True),
    *e.ALWAYS,
)
