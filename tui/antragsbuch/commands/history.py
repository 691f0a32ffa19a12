"""What can be done in the history, of a motion and of the register."""

from __future__ import annotations

from antragsbuch_schema.i18n import N_

from . import conditions as c
from . import everywhere as e
from .command import Command

BRING_BACK = Command(
    "bring-back",
    N_("bring back"),
    N_("Write this version, or one field of it, into the work tree again; shows first what that changes."),
    ("R",),
    e.MOTION,
    enabled=c.every(c.with_rows, c.committed, c.writable),
)
TAKE_BACK = e.UNDO.here(
    N_("undo commit"),
    N_("Take this commit back by a new one, field by field; asks first."),
    enabled=c.every(c.with_rows, c.committed, c.writable),
)
FOLD = Command("fold", N_("fold"), N_("The whole motion, or only what changed."), ("x",), e.LOOK)
SINCE = Command(
    "since-looked",
    N_("news"),
    N_("Only what came since you last looked, or all again."),
    ("L",),
    e.LOOK,
    shown=True,
    enabled=c.with_news,
)
_LAYOUT = e.VIEW.here(N_("layout"), N_("Next layout: words in one text, old over new, side by side."))
_CHANGES = (
    e.NEXT.here(N_("next change"), N_("To the next change of this version.")),
    e.PREVIOUS.here(N_("change before"), N_("To the change before of this version.")),
)
_AS_OF = e.AS_OF.here(N_("as of"), N_("The register as it was with this commit."), enabled=c.committed)
_FILTER = e.FILTER.here(
    N_("find"),
    N_("Only some entries: words, kind:vote, field:amount, person:Meyer, date:2023.., late:vote."),
    shown=True,
)
_COPY = e.COPY.here(help=N_("Copy the name of the commit."), enabled=c.every(c.with_rows, c.committed))
_PANES = (
    e.WIDE.here(help=N_("Only the versions, only the words, or both.")),
    e.NEXT_PANE.here(help=N_("Into the words, and back.")),
    e.PREVIOUS_PANE.here(help=N_("Into the words, and back.")),
)

HISTORY_SCREEN = (
    e.OPEN.here(
        N_("words"), N_("Into the words of this version; in the blame, to the version that a line comes from."),
        enabled=c.with_rows,
    ),
    e.MARK.here(
        N_("compare"), N_("Mark a version; two that are marked are compared."), shown=True, enabled=c.with_rows
    ),
    e.BLAME.here(
        help=N_("Who wrote each sentence, vote and amount of this version; again for the words."),
        shown=True,
        enabled=c.with_rows,
    ),
    BRING_BACK.here(shown=True),
    TAKE_BACK,
    *_CHANGES,
    _LAYOUT,
    FOLD,
    _FILTER,
    _AS_OF,
    e.REVIEW.here(),
    _COPY,
    *_PANES,
    *e.MOVES,
    e.BACK.here(shown=True),
    *e.ALWAYS,
)  # fmt: skip

REGISTER_HISTORY_SCREEN = (
    e.OPEN.here(N_("this motion"), N_("The history of this motion, at this entry."), shown=True, enabled=c.with_rows),
    _FILTER,
    SINCE,
    *_CHANGES,
    _LAYOUT,
    FOLD,
    TAKE_BACK,
    _AS_OF,
    _COPY,
    *_PANES,
    *e.MOVES,
    e.BACK.here(shown=True),
    *e.ALWAYS,
)
