"""Reading a parsed file by type: what the rules stand on.

A file that is checked can hold anything: a text where a date is due, a number in place of a list. The types are
reported by their own findings; here a value of the wrong type counts as missing, so that a rule never raises and
never reports the same mistake again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from antragsbuch_schema.fields import Field, Fields, Kind, tables_in
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.motion_fields import MOTION, OUTCOMES
from antragsbuch_schema.places import ID, Item, Place, Step

if TYPE_CHECKING:
    from antragsbuch_schema.toml.reader import Document

# printable ASCII, line feeds and the letters and signs of ordinary German: nothing to look at in such a text
_ORDINARY = re.compile(r"[\n -~ÄÖÜäöüß§€–—„“”‚‘’»«…°²³½éèáàçñ·•]*+")


class View:
    """One table of a file with its place. `data` is the table as parsed."""

    def __init__(self, data: Mapping[str, Any], place: Place = ()) -> None:
        self.data = data
        self.place = place
        # many rules ask for the same tables
        self._table: dict[str, View] = {}
        self._tables: dict[str, list[View]] = {}

    def at(self, *steps: Step) -> Place:
        """The place of a key of this table, or of something below it."""
        return (*self.place, *steps)

    def string(self, key: str) -> str | None:
        """The text at `key`; None where it is missing, blank or no text."""
        value = self.data.get(key)
        return value if type(value) is str and value and not value.isspace() else None

    def date(self, key: str) -> dt.date | None:
        """The local date at `key`."""
        value = self.data.get(key)
        return value if type(value) is dt.date else None

    def integer(self, key: str) -> int | None:
        """The integer at `key`, with any sign."""
        value = self.data.get(key)
        return value if type(value) is int else None

    def count(self, key: str) -> int | None:
        """The integer at `key` where it is 0 or more."""
        value = self.data.get(key)
        return value if type(value) is int and value >= 0 else None

    def flag(self, key: str) -> bool | None:
        """The boolean at `key`."""
        value = self.data.get(key)
        return value if type(value) is bool else None

    def texts(self, key: str) -> list[tuple[Place, str]]:
        """The texts of the list at `key` that say anything, each with its place."""
        value = self.data.get(key)
        if type(value) is not list:
            return []
        return [(self.at(key, n), entry) for n, entry in enumerate(value) if type(entry) is str and entry.strip()]

    def table(self, key: str) -> View:
        """The table at `key`; an empty one where there is none."""
        found = self._table.get(key)
        if found is None:
            value = self.data.get(key)
            found = self._table[key] = View(value if isinstance(value, Mapping) else {}, self.at(key))
        return found

    def tables(self, key: str) -> list[View]:
        """The tables of the list at `key`, each at its place: by `id` where that names it alone. Not to be changed."""
        if key not in self.data:
            return []
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = [View(element, place) for element, place in self._elements(key)]
        return found

    def _elements(self, key: str) -> Iterator[tuple[Mapping[str, Any], Place]]:
        value = self.data.get(key)
        if type(value) is not list:
            return
        seen: set[str] = set()
        for position, element in enumerate(value):
            if isinstance(element, Mapping):
                yield element, self.at(key, _step(element, position, seen))


class Vote(View):
    """One vote of a step."""

    def __init__(self, data: Mapping[str, Any], place: Place, step: Consultation) -> None:
        super().__init__(data, place)
        self.step = step
        self.yes = self.count("yes")
        self.no = self.count("no")
        self.abstentions = self.count("abstentions")
        self.result = self.string("result")
        self.procedural = self.flag("procedural") is True
        self.organization = self.string("organization") or step.organization
        self.subject = self.string("subject") or self.string("proposal")

    @property
    def stated(self) -> dict[str, int]:
        """The counts of votes that were given, by key."""
        counts = {"yes": self.yes, "no": self.no, "abstentions": self.abstentions, "invalid": self.count("invalid")}
        return {key: count for key, count in counts.items() if count is not None}


class Consultation(View):
    """One step of the Beratungsfolge."""

    def __init__(self, data: Mapping[str, Any], place: Place) -> None:
        super().__init__(data, place)
        self.organization = self.string("organization")
        self.held = self.date("date")
        self.role = self.string("role")
        self.outcome = self.string("outcome")
        self.votes = [Vote(vote, at, self) for vote, at in self._elements("votes")]

    @cached_property
    def main_vote(self) -> Vote | None:
        """The one vote on the whole motion on the matter itself; None where there is none or are several."""
        whole = [
            vote
            for vote in self.votes
            if not vote.procedural and vote.subject is None and vote.organization == self.organization
        ]
        return whole[0] if len(whole) == 1 else None

    @property
    def name(self) -> str:
        """What to call the step in a message: its body, or nothing."""
        return self.organization or ""


class Motion(View):
    """A whole file with its table of fields. `document` is there where the text of the file is known."""

    def __init__(self, data: Mapping[str, Any], document: Document | None = None, fields: Fields = MOTION) -> None:
        super().__init__(data)
        self.document = document
        self.fields = fields
        self.reference = self.string("reference")
        self.submitted = self.date("submitted")
        self.printed = self.date("date")
        self.steps = [Consultation(step, at) for step, at in self._elements("consultations")]
        self.dated = [(step, step.held) for step in self.steps if step.held is not None]

    @property
    def day(self) -> dt.date | None:
        """The day that decides which term and which names hold: of the motion, or else of its first step."""
        return self.submitted or self.printed or min((held for _step, held in self.dated), default=None)

    @cached_property
    def lists(self) -> list[tuple[Field, list[View]]]:
        """Every known list of tables whose elements have ids, with its elements, at any depth."""
        found: list[tuple[Field, list[View]]] = []
        waiting: list[tuple[View, Fields]] = [(self, self.fields)]
        while waiting:
            view, fields = waiting.pop()
            inner = tables_in(fields)
            for key in view.data:
                field = inner.get(key)
                if field is None:
                    continue
                value = view.data[key]
                if field.kind is Kind.TABLES and type(value) is list:
                    elements = view.tables(key)
                    if field.prefix:
                        found.append((field, elements))
                    if tables_in(field.fields):
                        waiting += [(element, field.fields) for element in elements]
                elif field.kind is Kind.TABLE and isinstance(value, Mapping):
                    waiting.append((view.table(key), field.fields))
        return found

    @cached_property
    def strings(self) -> list[tuple[Place, str]]:
        """Every text of the file with its place, known field or not."""
        found: list[tuple[Place, str]] = []
        # not recursive: a file may nest deeper than Python does
        waiting: list[tuple[Any, Place]] = [(self.data, ())]
        while waiting:
            value, place = waiting.pop()
            if type(value) is str:
                found.append((place, value))
            elif type(value) is dict:
                waiting += [(below, (*place, key)) for key, below in value.items()]
            elif type(value) is list:
                seen: set[str] = set()
                waiting += [
                    (below, (*place, _step(below, n, seen) if type(below) is dict else n))
                    for n, below in enumerate(value)
                ]
        found.reverse()
        return found

    @cached_property
    def unusual(self) -> list[tuple[Place, str]]:
        """The texts that hold anything but the letters and signs of ordinary German."""
        if self.document is not None and self.document.plain:
            return []
        return [(place, value) for place, value in self.strings if _ORDINARY.fullmatch(value) is None]


def _step(element: Mapping[str, Any], position: int, seen: set[str]) -> Step:
    """How a place names this element; an `id` that was seen before in the list names another element."""
    identity = element.get("id")
    if type(identity) is not str or identity in seen or ID.fullmatch(identity) is None:
        return position
    seen.add(identity)
    return Item(identity)


def outcome_label(code: str | None) -> Text | str:
    """The words for an outcome; the code itself where it is none."""
    return next((text(choice.label) for choice in OUTCOMES if choice.code == code), code or "")
