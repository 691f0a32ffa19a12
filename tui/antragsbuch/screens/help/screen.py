"""The help: every command of the screen below with its keys, and why a disabled one is disabled."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from antragsbuch.i18n import _
from antragsbuch.screens.base import Frame
from antragsbuch.screens.choosing import Offer, found, grouped, line
from antragsbuch.state import Situation
from antragsbuch.widgets.line import Line, Piece
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.row_list import RowList


class HelpScreen(Frame):
    """The help of the screen below."""

    screen_name = "help"
    DEFAULT_CSS = """
    HelpScreen #typed { margin-bottom: 1; }
    """

    def content(self) -> ComposeResult:
        """What is searched for, and the commands."""
        yield LineInput(label=" /", placeholder=_("a word or a key"), id="typed")
        yield LineList(id="commands")

    def on_mount(self) -> None:
        """Show everything."""
        below = self.below
        self.offers = [Offer(command, below.why_not(command) or "") for command in below.commands]
        self.listed: list[Offer | None] = []
        self._show("")
        self.query_one(LineList).focus()

    def headline(self, cells: int) -> Line:
        """Whose help it is."""
        return (Piece(" " + _("Help"), "strong"), Piece(f"  {self.below.headline_title}"))

    def situation(self) -> Situation:
        """Commands are listed."""
        return Situation(screen=self.screen_name, rows=len(self.offers))

    def _show(self, typed: str) -> None:
        cells, rows, self.listed = self.app.size.width - 2, [], []
        if typed:
            self.listed += found(self.offers, typed)
            rows += [line(offer, cells) for offer in found(self.offers, typed)]
        else:
            for group, offers in grouped(self.offers):
                self.listed += [None, *offers, None]
                rows += [(Piece(_(group), "strong"),), *(line(offer, cells) for offer in offers), ()]
            notes = self.below.help_lines(cells)
            self.listed += [None] * len(notes)
            rows += notes
        headings = frozenset(number for number, offer in enumerate(self.listed) if offer is None)
        self.query_one(LineList).show(rows, headings, empty=_("no command is called that"))

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        if self.is_mounted:
            self._show(self.query_one("#typed", LineInput).value)

    @on(LineInput.Changed, "#typed")
    def _typed(self, event: LineInput.Changed) -> None:
        self._show(event.value)

    @on(LineInput.Submitted, "#typed")
    def _submitted(self) -> None:
        self.query_one(LineList).focus()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say the whole sentence of the command under the cursor."""
        offer = self.listed[event.index] if event.index < len(self.listed) else None
        if offer is not None:
            self.say(offer.why_not or _(offer.command.help))

    def on_row_list_chosen(self) -> None:
        """Run the command that was clicked twice."""
        self.do_open()

    def do_open(self) -> None:
        """Run the command under the cursor on the screen below."""
        index = self.query_one(LineList).index
        offer = self.listed[index] if index < len(self.listed) else None
        if offer is not None:
            self.book.back(lambda frame: frame.run_command(offer.command))

    def do_filter(self) -> None:
        """Find a command."""
        self.query_one("#typed").focus()

    def do_back(self) -> None:
        """Out of the field, or back."""
        typed = self.query_one("#typed", LineInput)
        if typed.has_focus or typed.value:
            typed.value = ""
            self.query_one(LineList).focus()
        else:
            self.leave()

    def do_help(self) -> None:
        """Close the help."""
        self.leave()
