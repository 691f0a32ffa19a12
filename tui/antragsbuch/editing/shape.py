"""How the fields of a file are laid out for editing: sections, what is always shown, the columns of tables.

All of it is derived from the field tables: a field that is named nowhere here stands in the last section, or among
the fields that can be added, so that every field can be reached.
"""

from __future__ import annotations

from dataclasses import dataclass

from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.i18n import N_
from antragsbuch_schema.motion_fields import MOTION

Keys = tuple[str, ...]
"""The way to a table through the names of fields: `("consultations", "votes")`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form. `title` is an English message, see `words.title`."""

    name: str
    title: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the field, as a way from the row, and the cells that it takes (`least` to `most`).

    A column with a `good` width gets that much before any other gets more than its least.
    `title` is an English message, see `words.title`.
    A step 0 in the way is the first row of a table inside the row: the first vote of a consultation.
    """

    way: tuple[str | int, ...]
    title: str
    least: int
    most: int
    right: bool = False
    good: int = 0


_MOTION_SECTIONS = (
    (
        "head",
        N_("Head"),
        "reference paper_type title public originators submitted date under_direction_of amends related_papers "
        "superordinated_papers subordinated_papers",
    ),
    ("consultations", "Consultations", "consultations"),
    ("budget", "Budget", "budget"),
    ("proposal", "Proposal", "proposal proposals replacements"),
    ("facts", N_("Facts"), "facts"),
    ("attachments", "Attachments", "attachments main_file"),
)

_MOTION_USUAL = (
    "reference paper_type title public originators submitted date proposal facts attachments budget consultations id"
)

_USUAL: dict[Keys, str] = {
    ("consultations",): "organization date agenda_item role lead outcome resolution_text votes",
    ("consultations", "votes"): "subject result yes no abstentions manner",
    ("budget",): "plan product_pages_from references amounts",
    ("budget", "references"): "page sub_budget name product text",
    ("budget", "amounts"): "side year recurring old change new sub_budget recipient",
    ("attachments",): "title path url public",
    ("main_file",): "title path url",
    ("organizations",): "name short_name classification public seats",
    ("factions",): "name short_name seats",
}

_COUNT = (3, 5, True)
_COLUMNS: dict[Keys, tuple[Column, ...]] = {
    ("consultations",): (
        Column(("date",), "Date", 10, 10),
        Column(("organization",), "Body", 12, 90, good=45),
        Column(("role",), "Role", 13, 28),
        Column(("outcome",), "Outcome", 11, 24, good=11),
        Column(("votes", 0, "yes"), N_("Y"), *_COUNT),
        Column(("votes", 0, "no"), N_("N"), *_COUNT),
        Column(("votes", 0, "abstentions"), N_("A"), *_COUNT),
    ),
    ("consultations", "votes"): (
        Column(("subject",), "Subject", 14, 60, good=30),
        Column(("result",), "Outcome", 10, 14, good=10),
        Column(("yes",), "Yes", 4, 5, True),
        Column(("no",), "No", 4, 5, True),
        Column(("abstentions",), N_("Abst."), 5, 5, True),
    ),
    ("consultations", "votes", "by_faction"): (
        Column(("name",), "Name", 16, 50),
        Column(("kind",), "Who", 9, 24),
        Column(("yes",), "Yes", 4, 5, True),
        Column(("no",), "No", 4, 5, True),
        Column(("abstentions",), N_("Abst."), 5, 5, True),
    ),
    ("budget", "references"): (
        Column(("page",), "Page", 14, 24),
        Column(("sub_budget",), N_("Sub-b."), 6, 12),
        Column(("name",), "Name", 12, 50),
        Column(("text",), "As printed", 12, 50),
    ),
    ("budget", "amounts"): (
        Column(("side",), "Side", 11, 14),
        Column(("year",), "Year", 4, 4),
        Column(("old",), N_("Old"), 14, 18, True),
        Column(("change",), "Change", 14, 18, True),
        Column(("new",), N_("New"), 14, 18, True),
    ),
    ("attachments",): (
        Column(("title",), "Title", 20, 70),
        Column(("path",), "Path", 16, 50),
        Column(("public",), "Public", 6, 10),
    ),
    ("terms",): (
        Column(("name",), "Name", 8, 30),
        Column(("start",), "Begin", 10, 10),
        Column(("end",), "End", 10, 10),
    ),
}

_SCALARS = frozenset({Kind.TEXT, Kind.DATE, Kind.TIME, Kind.INTEGER, Kind.CENTS, Kind.BOOLEAN, Kind.CHOICE})
_WIDTHS = {
    Kind.TEXT: (12, 50, False),
    Kind.DATE: (10, 10, False),
    Kind.TIME: (9, 9, False),
    Kind.INTEGER: (5, 8, True),
    Kind.CENTS: (14, 18, True),
    Kind.BOOLEAN: (6, 10, False),
    Kind.CHOICE: (12, 24, False),
}
_MOST_COLUMNS = 4


def sections(fields: Fields) -> tuple[Section, ...]:
    """The sections of a file with these fields, in the order in which they are shown."""
    return _motion_sections() if fields is MOTION else _council_sections(fields)


def usual(fields: Fields, keys: Keys) -> frozenset[str]:
    """The fields of the table at `keys` that are shown also where nothing is stated in them."""
    if not keys and fields is MOTION:
        return frozenset(_MOTION_USUAL.split())
    table = fields_at(fields, keys)
    return frozenset(_USUAL[keys].split() if keys in _USUAL else (field.name for field in table))


def columns(fields: Fields, keys: Keys) -> tuple[Column, ...]:
    """The columns of the list of tables at `keys`."""
    if keys in _COLUMNS:
        return _COLUMNS[keys]
    chosen = [field for field in fields_at(fields, keys) if field.kind in _SCALARS and field.name != "id"]
    return tuple(Column((field.name,), field.label, *_WIDTHS[field.kind]) for field in chosen[:_MOST_COLUMNS])


def fields_at(fields: Fields, keys: Keys) -> Fields:
    """The fields of the table at `keys`."""
    for key in keys:
        fields = by_name(fields)[key].fields
    return fields


def column_field(table: Fields, column: Column) -> Field:
    """The field that `column` shows, of a table with the fields `table`."""
    fields = table
    found: Field | None = None
    for step in column.way:
        if isinstance(step, str):
            found = by_name(fields)[step]
            fields = found.fields
    assert found is not None
    return found


def _motion_sections() -> tuple[Section, ...]:
    known = by_name(MOTION)
    chosen = [Section(name, title, tuple(known[key] for key in keys.split())) for name, title, keys in _MOTION_SECTIONS]
    placed = {field.name for section in chosen for field in section.fields}
    rest = tuple(field for field in MOTION if field.name not in placed)
    # the identity is the last thing that anybody looks for
    return (*chosen, Section("more", N_("More"), tuple(sorted(rest, key=lambda field: field.name == "id"))))


def _council_sections(fields: Fields) -> tuple[Section, ...]:
    general = tuple(field for field in fields if field.kind is not Kind.TABLES)
    tables = tuple(Section(field.name, field.label, (field,)) for field in fields if field.kind is Kind.TABLES)
    return (Section("general", N_("General"), general), *tables)
