"""Motions as tables, and what becomes of tables that a person has changed."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange import tables_cells, tables_csv
from antragsbuch_schema.exchange.tables import (
    CONSULTATIONS,
    TABLES,
    Table,
    rows,
    value_of,
)
from antragsbuch_schema.exchange.tables_cells import Cell, Style
from antragsbuch_schema.exchange.tables_edits import Applied, Asked, applied
from antragsbuch_schema.exchange.tables_in import Sheet, lines
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from support.field_data import tables as motions
from support.motion_data import MOTION_3185, VOTE, changed
from support.sample_motion import sample

TODAY = dt.date(2025, 1, 15)
GERMAN = Style("de", german=True)
ENGLISH = Style("en", german=True)
STRICT = Asked(add=False, clear=False, today=TODAY)
GENERATED = st.one_of(motions(MOTION), changed(MOTION_3185, MOTION, steps=4), changed(sample(), MOTION, strange=True))


def cells(table: Table, data: Data, style: Style) -> Iterator[list[Cell]]:
    """The rows of a motion in a table."""
    normal = normalise(data, MOTION)
    for row in rows(table, normal):
        yield [
            tables_cells.cell(value_of(column, row, normal, "v"), column.field, style.language)
            for column in table.columns
        ]


def as_csv(data: Data, style: Style) -> list[Sheet]:
    """Every table of a motion as CSV, as it is read again."""
    found = []
    for table in TABLES:
        source = tables_csv.source(b"".join(tables_csv.to_csv(table.columns, cells(table, data, style), style)))
        found.append(Sheet(tables_csv.rows(source), source.style, table.name))
    return found


def back(data: Data, sheets: Sequence[Sheet], asked: Asked = STRICT, was: Data | None = None) -> Applied:
    """What tables make of a motion that was written into them."""
    found = Applied(dict(data))
    normal = normalise(data if was is None else was, MOTION)
    for sheet in sheets:
        for line in lines(sheet, found.troubles):
            applied(line, found, normal, asked)
    return found


def table_of(
    table: Table, data: Data, style: Style = GERMAN, changes: dict[tuple[int, str], Cell] | None = None
) -> list[list[Cell]]:
    """A table as a person has changed it: cells by row (from 0, without headings) and name of the column."""
    names = [column.name for column in table.columns]
    body = [[tables_csv.fused(tables_cells.written(of, style)) for of in row] for row in cells(table, data, style)]
    found: list[list[Cell]] = [list(names), *(list[Cell](row) for row in body)]
    for (row, name), value in (changes or {}).items():
        found[row + 1][names.index(name)] = value
    return found


def read(found: list[list[Cell]], data: Data, asked: Asked = STRICT, style: Style = GERMAN) -> Applied:
    return back(data, [Sheet(enumerate(found, 1), style)], asked)


def one_change(name: str, value: Cell, table: Table = CONSULTATIONS, row: int = 0, asked: Asked = STRICT) -> Applied:
    """What one changed cell of the sample motion makes."""
    return read(table_of(table, voted(), changes={(row, name): value}), voted(), asked)


def voted() -> Data:
    """A motion with a vote."""
    data = copy.deepcopy(MOTION_3185)
    data["consultations"][2] |= {"outcome": "as_proposed", "agenda_item": "7.12", "votes": [dict(VOTE)]}
    data["budget"]["references"] = [{"id": "b1", "page": "0425", "sub_budget": "50"}]
    return data


def said(found: Applied) -> list[tuple[str, str]]:
    """What was not taken over: place and reason."""
    return [(trouble.cell, trouble.reason("en")) for trouble in found.troubles]
