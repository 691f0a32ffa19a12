"""The palette: a command of the screen below by its name, or a motion by its number or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from antragsbuch.i18n import _
from antragsbuch.screens.base import Frame
from antragsbuch.screens.choosing import Offer, found, line
from antragsbuch.state import Goto, Listed, Situation
from antragsbuch.widgets.line import Line, Piece, cut, fit
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.line_list import LineList

MOTIONS = 20
"""So many motions are offered."""


@dataclass(frozen=True, slots=True)
class MotionsFound:
    """The first motions that fit what was typed."""

    motions: Sequence[Listed]


class PaletteScreen(Frame):
    """A list to choose from by typing."""

    screen_name = "palette"
    DEFAULT_CSS = """
    PaletteScreen #typed { margin-bottom: 1; }
    """

    def content(self) -> ComposeResult:
        """What is typed, and what fits it."""
        yield LineInput(label=" :", placeholder=_("a command, or the number or words of a motion"), id="typed")
        yield LineList(id="offers")

    def on_mount(self) -> None:
        """Show what can be done now."""
        below = self.below
        self.offers = [Offer(command, below.why_not(command) or "") for command in below.commands]
        self.offers.sort(key=lambda offer: bool(offer.reason))
        self.motions: Sequence[Listed] = ()
        self.typed = ""
        self._show()
        self.query_one("#typed").focus()

    def headline(self, cells: int) -> Line:
        """What this is."""
        return (Piece(" " + _("Command"), "strong"), Piece(f"  {self.below.headline_title}"))

    def situation(self) -> Situation:
        """Commands are listed."""
        return Situation(screen=self.screen_name, rows=len(self.listed))

    def mover(self) -> LineList:
        """The list moves while one types."""
        return self.query_one(LineList)

    @property
    def listed(self) -> list[Offer | Listed]:
        """What can be chosen now: with a number typed, motions come first."""
        commands = list(found(self.offers, self.typed))
        if any(letter.isdigit() for letter in self.typed):
            return [*self.motions, *commands]
        return [*commands, *self.motions]

    def _show(self) -> None:
        cells = self.app.size.width - 2
        rows = [line(one, cells) if isinstance(one, Offer) else _motion(one, cells) for one in self.listed]
        self.query_one(LineList).show(rows, empty=_("nothing is called that"))
        self.refresh_lines()

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        if self.is_mounted:
            self._show()

    @on(LineInput.Changed, "#typed")
    def _changed(self, event: LineInput.Changed) -> None:
        self.typed = event.value
        session = self.book.session
        if session is not None and self.typed.strip():
            typed = self.typed
            self.work("motions", lambda: MotionsFound(session.found(typed).rows.rows(0, MOTIONS)))
        else:
            self.forget("motions")
            self.motions = ()
        self._show()

    def received(self, result: object) -> None:
        """Motions were found."""
        match result:
            case MotionsFound(motions):
                self.motions = motions
                self._show()
            case _:
                super().received(result)

    @on(LineInput.Submitted, "#typed")
    def _submitted(self) -> None:
        self.do_open()

    def on_row_list_chosen(self) -> None:
        """Take what was clicked twice."""
        self.do_open()

    def do_open(self) -> None:
        """Run the command, or open the motion."""
        listed, index = self.listed, self.query_one(LineList).index
        if index >= len(listed):
            return
        match listed[index]:
            case Offer(command):
                self.book.back(lambda frame: frame.run_command(command))
            case Listed(path):
                self.book.back(lambda frame: frame.book.open(Goto("editor", path=path)))

    def do_palette(self) -> None:
        """Close the palette."""
        self.leave()


def _motion(listed: Listed, cells: int) -> Line:
    return (Piece(fit(listed.reference, 31) + " ", "strong"), Piece(cut(listed.title, cells - 32)))
