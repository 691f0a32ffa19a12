"""What becomes of the edits: the draft while typing, the file in the work tree, the merge with other people's edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext
from antragsbuch.session import refresh
from antragsbuch.state import Goto
from antragsbuch.store.drafts import Draft, Unfinished
from antragsbuch.widgets.status import Answer
from antragsbuch_schema.between import between
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields

from . import jobs
from .conflict import ConflictScreen
from .journal import Journal
from .outside import Outside

if TYPE_CHECKING:
    from antragsbuch_schema.merge import Merged


class Saving(Outside):
    """Drafts, saving, and merging with what was changed elsewhere."""

    # --- the draft

    def begin_journal(self, draft: Draft | None = None) -> None:
        """Write down from now on what is typed; `draft` is one that goes on."""
        opened, session = self.opened, self.session
        assert opened is not None

        def begin() -> Draft:
            now = self.opened or opened
            return session.drafts.begin(now.path, now.data, now.blob)

        def failed(reason: str) -> None:
            self.book.call_from_thread(self.say, reason, "error")

        self.journal = Journal(begin, failed, self.form.editing, draft)

    def flush(self) -> None:
        """Everything that was typed is on the disk."""
        if self.journal is not None:
            self.journal.flush()

    def offer_draft(self, draft: Unfinished) -> None:
        """Ask what is to become of the draft of a session that died."""
        answers = [
            Answer(("r",), _("restore"), "restore"),
            Answer(("l",), _("look"), "look"),
            Answer(("X",), _("discard"), "discard"),
        ]
        question = _("Typed and not saved, when the program ended:")

        def answered(value: str) -> None:
            if value == "restore":
                self.go_on(draft, _("The draft is back; u takes it away again, w saves it."))
            elif value == "look":
                self.show_draft(draft)
            else:
                self.session.drafts.discard(draft)
                self.say(_("The draft is put aside; it can be brought back for 30 days."), "good")

        self.ask(question, answers, answered)

    def go_on(self, draft: Unfinished, said: str) -> None:
        """Go on with a draft, and say so."""
        held = self.session.drafts.adopt(draft)
        if held is None:
            self.say(_("Another session has taken this draft."), "warning")
            return
        typed = jobs.draft_source(draft)
        if typed.problem and draft.text is None:
            held.close()
            self.say(_("This draft does not fit the file any more; it is kept."), "error")
            return
        assert self.opened is not None
        if self.opened.data == draft.base:
            if draft.text is not None:
                self.begin_journal(held)
                self.typed_text(draft.text)
                if typed.problem:
                    return
                self.step_to(typed.data)
            else:
                self.step_to(typed.data)
                # after the step: the draft holds these edits already, and a row must not come twice
                self.begin_journal(held)
        else:
            held.close()
            self.session.drafts.discard(draft)
            base = jobs.Source.of(draft.base)
            self._merged(_merge(base.data, typed.data, self.source.data, self.fields), "")
        self.say(said, "good")

    # --- saving

    def do_save(self) -> None:
        """Write the file."""
        self.save("")

    def do_review(self) -> None:
        """Save, and see what changed."""
        if self.dirty:
            self.save("review")
        else:
            self.book.open(Goto("review", path=self.path))

    def save(self, then: str) -> None:
        """Write the file, then go on: to "review", to "leave", or nowhere."""
        if self.broken:
            self.say(_("The text that you typed is no TOML: E edits it again, X drops it."), "warning")
        elif self.writable():
            if not self.dirty:
                self.say(_("Everything is saved already."))
                self._after(then)
                return
            session, opened, source, data = self.session, self.opened, self.source, self.form.editing.data
            assert opened is not None
            save = jobs.make if self.absent else jobs.save
            self.work("save", lambda: save(session, opened, source, data, then))

    def saved(self, event: jobs.Saved) -> None:
        """The file is written."""
        moved = event.opened.path != self.path
        self.path, self.opened, self.absent = event.opened.path, event.opened, False
        self.source = jobs.Source.of(event.opened.data)
        if self.journal is not None:
            self.journal.finish(self.form.editing)
            if self.dirty:
                self.journal.note(self.form.editing)
        said = _("Saved as {path}; c commits it.") if moved else _("Saved in {path}; c commits it.")
        self.say(said.format(path=self.path), "good")
        session = self.session
        paths = [self.path]
        self.work_telling("status", lambda tell: refresh(session, tell, paths))
        self.refresh_lines()
        self._after(event.then)

    def _after(self, then: str) -> None:
        if then == "review":
            self.book.open(Goto("review", path=self.path))
        elif then == "leave":
            self.end()

    def gone(self, event: jobs.Gone) -> None:
        """The file is no longer there."""
        answers = [Answer(("w",), _("write it again"), "again")]

        def again(_answer: str) -> None:
            session, opened, source, data = self.session, self.opened, self.source, self.form.editing.data
            assert opened is not None
            self.work("save", lambda: jobs.make_again(session, opened, source, data, event.then))

        self.ask(_("Somebody removed {path} meanwhile.").format(path=event.path), answers, again)

    def elsewhere(self, event: jobs.Elsewhere) -> None:
        """Somebody else changed the file: merge by field, and ask where both changed the same one."""
        if event.source.problem:
            self.say(
                _("Somebody else wrote a file that can't be read: {why}").format(why=event.source.problem), "error"
            )
            return
        base, ours = self.source.data, self.form.editing.data
        self.opened, self.source = event.opened, event.source
        self._merged(_merge(base, ours, event.source.data, self.fields), event.then, save=True)

    def _merged(self, merged: Merged, then: str, *, save: bool = False) -> None:
        if merged.conflicts:

            def chosen(data: Data) -> None:
                self.step_to(data)
                if save:
                    self.save(then)

            self.app.push_screen(ConflictScreen(merged, self.fields, chosen))
            return
        self.step_to(merged.data)
        if save:
            self.save(then)
        taken = len(merged.taken)
        self.say(
            ngettext(
                "{count} change of somebody else was merged in.",
                "{count} changes of somebody else were merged in.",
                taken,
            ).format(count=taken),
            "good",
        )

    def step_to(self, data: Data) -> None:
        """One step of editing that leads to `data`."""
        form = self.form
        edits = tuple(between(form.editing.data, data, form.editing.fields))
        if edits:
            self.show_form(form.with_editing(form.editing.do(edits, edits[0].place)))

    # --- leaving

    def do_discard(self) -> None:
        """Drop what is not saved, after another key."""
        if not self.dirty:
            self.say(_("Everything is saved already."))
            return
        answers = [Answer(("y", "j"), _("discard"), "yes")]
        self.ask(_("Drop everything since it was saved?"), answers, lambda _answer: self.discard())

    def discard(self) -> None:
        """Go back to what the file holds; undo brings the edits back."""
        assert self.opened is not None
        self.broken = ""
        self.source = jobs.Source.of(self.opened.data)
        self.step_to(self.source.data)
        self.show_mode("form")
        self.say(_("Discarded; u brings it back."), "good")

    def leave(self) -> None:
        """Leave; where something is not saved, ask: it is kept unless one says otherwise."""
        if not self.dirty or self.opened is None:
            self.end()
            return
        answers = [
            Answer(("w", "enter"), _("save"), "save"),
            Answer(("k",), _("keep as a draft"), "keep"),
            Answer(("X",), _("discard"), "discard"),
        ]

        def answered(value: str) -> None:
            if value == "save":
                self.save("leave")
            elif value == "keep":
                self.end()
            else:
                self.discard()
                self.end()

        self.ask(_("Not saved:"), answers, answered)

    def end(self) -> None:
        """Leave the editor; an unsaved draft stays where it is."""
        if self.journal is not None:
            if self.dirty:
                self.journal.close()
            else:
                self.journal.finish(self.form.editing)
        self.book.back()

    def looked_again(self, event: jobs.LookedAgain) -> None:
        """The file as it is now, when one comes back to it."""
        assert self.opened is not None
        if event.opened.data == self.opened.data:
            self.opened = event.opened
            self.show_form(self.form.compared(event.committed))
        elif not self.dirty:
            self.opened, self.source = event.opened, event.source
            self.step_to(event.source.data)
            self.show_form(self.form.compared(event.committed))
            self.say(_("The file was changed elsewhere; this is how it is now."), "warning")
        else:
            self.say(_("The file was changed elsewhere; w merges it with what you typed."), "warning")
        self.refresh_lines()


def _merge(base: Data, ours: Data, theirs: Data, fields: Fields) -> Merged:
    # not at the top: a file that nobody else changes needs no merge
    from antragsbuch_schema.merge import merge

    return merge(base, ours, theirs, fields)
