"""A motion out of its printed form, in the layout of the Region Hannover, as text that was copied from it.

The headings are looked for first (number, Datum, Beratungsfolge, Beschlussvorschlag, Sachverhalt, Anlage/n), then each
section is read by itself, tolerant of what copying does: lines that were wrapped, tabs that became blanks, blank lines
that vanished, other orders of columns. Spellings stay as printed. What was not understood is named, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antragsbuch_schema import prose
from antragsbuch_schema.edits import Data
from antragsbuch_schema.german import parse_cents, parse_date
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION, SIDES

from . import printed_tables
from .paper import Line, Paper, together


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read: the motion (with ids for its elements, its own is the caller's), and what to look at.

    `left` are the lines that were not understood; `remarks` say, with the number of the line, what is odd.
    """

    data: Data
    left: tuple[Line, ...]
    remarks: tuple[tuple[int, Text], ...]


def read(document: str, identity: str, council: Mapping[str, Any]) -> Imported:
    """The motion that `document` holds, under the id `identity`; `council` is the parsed `council.toml`."""
    paper = Paper(document)
    sections = _sections(paper)
    data: Data = {"id": identity}
    remarks: list[tuple[int, Text]] = []
    data |= _head(paper, sections.head, _factions(council))
    data |= _date(paper, sections.date)
    steps = printed_tables.steps(paper, sections.steps, remarks)
    budget = printed_tables.places(paper, sections.places, remarks)
    proposal_lines, amounts = _amounts(paper, sections.proposal)
    proposal, facts = _prose(paper, proposal_lines), _prose(paper, sections.facts)
    budget |= amounts or _amount(proposal)
    data |= {"proposal": proposal} if proposal else {}
    data |= {"facts": facts} if facts else {}
    data |= _attachments(paper, sections.attachments)
    data |= {"budget": budget} if budget else {}
    data |= {"consultations": steps} if steps else {}
    for key, name in (
        ("reference", text("number")),
        ("date", text("date")),
        ("consultations", text("sequence of consultations")),
    ):
        if key not in data:
            remarks.append((1, text("not found: {what}", what=name)))
    ordered = {field.name: data[field.name] for field in MOTION if field.name in data}
    return Imported(with_ids(ordered, MOTION), paper.left, tuple(sorted(remarks, key=lambda remark: remark[0])))


# --- where what stands

REFERENCE = re.compile(r"(?P<reference>\d{1,5}\s?\([IVXLC]+\)\s?[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,4})(?:\s+(?P<rest>.+))?")
"""The line with the number that a printed motion begins with."""
_DATE = re.compile(r"Datum\b\s?:?\s*(?P<date>\S.*)?")
_STEPS = re.compile(r"(?=.*(?:Beratungsfolge|Zuständigkeit|Laut Vorschlag))|\s*Abstimmung\s*$")
_PROPOSAL = re.compile(r"Beschlussvorschlag\b.{0,40}")
_PLACES = re.compile(r"Seite Entwurf\b")
_FACTS = re.compile(r"(?:Sachverhalt|Begründung)\s?:?")
_ATTACHMENTS = re.compile(r"Anlagen?(?:/n)?\s?:?(?:\s+(?P<rest>.+))?")


@dataclass(slots=True)
class _Sections:
    """The lines of each section, its heading among them."""

    head: list[Line]
    date: list[Line]
    steps: list[Line]
    places: list[Line]
    proposal: list[Line]
    facts: list[Line]
    attachments: list[Line]


def _sections(paper: Paper) -> _Sections:
    lines = paper.content
    last = max((line.number for line in lines if _ATTACHMENTS.fullmatch(line.text)), default=0)
    found = _Sections([], [], [], [], [], [], [])
    here = found.head
    for line in lines:
        if here is found.head and _DATE.fullmatch(line.text):
            here = found.date
        elif here in (found.head, found.date) and _STEPS.match(line.text):
            here = found.steps
        elif here is not found.facts and _PROPOSAL.fullmatch(line.text):
            here = found.proposal
            paper.take([line])
            continue
        elif here is found.proposal and not found.proposal and _PLACES.match(line.text):
            here = found.places
        elif here is found.places and not printed_tables.is_place(line):
            here = found.proposal
        if here in (found.proposal, found.places, found.steps) and _FACTS.fullmatch(line.text):
            here = found.facts
            paper.take([line])
            continue
        if line.number == last and here is not found.head:
            here = found.attachments
        here.append(line)
    return found


# --- head

_PUBLICITY = re.compile(r"(?:(?P<kind>.*?)\s)?(?P<not>nicht\s?-?)?öffentlich", re.IGNORECASE)
_MOVED = re.compile(
    r"(?P<title>.*?)\s*\b(?:Änderungsantrag|Ergänzungsantrag|Antrag|Anfrage)\s"
    r"(?:der\s(?:Fraktion(?:en)?|Gruppen?|Fraktion/Gruppe)|des|der|von)\s(?P<names>.+?)"
    r"(?:\svom\s(?P<date>\d{1,2}\.\s?(?:\d{1,2}\.\s?|[A-Za-zä]+\s)\d{4}))?"
)


def _head(paper: Paper, lines: Sequence[Line], factions: Sequence[str]) -> Data:
    found: Data = {}
    rest: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        if "reference" not in found and (match := REFERENCE.fullmatch(line.text)):
            found["reference"] = re.sub(r"\s?(\([IVXLC]+\))\s?", r" \1 ", match["reference"])
            paper.take([line])
            waiting = [line._replace(text=match["rest"])] if match["rest"] else []
            continue
        if "public" not in found and (match := _PUBLICITY.fullmatch(together([*(w.text for w in waiting), line.text]))):
            found["public"] = match["not"] is None
            paper.take([*waiting, line])
            if match["kind"]:
                found["paper_type"] = match["kind"]
            waiting = []
            continue
        (rest if "public" in found else waiting).append(line)
    title = together(line.text for line in [*waiting, *rest])
    match = _MOVED.fullmatch(title)
    if "reference" in found and title:
        paper.take([*waiting, *rest])
        found["title"] = match["title"] if match else title
    if match:
        found["originators"] = _names(match["names"], factions)
        if match["date"] and (day := parse_date(match["date"], dt.date(2000, 1, 1))):
            found["submitted"] = day
    return found


def _factions(council: Mapping[str, Any]) -> list[str]:
    tables = council.get("factions")
    names = [
        name
        for table in (tables if isinstance(tables, list) else [])
        if isinstance(table, Mapping)
        for name in (table.get("name"), *(table.get("spellings") or ()))
    ]
    return sorted((name for name in names if isinstance(name, str)), key=len, reverse=True)


def _names(words: str, factions: Iterable[str]) -> list[str]:
    """Names apart by commas and "und", which stand in some names too: those that are known stay whole."""
    held = {name: f"\x00{number}\x00" for number, name in enumerate(factions) if re.search(r",| und ", name)}
    for name, mark in held.items():
        words = words.replace(name, mark)
    names = [part for part in re.split(r",\s|\sund\s|\ssowie\s", words) if part]
    back = {mark: name for name, mark in held.items()}
    return [back.get(name, name) for name in names]


def _date(paper: Paper, lines: Sequence[Line]) -> Data:
    words = together(line.text for line in lines)
    match = _DATE.fullmatch(words)
    day = parse_date(match["date"], dt.date(2000, 1, 1)) if match and match["date"] else None
    if day is None:
        return {}
    paper.take(lines)
    return {"date": day}


# --- texts

_SIDES = {text(side.label)("de"): side.code for side in SIDES}
_PLAN = re.compile(r"Haushaltsplan: (?P<plan>\S.*)")
_AMOUNT = re.compile(rf"(?P<side>{'|'.join(_SIDES)}) (?P<year>\d{{4}}): (?P<change>[+-]?[\d.,]+ EUR)")
_ADDED = re.compile(
    r"zusätzlich\s(?P<amount>[\d.,]+(?:\s?(?:Mio\.|T))?\s?(?:€|EUR|Euro))\s(?:[^.]{0,40}\s)?"
    r"in\sden\sHaushalt(?:splan)?\s(?P<year>\d{4})\s(?:eingestellt|einzustellen)"
)


def _prose(paper: Paper, lines: Sequence[Line]) -> str:
    paper.take(lines)
    parts = [("\n" if line.after_blank else "") + line.text.replace("\t", " ") for line in lines]
    return prose.normalise(re.sub(r"\xad\n?|(?<=[a-zäöüß])-\n(?=[a-zäöüß])", "", "\n".join(parts)))


def _amounts(paper: Paper, lines: Sequence[Line]) -> tuple[Sequence[Line], Data]:
    """The lines of the proposal before what a printed form adds below it, and what that says about the budget."""
    plan = next((number for number, line in enumerate(lines) if _PLAN.fullmatch(line.text)), len(lines))
    start = next((number for number, line in enumerate(lines) if line.text == "Beträge"), len(lines))
    said: Data = {}
    if plan < start and (match := _PLAN.fullmatch(lines[plan].text)):
        said["plan"] = match["plan"]
        paper.take([lines[plan]])
    amounts: list[Data] = []
    for line in lines[start + 1 :]:
        match = _AMOUNT.fullmatch(line.text)
        cents = parse_cents(match["change"]) if match else None
        if match and cents is not None:
            amounts.append({"side": _SIDES[match["side"]], "year": int(match["year"]), "change": cents})
            paper.take([line])
    paper.take(lines[start : start + 1])
    return lines[: min(plan, start)], said | ({"amounts": amounts} if amounts else {})


def _amount(proposal: str) -> Data:
    """The amount that a proposal adds to the expenses of a plan, where it says so in the usual words, and once."""
    found = list(_ADDED.finditer(proposal))
    cents = parse_cents(found[0]["amount"]) if len(found) == 1 else None
    if cents is None:
        return {}
    year = found[0]["year"]
    return {"plan": year, "amounts": [{"side": "expense", "year": int(year), "change": cents}]}


def _attachments(paper: Paper, lines: Sequence[Line]) -> Data:
    match = _ATTACHMENTS.fullmatch(lines[0].text) if lines else None
    if match is None:
        return {}
    paper.take(lines)
    titles = [*([match["rest"]] if match["rest"] else []), *(line.text for line in lines[1:])]
    none = [title for title in titles if title.strip(". ").lower() in ("keine", "-")]
    return {"attachments": [] if none == titles else [{"title": title} for title in titles]}
