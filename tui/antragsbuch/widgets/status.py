"""The three lines of the frame: where one is, what is to be said, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from .line import Line, Painted, Piece, fit, plain, width


class StatusLine(Painted):
    """One line; only what changed of it is painted."""

    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; }
    """

    def __init__(self, parts: Line = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.parts = parts

    def show(self, parts: Line) -> None:
        """Show another line."""
        if parts == self.parts:
            return
        before, self.parts = self.parts, parts
        length = max(sum(width(piece.text) for piece in line) for line in (before, parts))
        self.refresh(Region(0, 0, max(1, min(length, self.size.width)), 1))

    def render_line(self, y: int) -> Strip:
        """The line, cut at the edge."""
        return self.strip(self.parts, self.size.width)

    @property
    def text(self) -> str:
        """What stands there."""
        return plain(self.parts)


def spread(left: Line, right: Line, cells: int) -> Line:
    """`left` and `right` at the two ends of a line of `cells` cells; the left one gives way."""
    room = cells - sum(width(piece.text) for piece in right) - 1
    shown, used = [], 0
    for piece in left:
        wide = width(piece.text)
        if used + wide > room:
            shown.append(Piece(fit(piece.text, max(0, room - used)), piece.look))
            used = room
            break
        shown.append(piece)
        used += wide
    return (*shown, Piece(" " * max(1, cells - used - sum(width(piece.text) for piece in right))), *right)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question: the keys that give it, what it does in a word, and its name in the code."""

    keys: tuple[str, ...]
    title: str
    value: str


class Question(StatusLine, can_focus=True):
    """A question in the place of the message line. It holds the keyboard until one of the answers is given."""

    @dataclass
    class Answered(Message):
        """The person chose; `value` is None where they left it with escape."""

        value: str | None

    def __init__(self, text: str, answers: Sequence[Answer], leave: str) -> None:
        self.question, self.answers = text, tuple(answers)
        pieces: list[Piece] = [Piece(f" {text}  ", "strong")]
        for answer in self.answers:
            pieces += [Piece(answer.keys[0], "reverse"), Piece(f" {answer.title}   ")]
        pieces += [Piece("esc", "reverse"), Piece(f" {leave}")]
        super().__init__(tuple(pieces))

    def on_key(self, event: events.Key) -> None:
        """Take an answer; every other key is held back."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.post_message(self.Answered(None))
            return
        pressed = event.character if event.is_printable else event.key
        for answer in self.answers:
            if pressed in answer.keys:
                self.post_message(self.Answered(answer.value))
                return
