"""Pieces of a difference in lines of so many cells: what a terminal shows of a row of `layouts`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from antragsbuch_schema.display import display
from antragsbuch_schema.words import Piece

from .cells import cropped, width

Lines = list[list[Piece]]

_SIGNS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_TOKEN = re.compile(r" *[^ ]+| +\Z")


def signed(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with their signs, `[-so-]` and `{+so+}`, which tell without a colour what came and went."""
    found: list[Piece] = []
    for kind, text in pieces:
        begin, end = _SIGNS[kind]
        body = text.strip(" ")
        if not begin or not body:
            found.append(Piece(kind, text))
            continue
        lead, tail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        found += [Piece("same", lead)] if lead else []
        found.append(Piece(kind, begin + body + end))
        found += [Piece("same", tail)] if tail else []
    return found


def safe(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with nothing in them that acts on a terminal."""
    return [Piece(kind, display(text)) for kind, text in pieces]


def wrapped(pieces: Sequence[Piece], cells: int, hanging: int = 0) -> Lines:
    """The pieces in lines of at most `cells` cells, broken at blanks; further lines begin with `hanging` blanks.

    A word that is too long for a line is broken anywhere. The pieces must be safe. At least one line.
    """
    start = [Piece("same", " " * hanging)] if hanging else []
    lines: Lines = [[]]
    used = 0
    for word in _words(pieces):
        if used and used + _width(word) > cells:
            lines.append([*start])
            used = hanging
            word[0] = Piece(word[0].kind, word[0].text.lstrip(" "))
        for kind, text in word:
            rest = text
            while used + width(rest) > cells:
                # a letter wider than a whole line stands there all the same
                end = _fitting(rest, cells - used) or (used <= hanging)
                lines[-1].append(Piece(kind, rest[:end]))
                used, rest = used + width(rest[:end]), rest[end:]
                if not rest:
                    break
                lines.append([*start])
                used = hanging
            lines[-1].append(Piece(kind, rest))
            used += width(rest)
    return [_joined(line) for line in lines]


def fitted(text: str, cells: int) -> str:
    """A safe text in just so many cells: cut with an ellipsis, or filled with blanks."""
    shown, _start, _end = cropped(text, 0, 0, cells)
    return shown + " " * (cells - width(shown))


def _words(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Words with the blanks before them; a word can be of several pieces."""
    word: list[Piece] = []
    for kind, text in pieces:
        for match in _TOKEN.finditer(text):
            if match[0].startswith(" ") and word:
                yield word
                word = []
            word.append(Piece(kind, match[0]))
    if word:
        yield word


def _width(word: Sequence[Piece]) -> int:
    return sum(width(piece.text) for piece in word)


def _fitting(text: str, cells: int) -> int:
    """How many letters of `text` have room in `cells` cells."""
    end = used = 0
    while end < len(text) and (used := used + width(text[end])) <= cells:
        end += 1
    return end


def _joined(line: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in line:
        if not piece.text:
            continue
        if found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found
