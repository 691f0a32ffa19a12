"""What can be done in the editor of a motion."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e
from .command import Command

FIELD = N_("Field")

LEFT = Command("left", N_("left"), N_("One cell to the left in the row of a table."), ("left",), e.MOVE)
RIGHT = Command("right", N_("right"), N_("One cell to the right in the row of a table."), ("right",), e.MOVE)
NEXT_SECTION = Command(
    "next-section", N_("section"), N_("To the next section; g and its first letter leads to any."), ("]",), e.MOVE
)
PREVIOUS_SECTION = Command("previous-section", N_("section before"), N_("To the section before."), ("[",), e.MOVE)

DISCARD = Command(
    "discard",
    N_("discard"),
    N_("Drop all edits since it was saved; asks for another key, and can be undone."),
    ("X",),
    e.MOTION,
    enabled=c.writable,
)
EDIT_FILE = Command(
    "edit-file",
    N_("whole file in $EDITOR"),
    N_("Edit the whole file as TOML in your own editor; what you typed comes back, valid or not."),
    ("E",),
    e.MOTION,
    enabled=c.writable,
)
SWITCH = Command(
    "mark", N_("yes/no"), N_("Switch a field of yes or no; elsewhere nothing."), ("space",), FIELD, enabled=c.writable
)
MOVE_DOWN = Command(
    "move-down", N_("move down"), N_("Move the row or the entry down."), ("J",), FIELD, enabled=c.writable
)
MOVE_UP = Command("move-up", N_("move up"), N_("Move the row or the entry up."), ("K",), FIELD, enabled=c.writable)
DUPLICATE = Command("duplicate", N_("duplicate"), N_("A copy of this row below it."), ("A",), FIELD, enabled=c.writable)
DETAILS = Command("details", N_("details"), N_("Every field of this row."), ("o",), FIELD)
RESET = Command(
    "reset-field",
    N_("reset"),
    N_("Set this field to what it was when the motion was opened."),
    ("U",),
    FIELD,
    enabled=c.writable,
)
TEMPLATE = Command(
    "template",
    N_("template"),
    N_("Add the steps of a template of council.toml to the Beratungsfolge."),
    ("T",),
    FIELD,
    enabled=c.writable,
)

EDITOR = (
    e.OPEN.here(N_("edit"), N_("Type in the field; on a row of a table, its details."), shown=True),
    e.NEXT_PANE.here(N_("next"), N_("To the next field or cell."), shown=True),
    e.PREVIOUS_PANE.here(help=N_("To the field or cell before.")),
    e.ADD.here(N_("add"), N_("Add a row or an entry; elsewhere, choose a field that is not shown yet."), shown=True),
    e.REVIEW.here(help=N_("Save, see what changed, and commit it."), shown=True),
    e.SAVE.here(shown=True),
    e.UNDO.here(help=N_("Take the last edit back, in whichever field.")),
    e.REDO.here(help=N_("Do the edit again that was taken back.")),
    RESET,
    e.DELETE.here(N_("remove"), N_("Remove the row, the entry or the value under the cursor.")),
    MOVE_DOWN,
    MOVE_UP,
    DUPLICATE,
    DETAILS,
    SWITCH,
    TEMPLATE,
    e.TAKE_OVER.here(N_("in words"), N_("Record the vote of this step in the words of the minutes, typed or pasted.")),
    e.EDIT_OUTSIDE.here(help=N_("Edit the text of this field in your own editor."), enabled=c.writable),
    EDIT_FILE,
    DISCARD,
    e.VIEW.here(),
    e.FILTER.here(N_("find"), N_("Find words in the motion; enter begins to type there.")),
    e.NEXT.here(enabled=c.filtered),
    e.PREVIOUS.here(enabled=c.filtered),
    e.HISTORY,
    e.PROBLEMS,
    e.EXPORT.here(help=N_("Save the motion as it is in the form: as text, Markdown, HTML or PDF in a file.")),
    e.COPY.here(help=N_("Copy the value under the cursor to the clipboard of your terminal.")),
    e.DOWN,
    e.UP,
    LEFT,
    RIGHT,
    e.HALF_DOWN,
    e.HALF_UP,
    e.PAGE_DOWN,
    e.PAGE_UP,
    e.FIRST.here(keys=("g g", "home")),
    e.LAST,
    NEXT_SECTION,
    PREVIOUS_SECTION,
    e.BACK,
    *e.ALWAYS,
)

CONFLICT = (
    e.OPEN.here(N_("take"), N_("Take the version under the cursor for this field."), shown=True),
    e.NEXT_PANE.here(N_("next"), N_("To the next field that both changed."), shown=True),
    e.PREVIOUS_PANE.here(help=N_("To the field before.")),
    e.EDIT_OUTSIDE.here(help=N_("Write the field anew in your own editor, from the version under the cursor.")),
    Command("save", N_("save"), N_("Save the motion with what was chosen."), ("w",), e.MOTION, shown=True),
    *e.MOVES,
    e.BACK.here(shown=True),
    *e.ALWAYS,
)

IN_WORDS = (
    e.OPEN.here(N_("record"), N_("Record what the words say, as one change."), shown=True),
    e.BACK.here(help=N_("Back; nothing is recorded."), shown=True),
    e.REPAINT,
    e.HELP,
)

CHOOSE = (
    e.OPEN.here(N_("choose"), N_("Take what is under the cursor."), shown=True),
    *(move.here(typing=True) for move in e.MOVES),
    e.BACK.here(shown=True),
    e.REPAINT,
    e.HELP,
)
