"""What the parts of the editor share: the file that is open, its form, and whether it is saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from antragsbuch.editing.editing import Editing
from antragsbuch.editing.form import Form
from antragsbuch.i18n import _
from antragsbuch.screens.base import Frame
from antragsbuch.session import Session
from antragsbuch.state import Goto
from antragsbuch.widgets.form.view import FormView
from antragsbuch_schema.fields import Fields

from . import jobs
from .journal import Journal

if TYPE_CHECKING:
    from antragsbuch.store.register import Opened

FAR = 300
"""So many days back a motion is old: a date typed without a year then means one near the motion's own."""


class EditorBase(Frame):
    """The state of the editor. `opened` and `source` are the file as it was last read or written.

    `broken` is a text of the whole file that was typed and can't be parsed. `absent` says that there is no file yet.
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.path = goto.path
        self.opened: Opened | None = None
        self.source = jobs.Source("", {})
        self.journal: Journal | None = None
        self.broken = ""
        self.absent = False
        self.read_only = ""

    @property
    def fields(self) -> Fields:
        """The fields of the file."""
        return jobs.fields_of(self.path)

    @property
    def session(self) -> Session:
        """The open register: the editor is never shown without one."""
        session = self.book.session
        assert session is not None
        return session

    @property
    def view(self) -> FormView:
        """The form on the screen."""
        return self.query_one(FormView)

    @property
    def form(self) -> Form:
        """The form as it is."""
        return self.view.form

    @property
    def dirty(self) -> bool:
        """Whether something is not saved."""
        if self.opened is None or self.source.problem:
            return bool(self.broken)
        unsaved = replace(self.form.editing, base=self.source.data)
        return bool(self.broken) or unsaved.dirty or self.source.text.encode() != self.opened.data

    def today_of(self, editing: Editing) -> dt.date:
        """The day from which a date without a year is meant: today, or the motion's own day if it is an old one."""
        today = dt.date.today()
        for key in ("date", "submitted"):
            own = editing.data.get(key)
            if type(own) is dt.date and (today - own).days > FAR:
                return own
        return today

    def writable(self) -> bool:
        """Whether the file can be edited; says why not."""
        if self.read_only:
            self.say(self.read_only, "warning")
        elif self.source.problem:
            self.say(_("The file can't be read as TOML: E corrects it in your editor."), "warning")
        return not self.read_only and not self.source.problem

    def show_form(self, form: Form) -> None:
        """Show another form."""
        self.view.show(form)
