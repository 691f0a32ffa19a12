"""The commands that mean the same on every screen, with the keys that they have there."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from .command import Command

MOVE, MOTION, LOOK, PROGRAM = N_("Move"), N_("Motion"), N_("Look"), N_("Program")

DOWN = Command("down", N_("down"), N_("One line down."), ("j", "down"), MOVE)
UP = Command("up", N_("up"), N_("One line up."), ("k", "up"), MOVE)
HALF_DOWN = Command("half-down", N_("half a page down"), N_("Half a page down."), ("ctrl+d",), MOVE)
HALF_UP = Command("half-up", N_("half a page up"), N_("Half a page up."), ("ctrl+u",), MOVE)
PAGE_DOWN = Command("page-down", N_("page down"), N_("A page down."), ("pagedown", "ctrl+f"), MOVE)
PAGE_UP = Command("page-up", N_("page up"), N_("A page up."), ("pageup", "ctrl+b"), MOVE)
FIRST = Command("first", N_("first"), N_("To the first line."), ("g", "home"), MOVE)
LAST = Command("last", N_("last"), N_("To the last line."), ("G", "end"), MOVE)
MOVES = (DOWN, UP, HALF_DOWN, HALF_UP, PAGE_DOWN, PAGE_UP, FIRST, LAST)
"""The eight ways to move in a list or a text."""

NEXT_PANE = Command("next-pane", N_("next"), N_("To the next field or pane."), ("tab",), MOVE, typing=True)
PREVIOUS_PANE = Command(
    "previous-pane", N_("previous"), N_("To the previous field or pane."), ("shift+tab",), MOVE, typing=True
)
OPEN = Command("open", N_("open"), N_("Open, edit, or go there."), ("enter",), MOVE)
BACK = Command("back", N_("back"), N_("Back to where one came from."), ("escape", "q"), MOVE, typing=True)

FILTER = Command("filter", N_("find"), N_("Find, or filter the list."), ("/",), LOOK)
NEXT = Command("next", N_("next found"), N_("To the next that was found."), ("n",), LOOK)
PREVIOUS = Command("previous", N_("previous found"), N_("To the previous that was found."), ("N",), LOOK)
VIEW = Command("view", N_("view"), N_("Next view: form, printed, TOML."), ("v",), LOOK)
WIDE = Command("wide", N_("wide"), N_("Make this pane as large as it goes, and back."), ("z",), LOOK)
AS_OF = Command("as-of", N_("as of"), N_("Show it as it was on a date."), ("t",), LOOK)
MARK = Command("mark", N_("mark"), N_("Mark it for what comes next."), ("space",), LOOK)

ADD = Command("add", N_("add"), N_("Add one."), ("a",), MOTION, enabled=c.every(c.with_register, c.writable))
DELETE = Command("delete", N_("delete"), N_("Delete it; asks for another key."), ("D",), MOTION, enabled=c.writable)
UNDO = Command("undo", N_("undo"), N_("Take the last change back."), ("u",), MOTION, enabled=c.undoable)
REDO = Command("redo", N_("redo"), N_("Do it again."), ("ctrl+r",), MOTION, enabled=c.redoable)
EDIT_OUTSIDE = Command("edit-outside", "$EDITOR", N_("Edit it in your own editor."), ("e",), MOTION)
SAVE = Command(
    "save",
    N_("save"),
    N_("Write it to the file in the work tree; committing is another step."),
    ("w", "ctrl+s"),
    MOTION,
    typing=True,
    enabled=c.writable,
)
TAKE_OVER = Command(
    "take-over",
    N_("take over"),
    N_("Take over what is written elsewhere: a document, or the words of minutes; a paste does the same."),
    ("I",),
    MOTION,
    enabled=c.writable,
)
EXPORT = Command(
    "export",
    N_("save as document"),
    N_("Save the motion as text, Markdown, HTML or PDF in a file of your own."),
    ("O",),
    MOTION,
    enabled=c.every(c.with_register, c.with_motion),
)
COPY = Command("copy", N_("copy"), N_("Copy to the clipboard; says what and where to."), ("y",), MOTION)

REVIEW = Command(
    "review",
    N_("commit"),
    N_("See what changed, and commit it."),
    ("c",),
    MOTION,
    enabled=c.every(c.with_register, c.changed),
    screen="review",
)
HISTORY = Command(
    "history",
    N_("history"),
    N_("Who changed it when and why."),
    ("h",),
    MOTION,
    enabled=c.every(c.with_register, c.with_motion, c.committed),
    screen="history",
)
REGISTER_HISTORY = Command(
    "register-history",
    N_("all history"),
    N_("Who changed what in the whole register, and what is new since you last looked."),
    ("H",),
    MOTION,
    enabled=c.with_register,
    screen="register-history",
)
BLAME = Command("blame", N_("blame"), N_("Who wrote each sentence and vote."), ("b",), MOTION, enabled=c.committed)
PROBLEMS = Command(
    "problems",
    N_("problems"),
    N_("Every finding of the register."),
    ("p",),
    MOTION,
    enabled=c.with_register,
    screen="problems",
)

PALETTE = Command(
    "palette", N_("command"), N_("Choose a command by its name, or a motion."), (":", "ctrl+p"), PROGRAM, typing=True
)
HELP = Command("help", N_("help"), N_("What can be done here, with which key."), ("?", "f1"), PROGRAM, typing=True)
REPAINT = Command("repaint", N_("repaint"), N_("Paint the screen again."), ("ctrl+l",), PROGRAM, typing=True)
QUIT = Command("quit", N_("quit"), N_("Leave the program."), ("q", "ctrl+q"), PROGRAM)

ALWAYS = (PALETTE, REPAINT, HELP)
"""What every screen can do. The help stands last: the bottom line keeps it when room is short."""
