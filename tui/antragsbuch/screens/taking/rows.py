"""What is said of a document that is taken over, as lines. Pure functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.widgets.diff_lines import word_lines
from antragsbuch.widgets.line import Line, Look, Piece, wrapped

from .jobs import Paper, Understood

_MOST = 500
"""So many lines that were not understood are listed; all are marked in the document."""
_SHOWN = 8
"""So many lines of the words of one difference are shown."""
_BREAK = re.compile("\r\n|[\r\n\f\v\x85\u2028\u2029]")
"""What ends a line of a document, as its reader counts them."""


class Rows(NamedTuple):
    """The lines below the motion. `changes` and `numbers` say which difference, or which line of the document, a line
    is about; `headings` can't be chosen."""

    lines: Sequence[Line]
    changes: dict[int, int]
    numbers: dict[int, int]
    headings: frozenset[int]


def rows_of(understood: Understood, marked: Collection[int], cells: int) -> Rows:
    """What differs from the motion that is there, and what was not understood."""
    found = _Rows(cells - 4)
    if (known := understood.known) is not None:
        name = str(known.motion.get("reference"))
        if known.changes:
            found.heading(_("{reference} is in the register already; = is taken over:").format(reference=name))
        else:
            found.heading(_("{reference} is in the register already and says the same.").format(reference=name))
        for number, change in enumerate(known.changes):
            sign = Piece("= " if number in marked else "  ", "key")
            found.changes[len(found.lines)] = number
            sentence = change.sentence(language())
            found.text(sign, sentence)
            if change.pieces and "[-" not in sentence and "{+" not in sentence:
                # it only counts the words
                found.more(word_lines(change.pieces, cells - 4, indent=4)[:_SHOWN])
    for finding in understood.errors:
        found.text(Piece("! ", "error"), f"{finding.code}  {finding.message(language())}")
    for note in understood.paper.notes:
        found.text(Piece("? ", "warning"), note)
    place = understood.paper.place
    if left := understood.imported.left:
        found.heading(
            ngettext("{count} line was not understood:", "{count} lines were not understood:", len(left)).format(
                count=len(left)
            )
        )
        for line in left[:_MOST]:
            found.numbers[len(found.lines)] = line.number
            found.text(Piece("? ", "warning"), f"{place(line.number):>4}  {line.text}")
        if len(left) > _MOST:
            found.more([(Piece("  …"),)])
    for number, remark in understood.imported.remarks:
        found.numbers[len(found.lines)] = number
        found.text(Piece("? ", "warning"), f"{place(number):>4}  {remark(language())}")
    return Rows(found.lines, found.changes, found.numbers, frozenset(found.headings))


class _Rows:
    """Lines while they are put together."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.lines: list[Line] = []
        self.changes: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self.headings: set[int] = set()

    def heading(self, text: str) -> None:
        """A line that stands over others."""
        self.more([(Piece(part, "strong"),) for part in wrapped(text, self.cells)])

    def text(self, sign: Piece, text: str) -> None:
        """A line to choose; where it is too long, those that go on can't be chosen."""
        first, *rest = wrapped(text, self.cells - 2, 2)
        self.lines.append((sign, Piece(first)))
        self.more([(Piece("  " + part),) for part in rest])

    def more(self, lines: Sequence[Line]) -> None:
        """Lines that can't be chosen."""
        self.headings.update(range(len(self.lines), len(self.lines) + len(lines)))
        self.lines += lines


def numbered(paper: Paper, left: Collection[int], cells: int) -> tuple[list[Line], dict[int, int]]:
    """A document with the numbers of its lines, those that were not understood marked; and where each line stands."""
    rows = _BREAK.split(paper.text)
    digits = max(3, len(paper.place(len(rows))), len(str(len(rows))))
    lines: list[Line] = []
    where: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        where[number] = len(lines)
        missed = number in left
        look: Look = "warning" if missed else ""
        parts = wrapped(row.rstrip().replace("\t", " │ "), max(8, cells - digits - 4)) if row.strip() else [""]
        lines.append(
            (
                Piece("? " if missed else "  ", "warning"),
                Piece(f"{paper.place(number):>{digits}} ", "dim"),
                Piece(parts[0], look),
            )
        )
        lines += [(Piece(" " * (digits + 3)), Piece(part, look)) for part in parts[1:]]
    return lines, where
