"""What a person does in the list: the methods of its commands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from textual import events

from antragsbuch.file_names import completed, path_of
from antragsbuch.i18n import _, ngettext
from antragsbuch.screens.exporting import Exporting
from antragsbuch.state import Goto
from antragsbuch.store.worktree import COUNCIL, FOLDER
from antragsbuch.widgets.status import Answer
from antragsbuch_schema.display import display

from . import jobs, words
from .showing import Showing
from .state import ListState, next_panes, next_view, now, toggled, unmarked

LONGEST_NAME = 4096
"""Characters that the name of a file has at most."""


class Doing(Showing, Exporting):
    """The commands of the list. What they begin comes back to `received` of the screen.

    `pasted` is a text that came before the register was open.
    """

    pasted = ""

    def do_open(self) -> None:
        """Open the motion in the editor."""
        current = self.motions.current
        if current is not None:
            self.book.open(self._there("editor", current.path))

    def _there(self, screen: str, path: str) -> Goto:
        """A screen for a motion, as it is shown here: now or in the past."""
        past = self.state.past
        return Goto(screen, path=path, commit=past.commit.oid, on=past.day) if past else Goto(screen, path=path)

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
        if self.filter.has_focus or self.preview.has_focus:
            self.motions.focus()
        elif self.filter.value:
            self.filter.value = ""
        elif self.state.marked:
            self._mark(unmarked(self.state))
        elif self.goto.commit:
            self.leave()
        elif self.state.past is not None:
            self.come_back()
        else:
            self.say(_("q leaves the program."))

    def do_next_pane(self) -> None:
        """From the list into the preview, and back."""
        preview = self.preview
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
        self.show_counts()

    def _meant(self) -> list[str]:
        current = self.motions.current
        return sorted(self.state.marked) or ([current.path] if current else [])

    def do_view(self) -> None:
        """The next way to show the motion."""
        self.state = next_view(self.state)
        self.say(words.view_name(self.state))
        self.read_preview()

    def do_as_of(self) -> None:
        """The register as it was on a date; without one, as it is now."""
        session = self.book.session
        assert session is not None

        def go(text: str) -> str | None:
            from antragsbuch_schema.german import parse_date

            day = parse_date(text, dt.date.today())
            if day is None and text.strip():
                return _("Not a date: 19.12.2023 or 2023-12-19. As of:")
            if day is None and self.goto.commit:
                self.leave()
            elif day is None:
                self.come_back()
            else:
                self.work_telling("past", lambda tell: jobs.past(session, day, tell))
            return None

        self.prompt(_("As of (date; empty for now):"), go)

    def come_back(self) -> None:
        """From the past to what is now."""
        self.forget("past")
        self.state = now(self.state)
        self.say("")
        self.search()

    def search(self) -> None:
        """Ask for the motions that the filter wants."""
        session, query, past = self.book.session, self.filter.value, self.state.past
        if session is not None and (past is not None or not self.goto.commit):
            self.work("search", lambda: jobs.search(session, query, past))

    def do_wide(self) -> None:
        """Only the list, only the preview, both."""
        self.state = next_panes(self.state)
        self.share_room()
        if self.state.panes == "preview":
            self.preview.focus()
        elif not self.filter.has_focus:
            self.motions.focus()

    def do_council(self) -> None:
        """Edit the council's own file."""
        self.book.open(Goto("editor", path=COUNCIL))

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

    def do_take_over(self) -> None:
        """Take over a document: its file is asked for. A draft of one that was not saved comes first."""
        session = self.book.session
        assert session is not None
        waiting = [draft for draft in session.unfinished if not (session.register.root / draft.path).exists()]
        if not waiting:
            self._ask_for_document()
            return
        draft = waiting[-1]
        goto = Goto("editor", path=draft.path, draft=str(draft.file))
        self.ask(
            _("Taken over and not saved: {path}").format(path=display(draft.path.removeprefix(f"{FOLDER}/"))),
            [Answer(("r",), _("go on"), "on"), Answer(("n",), _("another document"), "another")],
            lambda value: self.book.open(goto) if value == "on" else self._ask_for_document(),
        )

    def _ask_for_document(self) -> None:
        def take(typed: str) -> str | None:
            path = path_of(typed)
            if not typed.strip() or not path.is_file():
                return _("Not a file; the document:")
            self._take(path)
            return None

        self.prompt(_("Document:"), take, placeholder=_("a file, tab completes; or paste its text"), complete=completed)

    def on_paste(self, event: events.Paste) -> None:
        """A text that was pasted into the list is a document to take over, or the name of one."""
        event.stop()
        if self.asking:
            return
        if self.situation().opening:
            # faster than the register
            self.pasted = event.text
        else:
            self.take_pasted(event.text)

    def take_pasted(self, text: str) -> None:
        """Show what was pasted as a document."""
        command = self.command("take-over")
        if reason := self.why_not(command):
            self.say(_("{command}: {reason}").format(command=_(command.title), reason=reason), "warning")
        elif "\n" in text.strip():
            self._take(text)
        elif len(text) < LONGEST_NAME and path_of(text).is_file():
            self._take(path_of(text))
        else:
            self.say(_("What was pasted is no document: / searches, I takes a document over."), "warning")

    def _take(self, source: str | Path) -> None:
        # not at the top: nothing of it is needed for the first list
        from antragsbuch.screens.taking.screen import TakingScreen

        self.app.push_screen(TakingScreen(source, self.received))

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
            self.book.open(self._there("history", current.path))

    def do_register_history(self) -> None:
        """Who changed what in the whole register."""
        self.book.open(Goto("register-history"))

    def do_problems(self) -> None:
        """Every finding of the register."""
        self.book.open(Goto("problems"))

    def do_export(self) -> None:
        """Save what is meant as a document."""
        session, paths, past = self.book.session, self._meant(), self.state.past
        assert session is not None
        current = self.motions.current
        names = [current.reference] if current is not None and paths == [current.path] else paths
        self.export(names, lambda: jobs.to_export(session, paths, past))

    def do_copy(self) -> None:
        """Copy reference and title of what is meant."""
        session, paths = self.book.session, self._meant()
        if session is not None:
            self.work("copy", lambda: jobs.to_copy(session, paths))

    def do_quit(self) -> None:
        """Leave the program; from a register of the past that a history led to, go back there."""
        if self.goto.commit:
            self.leave()
        else:
            self.book.exit()
