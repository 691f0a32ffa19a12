"""A table that comes back: which of the tables it is, its columns, and its rows.

Columns may stand in any order, have a heading in any language or their name, or be missing; what a person has added
beside them is named and not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from antragsbuch_schema.i18n import LANGUAGES, Text, text
from antragsbuch_schema.suggest import closest, same_name

from .tables import TABLES, Column, Table, by_heading
from .tables_cells import Cell, NotUnderstood, Style, is_empty
from .tables_csv import MAX_ROWS, TableError

Kind = Literal["not understood", "new", "emptied", "note"]
"""Why something of a table is not taken over; a note is only to be known."""


NO_MOTION = text("there is no such motion")
OTHER_MOTION = text("no motion has this id, and the reference belongs to another")
SEVERAL_MOTIONS = text("several motions have this reference; the id says which")
NEW_ROW = text("a new row; --add takes it over")
BAD_ID = text("no id: a letter, then letters and digits")
UNREADABLE = text("the file of the motion can't be read")
OTHER_VERSION = text("the version in this row is one of another motion")
TOO_LARGE = text("no file can hold what the motion would say")
EMPTY = text("must not be empty")
_SLIPPED = text("a cell beyond the last heading; the row may have slipped")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is not taken over, where it stands and why.

    `row` counts from 1 (0: the table as a whole), `column` too (0: the row as a whole); `heading` stands above it.
    """

    kind: Kind
    reason: Text
    sheet: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""

    @property
    def cell(self) -> str:
        """The place as spreadsheets name it: `C7`; of a row its number, of the whole table nothing."""
        return f"{letters(self.column)}{self.row or ''}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a column stands in a table that came back: its number, from 1, and what stands above it."""

    column: Column
    number: int
    heading: str


@dataclass(frozen=True, slots=True)
class Given:
    """A cell that came back."""

    spot: Spot
    value: Cell

    @property
    def column(self) -> Column:
        """The column that it stands in."""
        return self.spot.column


@dataclass(frozen=True, slots=True)
class Line:
    """A row that came back: its cells, how its texts are to be read, and where each column stands, by its name."""

    table: Table
    style: Style
    sheet: str
    row: int
    spots: Mapping[str, Spot]
    values: Sequence[Cell]

    def given(self, name: str) -> Given | None:
        """The cell in the column of that name, None where the table does not have it."""
        spot = self.spots.get(name)
        return None if spot is None else self._at(spot)

    def every(self) -> Iterator[Given]:
        """The cells of all columns."""
        return map(self._at, self.spots.values())

    def key(self, name: str) -> str | None:
        """What stands in a key column, None where the table does not have it."""
        given = self.given(name)
        return None if given is None else str(given.value).strip()

    def trouble(self, kind: Kind, reason: Text, given: Given | None = None) -> Trouble:
        """What is not taken over of this row, or of one cell of it."""
        if given is None:
            return Trouble(kind, reason, self.sheet, self.row)
        return Trouble(kind, reason, self.sheet, self.row, given.spot.number, given.spot.heading)

    def _at(self, spot: Spot) -> Given:
        # spreadsheets leave out empty cells at the end of a row
        return Given(spot, self.values[spot.number - 1] if spot.number <= len(self.values) else "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it lies in a file: its rows with their numbers, read once, and how texts in it are to be read."""

    rows: Iterable[tuple[int, Sequence[Cell | NotUnderstood]]]
    style: Style
    name: str = ""


def letters(number: int) -> str:
    """The name of a column: 1 is A, 27 is AA, 0 is nothing."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def lines(sheet: Sheet, troubles: list[Trouble]) -> list[Line]:
    """The rows of a table; what is wrong with its columns, and rows that stand there twice, are added to `troubles`.

    Raises `TableError` where it is none of the four tables.
    """
    rows = ((number, row) for number, row in sheet.rows if not all(map(_is_empty, row)))
    head = next(rows, None)
    if head is None:
        raise TableError(text("the table is empty"))
    headings = {place: str(of).strip() for place, of in enumerate(head[1], 1) if not _is_empty(of)}
    table, spots = _recognised(sheet, head[0], headings, troubles)
    last = max(headings)
    known = {spot.number for spot in spots.values()}
    found: list[Line] = []
    for count, (number, row) in enumerate(rows):
        if count == MAX_ROWS:
            raise TableError(text("more than {limit} rows", limit=MAX_ROWS))
        cells: list[Cell] = []
        wrong: list[Trouble] = []
        for place, of in enumerate(row, 1):
            if isinstance(of, NotUnderstood):
                cells.append("")
                if place in known:
                    wrong.append(Trouble("not understood", of.reason, sheet.name, number, place, headings[place]))
            else:
                cells.append(of)
                if place > last and not is_empty(of):
                    wrong.append(Trouble("not understood", _SLIPPED, sheet.name, number, place))
        troubles += wrong
        if not wrong:
            found.append(Line(table, sheet.style, sheet.name, number, spots, cells))
    return _once(found, troubles)


def _is_empty(of: Cell | NotUnderstood) -> bool:
    return not isinstance(of, NotUnderstood) and is_empty(of)


def _recognised(
    sheet: Sheet, row: int, headings: Mapping[int, str], troubles: list[Trouble]
) -> tuple[Table, dict[str, Spot]]:
    """Which of the tables it is, and where its columns stand."""
    keys = {same_name(heading) for heading in headings.values()}
    table = max(TABLES, key=lambda one: len(keys & by_heading(one).keys()))
    known = by_heading(table)
    if len(keys & known.keys()) < 2:
        raise TableError(text("no row of headings that are known; antrag export csv --list-columns names them"))
    spots: dict[str, Spot] = {}
    for place, heading in headings.items():
        column = known.get(same_name(heading))
        if column is None:
            troubles.append(Trouble("note", _unknown(heading, table), sheet.name, row, place, heading))
        elif column.name in spots:
            raise TableError(text("two columns are called {heading}", heading=heading))
        else:
            spots[column.name] = Spot(column, place, heading)
    if not {"motion", "reference"} & spots.keys():
        raise TableError(text("no column says which motion is meant: id or reference"))
    return table, spots


def _unknown(heading: str, table: Table) -> Text:
    words = {column.heading(language): None for column in table.columns for language in (None, *LANGUAGES)}
    meant = closest(heading, words)
    if meant:
        return text("no column of this table, it is not read; did you mean {word}?", word=meant[0])
    return text("no column of this table, it is not read")


def _once(found: list[Line], troubles: list[Trouble]) -> list[Line]:
    """Without rows that stand there twice; where two say different things of the same, neither counts."""
    by_key: dict[tuple[str, ...], list[Line]] = {}
    for line in found:
        by_key.setdefault(_identity(line), []).append(line)
    dropped: set[int] = set()
    for same_key in by_key.values():
        first = same_key[0]
        if all(_says(line) == _says(first) for line in same_key):
            for line in same_key[1:]:
                dropped.add(id(line))
                troubles.append(line.trouble("note", text("the same as row {row}", row=first.row)))
        else:
            for line in same_key:
                dropped.add(id(line))
                other = next(one.row for one in same_key if one is not line)
                reason = text("row {row} says something else of the same", row=other)
                troubles.append(line.trouble("not understood", reason))
    return [line for line in found if id(line) not in dropped]


def _identity(line: Line) -> tuple[str, ...]:
    keys = [line.key(column.name) or "" for column in line.table.keys if column.name not in ("version", "reference")]
    if not keys[0]:
        keys[0] = f"\n{line.key('reference') or ''}"
    if not all(keys) or not keys[0].strip():
        # a row without an id of its own is only the same as its copy
        return tuple(map(str, _says(line)))
    return tuple(keys)


def _says(line: Line) -> list[Cell]:
    return [given.value for given in line.every()]
