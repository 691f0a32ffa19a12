"""What can be done in the list of motions."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e
from .command import Command

DUPLICATE = Command(
    "duplicate",
    N_("duplicate"),
    N_("A new motion with the text of this one, without number, dates and votes."),
    ("A",),
    e.MOTION,
    enabled=c.every(c.with_motion, c.writable),
)
COUNCIL = Command(
    "council",
    N_("council"),
    N_("Edit the council's own file: bodies, factions, paper types, terms, templates."),
    (",",),
    e.PROGRAM,
    enabled=c.with_register,
)
CLEAR = Command("back", N_("clear"), N_("Drop the filter, then the marks."), ("escape",), e.LOOK, typing=True)

REGISTER = (
    e.OPEN.here(N_("open"), N_("Open the motion in the editor."), shown=True, enabled=c.with_motion),
    e.FILTER.here(
        N_("find"),
        N_("Filter the list: words, faction:SPD, date:2023.., state:open."),
        shown=True,
        enabled=c.with_register,
    ),
    e.ADD.here(N_("new"), N_("A new motion."), shown=True),
    DUPLICATE,
    e.TAKE_OVER.here(
        help=N_("Take over a printed document: name its file, or paste its text; it is shown before it is written.")
    ),
    e.DELETE.here(
        help=N_("Delete the motion, or all that are marked; asks for another key."),
        enabled=c.every(c.with_motion_or_marked, c.writable),
    ),
    e.REVIEW.here(shown=True),
    e.HISTORY.here(shown=True),
    e.REGISTER_HISTORY,
    e.PROBLEMS.here(shown=True),
    e.UNDO.here(help=N_("Bring back what was deleted last.")),
    e.MARK.here(
        help=N_("Mark the motion; marked ones are committed, deleted or copied together."), enabled=c.with_motion
    ),
    e.EXPORT.here(
        help=N_("Save the motion, or those marked as one booklet, as text, Markdown, HTML or PDF in a file."),
        enabled=c.every(c.with_register, c.with_motion_or_marked),
    ),
    e.COPY.here(
        help=N_("Copy reference and title to the clipboard of your terminal."), enabled=c.with_motion_or_marked
    ),
    e.VIEW.here(help=N_("Next preview: in short, as printed, the file."), enabled=c.with_motion),
    e.WIDE.here(help=N_("Only the list, only the preview, or both.")),
    e.AS_OF.here(
        help=N_("Show the register as it was on a date; nothing can be changed there."), enabled=c.with_register
    ),
    e.NEXT.here(enabled=c.every(c.filtered, c.with_rows)),
    e.PREVIOUS.here(enabled=c.every(c.filtered, c.with_rows)),
    e.NEXT_PANE.here(help=N_("Into the preview, and back.")),
    e.PREVIOUS_PANE.here(help=N_("Into the preview, and back.")),
    COUNCIL,
    *e.MOVES,
    CLEAR,
    e.QUIT,
    *e.ALWAYS,
)
