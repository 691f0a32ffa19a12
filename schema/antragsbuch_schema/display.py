"""The one filter between foreign text and a terminal.

Files, commit messages, names of authors and branches, and errors of a remote can hold terminal escapes, bidi
overrides and zero-width letters. Everything that the program prints and did not write itself goes through
`display` (one line) or `display_lines`; what would act on the terminal becomes visible instead.
"""

from __future__ import annotations

import re

# C0 without tab and line feed, DEL and C1: they can move the cursor, set the title, answer queries
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
# bidi embeddings, overrides, isolates and marks: they show a text in another order than it is stored
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# zero width and invisible: they hide in a text. Line and paragraph separator break a line unseen
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d"
    "\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\ufff9-\ufffb"
)
# a lone surrogate can't be encoded, tags and language marks are invisible
_ASTRAL = "\ud800-\udfff\U000e0000-\U000e0fff"

UNSAFE = re.compile(f"[{_CONTROL}{_BIDI}{_INVISIBLE}{_ASTRAL}]")
"""A character that never reaches the terminal as it is."""

_UNSAFE_IN_LINE = re.compile(f"[\t\n{_CONTROL}{_BIDI}{_INVISIBLE}{_ASTRAL}]")


def display(text: str) -> str:
    """`text` as one harmless line: a control as its Unicode picture, any other unsafe character as `<U+202E>`."""
    return text if text.isascii() and text.isprintable() else _UNSAFE_IN_LINE.sub(_visible, text)


def display_lines(text: str) -> str:
    """The same for a text of several lines: line feeds stay, tabs become blanks."""
    return UNSAFE.sub(_visible, text.expandtabs(4))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in (0x09, 0x0A):
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"
