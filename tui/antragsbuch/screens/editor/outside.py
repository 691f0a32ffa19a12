"""The person's own editor: for the text of one field, and for the whole file; what was typed always comes back."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace

from textual.app import SuspendNotSupported

from antragsbuch.editing import values
from antragsbuch.hand_off import HandOff, editor_command, hand_off
from antragsbuch.i18n import _
from antragsbuch.store.drafts import default_state_dir
from antragsbuch_schema import places
from antragsbuch_schema.between import between
from antragsbuch_schema.fields import Kind

from . import jobs
from .views import Views


class Outside(Views):
    """Editing in $EDITOR."""

    def do_edit_outside(self) -> None:
        """The text of the field under the cursor."""
        form = self.form
        field, kind = form.field, form.kind
        if not self.writable():
            return
        if field is None or kind not in (Kind.TEXT, Kind.PROSE) or field.name == "id":
            self.say(_("Only texts are edited in your editor; E hands over the whole file."), "warning")
            return
        value = places.value_at(form.spot.place, form.editing.data)
        before = values.typed_form(field, value)
        back = self._hand_off(f"{before}\n" if before else "", ".md" if kind is Kind.PROSE else ".txt")
        if back.text is None:
            self.say(back.reason, "warning")
            return
        text = back.text.rstrip("\n")
        begun = form.begin()
        if begun.typing is None:
            return
        plain = text if kind is Kind.PROSE else " ".join(text.split())
        done = begun.typed(begun.typing.buffer.select_all().insert(plain), "outside").finish()
        self.show_form(done)
        self.say(_("Taken over from your editor; u takes it back."), "good")

    def do_edit_file(self) -> None:
        """The whole file as TOML."""
        if self.read_only:
            self.say(self.read_only, "warning")
            return
        now = self.broken or self.source.text
        if not self.broken and not self.source.problem:
            now = jobs.written(self.source, self.form.editing.data, self.fields)
        back = self._hand_off(now, ".toml")
        if back.text is None:
            self.say(back.reason, "warning")
        elif back.text == now:
            self.say(_("Nothing was changed."))
        else:
            self.typed_text(back.text)

    def typed_text(self, text: str) -> None:
        """Take a text of the whole file that was typed: as edits if it can be parsed, else as it stands."""
        typed = jobs.Source.of(text.encode())
        if typed.problem:
            self.broken = text
            if self.journal is not None:
                self.journal.note_text(text, self.form.editing)
            self.show_mode("toml")
            self.say(_("E edits it again, X drops it: {why}").format(why=typed.problem), "error")
            self.refresh_lines()
            return
        form = self.form
        edits = tuple(between(form.editing.data, typed.data, form.editing.fields))
        editing = form.editing.do(edits, edits[0].place if edits else ())
        self.broken = ""
        was_broken, self.source = bool(self.source.problem), typed
        self.view.locked = False
        if was_broken:
            editing = replace(form.editing, base=typed.data, data=typed.data)
        self.show_form(form.with_editing(editing))
        if self.journal is not None:
            self.journal.note_text(text, editing)
        self.show_mode("form")
        self.say(_("Taken over from your editor; w saves it."), "good")
        self.refresh_lines()

    def _hand_off(self, text: str, suffix: str) -> HandOff:
        self.flush()
        command = editor_command(os.environ, self.session.register.git.config)
        with suppress(SuspendNotSupported), self.app.suspend():
            return hand_off(text, command, suffix, default_state_dir() / "editor")
        return HandOff(None, _("This terminal can't be lent to another program."))
