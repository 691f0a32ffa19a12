"""The lines of a document as it was copied: cleaned, each with its number, and which of them were understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile("[\ufeff\u200b-\u200d\u2060]")
_INSIDE = re.compile(r"\xad(?=\S)")
"""A hyphen that shows only at the end of a line, where there is none."""
_BREAKS = re.compile("\r\n|[\r\f\v\u0085\u2028\u2029]")
_CUT = re.compile("[a-zäöüß]-")
"""The end of a line that cuts a word."""
_FOOTER = re.compile(r"(?:Seite\s)?\d{1,3}\s(?:von|/)\s\d{1,3}|-\s?\d{1,3}\s?-|Seite\s\d{1,3}", re.IGNORECASE)


class Line(NamedTuple):
    """A line that holds something; `number` counts from 1 in the document, `text` has no blanks around."""

    number: int
    text: str
    after_blank: bool


class Paper:
    """The lines of a document. Whoever understands one takes it; what nobody took is left."""

    def __init__(self, text: str) -> None:
        composed = unicodedata.normalize("NFC", _INSIDE.sub("", _NOTHING.sub("", text)))
        rows = _SPACES.sub(" ", _BREAKS.sub("\n", composed)).split("\n")
        self.lines: tuple[Line, ...] = tuple(_filled(rows))
        self._taken: set[int] = {line.number for line in self.lines if _FOOTER.fullmatch(line.text)}
        self.content = tuple(line for line in self.lines if line.number not in self._taken)
        """Every line but the numbers of pages."""

    def take(self, lines: Iterable[Line]) -> None:
        """These lines were understood."""
        self._taken.update(line.number for line in lines)

    @property
    def left(self) -> tuple[Line, ...]:
        """The lines that were not understood."""
        return tuple(line for line in self.lines if line.number not in self._taken)


def together(texts: Iterable[str]) -> str:
    """Lines of one text put together; a word that the end of a line cut is one word again."""
    parts: list[str] = []
    for text in texts:
        end = parts[-1][-2:] if parts else ""
        if end.endswith("\xad") or (_CUT.fullmatch(end) and text[:1].islower()):
            parts[-1] = parts[-1][:-1] + text
        else:
            parts.append(text)
    return " ".join(" ".join(parts).replace("\xad", "").split())


def _filled(rows: list[str]) -> Iterable[Line]:
    blank = True
    for number, row in enumerate(rows, 1):
        # a tab at the beginning is an empty cell
        text = row.strip(" ").rstrip()
        if text:
            yield Line(number, text, blank)
        blank = not text
