"""The kinds of field that a file can hold, as plain data.

`motion_fields` and `council_fields` list every field of the two files with these. Reader, writer, difference,
merge and editor are driven by the tables; the pydantic models say the same with types, held equal by a test.
No pydantic here: the merge and the diff driver start without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds, and in which TOML type."""

    TEXT = "text"
    """One line of text: a string without line breaks."""
    PROSE = "prose"
    """Paragraphs: a multi-line string, see `prose`."""
    DATE = "date"
    """A local date."""
    TIME = "time"
    """A local time."""
    INTEGER = "integer"
    """A count, 0 or more."""
    CENTS = "cents"
    """Money as integer cents with a sign; for posts, hundredths of a post."""
    BOOLEAN = "boolean"
    CHOICE = "choice"
    """One of the field's `choices`, written as its code."""
    TEXTS = "texts"
    """An ordered list of lines of text."""
    INTEGERS = "integers"
    """An ordered list of integers."""
    TABLE = "table"
    """A table with `fields` of its own."""
    TABLES = "tables"
    """A list of tables, written as `[[blocks]]`; each has `fields`, the first of them `id`."""
    MAP = "map"
    """A table of lines of text under keys of one's own."""


class Vocabulary(StrEnum):
    """Where the words for a field come from: what the editor completes and the rules compare with."""

    NONE = ""
    ORGANIZATIONS = "organizations"
    FACTIONS = "factions"
    SUB_BUDGETS = "sub_budgets"
    PAPER_TYPES = "paper_types"
    REFERENCES = "references"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Choice:
    """A code in the file and the words for it: `label` is an English message of the catalogue."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table.

    `label` and `help` are English messages of the catalogue. `default` is what a missing key means (None: not
    stated); a field at its default is left out of a canonical file unless `keep`. `prefix` begins the ids that
    new elements of a list of tables get. A `required` field must be there, and its text not be empty.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    default: bool | None = None
    keep: bool = False
    prefix: str = ""
    vocabulary: Vocabulary = Vocabulary.NONE
    required: bool = False

    def field(self, name: str) -> Field | None:
        """The field called `name` inside this table or list of tables."""
        return by_name(self.fields).get(name)

    def choice(self, code: object) -> Choice | None:
        """The choice with this code."""
        return next((choice for choice in self.choices if choice.code == code), None)


Fields = tuple[Field, ...]

_BY_NAME: dict[int, tuple[Fields, dict[str, Field]]] = {}


def by_name(fields: Fields) -> dict[str, Field]:
    """The fields of one table by their key."""
    known = _BY_NAME.get(id(fields))
    if known is None:
        known = (fields, {field.name: field for field in fields})
        _BY_NAME[id(fields)] = known
    return known[1]


_TABLES_IN: dict[int, tuple[Fields, dict[str, Field]]] = {}


def tables_in(fields: Fields) -> dict[str, Field]:
    """Those fields of one table that are tables, or lists of tables, themselves, by their key."""
    known = _TABLES_IN.get(id(fields))
    if known is None:
        known = _TABLES_IN[id(fields)] = (fields, {field.name: field for field in fields if field.fields})
    return known[1]


def field_at(place: tuple[object, ...], fields: Fields) -> Field | None:
    """The field that a place belongs to (of `consultations[c4].votes[v1].yes`, the field `yes`), or None."""
    found: Field | None = None
    for step in place:
        if type(step) is str:
            found = by_name(found.fields if found else fields).get(step)
            if found is None:
                return None
    return found


def walk(fields: Fields, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Every field of a table and of the tables in it, with its way of keys, in file order."""
    for field in fields:
        path = (*above, field.name)
        yield path, field
        yield from walk(field.fields, path)
