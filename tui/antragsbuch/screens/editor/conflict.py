"""What both changed: one field at a time, with the versions to choose from. Nothing is taken without a choice."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult, SuspendNotSupported

from antragsbuch.editing import values, words
from antragsbuch.hand_off import editor_command, hand_off
from antragsbuch.i18n import _
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, Situation
from antragsbuch.store.drafts import default_state_dir
from antragsbuch.widgets.line import Line, Piece, wrapped
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.status import StatusLine
from antragsbuch_schema import places
from antragsbuch_schema.edits import MISSING, Data, Insert, Remove, Set, apply
from antragsbuch_schema.fields import Field, Fields, Kind, field_at
from antragsbuch_schema.places import Place

if TYPE_CHECKING:
    from antragsbuch_schema.merge import Conflict, Merged


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a field: whose it is, in words, and the value."""

    title: str
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
        self.chosen: dict[int, Any] = {}
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
        """The versions of the field, and what was chosen or proposed."""
        conflict = self.conflict
        found = [
            Version(_("yours"), conflict.ours),
            Version(_("theirs"), conflict.theirs),
            Version(_("before"), conflict.base),
        ]
        if conflict.proposal is not None and conflict.proposal is not MISSING:
            found.append(Version(_("both together, as a proposal"), conflict.proposal))
        if self.number in self.chosen and all(self.chosen[self.number] is not one.value for one in found):
            found.append(Version(_("written anew"), self.chosen[self.number]))
        return found

    def _show(self) -> None:
        cells = self.app.size.width - 6
        rows: list[Line] = []
        headings: set[int] = set()
        self._options = []
        for version in self.versions():
            chosen = self.number in self.chosen and self.chosen[self.number] is version.value
            self._options.append((len(rows), version))
            rows.append((Piece("= " if chosen else "  "), Piece(version.title, "strong")))
            for text in in_words(self.field, version.value):
                for part in wrapped(text, cells):
                    headings.add(len(rows))
                    rows.append((Piece("    " + part),))
            headings.add(len(rows))
            rows.append(())
        self.query_one(LineList).show(rows, frozenset(headings))
        self.query_one("#field", StatusLine).show((Piece(f" {self._field_name()}", "accent"),))
        self.refresh_lines()

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

    def do_open(self) -> None:
        """Take the version under the cursor, and go on to the next field."""
        index = self.query_one(LineList).index
        version = next((one for row, one in reversed(self._options) if row <= index), None)
        if version is not None:
            self._take(version.value)

    def _take(self, value: Any) -> None:
        self.chosen[self.number] = value
        left = [number for number in range(len(self.merged.conflicts)) if number not in self.chosen]
        if left:
            self.number = next((number for number in left if number > self.number), left[0])
            self._show()
        else:
            self._show()
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
        index, field = self.query_one(LineList).index, self.field
        version = next((one for row, one in reversed(self._options) if row <= index), None)
        if field is None or field.kind not in (Kind.TEXT, Kind.PROSE) or version is None:
            self.say(_("Only texts are edited in your editor."), "warning")
            return
        session = self.book.session
        configured = session.register.git.config.get("core.editor") if session else None
        before = values.typed_form(field, None if version.value is MISSING else version.value)
        with suppress(SuspendNotSupported), self.app.suspend():
            back = hand_off(
                before + "\n", editor_command(os.environ, configured), ".md", default_state_dir() / "editor"
            )
            if back.text is None:
                self.say(back.reason, "warning")
            else:
                self._take(back.text.rstrip("\n") or MISSING)

    def do_save(self) -> None:
        """Go back with what was chosen."""
        left = len(self.merged.conflicts) - len(self.chosen)
        if left:
            self.say(_("Choose a version of every field first: tab leads to the others."), "warning")
            return
        data = self.merged.data
        for number, conflict in enumerate(self.merged.conflicts):
            data = resolved(data, conflict.place, self.chosen[number])
        then = self._then
        self.book.back(lambda _frame: then(data))


def resolved(data: Data, place: Place, value: Any) -> Data:
    """`data` with `value` at `place`, a key or the element of a list; `MISSING` takes it away."""
    if value is None:
        value = MISSING
    now = places.value_at(place, data)
    if isinstance(place[-1], str):
        return apply(data, Set(place, MISSING if now is None else now, value))
    elements = places.value_at(place[:-1], data) or []
    if value is MISSING:
        if now is None:
            return data
        position = places.resolve(place, data)[-1]
        assert isinstance(position, int)
        return apply(data, Remove(place[:-1], position, now))
    if now is None:
        return apply(data, Insert(place[:-1], len(elements), value))
    return apply(data, Set(place, now, value))


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
