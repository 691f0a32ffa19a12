"""What can be done in the help and in the palette."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import everywhere as e

HELP = (
    e.OPEN.here(N_("run"), N_("Run the command under the cursor."), shown=True),
    e.FILTER.here(N_("find"), N_("Find a command by its name or key."), shown=True),
    *e.MOVES,
    e.BACK.here(shown=True),
    e.NEXT_PANE,
    e.PREVIOUS_PANE,
    e.REPAINT,
    e.HELP.here(N_("close"), N_("Close the help.")),
)

PALETTE = (
    e.OPEN.here(N_("run"), N_("Run the command, or open the motion, under the cursor."), shown=True),
    *(move.here(typing=True) for move in e.MOVES),
    e.BACK.here(shown=True),
    e.PALETTE.here(N_("close"), N_("Close the list.")),
    e.REPAINT,
    e.HELP,
)
