"""What a register knows about its council: terms, bodies, factions, paper types, budgets, and what it makes of rules.

Made once from the data of `council.toml`, whatever they hold; what has the wrong type or is missing is not known, and
what is not known is not compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.suggest import closest, same_name

from .view import View

SEVERITIES: Mapping[str, Severity | None] = {
    "off": None,
    "remark": Severity.REMARK,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
"""What a register can make of a rule, by its word in `council.toml`."""

# as many names and days as are remembered: a register has some hundred names, and some thousand days
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Term:
    """An electoral term; an end that is not known lies in the future."""

    name: str
    start: dt.date
    end: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies in the term."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Group:
    """A body or a faction: its name, what else means it, when it exists, its seats by the name of the term."""

    name: str
    spellings: tuple[str, ...]
    former: tuple[tuple[str, dt.date | None], ...]
    start: dt.date | None
    end: dt.date | None
    seats: Mapping[str, int]
    classification: str = ""
    public: bool = True

    def exists(self, day: dt.date) -> bool:
        """Whether it exists on `day`; a bound that is not known lies far away."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and spelling that means it."""
        return (self.name, *self.spellings, *(name for name, _until in self.former))

    def former_until(self, name: str) -> dt.date | None:
        """The last day of `name` where that is only a former name of it."""
        wanted = same_name(name)
        if any(same_name(current) == wanted for current in (self.name, *self.spellings)):
            return None
        return next((until for former, until in self.former if same_name(former) == wanted), None)


@dataclass(frozen=True, slots=True)
class PaperType:
    """A kind of paper, and whether a body must decide on it."""

    name: str
    code: str
    decided: bool


class Names:
    """Groups by everything that they are called.

    `come_and_go` says whether a first or last day is known of any, `change_names` whether any had another name.
    """

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(groups)
        self._by_name: dict[str, list[Group]] = {}
        for group in self.groups:
            for name in group.names:
                held = self._by_name.setdefault(same_name(name), [])
                if group not in held:
                    held.append(group)
        self.come_and_go = any(group.start or group.end for group in self.groups)
        self.change_names = any(group.former for group in self.groups)
        self._suggested: dict[str, str | None] = {}
        self._called: dict[str, list[Group]] = {}

    def __bool__(self) -> bool:
        return bool(self.groups)

    def called(self, name: str) -> list[Group]:
        """All groups that are or were called so. Not to be changed."""
        found = self._called.get(name)
        if found is None:
            if len(self._called) >= _MOST:
                self._called.clear()
            found = self._called[name] = self._by_name.get(same_name(name), [])
        return found

    def on(self, name: str | None, day: dt.date | None) -> Group | None:
        """The group that is called so, the one of that day where several were."""
        found = self.called(name) if name else []
        if day is not None and len(found) > 1:
            found = [group for group in found if group.exists(day)] or found
        return found[0] if found else None

    def suggest(self, name: str) -> str | None:
        """The known name that `name` most likely means."""
        if name not in self._suggested:
            known = (known for group in self.groups for known in group.names)
            self._suggested[name] = next(iter(closest(name, known)), None)
        return self._suggested[name]


class Directory:
    """The council's file as the rules ask it. `data` is the file as parsed, empty where there is none."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        view = View(data)
        self.public = view.flag("public") is not False
        self.profile = view.table("law").string("profile") or ""
        self.terms = tuple(sorted(_terms(view), key=lambda term: term.start))
        self.bodies = Names(_groups(view.tables("organizations")))
        self.factions = Names(_groups(view.tables("factions")))
        self.paper_types = tuple(
            PaperType(name, table.string("code") or "", table.flag("decided") is not False)
            for table in view.tables("paper_types")
            if (name := table.string("name"))
        )
        # the first of two that are called the same
        self._paper_types = {key: known for known in reversed(self.paper_types) if (key := same_name(known.name))}
        self.type_codes = [known.code for known in self.paper_types if known.code]
        self.sub_budgets = {
            number: table.string("name") or ""
            for table in view.tables("sub_budgets")
            if (number := table.string("number"))
        }
        self._term_on: dict[dt.date, Term | None] = {}
        self._parts: tuple[str | None, dict[str, str]] = (None, {})
        self.severities = {
            code: SEVERITIES[word]
            for code, word in view.table("rules").table("severity").data.items()
            if type(word) is str and word in SEVERITIES
        }

    @cached_property
    def scheme(self) -> Scheme:
        """How references are built here, and the path of each."""
        return Scheme.of(self.data)

    def parts(self, reference: str | None) -> dict[str, str]:
        """The parts of a reference by name; none where it does not fit the pattern."""
        # several rules ask about the reference of one motion, one after the other
        kept = self._parts
        if kept[0] != reference:
            kept = self._parts = (reference, (self.scheme.parse(reference) if reference else None) or {})
        return kept[1]

    @cached_property
    def has_main_committee(self) -> bool:
        """Whether a main committee is known."""
        return any(body.classification == "main_committee" for body in self.bodies.groups)

    @property
    def lower_saxon(self) -> bool:
        """Whether the law of Lower Saxony (NKomVG) holds here."""
        return self.profile == "nkomvg"

    def term_on(self, day: dt.date | None) -> Term | None:
        """The electoral term that `day` lies in."""
        if day is None:
            return None
        if day not in self._term_on:
            if len(self._term_on) >= _MOST:
                self._term_on.clear()
            self._term_on[day] = next((term for term in self.terms if term.holds(day)), None)
        return self._term_on[day]

    def term_called(self, name: str) -> Term | None:
        """The electoral term of that name."""
        return next((term for term in self.terms if term.name == name), None)

    def seats(self, group: Group | None, day: dt.date | None) -> int | None:
        """The members of `group` with a vote on that day, where they are known."""
        term = self.term_on(day)
        return group.seats.get(term.name) if group and term else None

    def paper_type(self, name: str | None) -> PaperType | None:
        """The paper type of that name, however it is spelled."""
        return self._paper_types.get(same_name(name)) if name else None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule knows beside the motion: the council, the path of the file from the root of the register, the day.

    An empty `path` is a motion that has no file yet; without `today` what depends on the day is not reported.
    """

    council: Directory
    path: str = ""
    today: dt.date | None = None


def _terms(view: View) -> Iterable[Term]:
    for table in view.tables("terms"):
        name, start = table.string("name"), table.date("start")
        if name and start:
            yield Term(name, start, table.date("end") or dt.date.max)


def _groups(tables: Iterable[View]) -> Iterable[Group]:
    for table in tables:
        name = table.string("name")
        if not name:
            continue
        short = table.string("short_name")
        yield Group(
            name=name,
            spellings=(*([short] if short else []), *(text for _place, text in table.texts("spellings"))),
            former=tuple(
                (old, former.date("until")) for former in table.tables("former_names") if (old := former.string("name"))
            ),
            start=table.date("start"),
            end=table.date("end"),
            seats={
                term: count
                for seats in table.tables("seats")
                if (term := seats.string("term")) and (count := seats.count("seats")) is not None
            },
            classification=table.string("classification") or "",
            public=table.flag("public") is not False,
        )
