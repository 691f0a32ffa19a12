"""What can be done in the list of findings."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e
from .command import Command

FIX = Command(
    "fix",
    N_("fix"),
    N_("Mend this finding, after showing how; only where that can't change what the motion says."),
    ("f",),
    e.MOTION,
    shown=True,
    enabled=c.every(c.with_rows, c.writable),
)
ONLY = Command(
    "severity", N_("how bad"), N_("Show all, warnings and errors, or only errors."), ("s",), e.LOOK, shown=True
)
EXPLAIN = Command("explain", N_("explain"), N_("What the rule says, and why."), ("i",), e.LOOK, enabled=c.with_rows)

PROBLEMS_SCREEN = (
    e.OPEN.here(N_("go there"), N_("To the field in the editor."), shown=True, enabled=c.with_rows),
    e.FILTER.here(N_("find"), N_("Only findings with these words: code, motion, message."), shown=True),
    FIX,
    ONLY,
    e.VIEW.here(N_("group"), N_("Group by motion or by rule."), shown=True),
    EXPLAIN,
    e.COPY.here(help=N_("Copy the finding with its file, line and column."), enabled=c.with_rows),
    *e.MOVES,
    e.BACK.here(shown=True),
    *e.ALWAYS,
)
