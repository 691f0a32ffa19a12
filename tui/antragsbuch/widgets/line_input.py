"""A compact input of one line: no frame, no blinking, and not more is painted than is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from antragsbuch_schema.display import display

from .line import Painted, Piece

LONGEST = 10_000
"""Characters of a paste that go into one line."""
_WORD_LEFT = re.compile(r"\w+\W*$|\W+$")
_WORD_RIGHT = re.compile(r"^\W*\w+|^\W+")


class LineInput(Painted, can_focus=True):
    """One line of text that is typed.

    Keys of the shell work too: ctrl+a, ctrl+e, ctrl+k, ctrl+u, ctrl+w. What it does not use bubbles on: escape,
    tab, up and down belong to the screen. With `complete` tab gives what is typed before the cursor to it, and takes
    what comes back. `breaks` stands for the line breaks of a paste.
    """

    DEFAULT_CSS = """
    LineInput { height: 1; width: 1fr; }
    """

    typing = True
    """Characters are text here, not commands."""

    @dataclass
    class Changed(Message):
        """The text changed."""

        input: LineInput
        value: str

        @property
        def control(self) -> LineInput:
            """The input."""
            return self.input

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        input: LineInput
        value: str

        @property
        def control(self) -> LineInput:
            """The input."""
            return self.input

    def __init__(
        self,
        value: str = "",
        *,
        label: str = "",
        placeholder: str = "",
        complete: Callable[[str], str] | None = None,
        breaks: str = " ",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._complete, self._breaks = complete, breaks
        self.label, self.placeholder = label, placeholder
        self._value, self._cursor, self._first, self._painted = value, len(value), 0, 0

    @property
    def value(self) -> str:
        """The text."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self._edit(value, len(value))

    @property
    def cursor(self) -> int:
        """Where the next letter goes, counted in characters."""
        return self._cursor

    def _edit(self, value: str, cursor: int) -> None:
        value = "".join(value.splitlines())
        changed = value != self._value
        self._value, self._cursor = value, max(0, min(cursor, len(value)))
        self._scroll()
        if changed:
            self.post_message(self.Changed(self, value))

    def _scroll(self) -> None:
        room = max(1, self.size.width - cell_len(self.label) - 1)
        first = min(self._first, self._cursor)
        while first < self._cursor and cell_len(display(self._value[first : self._cursor])) >= room:
            first += 1
        self._first = first
        self._repaint()
        if self.has_focus and self.is_mounted:
            self.app.cursor_position = self.content_region.offset + Offset(self._column(), 0)

    def _repaint(self) -> None:
        length = self._column() + cell_len(display(self._value[self._cursor :])) + 1
        if not self._value:
            # the hint goes to the end of the line
            length = max(length, self.size.width)
        before, self._painted = self._painted, length
        end = min(self.size.width, max(before, length))
        self.refresh(Region(0, 0, max(1, end), 1))

    def _column(self) -> int:
        return cell_len(self.label) + cell_len(display(self._value[self._first : self._cursor]))

    def render_line(self, y: int) -> Strip:
        """Label, text, and a reversed cell for the cursor while it has the focus."""
        if not self._value and not self.has_focus:
            return self.strip((Piece(self.label), Piece(self.placeholder, "dim")), self.size.width)
        before = display(self._value[self._first : self._cursor])
        at = display(self._value[self._cursor : self._cursor + 1]) or " "
        after = display(self._value[self._cursor + 1 :])
        hint = Piece(self.placeholder if not self._value else "", "dim")
        cursor = Piece(at, "reverse" if self.has_focus else "")
        return self.strip((Piece(self.label), Piece(before), cursor, Piece(after), hint), self.size.width)

    def on_focus(self) -> None:
        """Show the cursor."""
        self._scroll()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._repaint()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll()

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted, as one line."""
        event.stop()
        text = self._breaks.join(event.text.strip().split("\n"))[:LONGEST]
        self._edit(self._value[: self._cursor] + text + self._value[self._cursor :], self._cursor + len(text))

    def on_click(self, event: events.Click) -> None:
        """Set the cursor where it was clicked."""
        room = event.x - cell_len(self.label)
        cursor = self._first
        while cursor < len(self._value) and cell_len(display(self._value[self._first : cursor + 1])) <= room:
            cursor += 1
        self._edit(self._value, cursor)

    def on_key(self, event: events.Key) -> None:
        """Type, move and delete."""
        text, cursor = self._value, self._cursor
        left, right = text[:cursor], text[cursor:]
        if event.is_printable and event.character:
            self._edit(left + event.character + right, cursor + len(event.character))
        elif event.key == "enter":
            self.post_message(self.Submitted(self, text))
        elif event.key == "tab" and self._complete is not None:
            completed = self._complete(left)
            self._edit(completed + right, len(completed))
        elif event.key == "backspace":
            self._edit(left[:-1] + right, cursor - 1)
        elif event.key == "delete":
            self._edit(left + right[1:], cursor)
        elif event.key in ("left", "right"):
            self._edit(text, cursor + (1 if event.key == "right" else -1))
        elif event.key in ("home", "ctrl+a"):
            self._edit(text, 0)
        elif event.key in ("end", "ctrl+e"):
            self._edit(text, len(text))
        elif event.key == "ctrl+left":
            self._edit(text, len(_WORD_LEFT.sub("", left)))
        elif event.key == "ctrl+right":
            self._edit(text, len(text) - len(_WORD_RIGHT.sub("", right)))
        elif event.key == "ctrl+w":
            left = _WORD_LEFT.sub("", left)
            self._edit(left + right, len(left))
        elif event.key == "ctrl+u":
            self._edit(right, 0)
        elif event.key == "ctrl+k":
            self._edit(left, cursor)
        else:
            return
        event.stop()
        event.prevent_default()
