"""The list of motions, with a preview."""

from __future__ import annotations

import datetime as dt

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.strip import Strip
from textual.timer import Timer

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.messages import Filling, NotOpened, Opened, StatusRead
from antragsbuch.screens.base import Frame
from antragsbuch.session import Found, Session, open_session, refresh
from antragsbuch.state import AppState, Goto, NoRows, Situation
from antragsbuch.widgets.line import Line, Painted, Piece
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.motion_list import MotionList
from antragsbuch.widgets.preview import broken, in_short, source_lines, text_lines
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import Answer, StatusLine
from antragsbuch.widgets.text_view import LinesOf, TextView

from . import jobs, words
from .rows import MarkedRows
from .state import ListState, deleted, next_panes, next_view, restored, searched, toggled, unmarked

WIDE = 120
"""From this width on list and preview stand side by side."""
PAUSE = 0.03
"""Seconds after the last letter until the filter is asked."""


class RegisterScreen(Frame):
    """The list of motions, with a preview."""

    screen_name = "register"
    DEFAULT_CSS = """
    RegisterScreen {
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
        self._pause: Timer | None = None
        self._shown = ("", "")
        self._wanted = ""
        self._reading = False
        self._spoken_of = ""
        self._problems: tuple[str, ...] = ()

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

    def on_mount(self) -> None:
        """Open the register once the frame stands."""
        self.motions.focus()
        self._layout()
        self.motions.show(self.rows, 0, self._empty())
        start = self.book.start
        self.work("register", lambda: open_session(start))

    # --- what it looks like

    @property
    def motions(self) -> MotionList:
        """The list."""
        return self.query_one(MotionList)

    @property
    def filter(self) -> LineInput:
        """The line of the filter."""
        return self.query_one("#filter", LineInput)

    def situation(self) -> Situation:
        """What the commands look at."""
        app, current = self.book.state, self.motions.current
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=current is not None,
            committed=current is not None and current.change != "+",
            rows=self.motions.count,
            marked=len(self.state.marked),
            changed=len(app.register.changed) if app.register else 0,
            filtered=bool(self.state.query.strip()),
            can_undo=bool(self.state.removed),
            read_only=app.register.read_only if app.register else "",
        )

    def help_lines(self, cells: int) -> list[Line]:
        """The signs of the list and the language of the filter."""
        return words.legend(cells)

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self._layout()

    def _layout(self) -> None:
        self.set_class(self.app.size.width >= WIDE, "-wide")
        for panes in ("list", "preview"):
            self.set_class(self.state.panes == panes, f"-{panes}")
        # a short register leaves the room to the preview
        half, needed = (self.app.size.height - 4) // 2, self.state.total + 3
        left = self.query_one("#left")
        if self.has_class("-wide") or self.state.panes == "list" or not self.state.total or needed >= half:
            left.styles.height = "1fr"
        else:
            left.styles.height = needed

    def _show_counts(self) -> None:
        text = words.counts(self.state)
        count = self.query_one("#count", StatusLine)
        count.styles.width = len(text) + 2
        count.show((Piece(f" {text} "),))

    def _empty(self) -> list[Line]:
        return words.empty(self.state, self.book.state.trouble, self.motions.size.width or self.app.size.width)

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case Opened():
                self.book.arrived(result)
                self._search()
                self._refresh()
                self._offer_drafts(result.session)
            case Filling(done, total):
                self._reading = True
                self.say(_("Reading: {done} of {total}").format(done=words.number(done), total=words.number(total)))
                self._search()
            case NotOpened():
                self.book.arrived(result)
                self.motions.show(self.rows, 0, self._empty())
            case StatusRead():
                self.book.arrived(result)
                if self._reading:
                    self._reading = False
                    self.say("")
                self._search()
            case jobs.RowsFound(found):
                self._found(found)
            case jobs.PreviewRead():
                self._preview(result)
            case jobs.Deleted(removed, failed):
                self.state = deleted(self.state, removed)
                if failed:
                    self.say(failed, "error")
                elif removed:
                    self.say(
                        ngettext(
                            "{count} motion deleted. u brings it back, c commits.",
                            "{count} motions deleted. u brings them back, c commits.",
                            len(removed),
                        ).format(count=len(removed)),
                        "good",
                    )
                self._refresh()
            case jobs.Restored(removed):
                self.state = restored(self.state)
                self.say(
                    ngettext("{count} motion is back.", "{count} motions are back.", len(removed)).format(
                        count=len(removed)
                    ),
                    "good",
                )
                self._refresh(removed[0].path)
            case jobs.ToCopy(lines, name):
                what = name if len(lines) == 1 else _("{count} lines").format(count=len(lines))
                self.say(*self.book.copy("\n".join(lines), what))
            case jobs.Begun(path):
                self._wanted = path
                self.book.open(Goto("editor", path=path))
            case _:
                super().received(result)

    def _offer_drafts(self, session: Session) -> None:
        count = len(session.unfinished)
        if count:
            self.say(
                ngettext(
                    "{count} motion has a draft from before (*): open it to go on.",
                    "{count} motions have drafts from before (*): open them to go on.",
                    count,
                ).format(count=count),
                "warning",
            )

    def app_changed(self, state: AppState) -> None:
        """The register changed: lines, and what stands in an empty list."""
        super().app_changed(state)
        if state.notes and self.book.screen is self:
            self.note(state.notes[-1])

    def on_screen_resume(self) -> None:
        """Somebody comes back from another screen: look again."""
        if self.book.session is not None:
            self._refresh()

    def on_app_focus(self) -> None:
        """Somebody comes back from another window: the files may have changed."""
        if self.book.session is not None and self.book.screen is self:
            self._refresh()

    def _refresh(self, wanted: str = "") -> None:
        session = self.book.session
        if session is not None:
            self._wanted = wanted or self._wanted
            self.work_telling("register", lambda tell: refresh(session, tell))

    def _search(self) -> None:
        session, query = self.book.session, self.filter.value
        if session is not None:
            self.work("search", lambda: jobs.search(session, query))

    def _found(self, found: Found) -> None:
        same = found.query == self.state.query
        # at the top one stays at the top, whatever comes in above
        here = self.motions.current if self.motions.index or not same else None
        current = self._wanted or (here.path if here else "")
        self._wanted = ""
        self.state = searched(
            self.state, found.query, found.rows.count, found.total, found.problems, complete=found.complete
        )
        self.rows = MarkedRows(found.rows, self.state.marked)
        index = found.rows.position(current) if current else None
        self.motions.show(self.rows, index if index is not None else self.motions.index if same else 0, self._empty())
        self._show_counts()
        self._layout()
        if found.problems:
            self.say(found.problems[0], "warning")
        elif self._note.text in self._problems:
            self.say("")
        self._problems = found.problems
        self.refresh_lines()

    @on(RowList.Moved)
    def _moved(self) -> None:
        if self._spoken_of:
            self._spoken_of = ""
            self.say("")

    @on(RowList.Rested)
    def _rested(self) -> None:
        self._read_preview()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.run_command(self.command("open"))

    def _read_preview(self) -> None:
        session, current, view = self.book.session, self.motions.current, self.state.view
        if session is None or current is None:
            self.forget("preview")
            self.query_one(TextView).show(lambda _cells: ())
        else:
            path = current.path
            self.work("preview", lambda: jobs.preview(session, path, view))

    def _preview(self, read: jobs.PreviewRead) -> None:
        shown, self._shown = self._shown, (read.path, read.view)
        self.query_one(TextView).show(_lines_of(read), keep=shown == self._shown)
        if read.finding and self._note.text in ("", self._spoken_of):
            self._spoken_of = read.finding
            self.say(read.finding, read.loudness)
        self.refresh_lines()

    @on(LineInput.Changed, "#filter")
    def _typed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._search)

    @on(LineInput.Submitted, "#filter")
    def _submitted(self) -> None:
        self.motions.focus()

    # --- commands

    def do_open(self) -> None:
        """Open the motion in the editor."""
        current = self.motions.current
        if current is not None:
            self.book.open(Goto("editor", path=current.path))

    def do_filter(self) -> None:
        """Into the filter."""
        self.filter.focus()

    def do_next(self) -> None:
        """The next motion that was found."""
        self.motions.move("down")

    def do_previous(self) -> None:
        """The one before."""
        self.motions.move("up")

    def do_back(self) -> None:
        """Out of the filter; then drop it, then the marks."""
        if self.filter.has_focus or self.query_one(TextView).has_focus:
            self.motions.focus()
        elif self.filter.value:
            self.filter.value = ""
        elif self.state.marked:
            self._mark(unmarked(self.state))
        else:
            self.say(_("q leaves the program."))

    def do_next_pane(self) -> None:
        """From the list into the preview, and back."""
        preview = self.query_one(TextView)
        (preview if self.motions.has_focus and preview.display else self.motions).focus()

    do_previous_pane = do_next_pane

    def do_mark(self) -> None:
        """Mark the motion, and go on."""
        current = self.motions.current
        if current is not None:
            self._mark(toggled(self.state, current.path))
            self.motions.move("down")

    def _mark(self, state: ListState) -> None:
        before, self.state = self.state, state
        self.rows.marked = state.marked
        if len(before.marked ^ state.marked) == 1:
            self.motions.row_changed(self.motions.index)
        else:
            self.motions.rows_changed()
        self._show_counts()

    def _meant(self) -> list[str]:
        current = self.motions.current
        return sorted(self.state.marked) or ([current.path] if current else [])

    def do_view(self) -> None:
        """The next way to show the motion."""
        self.state = next_view(self.state)
        self.say(words.view_name(self.state))
        self._read_preview()

    def do_wide(self) -> None:
        """Only the list, only the preview, both."""
        self.state = next_panes(self.state)
        self._layout()
        if self.state.panes == "preview":
            self.query_one(TextView).focus()
        elif not self.filter.has_focus:
            self.motions.focus()

    def do_add(self) -> None:
        """Begin a new motion: its title is asked for."""
        session = self.book.session
        assert session is not None

        def begin(title: str) -> str | None:
            if not title.strip():
                return _("A motion needs a title.")
            self.work("begin", lambda: jobs.begin(session, title.strip(), dt.date.today()))
            return None

        self.prompt(_("Title of the new motion:"), begin)

    def do_duplicate(self) -> None:
        """Begin a motion with the text of this one."""
        session, current = self.book.session, self.motions.current
        if session is not None and current is not None:
            self.work("begin", lambda: jobs.duplicate(session, current.path))

    def do_delete(self) -> None:
        """Delete the motion, or those that are marked."""
        session, paths, current = self.book.session, self._meant(), self.motions.current
        assert session is not None
        question = (
            _("Delete {reference}?").format(reference=current.reference)
            if len(paths) == 1 and current is not None and current.path == paths[0]
            else ngettext("Delete {count} motion?", "Delete {count} marked motions?", len(paths)).format(
                count=len(paths)
            )
        )
        self.ask(
            question,
            [Answer(("y", "j"), _("delete"), "delete")],
            lambda _value: self.work("delete", lambda: jobs.delete(session, paths)),
        )

    def do_undo(self) -> None:
        """Bring back what was deleted last."""
        session, removed = self.book.session, self.state.removed[-1]
        assert session is not None
        self.work("delete", lambda: jobs.restore(session, removed))

    def do_review(self) -> None:
        """See what changed, and commit it."""
        self.book.open(Goto("review", paths=tuple(sorted(self.state.marked))))

    def do_history(self) -> None:
        """The history of the motion."""
        current = self.motions.current
        if current is not None:
            self.book.open(Goto("history", path=current.path))

    def do_problems(self) -> None:
        """Every finding of the register."""
        self.book.open(Goto("problems"))

    def do_copy(self) -> None:
        """Copy reference and title of what is meant."""
        session, paths = self.book.session, self._meant()
        if session is not None:
            self.work("copy", lambda: jobs.to_copy(session, paths))

    def do_quit(self) -> None:
        """Leave the program."""
        self.book.exit()


class Rule(Painted):
    """A line between two panes: under each other or side by side."""

    def render_line(self, y: int) -> Strip:
        """A piece of the rule."""
        sign = "│" if self.size.width == 1 else "─"
        return self.strip((Piece(sign * self.size.width, "dim"),), self.size.width)


def _lines_of(read: jobs.PreviewRead) -> LinesOf:
    spoken = language()

    def lines(cells: int) -> list[Line]:
        if read.data is None:
            return broken(read.problem, read.text, cells)
        if read.view == "short":
            return in_short(read.data, spoken, cells)
        return text_lines(read.text, cells) if read.view == "printed" else source_lines(read.text)

    return lines
