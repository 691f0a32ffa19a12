"""The editor of a motion, and of the council's file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer

from antragsbuch.editing.build import Look, section_of
from antragsbuch.editing.editing import Editing
from antragsbuch.editing.form import start
from antragsbuch.editing.shape import sections
from antragsbuch.i18n import _
from antragsbuch.keymap import key_of
from antragsbuch.messages import StatusRead
from antragsbuch.screens import frame_lines
from antragsbuch.screens.exporting import Exporting
from antragsbuch.state import Goto, Note, Situation
from antragsbuch.store.worktree import COUNCIL as COUNCIL_PATH
from antragsbuch.widgets.form.view import FormView
from antragsbuch.widgets.line import Line, Piece, width
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import StatusLine
from antragsbuch.widgets.text_view import TextView

from . import jobs, words
from .form_commands import FormCommands
from .views import TextRead
from .voting import Voting

TALL = 40
"""From this height on the form shows all sections one below the other."""
PAUSE = 0.15
"""Seconds after the last letter until the rules look at what was typed."""


class EditorScreen(FormCommands, Voting, Exporting):
    """One file in a form."""

    screen_name = "editor"
    DEFAULT_CSS = """
    EditorScreen #sections { height: 1; }
    EditorScreen TextView { display: none; }
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self._pause: Timer | None = None
        self._kept: object = None

    def content(self) -> ComposeResult:
        """Sections, the form, and the text views."""
        yield StatusLine(id="sections")
        empty = Editing.start({}, self.fields)
        yield FormView(start(empty, Look(section=self._first_section), {}, dt.date.today()), id="form")
        yield TextView(id="text")

    def on_mount(self) -> None:
        """Open the file."""
        session, path = self.session, self.path
        self.view.focus()
        commit, day = self.goto.commit, self.goto.on
        if day is not None:
            reason = frame_lines.past(day)
            self.work("open", lambda: jobs.open_past(session, path, commit, reason))
        else:
            self.work("open", lambda: jobs.open_file(session, path))

    # --- what it looks like

    @property
    def _is_tall(self) -> bool:
        return self.app.size.height >= TALL

    @property
    def _first_section(self) -> str:
        return "" if self._is_tall else sections(self.fields)[0].name

    @property
    def headline_title(self) -> str:
        """What the help and the palette call it."""
        reference = self.form.editing.data.get("reference")
        return reference if isinstance(reference, str) else self.path

    def headline(self, cells: int) -> Line:
        """The motion, and what is not saved, changed and wrong."""
        if self.opened is None:
            return (Piece(f" {self.path}"),)
        if self.source.problem:
            return (Piece(f" {self.path}  ", "strong"), Piece(_("! can't be read"), "error"))
        sign = frame_lines.past_sign(self.goto.on)
        cells -= sum(width(piece.text) for piece in sign)
        return (*sign, *words.headline(self.form, self.path, self.dirty, self.opened.blob is None, cells))

    def situation(self) -> Situation:
        """What the commands look at."""
        app, opened, editing = self.book.state.register, self.opened, self.form.editing
        changed = len(app.changed) if app else 0
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=opened is not None,
            committed=opened is not None and opened.blob is not None,
            rows=1,
            changed=max(changed, 1) if self.dirty or self.form.look.changed else changed,
            filtered=bool(self.wanted),
            can_undo=editing.can_undo,
            can_redo=editing.can_redo,
            read_only=self.read_only,
        )

    def help_lines(self, cells: int) -> list[Line]:
        """The letters of the sections, and how one types."""
        return [
            (Piece(f" {words.letters_line(self.fields)}"),),
            (Piece(" " + _("Digits begin to type in a count, a date or an amount; elsewhere enter does.")),),
            (Piece(" " + _("While typing: ^w ^u ^k cut, ^z takes back, shift and arrows select, esc ends.")),),
        ]

    def refresh_lines(self) -> None:
        """Show the lines of the frame, and the sections."""
        if not self.is_mounted or not self.size.width or not self.query("#sections"):
            return
        cells, typing = self.size.width, self.form.typing
        lines = {
            "#top": self.headline(cells),
            "#sections": words.section_bar(self.form, cells),
            "#bottom": words.typing_keys(typing)
            if typing is not None
            else frame_lines.bottom(self.commands, self.situation(), cells),
        }
        for name, line in lines.items():
            self.query_one(name, StatusLine).show(line)

    def on_resize(self) -> None:
        """All sections where there is room, else one."""
        form = self.form
        if bool(form.look.section) == self._is_tall and not form.look.element:
            self.view.show(form.laid_out("" if self._is_tall else section_of(form.spot.place, self.fields).name))

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case jobs.FileOpened():
                self._opened(result)
            case jobs.WordsFound(found):
                self.view.show(replace(self.form, words=found))
            case jobs.Checked(findings):
                self.view.show(self.form.with_findings(findings))
                self.refresh_lines()
            case jobs.Saved():
                self.saved(result)
            case jobs.Elsewhere():
                self.elsewhere(result)
            case jobs.Gone():
                self.gone(result)
            case jobs.LookedAgain():
                self.looked_again(result)
            case TextRead():
                self.text_read(result)
            case StatusRead():
                self.book.arrived(result)
            case _:
                super().received(result)

    def _opened(self, event: jobs.FileOpened) -> None:
        self.opened, self.source, self.read_only = event.opened, event.source, event.read_only
        self.absent = event.absent
        self.view.locked = bool(event.read_only or event.source.problem)
        editing = Editing.start(event.source.data, self.fields)
        look = Look(section=self._first_section, committed=event.committed)
        form = start(editing, look, event.words, self.today_of(editing))
        self.view.show(form.goto(self.goto.place) if self.goto.place else form)
        self.begin_journal()
        self.refresh_lines()
        self._check()
        session = self.session
        self.work("words", lambda: jobs.find_words(session))
        if event.source.problem:
            self.show_mode("toml")
            self.say(_("E corrects it in your editor: {why}").format(why=event.source.problem), "error")
        else:
            self._speak_of_cursor()
        if event.drafts and not self.read_only:
            own = next((draft for draft in event.drafts if str(draft.file) == self.goto.draft), None)
            if own is not None:
                self.go_on(own, _("Taken over from the document; w saves it."))
            else:
                self.offer_draft(event.drafts[-1])

    def _check(self) -> None:
        session, path, source = self.session, self.path, self.source
        data, today = self.form.editing.data, self.goto.on or dt.date.today()
        if not source.problem:
            self.work("check", lambda: jobs.check(session, path, source, data, today))

    @on(FormView.Changed)
    def _form_changed(self, event: FormView.Changed) -> None:
        self._speak_of_cursor()
        if event.edited and self.opened is not None:
            if self.journal is not None:
                self.journal.note(self.form.editing)
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(PAUSE, self._check)
        self.refresh_lines()

    @on(FormView.Refused)
    def _refused(self, event: FormView.Refused) -> None:
        self.say(event.reason, "warning")

    def note(self, note: Note) -> None:
        """Let the message line say a note; it stays until the cursor moves or something is typed."""
        self._kept = (self.form.spot, self.form.typing) if note.text and self.is_mounted else None
        super().note(note)

    def _speak_of_cursor(self) -> None:
        """Say what belongs where the cursor stands."""
        form = self.form
        if self.opened is not None and self._kept != (form.spot, form.typing):
            self._kept = None
            super().note(words.speaking(form))

    def on_screen_resume(self) -> None:
        """Somebody comes back from another screen: the file may be another one."""
        self._look_again()

    def on_app_focus(self) -> None:
        """Somebody comes back from another window."""
        if self.book.screen is self:
            self._look_again()

    def _look_again(self) -> None:
        if self.opened is not None and not self.absent and not self.asking and self.goto.on is None:
            session, path = self.session, self.path
            self.work("look", lambda: jobs.look_again(session, path))

    # --- commands of the whole screen

    def on_key(self, event: events.Key) -> None:
        """A letter after g leads to a section."""
        key = key_of(event.key, event.character)
        if self.asking:
            return
        if self.view.typing:
            # typed ahead, before the key that began typing was worked off: it is text
            self.view.on_key(event)
            return
        if self._pending == "g" and (section := words.letters(self.fields).get(key)):
            event.stop()
            event.prevent_default()
            self._pending = ""
            self.show_mode("form")
            self.to_section(section.name)
        elif key == "g" and not self._pending:
            self.call_later(self.say, words.letters_line(self.fields))

    def mover(self) -> RowList | TextView | None:
        """In a text view, the text."""
        return self.query_one(TextView) if self.mode != "form" else None

    def do_history(self) -> None:
        """Who changed this motion when and why."""
        self.book.open(self.goto._replace(screen="history", path=self.path, place=()))

    def do_problems(self) -> None:
        """Every finding of the register."""
        self.book.open(Goto("problems", path=self.path))

    def do_export(self) -> None:
        """Save what the form says as a document."""
        data = self.form.editing.data
        if self.path == COUNCIL_PATH or self.source.problem:
            self.say(_("This file has no printed form."), "warning")
        else:
            self.export([str(data.get("reference", ""))], lambda: [data])

    def do_back(self) -> None:
        """Out of the view, out of the details, out of the editor."""
        draft, self.offered = self.offered, None
        if self.mode != "form" and not self.broken and not self.source.problem:
            self.show_mode("form")
            if draft is not None:
                self.offer_draft(draft)
        elif self.form.look.element:
            self.view.show(self.form.closed())
        else:
            self.leave()
