"""What the index keeps of one version of a file, made from its bytes and from what the council's file says. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Kind, walk
from antragsbuch_schema.folding import words
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.rules.directory import Directory, Names
from antragsbuch_schema.rules.view import View
from antragsbuch_schema.state import next_step, state
from antragsbuch_schema.toml.reader import Document


class Step(NamedTuple):
    """One consultation as the filter sees it: `names` are the words of all names of its bodies, one name a line."""

    position: int
    date: str
    organization: str
    names: str


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one version of a file. Dates are ISO texts, "" where there is none; `names`, `kind`, `term`,
    `number`, `reference_words` and `title_words` are what the filter looks into, `text` what a search does."""

    id: str
    reference: str
    date: str
    submitted: str
    title: str
    paper_type: str
    originators: tuple[str, ...]
    public: bool
    state: str
    next_organization: str
    next_date: str
    voted: bool
    order: str
    title_order: str
    number: int | None
    term: str
    kind: str
    names: str
    reference_words: str
    title_words: str
    steps: tuple[Step, ...]
    text: str


_UNREADABLE = "\U0010ffff"
"""Sorts behind every reference."""
_DIGITS = re.compile(r"\d+")
# codes, which stand for words that differ by language, and what nobody types
_NOT_SEARCHED = frozenset(
    {"id", "sha256", "media_type", *(field.name for _path, field in walk(MOTION) if field.kind is Kind.CHOICE)}
)


def of_document(document: Document, council: Directory) -> Record:
    """The record of a file that could be read."""
    return of_motion(normalise(document.data, MOTION), council)


def of_motion(data: Data, council: Directory) -> Record:
    """The record of a motion, given its normalised data."""
    view = View(data)
    reference, title = view.string("reference") or "", view.string("title") or ""
    paper_type = view.string("paper_type") or ""
    movers = tuple(text for _place, text in view.texts("originators"))
    steps = tuple(_steps(view, council.bodies))
    parts = council.scheme.parse(reference) or {}
    day = view.date("date") or view.date("submitted")
    term = council.term_called(parts.get("term", "")) or council.term_on(day)
    waits = next_step(data)
    names = "\n".join(_known_names(movers, council.factions))
    kind = council.paper_type(paper_type)
    kinds = [paper_type, parts.get("type", ""), kind.code if kind else ""]
    return Record(
        id=view.string("id") or "",
        reference=reference,
        date=_iso(day),
        submitted=_iso(view.date("submitted")),
        title=title,
        paper_type=paper_type,
        originators=movers,
        public=view.flag("public") is not False,
        state=state(data).value,
        next_organization=waits.organization if waits else "",
        next_date=_iso(waits.date) if waits else "",
        voted=any(step.tables("votes") for step in view.tables("consultations")),
        order=_reference_order(reference, parts, council),
        title_order=" ".join(words(title)),
        number=int(parts["counter"]) if "counter" in parts else None,
        term=" ".join(words(term.name if term else parts.get("term", ""))),
        kind="\n".join(" ".join(words(each)) for each in dict.fromkeys(kinds) if each),
        names=names,
        reference_words=_line(reference),
        title_words=_line(title),
        steps=steps,
        text=searched(chain(_strings(data), *(each.splitlines() for each in (names, *(step.names for step in steps))))),
    )


def searched(texts: Iterable[str]) -> str:
    """The words of `texts` as the search keeps them: each with two blanks before it, so that three letters in a
    row tell a word that begins with one or two given letters. What says the same again is left out."""
    said = dict.fromkeys(tuple(words(text)) for text in texts)
    return "".join(f"  {word}" for phrase in said for word in phrase)


def natural(text: str) -> str:
    """A key that sorts numbers in a text by their value: "9" before "10"."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(9), text.casefold())


def unreadable(data: bytes) -> Record:
    """The record of a file that can't be read: whatever it holds can be searched for."""
    text = data.decode("utf-8", "replace")
    return Record(
        "", "", "", "", "", "", (), True, "", "", "", False, _UNREADABLE, "", None, "", "", "", "", "", (),
        searched([text]),
    )  # fmt: skip


def _steps(view: View, bodies: Names) -> Iterable[Step]:
    for position, step in enumerate(view.tables("consultations")):
        joint = [text for _place, text in step.texts("joint_with")]
        organization = step.string("organization") or ""
        held = [name for name in (organization, *joint) if name]
        yield Step(position, _iso(step.date("date")), organization, "\n".join(_known_names(held, bodies)))


def _known_names(spelled: Sequence[str], known: Names) -> list[str]:
    """The words of each name, and of all other names of whom it means: "Grüne" finds "Bündnis 90 / DIE GRÜNEN"."""
    found: dict[str, None] = {}
    for name in spelled:
        found[" ".join(words(name))] = None
        for group in known.called(name):
            found.update(dict.fromkeys(" ".join(words(other)) for other in group.names))
    return [name for name in found if name]


def _line(text: str) -> str:
    """The words of a text, each with a blank before it."""
    return "".join(f" {word}" for word in words(text))


def _reference_order(reference: str, parts: Mapping[str, str], council: Directory) -> str:
    """Sorts by term, year and number; then references outside the pattern, then motions without one."""
    if not reference:
        return "2"
    if not parts:
        return f"1{natural(reference)}"
    names = [term.name for term in council.terms]
    term = names.index(parts["term"]) if parts.get("term") in names else len(names)
    return f"0{term:03}{parts.get('year', ''):>4}{parts['counter']:>9}{natural(reference)}"


def _strings(value: Any) -> Iterable[str]:
    """Every text in a file that says something; not recursive, a file may nest deeper than Python does."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            waiting += [below for key, below in reversed(found.items()) if key not in _NOT_SEARCHED]
        elif isinstance(found, list):
            waiting += reversed(found)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
