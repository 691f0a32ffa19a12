"""What a printed motion consists of, whatever it is printed as.

Every text is data and never markup: a writer escapes it. Texts of one line hold no line break. Levels of headings
begin at 1 (the title of the motion) and never skip one; a writer that puts motions into something larger moves all
of them down by the same number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

LANGUAGE = "de"
"""The language of every document: the printed form of a motion is always German."""
CONTENTS = "Inhalt"
"""The heading of the contents of a booklet."""


class Align(StrEnum):
    """Where the text of a cell stands."""

    START = "start"
    CENTER = "center"
    END = "end"


class Scope(StrEnum):
    """What a cell is the header of."""

    NONE = ""
    COLUMN = "col"
    COLUMNS = "colgroup"
    """Of several columns: the cell spans them."""
    ROW = "row"


class Head(NamedTuple):
    """The head of a motion; a part that is not stated is empty.

    `title` is its heading of level 1; `name` is never empty and stands for it where one is needed.
    """

    reference: str
    """`2292 (V) HHA`"""
    paper_type: str
    """`Haushaltsantrag`"""
    publicity: str
    """`öffentlich` or `nichtöffentlich`"""
    title: str
    movers: str
    """`Antrag der Fraktionen SPD und CDU vom 15. November 2023`"""

    @property
    def name(self) -> str:
        """What the motion is called: its title, else its reference, else words for it."""
        return self.title or self.reference or "Antrag ohne Titel"


class Heading(NamedTuple):
    """A heading over what follows, up to the next one of its level or above.

    In plain text, one that `is_label` has a colon.
    """

    level: int
    text: str
    is_label: bool = False


class Paragraph(NamedTuple):
    """A paragraph of text, on one line."""

    text: str


class Items(NamedTuple):
    """A list; `marked` with a dash before each item, otherwise a line each. An item can be empty."""

    items: tuple[str, ...]
    marked: bool = True


class Pair(NamedTuple):
    """A label and its value, both on one line; the label can be empty."""

    label: str
    value: str


class Values(NamedTuple):
    """Labels with their values, a line each; `stacked` where the value stands below its label."""

    pairs: tuple[Pair, ...]
    stacked: bool = False


class Cell(NamedTuple):
    """A cell of a table: its text, how many columns and rows it takes, and what it is the header of."""

    text: str
    columns: int = 1
    rows: int = 1
    scope: Scope = Scope.NONE


class Column(NamedTuple):
    """A column of a table: its share of the width in percent, and where its texts stand."""

    width: int
    align: Align = Align.START


class Table(NamedTuple):
    """A table; the `head` rows are repeated on each page.

    A row holds the cells that begin in it, from left to right: one that spans rows is not among those of the next.
    `caption` says what the table is about to whom can't see it; it is not printed.
    """

    caption: str
    columns: tuple[Column, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Items | Values | Table


class Document(NamedTuple):
    """A motion as printed: its head, then its blocks from top to bottom; `date` is that of the paper, if any."""

    head: Head
    blocks: tuple[Block, ...]
    date: dt.date | None

    @property
    def name(self) -> str:
        """What the document is called, for its metadata: reference and title."""
        return ", ".join(dict.fromkeys(filter(None, (self.head.reference, self.head.name))))


class Entry(NamedTuple):
    """A motion of a booklet: its number in the booklet from 1, its item on the agenda if any, and itself."""

    number: int
    agenda_item: str
    document: Document

    @property
    def item(self) -> str:
        """`TOP 7.12`, empty where the item is not known."""
        return f"TOP {self.agenda_item}" if self.agenda_item else ""

    @property
    def anchor(self) -> str:
        """What links of the booklet call it; letters, digits and hyphens."""
        return f"antrag-{self.number}"

    @property
    def label(self) -> str:
        """Item and reference in one line, for the contents and the heads of pages."""
        return ", ".join(filter(None, (self.item, self.document.head.reference)))


class Booklet(NamedTuple):
    """Several motions as one document with contents.

    `title` is its heading of level 1, those of the motions are one level further down. `cover` are the lines below
    the title: body, date, how many motions. `date` is that of the session, or the latest of the motions, if any.
    """

    title: str
    cover: tuple[str, ...]
    entries: tuple[Entry, ...]
    date: dt.date | None

    @property
    def name(self) -> str:
        """What the document is called, for its metadata."""
        return ", ".join((self.title, *self.cover))


def column_names(table: Table) -> tuple[str, ...]:
    """One name for each column where only one row of heads is possible: `Abstimmung: Ja`."""
    above: list[list[str]] = [[] for _ in table.columns]
    for row in grid(table.head):
        spanning = ("", 0)
        for column, cell in enumerate(row):
            if cell:
                spanning = (cell.text, column + cell.columns)
            if column < spanning[1]:
                above[column].append(spanning[0])
    return tuple(": ".join(filter(None, names)) for names in above)


def grid(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[Cell | None, ...]]:
    """The rows of a table with every column in place: None where a cell from the left or from above goes on."""
    taken: dict[int, int] = {}
    for row in rows:
        line: list[Cell | None] = []
        for cell in row:
            while taken.get(len(line), 0):
                line.append(None)
            at = len(line)
            line += [cell, *[None] * (cell.columns - 1)]
            for column in range(at, at + cell.columns):
                taken[column] = cell.rows
        while taken.get(len(line), 0):
            line.append(None)
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        yield tuple(line)
