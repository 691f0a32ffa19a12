"""The list of motions, with a preview."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from antragsbuch.i18n import _, ngettext
from antragsbuch.messages import Drafted, Filling, NotOpened, Opened, StatusRead, TakenOver
from antragsbuch.session import Found, Glimpsed, NothingGlimpsed, Session, glimpse_at, open_session, refresh
from antragsbuch.state import AppState, Goto, NoRows, Situation
from antragsbuch.widgets.line import Line
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.row_list import RowList

from . import jobs, words
from .doing import Doing
from .rows import MarkedRows
from .state import ListState, as_of, deleted, restored, searched

if TYPE_CHECKING:
    from antragsbuch.store.past import Past

PAUSE = 0.01
"""Seconds after the last letter until the filter is asked."""


class RegisterScreen(Doing):
    """The list of motions, with a preview."""

    screen_name = "register"

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self._pause: Timer | None = None
        self._wanted = ""
        self._glimpsed: Glimpsed | None = None
        self._reading = False
        self._spoken_of = ""
        self._problems: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Open the register once the frame stands."""
        self.motions.focus()
        self.share_room()
        self.motions.show(self.rows, 0, self.empty())
        session, start, commit, day = self.book.session, self.book.start, self.goto.commit, self.goto.on
        if session is not None and day is not None:
            self.work_telling("load", lambda tell: jobs.past_of(session, commit, day, tell))
        else:
            self.work("register", lambda: glimpse_at(start))

    def _open(self) -> None:
        # what the start made stays to the end; to look through it again and again would be felt as a halt
        gc.freeze()
        gc.enable()
        start = self.book.start
        self.work("register", lambda: open_session(start))

    # --- what it looks like

    def situation(self) -> Situation:
        """What the commands look at."""
        app, current = self.book.state, self.motions.current
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            opening=self.book.session is None and not app.trouble,
            motion=current is not None,
            committed=current is not None and current.change != "+",
            rows=self.motions.count,
            marked=len(self.state.marked),
            changed=len(app.register.changed) if app.register else 0,
            filtered=bool(self.state.query.strip()),
            can_undo=bool(self.state.removed),
            past=self.state.past is not None,
            read_only=words.read_only(self.state.past, app.register.read_only if app.register else ""),
        )

    def help_lines(self, cells: int) -> list[Line]:
        """The signs of the list and the language of the filter."""
        return words.legend(cells)

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case Glimpsed(found):
                self._glimpsed = result
                self._found(found)
                # not before the list is painted: opening the register takes what the processor has
                self.call_after_refresh(self._open)
            case NothingGlimpsed():
                self._open()
            case Opened():
                self.book.arrived(result)
                self.search()
                self._refresh()
                self._offer_drafts(result.session)
                if self.pasted:
                    text, self.pasted = self.pasted, ""
                    self.take_pasted(text)
            case Filling(done, total):
                self._reading = True
                self.say(_("Reading: {done} of {total}").format(done=words.number(done), total=words.number(total)))
                self.search()
            case NotOpened():
                self.book.arrived(result)
                self.rows = MarkedRows(NoRows(), frozenset())
                self.state = ListState(query=self.state.query)
                self._forget_glimpse()
                self.show_counts()
                self.share_room()
                self.motions.show(self.rows, 0, self.empty())
            case StatusRead():
                self.book.arrived(result)
                if self._reading:
                    self._reading = False
                    self.say("")
                self.search()
            case jobs.PastRead(past):
                self._go_to(past)
            case jobs.RowsFound(found):
                self._found(found)
                self._forget_glimpse()
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
            case TakenOver(path):
                self.say(_("Taken over as {path}; c commits it.").format(path=path), "good")
                self._refresh(path)
            case Drafted(path, file):
                self._wanted = path
                self.book.open(Goto("editor", path=path, draft=file))
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

    def _forget_glimpse(self) -> None:
        if self._glimpsed is not None:
            self._glimpsed.close()
            self._glimpsed = None

    def _go_to(self, past: Past | None) -> None:
        self.say("")
        if past is None:
            self.say(_("There was no register yet on that day."), "warning")
            return
        self.state = as_of(self.state, past)
        self._wanted = self._wanted or self.goto.path
        self.say(
            _("Read only; esc comes back to now. {subject} ({commit})").format(
                subject=past.commit.message.partition("\n")[0], commit=past.commit.oid[:10]
            )
        )
        self.search()

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
        self.motions.show(self.rows, index if index is not None else self.motions.index if same else 0, self.empty())
        self.show_counts()
        self.share_room()
        if found.problems:
            self.say(found.problems[0], "warning")
        elif self._note.text in self._problems:
            self.say("")
        self._problems = found.problems
        self.refresh_lines()

    @on(RowList.Moved)
    def _moved(self) -> None:
        if self._spoken_of and self._note.text == self._spoken_of:
            self.say("")
        self._spoken_of = ""

    @on(RowList.Rested)
    def _rested(self) -> None:
        self.read_preview()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.run_command(self.command("open"))

    def _preview(self, read: jobs.PreviewRead) -> None:
        self.show_preview(read)
        if read.finding and self._note.text in ("", self._spoken_of):
            self._spoken_of = read.finding
            self.say(read.finding, read.loudness)
        self.refresh_lines()

    @on(LineInput.Changed, "#filter")
    def _typed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.search)

    @on(LineInput.Submitted, "#filter")
    def _submitted(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
            self.search()
        self.motions.focus()
