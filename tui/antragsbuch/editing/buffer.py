"""A text that is being typed: the text, the cursor in it and what is selected.

Offsets count code points. The cursor never stands inside a letter with its accents or an emoji of several parts.
Every function gives a new buffer.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

_JOINER = "\u200d"
_WORD = re.compile(r"\w+|[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Buffer:
    """`cursor` is an offset into `text`; between it and `anchor`, where there is one, the text is selected."""

    text: str
    cursor: int
    anchor: int | None = None

    @classmethod
    def at_end(cls, text: str) -> Buffer:
        """`text` with the cursor behind it."""
        return cls(text, len(text))

    @property
    def selection(self) -> tuple[int, int]:
        """Where the selection begins and ends; both the cursor where nothing is selected."""
        anchor = self.cursor if self.anchor is None else self.anchor
        return min(self.cursor, anchor), max(self.cursor, anchor)

    @property
    def selected(self) -> str:
        """The selected text."""
        start, end = self.selection
        return self.text[start:end]

    def to(self, offset: int, *, select: bool = False) -> Buffer:
        """With the cursor at `offset`, or at the nearest place before it where a letter begins."""
        offset = max(0, min(offset, len(self.text)))
        while offset and offset < len(self.text) and _inside(self.text, offset):
            offset -= 1
        anchor = (self.cursor if self.anchor is None else self.anchor) if select else None
        return replace(self, cursor=offset, anchor=None if anchor == offset else anchor)

    def left(self, *, select: bool = False) -> Buffer:
        """One letter to the left; to the begin of what is selected."""
        if self.anchor is not None and not select:
            return self.to(self.selection[0])
        return self.to(before(self.text, self.cursor), select=select)

    def right(self, *, select: bool = False) -> Buffer:
        """One letter to the right; to the end of what is selected."""
        if self.anchor is not None and not select:
            return self.to(self.selection[1])
        return self.to(after(self.text, self.cursor), select=select)

    def word_left(self, *, select: bool = False) -> Buffer:
        """To the begin of this word or the one before."""
        starts = [match.start() for match in _WORD.finditer(self.text, 0, self.cursor)]
        return self.to(starts[-1] if starts else 0, select=select)

    def word_right(self, *, select: bool = False) -> Buffer:
        """To the end of this word or the next."""
        match = _WORD.search(self.text, self.cursor)
        return self.to(match.end() if match else len(self.text), select=select)

    def line_start(self, *, select: bool = False) -> Buffer:
        """To the begin of the line, as line breaks in the text have it."""
        return self.to(self.text.rfind("\n", 0, self.cursor) + 1, select=select)

    def line_end(self, *, select: bool = False) -> Buffer:
        """To the end of the line, as line breaks in the text have it."""
        end = self.text.find("\n", self.cursor)
        return self.to(len(self.text) if end < 0 else end, select=select)

    def select_all(self) -> Buffer:
        """Everything selected, the cursor at the end."""
        return replace(self, cursor=len(self.text), anchor=0 if self.text else None)

    def insert(self, text: str) -> Buffer:
        """With `text` in place of what is selected."""
        start, end = self.selection
        return Buffer(self.text[:start] + text + self.text[end:], start + len(text))

    def cut_left(self) -> Buffer:
        """Without what is selected, or else without the letter before the cursor (backspace)."""
        return self._without(self.left(select=True))

    def cut_right(self) -> Buffer:
        """Without what is selected, or else without the letter after the cursor (delete)."""
        return self._without(self.right(select=True))

    def cut_word_left(self) -> Buffer:
        """Without what is selected, or else without the word before the cursor (ctrl+w)."""
        return self._without(self.word_left(select=True))

    def cut_word_right(self) -> Buffer:
        """Without what is selected, or else without the word after the cursor."""
        return self._without(self.word_right(select=True))

    def cut_to_start(self) -> Buffer:
        """Without what stands before the cursor in its line (ctrl+u)."""
        return replace(self, anchor=None)._without(replace(self, anchor=None).line_start(select=True))

    def cut_to_end(self) -> Buffer:
        """Without what stands after the cursor in its line (ctrl+k); at its end, without the line break."""
        plain = replace(self, anchor=None)
        end = plain.line_end(select=True)
        return self._without(end if end.anchor is not None else plain.right(select=True))

    def _without(self, selected: Buffer) -> Buffer:
        if self.anchor is not None:
            return self.insert("")
        return selected.insert("") if selected.anchor is not None else self


def before(text: str, offset: int) -> int:
    """Where the letter before `offset` begins."""
    offset -= 1
    while offset > 0 and _inside(text, offset):
        offset -= 1
    return max(0, offset)


def after(text: str, offset: int) -> int:
    """Where the letter after `offset` ends."""
    offset += 1
    while offset < len(text) and _inside(text, offset):
        offset += 1
    return min(len(text), offset)


def _inside(text: str, offset: int) -> bool:
    """Whether the code point at `offset` belongs to the one before: an accent, a part of an emoji, half a flag."""
    this, previous = text[offset], text[offset - 1]
    if this.isascii() or previous == "\n":
        return False
    if _JOINER in (this, previous) or unicodedata.category(this) in ("Mn", "Me", "Mc") or _is_modifier(this):
        return True
    if _is_flag_half(this) and _is_flag_half(previous):
        run = offset
        while run and _is_flag_half(text[run - 1]):
            run -= 1
        return (offset - run) % 2 == 1
    return False


def _is_modifier(letter: str) -> bool:
    return "\U0001f3fb" <= letter <= "\U0001f3ff"


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
