"""Reading a parsed file by type: what the rules stand on.

A file that is checked can hold anything: a text where a date is due, a number in place of a list. The types are
reported by their own findings; here a value of the wrong type counts as missing, so that a rule never raises and
never reports the same mistake again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
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

    # many rules ask for the same tables, but only for those of few views
    _table: dict[str, View] | None = None
    _tables: dict[str, list[View]] | None = None

    def __init__(self, data: Mapping[str, Any], place: Place = ()) -> None:
        self.data = data
        self.place = place

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
        known = self._table
        if known is None:
            known = self._table = {}
        found = known.get(key)
        if found is None:
            value = self.data.get(key)
            found = known[key] = View(value if isinstance(value, Mapping) else {}, self.at(key))
        return found

    def tables(self, key: str) -> list[View]:
        """The tables of the list at `key`, each at its place: by `id` where that names it alone. Not to be changed."""
        if key not in self.data:
            return []
        known = self._tables
        if known is None:
            known = self._tables = {}
        found = known.get(key)
        if found is None:
            found = known[key] = [View(element, place) for element, place in self._elements(key)]
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

    @cached_property
    def stated(self) -> dict[str, int]:
        """The counts of votes that were given, by key. Not to be changed."""
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
        self.votes = [Vote(vote, at, self) for vote, at in self._elements("votes")] if "votes" in data else []

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
        self.voted = [step for step in self.steps if step.votes]
        self.votes = [vote for step in self.voted for vote in step.votes]

    @cached_property
    def leads(self) -> list[Consultation]:
        """The leading steps."""
        return [step for step in self.steps if step.data.get("lead") is True]

    @cached_property
    def first(self) -> tuple[Consultation, dt.date] | None:
        """The earliest step with a date, and that date."""
        return min(self.dated, key=lambda pair: pair[1], default=None)

    @cached_property
    def day(self) -> dt.date | None:
        """The day that decides which term and which names hold: of the motion, or else of its first step."""
        return self.submitted or self.printed or (self.first[1] if self.first else None)

    @cached_property
    def words(self) -> str:
        """Title, proposal and facts as one text, to see at a look what stands in none of them."""
        return f"{self.string('title') or ''}\n{self.string('proposal') or ''}\n{self.string('facts') or ''}"

    @cached_property
    def budget_references(self) -> list[View]:
        """The places of the budget that the motion names."""
        return self.table("budget").tables("references") if "budget" in self.data else []

    @cached_property
    def amounts(self) -> list[View]:
        """The changes of the budget that the motion asks for."""
        return self.table("budget").tables("amounts") if "budget" in self.data else []

    @cached_property
    def bodies(self) -> list[tuple[Place, str, dt.date | None]]:
        """Every body that is named, where, and the day on which it must be known so, where there is one."""
        found: list[tuple[Place, str, dt.date | None]] = []
        for step in self.steps:
            day = step.held or self.day
            if step.organization:
                found.append((step.at("organization"), step.organization, day))
            found += [(place, name, day) for place, name in step.texts("joint_with")]
            if target := step.string("referred_to"):
                found.append((step.at("referred_to"), target, None))
            for vote in step.votes:
                if body := vote.string("organization"):
                    found.append((vote.at("organization"), body, day))
        return found

    @cached_property
    def factions(self) -> list[tuple[Place, str, dt.date | None]]:
        """Every faction that is named, where, and on which day."""
        movers = self.texts("originators")
        for proposal in self.tables("proposals"):
            movers += proposal.texts("originators")
        if "withdrawal" in self.data:
            movers += self.table("withdrawal").texts("originators")
        found = [(place, name, self.day) for place, name in movers]
        for vote in self.votes:
            for row in vote.tables("by_faction"):
                if row.string("kind") in (None, "faction") and (voter := row.string("name")):
                    found.append((row.at("name"), voter, vote.step.held or self.day))
        return found

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
    item = _item(identity) if type(identity) is str and identity not in seen else None
    if item is None:
        return position
    seen.add(item.id)
    return item


@lru_cache(maxsize=1 << 10)
def _item(identity: str) -> Item | None:
    """The step of a place that names an element by this id. Few ids are in use, such as c1 and v1."""
    return Item(identity) if ID.fullmatch(identity) else None


def holds_any(words: str, parts: tuple[str, ...]) -> bool:
    """Whether one of `parts` stands in `words`: a quick look before a search that costs more."""
    for part in parts:  # noqa: SIM110 - a generator would take as long as the look
        # the first character alone is found to be missing much faster
        if part[0] in words and part in words:
            return True
    return False


def outcome_label(code: str | None) -> Text | str:
    """The words for an outcome; the code itself where it is none."""
    return next((text(choice.label) for choice in OUTCOMES if choice.code == code), code or "")
