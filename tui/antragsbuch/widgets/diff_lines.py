"""Changed words as lines: pure functions from the pieces of a difference to what is painted.

What was removed stands as `[-so-]`, what was added as `{+so+}`: the signs say it, the looks only help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from antragsbuch_schema.display import display_lines
from antragsbuch_schema.words import Piece as Words

from .line import Line, Look, Piece

_SIGNS: dict[str, tuple[str, str, Look]] = {
    "same": ("", "", ""),
    "removed": ("[-", "-]", "removed"),
    "added": ("{+", "+}", "added"),
}
_AROUND = 90
"""How many code points of an unchanged stretch are kept on each side of a change."""


def word_lines(pieces: Sequence[Words], cells: int, folded: bool = True, indent: int = 1) -> list[Line]:
    """The pieces wrapped to `cells` cells; `folded` leaves out what is far from any change."""
    shown = list(_folded(pieces)) if folded else list(pieces)
    lines: list[list[Piece]] = [[]]
    used = 0
    room = max(8, cells - indent - 1)
    for token, look in _tokens(shown):
        begins = token == "\n" or (used and used + cell_len(token) > room)
        if begins:
            lines.append([])
            used = 0
        text = token.strip("\n") if used else token.strip("\n").lstrip(" ")
        if text:
            lines[-1].append(Piece(text, look))
            used += cell_len(text)
    return [(Piece(" " * indent), *line) if line else () for line in lines]


def _tokens(pieces: Iterable[Words]) -> Iterator[tuple[str, Look]]:
    """Words with the blank before them, and line breaks; the signs stick to the first and the last word."""
    for kind, text in pieces:
        before, after, look = _SIGNS[kind]
        body = display_lines(text)
        lead = body[: len(body) - len(body.lstrip(" "))]
        rows = (lead + before + body[len(lead) :].rstrip(" ") + after + body[len(body.rstrip(" ")) :]).split("\n")
        for number, row in enumerate(rows):
            if number:
                yield "\n", look
            start = 0
            for position, letter in enumerate(row):
                if letter == " " and position > start and row[position - 1] != " ":
                    yield row[start:position], look
                    start = position
            if row[start:]:
                yield row[start:], look


def _folded(pieces: Sequence[Words]) -> Iterator[Words]:
    """The pieces with long unchanged stretches cut to what stands next to a change."""
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        if piece.kind != "same" or len(piece.text) <= (_AROUND if first or last else 2 * _AROUND) + 20:
            yield piece
            continue
        head = "" if first else _head(piece.text)
        tail = "" if last else _tail(piece.text)
        yield Words("same", f"{head}{' ' if head else ''}…{' ' if tail else ''}{tail}")


def _head(text: str) -> str:
    cut = text.rfind(" ", 0, _AROUND)
    return text[: cut if cut > 0 else _AROUND].split("\n\n")[0]


def _tail(text: str) -> str:
    cut = text.find(" ", len(text) - _AROUND)
    return text[cut + 1 if cut >= 0 else len(text) - _AROUND :].split("\n\n")[-1]
