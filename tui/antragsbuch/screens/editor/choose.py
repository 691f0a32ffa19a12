"""One of several things, chosen by its first letters or with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from antragsbuch.commands.matching import best
from antragsbuch.i18n import _
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, Situation
from antragsbuch.widgets.line import Line, Piece
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Offered:
    """Something to choose: what it is found by, and how it is shown."""

    name: str
    line: Line


class ChooseScreen(Frame):
    """Offers things; `then` gets the number of the one that was chosen, when this screen is gone again."""

    screen_name = "choose"
    DEFAULT_CSS = """
    ChooseScreen #typed { margin-bottom: 1; }
    """

    def __init__(self, title: str, offered: Sequence[Offered], then: Callable[[int], None]) -> None:
        super().__init__(Goto("choose"))
        self._heading, self._all, self._then = title, tuple(enumerate(offered)), then
        self._fitting: Sequence[tuple[int, Offered]] = self._all

    def content(self) -> ComposeResult:
        """What is typed, and what fits it."""
        yield LineInput(label=" /", placeholder=_("first letters"), id="typed")
        yield LineList(id="offered")

    def on_mount(self) -> None:
        """Show everything."""
        self._show()
        self.query_one("#typed").focus()

    def headline(self, cells: int) -> Line:
        """What is chosen."""
        return (Piece(f" {self._heading}", "strong"),)

    def situation(self) -> Situation:
        """There are rows to move in."""
        return Situation(screen=self.screen_name, rows=len(self._fitting))

    def mover(self) -> LineList:
        """The list moves while one types."""
        return self.query_one(LineList)

    def _show(self) -> None:
        self.query_one(LineList).show([one.line for _number, one in self._fitting], empty=_("nothing begins so"))

    @on(LineInput.Changed, "#typed")
    def _changed(self, event: LineInput.Changed) -> None:
        typed = event.value.strip()
        self._fitting = best(typed, [(one[1].name, one) for one in self._all]) if typed else self._all
        self._show()

    @on(LineInput.Submitted, "#typed")
    def _submitted(self) -> None:
        self.do_open()

    def on_row_list_chosen(self) -> None:
        """Take what was clicked twice."""
        self.do_open()

    def do_open(self) -> None:
        """Take what is under the cursor."""
        index = self.query_one(LineList).index
        if index < len(self._fitting):
            number, then = self._fitting[index][0], self._then
            self.book.back(lambda _frame: then(number))
