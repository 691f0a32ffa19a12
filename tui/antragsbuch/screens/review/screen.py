"""What is about to be committed."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from antragsbuch.hand_off import editor_command, hand_off
from antragsbuch.i18n import _, language, ngettext
from antragsbuch.messages import Failed
from antragsbuch.screens.base import Frame
from antragsbuch.screens.editor.conflict import ConflictScreen
from antragsbuch.state import Goto, Situation
from antragsbuch.store.comparing import fields_of
from antragsbuch.store.merging import FileMerge
from antragsbuch.widgets.diff_lines import word_lines
from antragsbuch.widgets.line import Line, Piece, cut, wrapped
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import StatusLine, spread
from antragsbuch.widgets.text_view import TextView
from antragsbuch_schema.edits import Data

from . import jobs, rows
from .state import (
    ReviewState,
    loaded,
    suggested,
    toggled,
    with_message,
    with_reason,
    with_subject,
)

_LABEL = 10
"""Cells of the labels before message, reason and name."""


class ReviewScreen(Frame):
    """Changes in words, what they say, and the commit."""

    screen_name = "review"
    DEFAULT_CSS = """
    ReviewScreen {
        #changes { height: 1fr; }
        #words { height: 5; }
        #about { height: 4; }
        &.-tall #words { height: 1fr; }
        &.-list #words, &.-list #rule { display: none; }
        &.-words #changes, &.-words #rule { display: none; }
        &.-words #words { height: 1fr; }
    }
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.state = ReviewState(reason="")
        self._rows: list[rows.Row] = []
        self._panes = ""
        self._committing = False

    def content(self) -> ComposeResult:
        """Changes, words of one of them, and what the commit will say."""
        yield LineList(id="changes")
        yield StatusLine(id="rule")
        yield TextView(id="words")
        with Vertical(id="about"):
            yield StatusLine(id="rule-about")
            yield StatusLine(id="about-message")
            yield StatusLine(id="about-reason")
            yield StatusLine(id="about-name")

    def on_mount(self) -> None:
        """Read what changed."""
        self.list.focus()
        self._load()

    # --- what it looks like

    @property
    def list(self) -> LineList:
        """The changes."""
        return self.query_one("#changes", LineList)

    @property
    def words(self) -> TextView:
        """The words of the change under the cursor."""
        return self.query_one("#words", TextView)

    @property
    def current(self) -> rows.Row | None:
        """The row under the cursor."""
        return self._rows[self.list.index] if self.list.index < len(self._rows) else None

    @property
    def headline_title(self) -> str:
        """What this screen shows."""
        return _("Commit")

    def headline(self, cells: int) -> Line:
        """How many of the changed motions are marked, and the branch."""
        register = self.book.state.register
        count = len(self.state.entries)
        marked = ngettext("{marked} of {count} motion marked", "{marked} of {count} motions marked", count).format(
            marked=len(self.state.marked), count=count
        )
        left = (Piece(" " + _("Commit"), "strong"), Piece(f"  {marked}" if self.state.loaded else ""))
        return spread(left, (Piece((register.branch if register else "") + " "),), cells)

    def situation(self) -> Situation:
        """What the commands look at."""
        current, register = self.current, self.book.state.register
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=current is not None,
            committed=current is not None and current.entry.old is not None,
            rows=len(self._rows),
            marked=len(self.state.marked),
            changed=len(self.state.entries),
            read_only=register.read_only if register else "",
        )

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self.set_class(self.app.size.height >= 36, "-tall")
        self._show()

    def _show(self, index: int | None = None) -> None:
        if not self.size.width:
            return
        self._rows = rows.rows_of(self.state, self.size.width)
        self.list.show(
            [row.line for row in self._rows],
            rows.headings(self._rows),
            self.list.index if index is None else index,
            _("Nothing differs from the last commit.") if self.state.loaded else _("Reading what changed …"),
        )
        for rule in ("#rule", "#rule-about"):
            self.query_one(rule, StatusLine).show((Piece("─" * self.size.width, "dim"),))
        self._show_about()
        self.refresh_lines()

    def _show_about(self) -> None:
        room = self.size.width - _LABEL - 3
        identity = self.state.identity
        name = f"{identity.name} <{identity.email}>" if identity else _("git does not know your name yet; C asks")
        if identity and self.state.signing:
            name += _(", signed ({how})").format(how=self.state.signing)
        for place, label, text, hint in (
            ("#about-message", _("Message"), self.state.subject, _("mark something first")),
            ("#about-reason", _("Reason"), self.state.reason, _("why; r writes it, it becomes a trailer")),
            ("#about-name", _("as"), name, ""),
        ):
            value = Piece(cut(text, room)) if text else Piece(hint, "dim")
            self.query_one(place, StatusLine).show((Piece(f" {label:{_LABEL}} ", "dim"), value))

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.refresh_lines()

    @on(RowList.Rested)
    def _rested(self) -> None:
        row = self.current
        self.words.show(lambda cells: _words(row, cells))

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case jobs.Loaded(entries, identity, signing, spoken):
                first = not self.state.loaded
                self.state = loaded(self.state, entries, self.goto.paths, identity, signing, spoken)
                self._show(0 if first else None)
            case jobs.Done(oid, subject, notes):
                text = _("Committed {commit}: {subject}").format(commit=oid[:8], subject=subject)
                self._leave_with(" ".join([text, *notes]))
            case jobs.Undecided(files):
                self._committing = False
                self._decide(files[0])
            case jobs.Decided(path):
                self.say(_("{path} holds what you chose; look at it, then commit.").format(path=path), "good")
                self._load()
            case jobs.Known(identity):
                self.state = replace(self.state, identity=identity)
                self._show_about()
                self.do_commit()
            case Failed():
                self._committing = False
                super().received(result)
                self._load()
            case _:
                super().received(result)

    def _load(self) -> None:
        session = self.book.session
        if session is not None:
            self.work("load", lambda: jobs.load(session, dt.date.today()))

    def _leave_with(self, text: str) -> None:
        self.book.back(lambda below: below.say(text, "good"))

    # --- commands

    def do_mark(self) -> None:
        """Take the motion into the commit, or leave it out."""
        row = self.current
        if row is None:
            return
        if row.entry.errors or row.entry.unreadable is not None:
            self.say(_("Mend the errors first: enter leads to them."), "warning")
            return
        self.state = toggled(self.state, row.entry.path)
        self._show()

    def do_open(self) -> None:
        """To the change in the editor."""
        row = self.current
        if row is None:
            return
        if row.entry.new is None:
            self.say(_("It is deleted; there is nothing to open."), "warning")
            return
        place = row.change.place if row.change else row.finding.finding.place if row.finding else ()
        self.book.open(Goto("editor", path=row.entry.path, place=place))

    def on_screen_resume(self) -> None:
        """Somebody comes back from the editor: read again."""
        if self.state.loaded:
            self._load()

    def do_history(self) -> None:
        """The history of the motion."""
        row = self.current
        if row is not None:
            self.book.open(Goto("history", path=row.entry.path))

    def do_message(self) -> None:
        """Write the first line."""

        def write(typed: str) -> str | None:
            if not typed.strip():
                return _("A commit needs a message.")
            self.state = with_subject(self.state, typed)
            self._show_about()
            return None

        self.prompt(_("Message:"), write, self.state.subject)

    def do_reason(self) -> None:
        """Say why."""

        def write(typed: str) -> None:
            self.state = with_reason(self.state, typed)
            self._show_about()

        self.prompt(_("Reason:"), write, self.state.reason)

    def do_reset(self) -> None:
        """The suggested message again."""
        self.state = with_message(self.state, "")
        self._show_about()

    def do_edit_outside(self) -> None:
        """The whole message in the person's own editor."""
        from platformdirs import user_state_path

        session = self.book.session
        assert session is not None
        text = self.state.message or suggested(self.state.chosen, self.state.language)
        command = editor_command(os.environ, session.register.git.config)
        with self.app.suspend():
            back = hand_off(text, command, ".txt", user_state_path("antragsbuch") / "edit")
        self.book.repaint()
        if back.text is None:
            self.say(back.reason, "warning")
        else:
            self.state = with_message(self.state, back.text)
            self._show_about()

    def do_wide(self) -> None:
        """Only the list, only the words, both."""
        self._panes = {"": "-list", "-list": "-words", "-words": ""}[self._panes]
        for panes in ("-list", "-words"):
            self.set_class(self._panes == panes, panes)
        (self.words if self._panes == "-words" else self.list).focus()

    def do_next_pane(self) -> None:
        """Into the words, and back."""
        (self.words if self.list.has_focus and self.words.display else self.list).focus()

    do_previous_pane = do_next_pane

    def do_commit(self) -> None:
        """Commit what is marked."""
        session = self.book.session
        assert session is not None
        if self._committing:
            return
        if self.state.identity is None:
            self._ask_name()
            return
        self._committing = True
        chosen, message, reason = self.state.chosen, self.state.message, self.state.reason
        self.say(_("Committing …"))
        self.work("commit", lambda: jobs.commit(session, chosen, message, reason))

    def _decide(self, file: FileMerge) -> None:
        """Ask, one field at a time, which version holds."""
        session = self.book.session
        assert session is not None

        def chosen(data: Data) -> None:
            self.work("decide", lambda: jobs.decided(session, file, data))

        self.app.push_screen(ConflictScreen(file.merged, fields_of(file.path), chosen))

    def _ask_name(self) -> None:
        """Name and address, once: git keeps them for this clone."""
        session = self.book.session
        assert session is not None

        def name(typed: str) -> str | None:
            if not typed.strip():
                return _("git needs a name for the commit.")
            self.call_after_refresh(lambda: ask_email(typed.strip()))
            return None

        def ask_email(name: str) -> None:
            def email(typed: str) -> str | None:
                if "@" not in typed:
                    return _("That is no e-mail address.")
                self.work("introduce", lambda: jobs.introduce(session, name, typed.strip()))
                return None

            self.prompt(_("Your e-mail address:"), email)

        self.prompt(_("git does not know you yet. Your name:"), name)


def _words(row: rows.Row | None, cells: int) -> list[Line]:
    """What the lower pane says about a row."""
    if row is None:
        return []
    if row.finding is not None:
        help_text = row.finding.finding.help
        text = help_text(language()) if help_text else row.finding.finding.message(language())
        return [(Piece(" " + part),) for part in wrapped(text, cells - 2)]
    if row.change is not None and row.change.pieces:
        return word_lines(row.change.pieces, cells)
    if row.change is not None:
        return [(Piece(" " + part),) for part in wrapped(row.change.sentence(language()), cells - 2)]
    return [(Piece(" " + part, "dim"),) for part in wrapped(row.entry.path, cells - 2)]
