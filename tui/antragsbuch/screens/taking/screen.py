"""A printed document before it is taken over: the motion as it was understood, and every line that was not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.messages import Drafted, Failed, TakenOver
from antragsbuch.screens.base import Frame
from antragsbuch.screens.register.showing import WIDE, Rule
from antragsbuch.state import Goto, Situation
from antragsbuch.widgets.line import Line, Piece
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.preview import in_short
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import Answer, spread
from antragsbuch.widgets.text_view import TextView
from antragsbuch_schema.exchange.taking import adds

from . import jobs, rows

View = Literal["short", "printed", "source"]
Panes = Literal["both", "motion", "said"]
_VIEWS: tuple[View, ...] = ("short", "printed", "source")
_PANES: tuple[Panes, ...] = ("both", "said", "motion")


class TakingScreen(Frame):
    """What a document says. Nothing is written before the person says so; `then` gets what became of it."""

    screen_name = "taking"
    DEFAULT_CSS = """
    TakingScreen {
        #panes { layout: horizontal; height: 1fr; }
        #left { width: 1fr; height: 1fr; }
        #source, #upright { display: none; }
        &.-wide #source { display: block; width: 1fr; }
        &.-wide #upright { display: block; width: 1; }
        #level { height: 1; }
        &.-motion #level, &.-motion #said { display: none; }
        &.-said #level, &.-said #motion { display: none; }
    }
    """

    def __init__(self, source: str | Path, then: Callable[[TakenOver | Drafted], None]) -> None:
        super().__init__(Goto("taking"))
        self._source, self._then = source, then
        self.papers: tuple[jobs.Paper, ...] = ()
        self.number = 0
        self.understood: jobs.Understood | None = None
        self.marked: set[int] = set()
        self.view: View = "short"
        self.panes: Panes = "both"
        self._rows = rows.Rows((), {}, {}, frozenset())
        self._where: dict[int, int] = {}

    def content(self) -> ComposeResult:
        """The motion and what is said about it, the document beside them where there is room."""
        with Container(id="panes"):
            with Vertical(id="left"):
                yield TextView(id="motion")
                yield Rule(id="level")
                yield LineList(id="said")
            yield Rule(id="upright")
            yield TextView(id="source")

    def on_mount(self) -> None:
        """Read the document."""
        self.said.focus()
        self._lay_out()
        source = self._source
        self.work("load", lambda: _read(source))

    # --- what it looks like

    @property
    def motion(self) -> TextView:
        """The motion, or the document in its place."""
        return self.query_one("#motion", TextView)

    @property
    def said(self) -> LineList:
        """What differs, and what was not understood."""
        return self.query_one("#said", LineList)

    @property
    def paper(self) -> jobs.Paper | None:
        """The document that is shown."""
        return self.papers[self.number] if self.papers else None

    @property
    def headline_title(self) -> str:
        """What this screen shows."""
        return _("Take over a document")

    def headline(self, cells: int) -> Line:
        """Which document, and how much of it was understood."""
        name = self.paper.name if self.paper else ""
        if len(self.papers) > 1:
            which = _("{number} of {count}").format(number=self.number + 1, count=len(self.papers))
            name = f"{name}, {which}"
        left = (Piece(f" {self.headline_title}", "strong"), Piece(f"  {name}"))
        if self.understood is None:
            return left
        missed = len(self.understood.imported.left)
        words = ngettext("{count} line not understood", "{count} lines not understood", missed).format(count=missed)
        right = Piece(f"? {words} ", "warning") if missed else Piece(_("every line understood") + " ", "good")
        return spread(left, (right,), cells)

    def situation(self) -> Situation:
        """What the commands look at."""
        register, understood = self.book.state.register, self.understood
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=understood is not None,
            committed=understood is not None and understood.known is not None,
            rows=len(self._rows.changes),
            marked=len(self.marked),
            filtered=len(self.papers) > 1,
            read_only=register.read_only if register else "",
        )

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self._lay_out()
        self._show_said()

    def _lay_out(self) -> None:
        self.set_class(self.app.size.width >= WIDE, "-wide")
        for panes in _PANES:
            self.set_class(self.panes == panes, f"-{panes}")
        room = self.app.size.height - 4
        most = room // 2 if self._rows.changes else room // 3
        needed = max(1, min(len(self._rows.lines), most))
        self.said.styles.height = needed if self.panes == "both" else "1fr"

    def _show_said(self, index: int | None = 0) -> None:
        if not self.size.width:
            return
        if self.understood is None:
            self._rows = rows.Rows((), {}, {}, frozenset())
            self.said.show(())
            return
        cells = self.size.width // 2 if self.has_class("-wide") else self.size.width
        self._rows = rows.rows_of(self.understood, self.marked, cells)
        empty = _("Every line was understood: w takes the motion over, enter opens it in the editor.")
        lines, headings = self._rows.lines, self._rows.headings
        self._lay_out()
        # not before there is room for them: a list that is too small is scrolled
        self.call_after_refresh(lambda: self.said.show(lines, headings, index, empty=empty))

    def _show_motion(self) -> None:
        understood, view = self.understood, self.view
        if self.paper is not None and (understood is None or view == "source"):
            self.motion.show(self._source_lines)
        elif understood is not None:
            data, spoken = understood.imported.data, language()
            session = self.book.session
            assert session is not None
            if view == "short":
                self.motion.show(lambda cells: in_short(data, spoken, cells))
            else:
                council = session.council
                self.motion.show(lambda cells: _printed(data, council, cells))

    def _source_lines(self, cells: int) -> list[Line]:
        assert self.paper is not None
        left = {line.number for line in self.understood.imported.left} if self.understood else set()
        lines, self._where = rows.numbered(self.paper, left, cells)
        return lines

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case jobs.Papers(papers):
                self.papers = papers
                self._understand()
            case jobs.Understood():
                self.understood = result
                known = result.known
                self.marked = (
                    {number for number, change in enumerate(known.changes) if adds(change)} if known else set()
                )
                self._show()
            case jobs.NotUnderstood(reason) if not self.papers:
                self.book.back(lambda frame: frame.say(reason, "error"))
            case jobs.NotUnderstood(reason):
                self._show()
                self.say(reason, "error")
            case TakenOver(path) if self.number + 1 < len(self.papers):
                self.say(_("Taken over as {path}; this is the next one.").format(path=path), "good")
                self._step(1)
            case TakenOver() | Drafted():
                then = self._then
                self.book.back(lambda _frame: then(result))
            case Failed():
                super().received(result)
        self.refresh_lines()

    def _show(self) -> None:
        self._show_motion()
        self.query_one("#source", TextView).show(self._source_lines if self.paper else lambda _cells: ())
        self._show_said()

    def _understand(self) -> None:
        session, paper = self.book.session, self.papers[self.number]
        assert session is not None
        self.understood = None
        self.work("load", lambda: jobs.understand(session, paper))

    def _step(self, by: int) -> None:
        self.number = (self.number + by) % len(self.papers)
        self._understand()

    @on(RowList.Moved)
    def _moved(self) -> None:
        number = self._rows.numbers.get(self.said.index)
        if number is None:
            return
        for view in (self.query_one("#source", TextView), *([self.motion] if self.view == "source" else [])):
            if view.display and view.lines:
                view.show_line(self._where.get(number, 0))

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.run_command(self.command("open"))

    # --- commands

    def do_open(self) -> None:
        """Open it as a draft in the editor."""
        session, understood = self.book.session, self.understood
        assert session is not None and understood is not None
        known = understood.known
        chosen = [change for number, change in enumerate(known.changes) if number in self.marked] if known else []
        if known is not None and not chosen:
            self.say(_("Nothing is marked: space marks what the draft takes over, esc leaves the motion as it is."))
            return
        self.work("open", lambda: jobs.draft(session, understood, chosen))

    def do_save(self) -> None:
        """Write the motion, after a question where something of the document would be left out."""
        session, understood = self.book.session, self.understood
        assert session is not None and understood is not None
        missed = len(understood.imported.left)
        if not missed:
            self.work("save", lambda: jobs.write(session, understood))
            return
        question = ngettext(
            "{count} line was not understood and is left out.",
            "{count} lines were not understood and are left out.",
            missed,
        ).format(count=missed)
        self.ask(
            question,
            [Answer(("y", "j"), _("take over"), "yes")],
            lambda _value: self.work("save", lambda: jobs.write(session, understood)),
        )

    def do_mark(self) -> None:
        """Take a difference over, or leave it."""
        number = self._rows.changes.get(self.said.index)
        if number is not None:
            self.marked ^= {number}
            self._show_said(next((row for row in self._rows.changes if row > self.said.index), self.said.index))

    def do_next(self) -> None:
        """The next document of the file."""
        self._step(1)

    def do_previous(self) -> None:
        """The one before."""
        self._step(-1)

    def do_view(self) -> None:
        """The next view."""
        self.view = _VIEWS[(_VIEWS.index(self.view) + 1) % len(_VIEWS)]
        names = {"short": _("in short"), "printed": _("as printed"), "source": _("the document")}
        self.say(names[self.view])
        self._show_motion()
        self._moved()

    def do_wide(self) -> None:
        """Only the motion, only what is said, both."""
        self.panes = _PANES[(_PANES.index(self.panes) + 1) % len(_PANES)]
        self._lay_out()
        (self.motion if self.panes == "motion" else self.said).focus()

    def do_next_pane(self) -> None:
        """Round the panes that are shown."""
        panes = [pane for pane in (self.said, self.motion, self.query_one("#source", TextView)) if pane.display]
        at = next((number for number, pane in enumerate(panes) if pane.has_focus), -1)
        panes[(at + 1) % len(panes)].focus()

    def do_previous_pane(self) -> None:
        """The other way round."""
        panes = [pane for pane in (self.said, self.motion, self.query_one("#source", TextView)) if pane.display]
        at = next((number for number, pane in enumerate(panes) if pane.has_focus), 0)
        panes[at - 1].focus()

    def on_paste(self, event: events.Paste) -> None:
        """One document after the other."""
        event.stop()
        self.say(_("One document after the other: esc leaves this one."), "warning")

    def leave(self) -> None:
        """Back; nothing was written."""
        self.book.back(lambda frame: frame.say(_("Nothing was written.")))


def _read(source: str | Path) -> jobs.Papers | jobs.NotUnderstood:
    return jobs.from_file(source) if isinstance(source, Path) else jobs.from_text(_("pasted"), source)


def _printed(data: dict[str, object], council: dict[str, object], cells: int) -> list[Line]:
    from antragsbuch.widgets.page import page_lines
    from antragsbuch_schema.documents.of_motion import document

    return page_lines(document(data, council), cells)
