"""The four tables that motions make in a spreadsheet: which rows they have, and which columns.

A row is a motion, a step of one, a vote at a step, or a line of a budget motion. The first columns are its keys; they
say where a row belongs when the table comes back. Columns are called as the fields of the file, `budget.plan` for one
inside a table, and have a heading in each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from antragsbuch_schema.alignment import step_of
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.fields import Choice, Field, Fields, Kind, by_name
from antragsbuch_schema.i18n import LANGUAGES, N_, Language, Text, joined, text
from antragsbuch_schema.motion_fields import BUDGET, CONSULTATION, MOTION, VOTE
from antragsbuch_schema.places import Item, Place, Step
from antragsbuch_schema.suggest import same_name


class Role(StrEnum):
    """What a column is for."""

    KEY = "key"
    """Says where the row belongs; never changed by a table."""
    CONTEXT = "context"
    """Belongs to what the row is a part of: for the reader, not taken over from here."""
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `path` are the keys of its value in the element of the row; `lists` those that it belongs to, of a
    table that has rows of several lists."""

    name: str
    label: Text
    field: Field
    role: Role = Role.FIELD
    path: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def heading(self, language: Language | None) -> str:
        """What stands above the column; without a language its name."""
        return self.name if language is None else self.label(language)


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table. `keys` are the first columns, `lists` the ways to the lists that its rows are elements of."""

    name: str
    label: str
    columns: tuple[Column, ...]
    lists: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def keys(self) -> tuple[Column, ...]:
        """The columns that every table of this kind begins with."""
        return tuple(column for column in self.columns if column.role is Role.KEY or column.name == "reference")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where its element stands in the motion, the element, and the tables around it from the outside in."""

    place: Place
    element: Mapping[str, Any]
    above: tuple[Mapping[str, Any], ...] = ()


OPEN = "-open"
"""Stands behind the version of a motion of which a table holds only what is public."""

LISTS = (Choice("references", N_("Place in the budget")), Choice("amounts", N_("Amount")))
"""The two kinds of line in the table of the budget."""

_MOTION = Column("motion", text(N_("Motion (id)")), Field("motion", Kind.TEXT, ""), Role.KEY)
_VERSION = Column("version", text(N_("Version")), Field("version", Kind.TEXT, ""), Role.KEY)
_STEP = Column("consultation", text(N_("Step (id)")), Field("consultation", Kind.TEXT, ""), Role.KEY)
_VOTE = Column("vote", text(N_("Vote (id)")), Field("vote", Kind.TEXT, ""), Role.KEY)
_LIST = Column("list", text(N_("Kind of line")), Field("list", Kind.CHOICE, "", choices=LISTS), Role.KEY)
_LINE = Column("line", text(N_("Line (id)")), Field("line", Kind.TEXT, ""), Role.KEY)

_TITLE = by_name(MOTION)["title"]
_REFERENCE = by_name(MOTION)["reference"]


def _columns(fields: Fields, left_out: Sequence[str] = (), lists: tuple[str, ...] = ()) -> Iterator[Column]:
    """A column for every field that fits into a cell, those of a single table with its name before theirs."""
    for field in fields:
        if field.name in left_out or field.kind in (Kind.TABLES, Kind.MAP):
            continue
        if field.kind is Kind.TABLE:
            for inner in field.fields:
                if not inner.fields:
                    label = joined([Text(field.label), Text(inner.label)], ": ")
                    yield Column(f"{field.name}.{inner.name}", label, inner, path=(field.name, inner.name))
        else:
            yield Column(field.name, Text(field.label), field, path=(field.name,), lists=lists)


def _key_reference() -> Column:
    return Column("reference", Text(_REFERENCE.label), _REFERENCE, Role.KEY)


def _context(name: str, label: Text, field: Field) -> Column:
    return Column(name, label, field, Role.CONTEXT)


def _budget_columns() -> Iterator[Column]:
    """Those of both lists, the ones that both have once."""
    references, amounts = (list(_columns(by_name(BUDGET)[name].fields, ("id",), (name,))) for name in _BUDGET_LISTS)
    shared = {column.name for column in references} & {column.name for column in amounts}
    for column in references:
        lists = _BUDGET_LISTS if column.name in shared else column.lists
        yield Column(column.name, column.label, column.field, path=column.path, lists=lists)
    yield from (column for column in amounts if column.name not in shared)


_BUDGET_LISTS = ("references", "amounts")
_STEP_FIELDS = by_name(CONSULTATION)

MOTIONS = Table(
    "motions",
    N_("Motions"),
    (
        _MOTION,
        *_columns((_REFERENCE,)),
        _VERSION,
        *_columns(MOTION, ("id", "reference")),
    ),
)
CONSULTATIONS = Table(
    "consultations",
    N_("Consultations"),
    (
        _MOTION,
        _key_reference(),
        _VERSION,
        _STEP,
        _context("title", Text(_TITLE.label), _TITLE),
        *_columns(CONSULTATION, ("id",)),
    ),
    (("consultations",),),
)
VOTES = Table(
    "votes",
    N_("Votes"),
    (
        _MOTION,
        _key_reference(),
        _VERSION,
        _STEP,
        _VOTE,
        _context("title", Text(_TITLE.label), _TITLE),
        _context("consultation.organization", text(N_("Step: body")), _STEP_FIELDS["organization"]),
        _context("consultation.date", text(N_("Step: date")), _STEP_FIELDS["date"]),
        *_columns(VOTE, ("id",)),
    ),
    (("consultations", "votes"),),
)
BUDGET_LINES = Table(
    "budget",
    N_("Budget"),
    (
        _MOTION,
        _key_reference(),
        _VERSION,
        _LIST,
        _LINE,
        _context("title", Text(_TITLE.label), _TITLE),
        *_budget_columns(),
    ),
    (("budget", "references"), ("budget", "amounts")),
)
TABLES = (MOTIONS, CONSULTATIONS, VOTES, BUDGET_LINES)


def called(name: str) -> Table | None:
    """The table of that name."""
    return next((table for table in TABLES if table.name == name), None)


def rows(table: Table, motion: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that a motion (normal data) makes in a table, in the order of the file."""
    if table is MOTIONS:
        yield Row((), motion)
    for way in table.lists:
        yield from _elements((), motion, way, ())


def _elements(place: Place, value: Any, way: tuple[str, ...], above: tuple[Mapping[str, Any], ...]) -> Iterator[Row]:
    inner = value.get(way[0]) if isinstance(value, Mapping) else None
    here = (*place, way[0])
    if isinstance(inner, Mapping) and len(way) > 1:
        yield from _elements(here, inner, way[1:], above)
    elif isinstance(inner, list) and all(isinstance(element, Mapping) for element in inner):
        for position, element in enumerate(inner):
            below = (*here, step_of(inner, position))
            if len(way) == 1:
                yield Row(below, element, above)
            else:
                yield from _elements(below, element, way[1:], (*above, element))


def value_of(column: Column, row: Row, motion: Mapping[str, Any], version: str) -> Any:
    """What stands in a column of a row, `MISSING` for nothing."""
    if column.role is Role.FIELD:
        return inside(row.element, column.path)
    if column.name == "version":
        return version
    if column.name in ("motion", "reference", "title"):
        return motion.get("id" if column.name == "motion" else column.name, MISSING)
    if column.name == "list":
        return str(row.place[1])
    if column.role is Role.CONTEXT:
        return row.above[-1].get(column.name.partition(".")[2], MISSING)
    steps = [step for step in row.place if not isinstance(step, str)]
    return step_text(steps[0] if column.name == "consultation" else steps[-1])


def inside(element: Mapping[str, Any], path: Sequence[str]) -> Any:
    """The value at the end of a way of keys, `MISSING` where there is none."""
    value: Any = element
    for key in path:
        value = value.get(key, MISSING) if isinstance(value, Mapping) else MISSING
    return value


def step_text(step: Step) -> str:
    """An element in a key column: its id, or its position where it has none."""
    return step.id if isinstance(step, Item) else f"#{int(step) + 1}"


@cache
def _by_heading(name: str) -> dict[str, Column]:
    table = called(name)
    assert table is not None
    found: dict[str, Column] = {}
    # a name comes before a heading, and that before a heading of another language
    for language in (None, *LANGUAGES):
        for column in table.columns:
            found.setdefault(same_name(column.heading(language)), column)
    return found


def by_heading(table: Table) -> Mapping[str, Column]:
    """The columns by their names and by their headings in all languages, each as `same_name` has it."""
    return _by_heading(table.name)
