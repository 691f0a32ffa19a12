"""The form as rows: what stands under what, and where the cursor can stand. How wide it is decided elsewhere.

Rows are made anew from the data after every change and compared by value, so they hold nothing but texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.places import Place

from .shape import Column


class Part(StrEnum):
    """What of a place the cursor stands on."""

    VALUE = "value"
    """A value of its own: a field, a cell, an entry of a list."""
    PROSE = "prose"
    """Paragraphs."""
    ROW = "row"
    """A whole row of a table."""
    LIST = "list"
    """The heading of a table or list, where one adds to it."""
    MORE = "more"
    """What can be added here."""


class Spot(NamedTuple):
    """Where the cursor can stand. A step 0 of a table without rows is the row that typing there makes."""

    place: Place
    part: Part = Part.VALUE


class Shape(StrEnum):
    """How a row is drawn."""

    SECTION = "section"
    HEADING = "heading"
    FIELD = "field"
    COLUMNS = "columns"
    ELEMENT = "element"
    PROSE = "prose"
    NOTE = "note"
    FINDING = "finding"
    MORE = "more"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text at a spot. `faint` is what stands for nothing; `mark` is `~` where it differs from the last commit."""

    spot: Spot
    text: str
    faint: bool = False
    mark: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form: its label, and the cells in it; `handle` is the spot of the row itself.

    The text of a finding is its label.
    """

    shape: Shape
    label: str = ""
    cells: tuple[Cell, ...] = ()
    columns: tuple[Column, ...] = ()
    handle: Spot | None = None
    mark: str = ""
    indent: int = 0
    severity: Severity | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where the cursor can stand in this row, from left to right."""
        return (*((self.handle,) if self.handle else ()), *(cell.spot for cell in self.cells))
