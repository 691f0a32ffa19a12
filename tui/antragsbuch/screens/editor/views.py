"""The file in other views than the form: as printed, as TOML, or what a draft would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from antragsbuch.i18n import _
from antragsbuch.session import Session
from antragsbuch.store.drafts import Unfinished
from antragsbuch.store.worktree import COUNCIL
from antragsbuch.widgets.line import Line, Piece, wrapped
from antragsbuch.widgets.preview import source_lines, text_lines
from antragsbuch.widgets.text_view import TextView

from . import jobs
from .base import EditorBase

if TYPE_CHECKING:
    from antragsbuch_schema.documents.model import Document

Mode = Literal["form", "printed", "toml", "draft"]
_NEXT: dict[Mode, Mode] = {"form": "printed", "printed": "toml", "toml": "form", "draft": "form"}


@dataclass(frozen=True, slots=True)
class TextRead:
    """The text of a view; of the printed motion its document."""

    mode: Mode
    text: str
    document: Document | None = None


class Views(EditorBase):
    """Switches between the form and the texts; `offered` is a draft that is still asked about."""

    mode: Mode = "form"
    offered: Unfinished | None = None

    def do_view(self) -> None:
        """The next view."""
        self.show_mode(_NEXT[self.mode])

    def show_mode(self, mode: Mode) -> None:
        """Show the form, the printed motion or the file."""
        if self.source.problem:
            # there is nothing else to be seen of a file that can't be read
            mode = "toml"
        self.mode = mode
        text = self.query_one(TextView)
        self.view.display, text.display = mode == "form", mode != "form"
        (self.view if mode == "form" else text).focus()
        if mode == "form":
            self.view.show(self.form)
            return
        session, source, data = self.session, self.source, self.form.editing.data
        broken, path = self.broken, self.path

        def read() -> TextRead:
            if mode == "printed":
                return _printed(session, path, data)
            return TextRead(mode, broken or jobs.written(source, data, jobs.fields_of(path)))

        self.work("view", read)

    def text_read(self, read: TextRead) -> None:
        """Show the text that was made."""
        if read.mode == self.mode:
            self.query_one(TextView).show(lambda cells: _laid_out(read, cells))

    def show_draft(self, draft: Unfinished) -> None:
        """Show what a draft would change, until one goes back to the question."""
        self.mode, self.offered = "draft", draft
        text = self.query_one(TextView)
        self.view.display, text.display = False, True
        text.focus()
        fields = self.fields
        text.show(lambda cells: _lines_of(jobs.draft_in_words(draft, fields), cells))


def _printed(session: Session, path: str, data: dict[str, object]) -> TextRead:
    from antragsbuch_schema.documents.of_motion import document

    if path == COUNCIL:
        return TextRead("printed", _("The council's file has no printed form."))
    return TextRead("printed", "", document(data, session.council))


def _laid_out(read: TextRead, cells: int) -> list[Line]:
    # not at the top: many sessions look at no page
    from antragsbuch.widgets.page import page_lines

    if read.document is not None:
        return page_lines(read.document, cells)
    return source_lines(read.text) if read.mode == "toml" else text_lines(read.text, cells)


def _lines_of(sentences: Sequence[str], cells: int) -> list[Line]:
    told = _("What was typed and not saved; esc goes back to the question.")
    lines: list[Line] = [(Piece(f" {told}", "strong"),), ()]
    for sentence in sentences:
        lines += [(Piece(f" {part}"),) for part in wrapped(sentence, cells - 4, 2)]
    return lines
