"""Documents as a page in a terminal: headings, wrapped paragraphs, tables in columns. Pure functions to lines.

A table gets the cells that its longest words need, and what is left goes to the columns with the longest texts; what
does not fit is wrapped within its column. Everything is counted in cells of the terminal, not in characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from antragsbuch_schema.display import display
from antragsbuch_schema.reports.cells import width as taken

from .model import (
    Align,
    Block,
    Cell,
    Document,
    Head,
    Heading,
    Items,
    Pair,
    Paragraph,
    Table,
    Values,
    grid,
)

Look = Literal["", "strong", "dim", "accent"]
"""`accent` is the look of a heading, `strong` that of lesser ones and of heads of tables."""


class Piece(NamedTuple):
    """A safe text and how it looks."""

    text: str
    look: Look = ""


Line = tuple[Piece, ...]

READING = 84
"""Cells of a line of text that can still be read with ease."""
_LONGEST_WORD = 24
"""Cells of a word that makes its column wider; a longer one is broken."""
_NARROWEST = 30
"""Below so many cells a table is no table any more: its cells stand one below the other."""
_HYPHENS = {
    word.replace("|", ""): word.split("|")
    for word in ("Beratungs|folge", "Sitzungs|termine", "Zuständig|keit", "Vor|schlag", "abwei|chend", "Enthal|tung")
}
"""Where the long words in the heads of narrow columns are divided."""


def page_lines(document: Document, cells: int) -> list[Line]:
    """The lines of a document for a width in cells, with a blank cell on either side."""
    room = max(8, cells - 2)
    lines = _head(document.head, room)
    for block in document.blocks:
        laid = _block(block, room)
        # what belongs to a heading follows it at once
        after_heading = isinstance(block, Heading) or not lines
        if laid and lines and lines[-1] and (after_heading or not _is_heading(lines[-1])):
            lines.append(())
        lines += laid
    return [(Piece(" "), *line) if line else () for line in lines]


def _is_heading(line: Line) -> bool:
    return len(line) == 1 and line[0].look == "accent"


def _head(head: Head, room: int) -> list[Line]:
    reading = min(room, READING)
    above: list[tuple[str, Look]] = [(head.reference, "strong"), (head.paper_type, ""), (head.publicity, "")]
    below: list[tuple[str, Look]] = [(head.title, "strong"), (head.movers, "")]
    parts = [[line for text, look in texts if text for line in _texts(text, reading, look)] for texts in (above, below)]
    return [*parts[0], *([()] if all(parts) else []), *parts[1]]


def _block(block: Block, room: int) -> list[Line]:
    reading = min(room, READING)
    match block:
        case Heading(level, text, is_label):
            look: Look = "accent" if level <= 2 else "strong"
            return _texts(f"{text}:" if is_label else text, reading, look)
        case Paragraph(text):
            return _texts(text, reading)
        case Items(items, marked):
            return [
                line for item in items for line in _texts(f"- {item}" if marked else item or "-", reading, indent=2)
            ]
        case Values(pairs, stacked):
            return [line for pair in pairs for line in _pair(pair, stacked, reading)]
        case Table():
            return table_lines(block, room)


def _pair(pair: Pair, stacked: bool, room: int) -> list[Line]:
    if not pair.label:
        return _texts(pair.value, room, indent=2)
    if stacked and taken(display(pair.label)) + taken(display(pair.value)) + 2 > room:
        return [*_texts(pair.label, room, "strong"), *_texts(pair.value, room)]
    first, *rest = _wrapped(f"{pair.label}: {pair.value}", room, 2)
    label = display(pair.label) + ":"
    if not first.startswith(label):
        return [(Piece(part),) for part in (first, *rest)]
    return [(Piece(label, "dim"), Piece(first[len(label) :])), *((Piece(part),) for part in rest)]


def _texts(text: str, room: int, look: Look = "", indent: int = 0) -> list[Line]:
    return [(Piece(part, look),) if part else () for part in _wrapped(text, room, indent)]


def _wrapped(text: str, cells: int, indent: int = 0) -> list[str]:
    """A text in lines of at most `cells`, broken at blanks where there are any; all but the first indented."""
    lines: list[str] = []
    for word in display(text).split():
        if lines and taken(lines[-1]) + 1 + taken(word) <= cells:
            lines[-1] += " " + word
            continue
        fits = (indent if lines else 0) + taken(word) <= cells
        for piece in [word] if fits else _chopped(word, cells - indent):
            lines.append((" " * indent if lines else "") + piece)
    return lines or [""]


def _chopped(word: str, cells: int) -> list[str]:
    """A word in pieces of at most `cells`; a letter wider than that stands by itself."""
    pieces = [""]
    used = 0
    for letter in word:
        own = taken(letter)
        if pieces[-1] and used + own > cells:
            pieces.append("")
            used = 0
        pieces[-1] += letter
        used += own
    return pieces


# --- tables


def table_lines(table: Table, room: int) -> list[Line]:
    """A table in `room` cells: its head, a rule, its rows."""
    rows = list(grid((*table.head, *table.rows)))
    if not rows:
        return []
    count = max(map(len, rows))
    gap = 2 if count <= 4 else 1
    widths = _widths(rows, len(table.head), count, room - gap * (count - 1))
    if widths is None:
        return _stacked(table, room)
    layout = _Layout(widths, gap, [column.align for column in table.columns])
    head = layout.lines(rows[: len(table.head)], "strong")
    rule = [(Piece("─" * (sum(widths) + gap * (count - 1)), "dim"),)] if head else []
    return [*head, *rule, *layout.lines(rows[len(table.head) :], "")]


def _widths(rows: Sequence[Sequence[Cell | None]], heads: int, count: int, room: int) -> list[int] | None:
    """The cells of each column, None where there is no room for a table. A cell over several columns asks for none."""
    least, most = [1] * count, [1] * count
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is None or cell.columns > 1:
                continue
            words = [part for word in display(cell.text).split() for part in _parts(word, number < heads)]
            longest = max(map(taken, words), default=0)
            least[column] = max(least[column], min(longest, _LONGEST_WORD))
            # a head that can be divided asks for no more than that
            wanted = least[column] if number < heads else taken(display(cell.text))
            most[column] = max(most[column], wanted, least[column])
    if sum(least) > room or room < _NARROWEST:
        return None
    left = room - sum(least)
    while left > 0 and any(a < b for a, b in zip(least, most, strict=True)):
        # to the column that would still need the most lines
        column = max(range(count), key=lambda number: most[number] / least[number])
        least[column] += 1
        left -= 1
    return least


def _parts(word: str, in_head: bool) -> list[str]:
    """A word, or the parts that it may be divided into, all but the last with a hyphen."""
    *first, last = _HYPHENS.get(word, [word]) if in_head else [word]
    return [*(f"{part}-" for part in first), last]


@dataclass(slots=True)
class _Open:
    """A cell that is being painted: the lines that are left of it, and the rows that it still takes."""

    lines: list[str]
    width: int
    align: Align
    rows: int
    columns: int


@dataclass(slots=True)
class _Layout:
    """Rows of a table in columns of fixed widths."""

    widths: Sequence[int]
    gap: int
    align: Sequence[Align]
    open: dict[int, _Open] = field(default_factory=dict)

    def lines(self, rows: Sequence[Sequence[Cell | None]], look: Look) -> list[Line]:
        """The lines of these rows; a cell that spans several flows through them."""
        found: list[Line] = []
        for row in rows:
            for column, cell in enumerate(row):
                if cell is not None:
                    self.open[column] = self._opened(cell, column, look == "strong")
            ending = [len(cell.lines) for cell in self.open.values() if cell.rows == 1]
            for _line in range(max(ending, default=1) or 1):
                found.append(self._line(look))
            for column, painted in list(self.open.items()):
                painted.rows -= 1
                if painted.rows <= 0:
                    del self.open[column]
        return found

    def _opened(self, cell: Cell, column: int, in_head: bool) -> _Open:
        columns = min(cell.columns, len(self.widths) - column)
        width = sum(self.widths[column : column + columns]) + self.gap * (columns - 1)
        align = Align.CENTER if cell.columns > 1 else self.align[column] if column < len(self.align) else Align.START
        return _Open(_in_column(cell.text, width, in_head), width, align, cell.rows, columns)

    def _line(self, look: Look) -> Line:
        text, column = "", 0
        while column < len(self.widths):
            cell = self.open.get(column)
            if cell is None:
                text += " " * self.widths[column]
                column += 1
            else:
                text += _aligned(cell.lines.pop(0) if cell.lines else "", cell.width, cell.align)
                column += cell.columns
            text += " " * self.gap
        return (Piece(text.rstrip(), look),) if text.strip() else ()


def _in_column(text: str, width: int, in_head: bool) -> list[str]:
    """A text wrapped to its column; the parts of a divided word go on the next line only where they have to."""
    lines: list[str] = []
    for word in display(text).split():
        *first, last = _parts(word, in_head)
        whole = taken(word) <= width
        for number, part in enumerate([word] if whole else [*first, last]):
            begun = lines[-1] if lines else ""
            if begun and not number and taken(begun) + 1 + taken(part) <= width:
                lines[-1] = f"{begun} {part}"
            else:
                lines += _chopped(part, width)
    return lines


def _aligned(text: str, width: int, align: Align) -> str:
    left = max(0, width - taken(text))
    before = {Align.START: 0, Align.CENTER: left // 2, Align.END: left}[align]
    return " " * before + text + " " * (left - before)


def _stacked(table: Table, room: int) -> list[Line]:
    """Where there is no room for columns: the cells of each row one below the other, each with its heading."""
    names = _names(table)
    lines: list[Line] = []
    for row in grid(table.rows):
        if lines:
            lines.append(())
        for column, cell in enumerate(row):
            if cell is not None and cell.text:
                name = names[column] if column < len(names) else ""
                lines += _pair(Pair(name if column else "", cell.text), False, room)
    return lines


def _names(table: Table) -> list[str]:
    """What the columns are called: the lowest cell of the head in each."""
    names: list[str] = []
    for row in grid(table.head):
        names += [""] * (len(row) - len(names))
        for column, cell in enumerate(_filled(row)):
            names[column] = cell or names[column]
    return names


def _filled(row: Iterable[Cell | None]) -> Iterable[str]:
    return [cell.text if cell is not None else "" for cell in row]
