"""What a terminal sends, apart: keys, the escape key, and pastes.

A paste is held together here and never reaches the parser of keys. Textual's own takes an escape within a paste for
the begin of a key, and gives up to 32 letters after it to the program as if they had been typed; it also looks at
every letter by itself, which takes long for a large paste. Bytes of a paste that are no UTF-8 are read as Latin-1
(Windows-1252), line by line.

Some terminals do not mark a paste (GNU screen before 5.0): then its letters would be commands. A text of several
lines that arrives in one piece is taken for a paste too, for nobody types like that.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

ESCAPE = "\x1b"
LONGEST = 1 << 22
"""Bytes of a paste that are kept, far more than a motion may have; what comes after them is dropped."""

_BEGINS, _ENDS = b"\x1b[200~", b"\x1b[201~"
# what begins a sequence of the terminal: CSI, SS3, DCS and OSC; alt and backspace stay
_LONE = re.compile(r"\x1b(?![\[OP\]\x7f\x08])")
_BEGUN = re.compile(rb"\x1b(?:\[(?:2(?:00?)?)?)?\Z")
"""The end of the input may be the begin of a sequence that matters here."""
_KEYS = re.compile(rb"[^\t\n\r -~\x80-\xff]")
"""What no text holds: keys that are not letters."""
_UNMARKED_LINES, _UNMARKED_BYTES = 3, 200
"""A paste without marks has at least so many lines and bytes."""
_BREAK = re.compile(rb"\r\n|\r|\n")


class Pasted(NamedTuple):
    """A text that was pasted; its lines end with a line feed."""

    text: str


class Input:
    """The text that a terminal sends: what was pasted, and each escape that stands for itself, apart from the rest."""

    def __init__(self) -> None:
        self._held = b""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._paste: bytearray | None = None
        self._unmarked = False

    @property
    def waiting(self) -> bool:
        """Whether something waits for what follows, and is complete if nothing does."""
        return self._unmarked or (bool(self._held) and self._paste is None)

    def feed(self, data: bytes) -> list[str | Pasted]:
        """`data` in parts; a part that is just an escape is the key. What may go on waits for the next call."""
        parts: list[str | Pasted] = []
        if self._unmarked:
            if not _KEYS.search(data):
                self._keep(data)
                return []
            parts += self.waited()
        data, self._held = self._held + data, b""
        if self._paste is None and _is_unmarked(data):
            self._paste, self._unmarked = bytearray(), True
            self._keep(data)
            return parts
        while data:
            if self._paste is not None:
                inside, end, data = data.partition(_ENDS)
                if not end:
                    # the mark may be cut in two
                    inside, self._held = inside[: -len(_ENDS) + 1], inside[-len(_ENDS) + 1 :]
                self._keep(inside)
                if end:
                    parts.append(self._pasted())
                continue
            typed, begin, data = data.partition(_BEGINS)
            if not begin and (begun := _BEGUN.search(typed)):
                typed, self._held = typed[: begun.start()], begun[0]
            parts += _apart(self._decode(typed))
            if begin:
                self._paste = bytearray()
        return [part for part in parts if part]

    def waited(self) -> list[str | Pasted]:
        """Nothing followed: what waited is complete."""
        if self._unmarked:
            self._unmarked = False
            return [self._pasted()]
        held, self._held = self._held, b""
        return [held.decode("ascii")] if held else []

    def _keep(self, data: bytes) -> None:
        assert self._paste is not None
        self._paste += data[: max(0, LONGEST - len(self._paste))]

    def _pasted(self) -> Pasted:
        paste, self._paste = bytes(self._paste or b""), None
        return Pasted(text_of(paste))


def text_of(data: bytes) -> str:
    """The text of pasted bytes: each line in UTF-8, or else in Windows-1252; every line ends with a line feed."""
    data = data.replace(b"\0", b"")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(map(_line, _BREAK.split(data)))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _apart(typed: str) -> list[str | Pasted]:
    parts: list[str | Pasted] = []
    position = 0
    for lone in _LONE.finditer(typed):
        parts += [typed[position : lone.start()], ESCAPE]
        position = lone.end()
    return [*parts, typed[position:]]


def _is_unmarked(data: bytes) -> bool:
    lines = data.count(b"\r") + data.count(b"\n")
    return len(data) >= _UNMARKED_BYTES and lines >= _UNMARKED_LINES and not _KEYS.search(data)
