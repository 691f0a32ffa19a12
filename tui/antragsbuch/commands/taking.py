"""What can be done with a document before it is taken over."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e

TAKING_SCREEN = (
    e.OPEN.here(
        N_("edit"),
        N_("Open it as a draft in the editor, with what is marked where the motion is there already."),
        shown=True,
        enabled=c.every(c.with_motion, c.writable),
    ),
    e.SAVE.here(
        N_("take over"),
        N_("Write the motion to its file in the work tree; committing is another step."),
        shown=True,
        typing=False,
        enabled=c.every(c.with_motion, c.writable, c.not_in_register),
    ),
    e.MARK.here(help=N_("Take this difference over into the draft, or leave it."), shown=True, enabled=c.with_rows),
    e.VIEW.here(help=N_("Next view: in short, as printed, the document with the numbers of its lines."), shown=True),
    e.NEXT.here(N_("next motion"), N_("The next motion of a file that holds several."), enabled=c.with_several),
    e.PREVIOUS.here(
        N_("motion before"), N_("The motion before, of a file that holds several."), enabled=c.with_several
    ),
    e.WIDE.here(help=N_("Only the motion, only what is said about it, or both.")),
    e.NEXT_PANE.here(help=N_("Into the motion, and back.")),
    e.PREVIOUS_PANE.here(help=N_("Into the motion, and back.")),
    *e.MOVES,
    e.BACK.here(help=N_("Back; nothing is written."), shown=True),
    *e.ALWAYS,
)
