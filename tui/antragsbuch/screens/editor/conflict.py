"""What both changed: one field at a time, with the versions to choose from. Nothing is taken without a choice."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult, SuspendNotSupported

from antragsbuch.editing import values, words
from antragsbuch.hand_off import editor_command, hand_off
from antragsbuch.i18n import _
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, Situation
from antragsbuch.store.drafts import default_state_dir
from antragsbuch.widgets.diff_lines import word_lines
from antragsbuch.widgets.line import Line, Piece, wrapped
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.status import StatusLine
from antragsbuch_schema import places
from antragsbuch_schema.conflicts import Conflict
from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.fields import Field, Fields, Kind, field_at
from antragsbuch_schema.merge import Edited, Merged, Side, resolve
from antragsbuch_schema.words import word_diff


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a field: whose it is, in words and for the merge, and the value."""

    title: str
    side: Side | Edited
    value: Any


class ConflictScreen(Frame):
    """Every field that both changed; `then` gets the data with what was chosen, when this screen is gone again."""

    screen_name = "conflict"
    DEFAULT_CSS = """
    ConflictScreen #field { margin-bottom: 1; }
    """

    def __init__(self, merged: Merged, fields: Fields, then: Callable[[Data], None]) -> None:
        super().__init__(Goto("conflict"))
        self.merged, self.fields, self._then = merged, fields, then
        self.number = 0
        self.chosen: dict[int, Side | Edited] = {}
        self._options: list[tuple[int, Version]] = []

    def content(self) -> ComposeResult:
        """The field, and its versions."""
        yield StatusLine(id="field")
        yield LineList(id="versions")

    def on_mount(self) -> None:
        """Show the first field."""
        self._show()
        self.query_one(LineList).focus()

    @property
    def conflict(self) -> Conflict:
        """The field that is asked about."""
        return self.merged.conflicts[self.number]

    @property
    def field(self) -> Field | None:
        """What the place of the conflict is."""
        return field_at(self.conflict.place, self.fields)

    def headline(self, cells: int) -> Line:
        """How far one is."""
        left = len(self.merged.conflicts) - len(self.chosen)
        return (
            Piece(" " + _("Changed by both"), "strong"),
            Piece(
                "  "
                + _("field {number} of {count}, {left} to choose").format(
                    number=self.number + 1, count=len(self.merged.conflicts), left=left
                )
            ),
        )

    def situation(self) -> Situation:
        """There are versions to choose from."""
        return Situation(screen=self.screen_name, rows=len(self._options))

    def versions(self) -> list[Version]:
        """The versions of the field, and what was proposed or written anew."""
        conflict = self.conflict
        found = [
            Version(_("yours"), "ours", conflict.ours),
            Version(_("theirs"), "theirs", conflict.theirs),
            Version(_("before"), "base", conflict.base),
        ]
        if conflict.proposal is not MISSING:
            found.append(Version(_("both together, as a proposal"), "proposal", conflict.proposal))
        chosen = self.chosen.get(self.number)
        if isinstance(chosen, Edited):
            found.append(Version(_("written anew"), chosen, chosen.value))
        return found

    def _show(self) -> None:
        cells = self.app.size.width - 6
        rows: list[Line] = []
        headings: set[int] = set()
        self._options = []
        for version in self.versions():
            chosen = self.chosen.get(self.number) == version.side
            self._options.append((len(rows), version))
            rows.append((Piece("= " if chosen else "  "), Piece(version.title, "strong")))
            for line in self._shown(version, cells):
                headings.add(len(rows))
                rows.append(line)
            headings.add(len(rows))
            rows.append(())
        self.query_one(LineList).show(rows, frozenset(headings))
        self.query_one("#field", StatusLine).show((Piece(f" {self._field_name()}", "accent"),))
        self.refresh_lines()

    def _shown(self, version: Version, cells: int) -> list[Line]:
        """A version in lines; of a text that was reworded, what stands around the words that are new and gone."""
        base = self.conflict.base
        if isinstance(base, str) and isinstance(version.value, str) and version.side != "base":
            texts = (values.shown(self.field, one) if self.field else one for one in (base, version.value))
            return word_lines(word_diff(*texts), cells, indent=4)
        return [
            (Piece("    " + part),) for text in in_words(self.field, version.value) for part in wrapped(text, cells)
        ]

    def _field_name(self) -> str:
        """The field with the rows that it stands in."""
        parts: list[str] = []
        for length, step in enumerate(self.conflict.place, start=1):
            if type(step) is str:
                known = field_at(self.conflict.place[:length], self.fields)
                parts.append(words.label(known) if known else step)
            else:
                row = places.value_at(self.conflict.place[:length], self.merged.data)
                name = row.get("organization") or row.get("name") if isinstance(row, dict) else None
                parts.append(str(name or places.render((step,)).strip("[]")))
        return " › ".join(parts)

    def _pointed_at(self) -> Version | None:
        index = self.query_one(LineList).index
        return next((version for row, version in reversed(self._options) if row <= index), None)

    def do_open(self) -> None:
        """Take the version under the cursor, and go on to the next field."""
        version = self._pointed_at()
        if version is not None:
            self._take(version.side)

    def _take(self, side: Side | Edited) -> None:
        self.chosen[self.number] = side
        left = [number for number in range(len(self.merged.conflicts)) if number not in self.chosen]
        if left:
            self.number = next((number for number in left if number > self.number), left[0])
        self._show()
        if not left:
            self.say(_("Everything is chosen: w saves, tab looks at it again."), "good")

    def do_next_pane(self) -> None:
        """The next field."""
        self.number = (self.number + 1) % len(self.merged.conflicts)
        self._show()

    def do_previous_pane(self) -> None:
        """The field before."""
        self.number = (self.number - 1) % len(self.merged.conflicts)
        self._show()

    def do_edit_outside(self) -> None:
        """Write the field anew."""
        version, field = self._pointed_at(), self.field
        if field is None or field.kind not in (Kind.TEXT, Kind.PROSE) or version is None:
            self.say(_("Only texts are edited in your editor."), "warning")
            return
        session = self.book.session
        configured = session.register.git.config if session else None
        before = values.typed_form(field, None if version.value is MISSING else version.value)
        with suppress(SuspendNotSupported), self.app.suspend():
            back = hand_off(
                before + "\n", editor_command(os.environ, configured), ".md", default_state_dir() / "editor"
            )
            if back.text is None:
                self.say(back.reason, "warning")
            else:
                self._take(Edited(back.text.rstrip("\n") or MISSING))

    def do_save(self) -> None:
        """Go back with what was chosen."""
        left = len(self.merged.conflicts) - len(self.chosen)
        if left:
            self.say(_("Choose a version of every field first: tab leads to the others."), "warning")
            return
        choices = {conflict.place: self.chosen[number] for number, conflict in enumerate(self.merged.conflicts)}
        data, then = resolve(self.merged, choices), self._then
        self.book.back(lambda _frame: then(data or {}))


def in_words(field: Field | None, value: Any) -> list[str]:
    """A value as lines of text."""
    if value is MISSING or value is None:
        return [_("(nothing)")]
    if isinstance(value, Mapping):
        shown = []
        for key, inner in value.items():
            below = field.field(key) if field else None
            text = ", ".join(in_words(below, inner))
            shown.append(f"{words.label(below) if below else key}: {text}")
        return shown
    if isinstance(value, list):
        return [text for entry in value for text in in_words(field, entry)] or [_("(none)")]
    if field is None or field.kind in (Kind.TABLE, Kind.TABLES, Kind.TEXTS):
        return [str(value)]
    return values.shown(field, value).split("\n")
