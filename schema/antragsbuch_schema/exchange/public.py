"""What of a register is public: what a public register made from a confidential one may hold, and nothing else.

Every field of a motion and of council.toml has a publicity here, as data; a field that is not in the table is
withheld, and so is every key that no field knows. Whole motions are public where nothing says otherwise and they
have a number; of a step that is not public body, date and role stand, no more (§ 64, § 78 (2) NKomVG). Comments are
no data and never come along.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind, Vocabulary, by_name
from antragsbuch_schema.i18n import Text, counted
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules.directory import SEVERITIES, Directory


class Publicity(StrEnum):
    """When a field is public. A field of a table is never more public than the table."""

    OPEN = "open"
    """Wherever its table stands."""
    STEP = "step"
    """Only at a step of the Beratungsfolge that is public."""
    FILE = "file"
    """Files: each only where it is public itself."""
    PATH = "path"
    """A file of the repository: it is not copied, nobody can tell by a program what else is in a PDF."""
    ADDRESS = "address"
    """An address, unless it carries a name or a password."""
    INTERNAL = "internal"
    """Never: notes and settings of the office."""


class Withheld(StrEnum):
    """Why a motion is left out as a whole."""

    CONFIDENTIAL = "confidential"
    UNNUMBERED = "unnumbered"
    UNREADABLE = "unreadable"

    def words(self, count: int) -> Text:
        """How many of them, in words."""
        if self is Withheld.CONFIDENTIAL:
            return counted("{count} motion that is not public", "{count} motions that are not public", count)
        if self is Withheld.UNNUMBERED:
            return counted("{count} motion without a number", "{count} motions without a number", count)
        return counted("{count} file that can't be read", "{count} files that can't be read", count)


class Left(StrEnum):
    """What is left out of a motion that is public."""

    CLOSED_STEP = "closed_step"
    CLOSED_BODY = "closed_body"
    UNKNOWN_BODY = "unknown_body"
    FILE = "file"
    PATH = "path"
    ADDRESS = "address"
    REFERENCE = "reference"
    INTERNAL = "internal"
    UNKNOWN = "unknown"

    def words(self, count: int) -> Text:
        """How often that is, in words."""
        return _LEFT[self](count)


_LEFT: dict[Left, Callable[[int], Text]] = {
    Left.CLOSED_STEP: lambda count: counted(
        "what happened at {count} step that is not public", "what happened at {count} steps that are not public", count
    ),
    Left.CLOSED_BODY: lambda count: counted(
        "what happened at {count} step of a body that does not meet in public",
        "what happened at {count} steps of bodies that do not meet in public",
        count,
    ),
    Left.UNKNOWN_BODY: lambda count: counted(
        "what happened at {count} step of a body that council.toml does not know",
        "what happened at {count} steps of bodies that council.toml does not know",
        count,
    ),
    Left.FILE: lambda count: counted("{count} file that is not public", "{count} files that are not public", count),
    Left.PATH: lambda count: counted(
        "the path of {count} file in this repository", "the paths of {count} files in this repository", count
    ),
    Left.ADDRESS: lambda count: counted(
        "{count} address with a name or a password in it", "{count} addresses with a name or a password in them", count
    ),
    Left.REFERENCE: lambda count: counted(
        "{count} reference to a motion that is not published",
        "{count} references to motions that are not published",
        count,
    ),
    Left.INTERNAL: lambda count: counted("{count} internal entry", "{count} internal entries", count),
    Left.UNKNOWN: lambda count: counted(
        "{count} entry that the format does not know", "{count} entries that the format does not know", count
    ),
}

Path = tuple[str, ...]
"""The keys from the top of a file to a field, as `fields.walk` gives them."""


def _table(words: Mapping[str, Mapping[Publicity, str]]) -> dict[Path, Publicity]:
    return {
        (*(table.split(".") if table else ()), name): publicity
        for table, publicities in words.items()
        for publicity, names in publicities.items()
        for name in names.split()
    }


_O, _S, _F, _I = Publicity.OPEN, Publicity.STEP, Publicity.FILE, Publicity.INTERNAL
_FILES = {_O: "title media_type sha256 public", Publicity.PATH: "path", Publicity.ADDRESS: "url"}

MOTION_PUBLICITY: Mapping[Path, Publicity] = _table(
    {
        "": {
            _O: "id reference paper_type title public originators under_direction_of submitted date amends "
            "related_papers superordinated_papers subordinated_papers proposal facts proposals replacements budget "
            "consultations statement answer withdrawal",
            _F: "attachments main_file",
            _I: "remarks source",
        },
        "attachments": {**_FILES, _O: f"id {_FILES[_O]}"},
        "main_file": _FILES,
        "proposals": {_O: "id label originators text"},
        "replacements": {_O: "id passage text"},
        "budget": {_O: "plan product_pages_from cover references amounts"},
        "budget.references": {
            _O: "id page sub_budget name product_group product product_name account measure text",
        },
        "budget.amounts": {
            _O: "id side year recurring old change new sub_budget product_group product account measure recipient "
            "blocked block_text commitments",
            _I: "remarks",
        },
        "budget.amounts.commitments": {_O: "id year amount"},
        "consultations": {
            _O: "id organization joint_with date role lead public",
            _S: "time meeting agenda_item role_text authoritative outcome result_text deferred_to referred_to "
            "joint_debate minutes minutes_date resolution_text votes",
            _I: "remarks",
        },
        "consultations.votes": {
            _O: "id subject proposal organization procedural result manner method required yes no abstentions invalid "
            "biased present text by_faction choices",
        },
        "consultations.votes.by_faction": {_O: "id name kind yes no abstentions"},
        "consultations.votes.choices": {_O: "id label votes"},
        "statement": {_O: "organization date recommendation text"},
        "answer": {_O: "organization date text"},
        "withdrawal": {_O: "date originators reason"},
        "source": {_I: "name url id retrieved modified"},
    }
)
"""The publicity of every field of a motion."""

COUNCIL_PUBLICITY: Mapping[Path, Publicity] = _table(
    {
        "": {
            _O: "format requires name public language time_zone reference law rules terms organizations factions "
            "paper_types sub_budgets",
            # how the office works, and what it reads from where, with what is in an address
            _I: "templates sources",
        },
        "reference": {_O: "pattern path"},
        "law": {_O: "profile"},
        "rules": {_O: "severity"},
        "terms": {_O: "id name start end"},
        "organizations": {_O: "id name short_name classification public start end spellings former_names seats"},
        "organizations.former_names": {_O: "id name until"},
        "organizations.seats": {_O: "id term seats"},
        "factions": {_O: "id name short_name spellings start end seats"},
        "factions.seats": {_O: "id term seats"},
        "paper_types": {_O: "id name code decided"},
        "sub_budgets": {_O: "id number name"},
        "templates": {_I: "id name paper_types steps"},
        "templates.steps": {_I: "id organization role lead"},
        "sources": {_I: "id name url"},
    }
)
"""The publicity of every field of council.toml; that the register is public is written in any case."""

_TYPES: dict[Kind, type] = {
    Kind.TEXT: str,
    Kind.PROSE: str,
    Kind.CHOICE: str,
    Kind.DATE: dt.date,
    Kind.TIME: dt.time,
    Kind.INTEGER: int,
    Kind.CENTS: int,
    Kind.BOOLEAN: bool,
}
_CODE = re.compile(r"[A-Z]{2}[0-9]{3}")
_ENTRIES: dict[Kind, type] = {Kind.TEXTS: str, Kind.INTEGERS: int}


@dataclass(frozen=True, slots=True)
class Public:
    """The public part of a file as data, and how often what was left out of it.

    `unknown` are the bodies, as the file writes them, that council.toml does not know.
    """

    data: Data
    left: Counter[Left] = field(default_factory=Counter)
    unknown: tuple[str, ...] = ()


def withheld(motion: Mapping[str, Any], *, unnumbered: bool = False) -> Withheld | None:
    """Why a motion (a parsed file) is not public as a whole; None where it is.

    What has no number yet is a draft, and public only with `unnumbered`.
    """
    if motion.get("public", True) is not True:
        return Withheld.CONFIDENTIAL
    reference = motion.get("reference")
    if not unnumbered and not (isinstance(reference, str) and reference):
        return Withheld.UNNUMBERED
    return None


def public_motion(motion: Mapping[str, Any], council: Directory, hidden: Callable[[str], bool]) -> Public:
    """The public part of a motion that is public.

    `council` knows which bodies meet in public; `hidden` says of a reference whether it names a motion that must not
    be named.
    """
    taking = _Taking(MOTION_PUBLICITY, council, hidden)
    return Public(taking.table(motion, MOTION, ()), +taking.left, tuple(taking.unknown))


def public_council(council: Mapping[str, Any]) -> Public:
    """The public part of council.toml, of a register that is public."""
    taking = _Taking(COUNCIL_PUBLICITY, Directory({}), lambda _reference: False)
    return Public({**taking.table(council, COUNCIL, ()), "public": True}, +taking.left)


def closed(step: Mapping[str, Any], council: Directory) -> Left | None:
    """Why only body, date and role of a step are public; None where all of it is.

    What the step itself says counts; otherwise all bodies that meet or vote there must be known to meet in public.
    """
    said = step.get("public")
    if said is not None:
        return None if said is True else Left.CLOSED_STEP
    reasons = {_meets(name, _day(step), council) for name in _bodies(step)}
    return next((reason for reason in (Left.CLOSED_BODY, Left.UNKNOWN_BODY) if reason in reasons), None)


def _bodies(step: Mapping[str, Any]) -> list[object]:
    """Every body that meets or votes at a step, as it is written; None where none is."""
    votes = [vote for vote in _list(step.get("votes")) if isinstance(vote, Mapping)]
    voting = [vote["organization"] for vote in votes if "organization" in vote]
    return [step.get("organization"), *_list(step.get("joint_with")), *voting]


def _unknown(step: Mapping[str, Any], council: Directory) -> list[str]:
    unknown = [name for name in _bodies(step) if _meets(name, _day(step), council) is Left.UNKNOWN_BODY]
    return [name for name in unknown if isinstance(name, str) and name]


def _day(step: Mapping[str, Any]) -> dt.date | None:
    day = step.get("date")
    return day if type(day) is dt.date else None


def _meets(name: object, day: dt.date | None, council: Directory) -> Left | None:
    """Why what a body does is not known to be public. Of several bodies of one name those of the day count."""
    called = council.bodies.called(name) if isinstance(name, str) and name else []
    if day is not None:
        called = [body for body in called if body.exists(day)] or called
    if not called:
        return Left.UNKNOWN_BODY
    return None if all(body.public for body in called) else Left.CLOSED_BODY


class _Taking:
    """One file while its public part is taken out of it; `left` counts what is not."""

    def __init__(self, publicity: Mapping[Path, Publicity], council: Directory, hidden: Callable[[str], bool]) -> None:
        self._publicity, self._council, self._hidden = publicity, council, hidden
        self.left: Counter[Left] = Counter()
        self.unknown: list[str] = []

    def table(self, data: Mapping[str, Any], fields: Fields, above: Path, *, open_: bool = True) -> Data:
        """The public part of a table; `open_` is False below a step that is not public."""
        known = by_name(fields)
        found: Data = {}
        for key, value in data.items():
            publicity = self._publicity.get((*above, key), Publicity.INTERNAL)
            field = known.get(key)
            if field is None or not _fits(value, field):
                self.left[Left.UNKNOWN] += 1
            elif publicity is Publicity.INTERNAL:
                self.left[Left.INTERNAL] += 1
            elif publicity is Publicity.PATH:
                self.left[Left.PATH] += 1
            elif publicity is Publicity.ADDRESS and _has_name(value):
                self.left[Left.ADDRESS] += 1
            elif open_ or publicity is not Publicity.STEP:
                taken = self._value(value, field, publicity, above)
                # a list that has lost all of its entries would say that there are none
                if taken is not None and (taken or not value):
                    found[key] = taken
        return found

    def _value(self, value: Any, field: Field, publicity: Publicity, above: Path) -> Any:
        path = (*above, field.name)
        if publicity is Publicity.FILE:
            files = value if field.kind is Kind.TABLES else [value]
            public = [file for file in files if file.get("public", True) is True]
            self.left[Left.FILE] += len(files) - len(public)
            taken = [self.table(file, field.fields, path) for file in public]
            return taken if field.kind is Kind.TABLES else next(iter(taken), None)
        if path == ("consultations",):
            return [self._step(step, field.fields, path) for step in value]
        if field.kind is Kind.TABLE:
            return self.table(value, field.fields, path)
        if field.kind is Kind.TABLES:
            return [self.table(element, field.fields, path) for element in value]
        if field.kind is Kind.MAP:
            return self._settings(value)
        if field.vocabulary is Vocabulary.REFERENCES:
            return self._references(value)
        return value

    def _step(self, step: Mapping[str, Any], fields: Fields, path: Path) -> Data:
        reason = closed(step, self._council)
        taken = self.table(step, fields, path, open_=reason is None)
        if reason is None:
            return taken
        if any(self._publicity.get((*path, key)) is Publicity.STEP for key in step):
            self.left[reason] += 1
            if reason is Left.UNKNOWN_BODY:
                self.unknown += _unknown(step, self._council)
        # so that whoever edits the public register is told that nothing more belongs there
        return {**taken, "public": False}

    def _references(self, value: Any) -> Any:
        if isinstance(value, str):
            if not self._hidden(value):
                return value
            self.left[Left.REFERENCE] += 1
            return None
        shown = [reference for reference in value if not self._hidden(reference)]
        self.left[Left.REFERENCE] += len(value) - len(shown)
        return shown

    def _settings(self, value: Mapping[str, Any]) -> Data:
        """What the register makes of rules; any other word in its place is none of that."""
        known = {
            code: word
            for code, word in value.items()
            if _CODE.fullmatch(code) and isinstance(word, str) and word in SEVERITIES
        }
        self.left[Left.UNKNOWN] += len(value) - len(known)
        return known


def _fits(value: Any, field: Field) -> bool:
    """Whether a value has the type of its field, so that nothing else stands in its place."""
    if field.kind in (Kind.TABLE, Kind.MAP):
        return isinstance(value, Mapping)
    if field.kind is Kind.TABLES:
        return isinstance(value, list) and all(isinstance(element, Mapping) for element in value)
    if field.kind in _ENTRIES:
        return isinstance(value, list) and all(type(entry) is _ENTRIES[field.kind] for entry in value)
    return type(value) is _TYPES[field.kind]


def _has_name(address: str) -> bool:
    try:
        return "@" in urlsplit(address).netloc
    except ValueError:
        # no address at all
        return True


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
