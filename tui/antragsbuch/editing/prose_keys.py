"""What enter and backspace do in prose, so that what is typed is always paragraphs and items as the file means them."""

from __future__ import annotations

import re
from dataclasses import replace

from .buffer import Buffer

_BREAKS = re.compile(r"\r\n?|\u2028|\u2029")


def enter(buffer: Buffer) -> Buffer:
    """A new paragraph; inside an item a new item; on an empty item the end of the list."""
    buffer = buffer.insert("")
    start = buffer.line_start().cursor
    line = buffer.text[start : buffer.line_end().cursor]
    if line.rstrip() == "-":
        return replace(buffer.to(start), anchor=start + len(line)).insert("" if not start else "\n")
    if line.startswith("- ") and buffer.cursor >= start + 2:
        return buffer.insert("\n- ")
    if not line.strip():
        return buffer
    return buffer.insert("\n\n")


def backspace(buffer: Buffer) -> Buffer:
    """Without the letter before; at the begin of a paragraph or an item without the whole break before it."""
    text, cursor = buffer.text, buffer.cursor
    if buffer.anchor is None:
        for mark in ("\n\n- ", "\n- ", "\n\n"):
            if text.endswith(mark, 0, cursor):
                return Buffer(text[: cursor - len(mark)] + text[cursor:], cursor - len(mark))
    return buffer.cut_left()


def pasted(text: str) -> str:
    """`text` from the clipboard, its line breaks as prose has them."""
    return _BREAKS.sub("\n", text)


def one_line(text: str) -> str:
    """`text` from the clipboard for a field of one line: line breaks and tabs are blanks."""
    return " ".join(text.split())
