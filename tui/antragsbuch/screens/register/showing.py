"""How the list looks: filter, rows, preview, and how they share the room."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.strip import Strip

from antragsbuch.i18n import _, language
from antragsbuch.screens import frame_lines
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, NoRows
from antragsbuch.widgets.line import Line, Painted, Piece
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.motion_list import MotionList
from antragsbuch.widgets.status import StatusLine, spread
from antragsbuch.widgets.text_view import LinesOf, TextView

from . import jobs, words
from .rows import MarkedRows
from .state import ListState

WIDE = 120
"""From this width on list and preview stand side by side."""


class Showing(Frame):
    """The widgets of the list, and what they show of its state."""

    DEFAULT_CSS = """
    Showing {
        #panes { layout: vertical; }
        #left { height: 1fr; }
        #search { height: 1; }
        #count { width: auto; min-width: 12; text-align: right; }
        #preview { height: 1fr; }
        #rule { height: 1; }
        &.-wide #panes { layout: horizontal; }
        &.-wide #left { width: 3fr; }
        &.-wide #preview { width: 2fr; }
        &.-wide #rule { height: 1fr; width: 1; }
        &.-list #rule, &.-list #preview { display: none; }
        &.-preview #rule, &.-preview #left { display: none; }
    }
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.state = ListState(query=goto.query)
        self.rows = MarkedRows(NoRows(), frozenset())
        self._shown = ("", "", "")

    def content(self) -> ComposeResult:
        """Filter, list and preview."""
        with Container(id="panes"):
            with Vertical(id="left"):
                with Horizontal(id="search"):
                    hint = _(" finds words, faction:SPD, date:2023.., state:open")
                    yield LineInput(self.goto.query, label=" /", placeholder=hint, id="filter")
                    yield StatusLine(id="count")
                yield MotionList((_("Reference"), _("Date"), _("Title"), _("State")), id="motions")
            yield Rule(id="rule")
            yield TextView(id="preview")

    @property
    def motions(self) -> MotionList:
        """The list."""
        return self.query_one(MotionList)

    @property
    def preview(self) -> TextView:
        """The preview."""
        return self.query_one(TextView)

    @property
    def filter(self) -> LineInput:
        """The line of the filter."""
        return self.query_one("#filter", LineInput)

    def headline(self, cells: int) -> Line:
        """Where one is; of the past it says so, and looks different."""
        if self.state.past is None:
            return super().headline(cells)
        register = self.book.state.register
        left = (*frame_lines.past_sign(self.state.past.day), Piece(f" {register.name if register else ''}"))
        return spread(left, frame_lines.standing(register) if register else (), cells)

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.share_room()

    def share_room(self) -> None:
        """Side by side or one above the other, and as much of each as is wanted."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        for panes in ("list", "preview"):
            self.set_class(self.state.panes == panes, f"-{panes}")
        self.query_one(Rule).of_the_past(self.state.past is not None)
        # a short register leaves the room to the preview
        half, needed = (self.app.size.height - 4) // 2, self.state.total + 3
        left = self.query_one("#left")
        if self.has_class("-wide") or self.state.panes == "list" or not self.state.total or needed >= half:
            left.styles.height = "1fr"
        else:
            left.styles.height = needed

    def show_counts(self) -> None:
        """Say how many motions there are, and how many are listed and marked."""
        text = words.counts(self.state)
        count = self.query_one("#count", StatusLine)
        count.styles.width = len(text) + 2
        count.show((Piece(f" {text} "),))

    def empty(self) -> list[Line]:
        """What stands in the place of rows."""
        return words.empty(self.state, self.book.state.trouble, self.motions.size.width or self.app.size.width)

    def read_preview(self) -> None:
        """Show the motion under the cursor, once it is read."""
        session, current = self.book.session, self.motions.current
        view, past = self.state.view, self.state.past
        if session is None or current is None:
            self.forget("preview")
            self.preview.show(lambda _cells: ())
        else:
            path = current.path
            self.work("preview", lambda: jobs.preview(session, path, view, past))

    def show_preview(self, read: jobs.PreviewRead) -> None:
        """Show a motion that was read; the same one again stays where it was scrolled to."""
        shown, self._shown = self._shown, (read.path, read.view, read.commit)
        self.preview.show(_lines_of(read), keep=shown == self._shown)


class Rule(Painted):
    """A line between two panes: under each other or side by side. Between panes of the past it is double."""

    past = False

    def of_the_past(self, past: bool) -> None:
        """Whether the panes show the past."""
        if past != self.past:
            self.past = past
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """A piece of the rule."""
        upright = self.size.width == 1
        sign = ("║" if upright else "═") if self.past else ("│" if upright else "─")
        return self.strip((Piece(sign * self.size.width, "dim"),), self.size.width)


def _lines_of(read: jobs.PreviewRead) -> LinesOf:
    # not at the top: nothing of it is needed for the first list
    from antragsbuch.widgets.preview import broken, in_short, source_lines

    spoken = language()

    def lines(cells: int) -> list[Line]:
        if read.data is None:
            return broken(read.problem, read.text, cells)
        if read.view == "short":
            return in_short(read.data, spoken, cells)
        if read.document is not None:
            from antragsbuch.widgets.page import page_lines

            return page_lines(read.document, cells)
        return source_lines(read.text)

    return lines
