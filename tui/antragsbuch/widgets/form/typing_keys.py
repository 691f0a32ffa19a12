"""Which key does what while one types in a field: each gives the text that is typed as it is afterwards."""

from __future__ import annotations

from collections.abc import Callable

from antragsbuch.editing import prose_keys
from antragsbuch.editing.buffer import Buffer

MOVES: dict[str, Callable[[Buffer], Buffer]] = {
    "left": Buffer.left,
    "right": Buffer.right,
    "ctrl+left": Buffer.word_left,
    "ctrl+right": Buffer.word_right,
    "ctrl+a": Buffer.line_start,
    "ctrl+e": Buffer.line_end,
    "ctrl+home": lambda buffer: buffer.to(0),
    "ctrl+end": lambda buffer: buffer.to(len(buffer.text)),
    "shift+left": lambda buffer: buffer.left(select=True),
    "shift+right": lambda buffer: buffer.right(select=True),
    "ctrl+shift+left": lambda buffer: buffer.word_left(select=True),
    "ctrl+shift+right": lambda buffer: buffer.word_right(select=True),
}
"""Keys that only move the cursor."""

CUTS: dict[str, Callable[[Buffer], Buffer]] = {
    "backspace": Buffer.cut_left,
    "delete": Buffer.cut_right,
    "ctrl+d": Buffer.cut_right,
    "ctrl+w": Buffer.cut_word_left,
    "ctrl+delete": Buffer.cut_word_right,
    "ctrl+u": Buffer.cut_to_start,
    "ctrl+k": Buffer.cut_to_end,
}
"""Keys that take something away."""

IN_PROSE: dict[str, Callable[[Buffer], Buffer]] = {
    **CUTS,
    "backspace": prose_keys.backspace,
}
"""The same in paragraphs."""
