"""A vote in the words of the minutes: what is typed or pasted is read at once, and recorded as one change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult

from antragsbuch.i18n import _, language
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, Situation
from antragsbuch.widgets.line import Line, Piece, wrapped
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.text_view import TextView
from antragsbuch_schema.changes import difference
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.minutes import Minutes, read
from antragsbuch_schema.exchange.recording import recorded
from antragsbuch_schema.motion_fields import VOTE
from antragsbuch_schema.phrases import vote_text

BREAK = " ↵ "
"""What stands for a line break in the one line of the input."""
EXAMPLES = (
    "45:30:3 laut Vorschlag",
    "mit 45 Ja- zu 30 Nein-Stimmen bei 3 Enthaltungen abgelehnt",
    "einstimmig bei 2 Enthaltungen zugestimmt",
    "vertagt auf den 19.12.2024",
    "a) einstimmig zugestimmt  b) 20 Ja, 25 Nein, abgelehnt",
)
_NAMING = ("organization", "joint_with", "date", "label")


class InWordsScreen(Frame):
    """Asks for the words; `then` gets the motion with what they say, when this screen is gone again."""

    screen_name = "in-words"
    DEFAULT_CSS = """
    InWordsScreen #typed { margin-bottom: 1; }
    """

    def __init__(
        self,
        heading: str,
        motion: Mapping[str, Any],
        position: int,
        factions: Sequence[str],
        then: Callable[[Data, Minutes], None],
        typed: str = "",
    ) -> None:
        super().__init__(Goto(self.screen_name))
        self._heading, self._motion, self._position = heading, motion, position
        self._factions, self._then, self._typed = factions, then, typed
        self.minutes = Minutes()

    def content(self) -> ComposeResult:
        """What is typed, and what is understood of it."""
        yield LineInput(
            BREAK.join(self._typed.split("\n")),
            label=" ",
            placeholder=_("what the minutes say"),
            breaks=BREAK,
            id="typed",
        )
        yield TextView(id="understood")

    def on_mount(self) -> None:
        """Begin to type."""
        self.query_one(LineInput).focus()
        self._read(self.query_one(LineInput).value)

    def headline(self, cells: int) -> Line:
        """Which step."""
        return (Piece(" " + _("Vote in words"), "strong"), Piece(f"  {self._heading}"))

    def situation(self) -> Situation:
        """Nothing is listed."""
        return Situation(screen=self.screen_name)

    @on(LineInput.Changed, "#typed")
    def _changed(self, event: LineInput.Changed) -> None:
        self._read(event.value)

    def _read(self, typed: str) -> None:
        day = self._motion["consultations"][self._position].get("date")
        text = typed.replace(BREAK.strip(), "\n")
        self.minutes = read(text, self._factions, day if type(day) is dt.date else None) if text.strip() else Minutes()
        minutes, motion, position = self.minutes, self._motion, self._position
        self.query_one(TextView).show(lambda cells: understood(motion, position, minutes, cells))

    @on(LineInput.Submitted, "#typed")
    def _submitted(self) -> None:
        self.do_open()

    def do_open(self) -> None:
        """Record what the words say; without any, go back."""
        minutes, then = self.minutes, self._then
        if not (minutes.votes or minutes.outcome or minutes.remarks):
            self.leave()
            return
        data = recorded(self._motion, self._position, minutes)
        self.book.back(lambda _frame: then(data, minutes))


def understood(motion: Mapping[str, Any], position: int, minutes: Minutes, cells: int) -> list[Line]:
    """What `minutes` would record at a step of `motion`, in words; what was not understood is named."""
    lines: list[Line] = []
    if not (minutes.votes or minutes.outcome or minutes.remarks):
        lines.append((Piece(" " + _("For example:"), "dim"),))
        return [*lines, *((Piece(f"   {example}", "dim"),) for example in EXAMPLES)]
    # the heading says which step: without it the sentences begin with what is recorded
    step = {key: value for key, value in motion["consultations"][position].items() if key not in _NAMING}
    alone = {"consultations": [{"id": "c1", **step}]}
    after = recorded(alone, 0, minutes)
    for change in difference(alone, after):
        lines += _said("= ", "good", change.sentence(language()).partition(": ")[2], cells)
    for vote in after["consultations"][0].get("votes", ()):
        for part in vote.get("by_faction", ()):
            lines += _said("  ", "", f"{part.get('name', '')}: {vote_text(part, VOTE)(language())}", cells)
    if not lines:
        lines += _said("= ", "good", _("the same as is recorded already"), cells)
    for phrase in minutes.unread:
        lines += _said("? ", "warning", _("not understood, kept as words: {phrase}").format(phrase=phrase), cells)
    for remark in minutes.remarks:
        lines += _said("  ", "", _("kept as words: {phrase}").format(phrase=remark), cells)
    return lines


def _said(sign: str, look: Any, text: str, cells: int) -> list[Line]:
    first, *rest = wrapped(text, max(8, cells - 5), 2)
    return [(Piece(f" {sign}", look), Piece(first)), *((Piece(f"   {part}"),) for part in rest)]
