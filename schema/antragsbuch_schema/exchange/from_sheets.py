"""The text of printed pages, in the form that a person would copy: cells apart by tabs, a paragraph or item a line.

Paragraphs are told by the distance of lines, by indents, and by lines that end before they are full. What stands at
the top or bottom of every page is left out; tables and paragraphs that the end of a page cuts go on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from . import unruled
from .sheets import BLANK, NOTHING, Box, Row, Sheet, Word, is_full, joined, rows


class Copied(NamedTuple):
    """What was read from pages: the text, and for each of its lines the page and the line there (both from 1)."""

    text: str
    places: tuple[tuple[int, int], ...]


def copied(sheets: Sequence[Sheet]) -> Copied:
    """The text of these pages."""
    pieces = list(_pieces(sheets))
    width = max((sheet.width for sheet in sheets), default=0.0)
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for text, place in _blocks(pieces, _look(pieces, width)):
        lines += [text, ""]
        places += [place, place]
    return Copied("\n".join(lines), tuple(places))


class Pages(NamedTuple):
    """The pages of one document; `begins`: it begins as a document does, nothing was lost before it."""

    sheets: tuple[Sheet, ...]
    begins: bool


def documents(sheets: Sequence[Sheet], first_line: re.Pattern[str]) -> list[Pages]:
    """The documents that were bound together: one begins on each page whose first line matches `first_line`."""
    furniture = _furniture(sheets)
    found: list[Pages] = []
    for sheet in sheets:
        top = next((row.text for row in rows(sheet.words) if (sheet.number, row) not in furniture), "")
        begins = first_line.fullmatch(top) is not None
        if begins or not found:
            found.append(Pages((sheet,), begins))
        else:
            found[-1] = found[-1]._replace(sheets=(*found[-1].sheets, sheet))
    return found


# --- what stands on the pages


class _Line(NamedTuple):
    """A line that is in no table: its page and number there, and how far it stands below the one above, in points.

    The distance is 0 below a table; `first` on its page it has none either.
    """

    place: tuple[int, int]
    row: Row
    pitch: float
    first: bool


class _Table(NamedTuple):
    """What one page holds of a table: page and number of the line of each row, and the lines in each cell."""

    places: tuple[tuple[int, int], ...]
    cells: tuple[tuple[_Cell, ...], ...]
    first: bool


class _Cell(NamedTuple):
    """The lines in a cell, and where its room ends to the right."""

    lines: tuple[Row, ...]
    right: float


_EDGE = 0.12
"""What part of the height of a page its head and its foot may take."""


def _furniture(sheets: Sequence[Sheet]) -> set[tuple[int, Row]]:
    """Lines at the top and bottom that all pages have at one height, alike but for numbers, with their pages."""
    known: dict[tuple[str, int], list[tuple[int, Row]]] = {}
    for sheet in sheets:
        for row in rows(sheet.words):
            if not sheet.height * _EDGE < row.bottom < sheet.height * (1 - _EDGE):
                alike = re.sub(r"\d+", "0", row.text), round(row.bottom / 4)
                known.setdefault(alike, []).append((sheet.number, row))
    return {line for lines in known.values() if 1 < len(sheets) <= len(lines) for line in lines}


def _pieces(sheets: Sequence[Sheet]) -> Iterator[_Line | _Table]:
    """Lines and tables of all pages, from top to bottom."""
    furniture = _furniture(sheets)
    for sheet in sheets:
        lines = [(number, row) for number, row in enumerate(rows(sheet.words), 1)]
        numbers = {word: number for number, row in lines for word in row.words}
        shown = [word for _number, row in lines if (sheet.number, row) not in furniture for word in row.words]
        tables = [_table(sheet, table, shown, numbers) for table in sheet.tables]
        tables = [table for table in tables if table.places and len(table.cells[0]) > 1]
        taken = _held(tables)
        if boxes := unruled.table([word for word in shown if word not in taken], sheet.width):
            tables.append(_table(sheet, boxes, [word for word in shown if word not in taken], numbers))
            taken = _held(tables)
        standing: list[tuple[float, Row | _Table]] = [(_top(table), table) for table in tables]
        standing += [(row.bottom, row) for row in rows(word for word in shown if word not in taken)]
        above = 0.0
        for position, (height, piece) in enumerate(sorted(standing, key=lambda known: known[0])):
            if isinstance(piece, _Table):
                yield piece._replace(first=position == 0)
                above = 0.0
            else:
                pitch = height - above if above else 0.0
                yield _Line((sheet.number, numbers[piece.words[0]]), piece, pitch, position == 0)
                above = height


def _held(tables: Sequence[_Table]) -> set[Word]:
    """The words that stand in these tables."""
    return {word for table in tables for cells in table.cells for cell in cells for word in _words(cell)}


def _table(
    sheet: Sheet, table: Sequence[Sequence[Box | None]], words: Sequence[Word],
    numbers: dict[Word, int],
) -> _Table:  # fmt: skip
    """The rows of a table that hold something."""
    places: list[tuple[int, int]] = []
    cells: list[tuple[_Cell, ...]] = []
    for boxes in table:
        row: list[_Cell] = []
        for box in boxes:
            inside = [word for word in words if box is not None and _is_inside(word, box)]
            row.append(_Cell(tuple(rows(inside)), box[2] if box else 0.0))
        held = [numbers[word] for cell in row for word in _words(cell)]
        if held:
            places.append((sheet.number, min(held)))
            cells.append(tuple(row))
    return _Table(tuple(places), tuple(cells), False)


def _is_inside(word: Word, box: Box) -> bool:
    return box[0] <= (word.left + word.right) / 2 < box[2] and box[1] <= (word.top + word.bottom) / 2 < box[3]


def _words(cell: _Cell) -> Iterator[Word]:
    return (word for line in cell.lines for word in line.words)


def _top(table: _Table) -> float:
    return min(word.bottom for cell in table.cells[0] for word in _words(cell))


# --- how paragraphs look


class _Look(NamedTuple):
    """How far the text goes from `left` to `right`, how far lines of a paragraph are apart (parts of the height of
    the letters), and whether the document says where blanks stand at the ends of lines."""

    left: float
    right: float
    pitch: float
    exact: bool


_COLUMN = 0.7
"""How far to the right a column of text goes at least, as a part of the width of the page."""
_RAGGED = 15.0
"""How many points apart the ends of two full lines may be."""
_WIDEST = 2.3
"""How far apart lines of a paragraph are at most, as parts of the height of the letters."""
_MORE = 1.15
"""How much farther than usual lines of one paragraph may be apart."""


def _look(pieces: Sequence[_Line | _Table], width: float) -> _Look:
    lines = [piece for piece in pieces if isinstance(piece, _Line)]
    left = min((line.row.left for line in lines), default=0.0)
    # where all lines are short, none of them is full; and one that goes farther than all others is none of the text
    rights = sorted((line.row.right for line in lines), reverse=True)
    alike = (above for above, below in pairwise(rights) if above - below < _RAGGED)
    right = max(next(alike, max(rights, default=0.0)), width * _COLUMN)
    pairs = [(above, line) for above, line in pairwise(lines) if line.pitch]
    full = [(above, line) for above, line in pairs if is_full(above.row, line.row, right)]
    pitches = Counter(round(line.pitch / line.row.size, 1) for _above, line in full)
    likely = [known for known in pitches if known <= _WIDEST]
    pitch = min(likely, key=lambda known: (-pitches[known], known), default=1.3)
    # a document that tells blanks at the ends of lines has none at the ends of paragraphs
    ends = [above for above, line in pairs if line.pitch > pitch * line.row.size * _MORE]
    told = sum(above.row.after != NOTHING for above, _line in full)
    exact = told > len(full) / 2 and all(end.row.after != BLANK for end in ends)
    return _Look(left, right, pitch, exact)


def _is_near(line: _Line, above: _Line, look: _Look) -> bool:
    """Whether two lines are as near to each other, and as much alike, as those of one paragraph are."""
    if abs(line.row.size - above.row.size) > above.row.size * 0.1:
        return False
    return line.first or 0 < line.pitch <= look.pitch * line.row.size * _MORE + 0.5


# --- paragraphs, items and rows

_BULLET = re.compile("[•·▪◦‣●○■\ufffd]")
_DASH = re.compile(r"[-–—*]")
_INDENT = 3.0
_DIVIDING = ("-", "–", "—", "/", "?", "!", "…", "}", "|", "&", "=", "%")
"""Letters after which a line may break without a blank."""


def _blocks(pieces: Sequence[_Line | _Table], look: _Look) -> Iterator[tuple[str, tuple[int, int]]]:
    """Paragraphs, items and rows as text, each with its place."""
    paragraph: list[_Line] = []
    table: list[_Table] = []
    for piece in pieces:
        if isinstance(piece, _Line):
            yield from _rows(table, look)
            table = []
            if paragraph and not _goes_on(paragraph, piece, look):
                yield _paragraph(paragraph, look)
                paragraph = []
            paragraph.append(piece)
            continue
        if paragraph:
            yield _paragraph(paragraph, look)
            paragraph = []
        if table and not (piece.first and len(piece.cells[0]) == len(table[0].cells[0])):
            yield from _rows(table, look)
            table = []
        table.append(piece)
    if paragraph:
        yield _paragraph(paragraph, look)
    yield from _rows(table, look)


def _goes_on(paragraph: Sequence[_Line], line: _Line, look: _Look) -> bool:
    """Whether a line goes on with the paragraph or item above it."""
    above, begin = paragraph[-1], paragraph[0]
    if not _is_near(line, above, look):
        return False
    inside = is_full(above.row, line.row, look.right - 1)
    if look.exact:
        # addresses are divided anywhere
        divided = above.row.text.endswith(_DIVIDING) or (not line.first and line.row.text[0].islower())
        inside = above.row.after != NOTHING or (inside and divided)
    elif _is_level(line, above) and not line.first:
        inside = inside or line.row.text[0].islower()
    goes_by_dash = inside and bool(_DASH.match(line.row.text))
    if _is_marked(begin, look):
        indent = begin.row.words[1].left
        if _is_marked(line, look) and not (goes_by_dash and abs(line.row.left - indent) <= _INDENT):
            return False
        return line.row.left > begin.row.left + _INDENT and (inside or not line.first)
    if _is_marked(line, look) and not (goes_by_dash and _is_level(line, above)):
        return False
    # the first line may stand out or in
    return inside and (_is_level(line, above) or len(paragraph) == 1)


def _is_level(line: _Line, above: _Line) -> bool:
    return abs(line.row.left - above.row.left) <= _INDENT


def _is_marked(line: _Line, look: _Look) -> bool:
    """Whether a line begins with the mark of a list item; other dashes than a hyphen must be indented."""
    mark = line.row.words[0].text
    if len(line.row.words) == 1:
        return False
    return bool(
        mark == "-" or _BULLET.fullmatch(mark) or (_DASH.fullmatch(mark) and line.row.left > look.left + _INDENT)
    )


def _paragraph(lines: Sequence[_Line], look: _Look) -> tuple[str, tuple[int, int]]:
    text = joined([line.row for line in lines], look.right, exact=look.exact)
    if _is_marked(lines[0], look):
        text = "- " + text.split(" ", 1)[1]
    return text, lines[0].place


def _rows(parts: Sequence[_Table], look: _Look) -> Iterator[tuple[str, tuple[int, int]]]:
    """The rows of a table, put together from its pages: without the heads again, and rows that were cut in one."""
    found: list[tuple[list[str], tuple[int, int]]] = []
    above: tuple[_Cell, ...] = ()
    for part in parts:
        rest = [
            ([_cell(cell, look) for cell in row], place) for row, place in zip(part.cells, part.places, strict=True)
        ]
        head = 0
        while found and head < min(len(rest), len(found)) and rest[head][0] == found[head][0]:
            head += 1
        rest = rest[head:]
        if found and rest and _is_rest(part.cells[head], above, look):
            texts = found[-1][0]
            texts[:] = [" ".join(filter(None, pair)) for pair in zip(texts, rest[0][0], strict=True)]
            rest = rest[1:]
        found += rest
        above = part.cells[-1]
    for cells, place in found:
        yield "\t".join(cells), place


def _is_rest(row: Sequence[_Cell], above: Sequence[_Cell], look: _Look) -> bool:
    """Whether a row is what the end of the page cut off the one above: its cells go on with those there."""
    return all(_goes_on_in(cell, before, look) for cell, before in zip(row, above, strict=True) if cell.lines)


def _goes_on_in(cell: _Cell, before: _Cell, look: _Look) -> bool:
    if not before.lines:
        return False
    last = before.lines[-1]
    return last.after != NOTHING if look.exact else is_full(last, cell.lines[0], cell.right - _INDENT)


def _cell(cell: _Cell, look: _Look) -> str:
    return joined(cell.lines, cell.right - _INDENT, exact=look.exact) if cell.lines else ""
