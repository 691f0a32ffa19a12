"""A motion out of its printed form, in the layout of the Region Hannover, as text that was copied from it.

The headings are looked for first (number, Datum, Beratungsfolge, Beschlussvorschlag, Sachverhalt, Anlage/n), then each
section is read by itself, tolerant of what copying does: lines that were wrapped, tabs that became blanks, blank lines
that vanished, other orders of columns. Spellings stay as printed. What was not understood is named, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import by_name
from antragsbuch_schema.german import parse_cents, parse_date
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION

from . import from_words, printed_further, printed_proposal, printed_tables
from .from_words import Names, prose_of
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
    names = _names(council)
    data |= _head(paper, sections.head, names)
    data |= _date(paper, sections.date, names)
    steps = printed_tables.steps(paper, sections.steps, remarks)
    further = printed_further.sections(sections.further, steps, names)
    own, below, unread = printed_proposal.further(sections.proposal, names)
    unread += further.left
    budget = printed_tables.places(paper, sections.places, remarks)
    paper.take(line for line in (*sections.proposal, *sections.facts, *sections.further) if line not in unread)
    # under a heading that the form does not have, the text goes on
    proposal = prose_of(own if sections.facts else [*own, *further.text])
    facts = prose_of([*sections.facts, *further.text] if sections.facts else [])
    budget |= below.pop("budget", {}) or _amount(proposal)
    data |= {"proposal": proposal} if proposal else {}
    data |= {"facts": facts} if facts else {}
    data |= _attachments(paper, sections.attachments, names)
    data |= {"budget": budget} if budget else {}
    data |= {"consultations": steps} if steps else {}
    data |= below | further.data
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
# a paragraph may begin with the word
_ATTACHMENTS = re.compile(r"Anlagen?(?:(?:/n\s?:?|\s?:)?(?:\s+(?P<none>[Kk]eine|-))?|(?:/n\s?:?|\s?:)\s+(?P<rest>.+))")


@dataclass(slots=True)
class _Sections:
    """The lines of each section, its heading among them."""

    head: list[Line]
    date: list[Line]
    steps: list[Line]
    places: list[Line]
    proposal: list[Line]
    facts: list[Line]
    further: list[Line]
    attachments: list[Line]


def _sections(paper: Paper) -> _Sections:
    lines = paper.content
    last = max((line.number for line in lines if _ATTACHMENTS.fullmatch(line.text)), default=0)
    found = _Sections([], [], [], [], [], [], [], [])
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
        elif here is found.places and not printed_tables.is_place(line, found.places):
            here = found.proposal
        if here in (found.proposal, found.places, found.steps) and _FACTS.fullmatch(line.text):
            here = found.facts
            paper.take([line])
            continue
        if here in (found.steps, found.proposal, found.facts) and printed_further.is_heading(line):
            here = found.further
        if line.number == last and here is not found.head:
            here = found.attachments
        here.append(line)
    return found


# --- head

_KIND_LINES = 8
_PUBLICITY = re.compile(r"(?:(?P<kind>.*?)\s)?(?P<not>nicht\s?-?)?öffentlich", re.IGNORECASE)
_IN_HEAD = tuple(
    by_name(MOTION)[name]
    for name in ("under_direction_of", "amends", "related_papers", "superordinated_papers", "subordinated_papers")
)
_DAY = r"(?P<{}>\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|[A-Za-zä]+\s)\d{{4}})"
_MOVED = re.compile(
    r"(?P<title>.*?)\s*\b(?:(?:Änderungsantrag|Ergänzungsantrag|Antrag|Anfrage)\s"
    r"(?:der\s(?:Fraktion(?:en)?|Gruppen?|Fraktion/Gruppe)|des|der|von)\s(?P<names>.+?)"
    rf"(?:\svom\s{_DAY.format('date')})?"
    # without names, but not "zum Antrag vom ..." as the end of a title
    rf"|(?<!zum\s)(?<!de[mnrs]\s)(?<!beim\s)(?:Antrag|Anfrage)\svom\s{_DAY.format('day')})"
)


def _head(paper: Paper, lines: Sequence[Line], names: Names) -> Data:
    found: Data = {}
    rest: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        if "reference" not in found and (match := REFERENCE.fullmatch(line.text)):
            found["reference"] = re.sub(r"\s?(\([IVXLC]+\))\s?", r" \1 ", match["reference"])
            paper.take([line])
            waiting = [line._replace(text=match["rest"])] if match["rest"] else []
            continue
        # a kind of paper takes a few lines; more of them are not put together anew with every line
        kind = [*waiting, line] if len(waiting) < _KIND_LINES else [line]
        if "public" not in found and (match := _PUBLICITY.fullmatch(together(part.text for part in kind))):
            found["public"] = match["not"] is None
            paper.take(kind)
            if match["kind"]:
                found["paper_type"] = match["kind"]
            waiting = waiting if len(kind) == 1 else []
            continue
        if "public" in found and (read := from_words.table([line], _IN_HEAD, names).data):
            found |= read
            paper.take([line])
            continue
        (rest if "public" in found else waiting).append(line)
    title = together(line.text for line in [*waiting, *rest])
    match = _MOVED.fullmatch(title)
    if "reference" in found and title:
        paper.take([*waiting, *rest])
        found["title"] = match["title"] if match else title
    if match and match["names"]:
        found["originators"] = names.apart(match["names"])
    if match and (day := parse_date(match["date"] or match["day"] or "", dt.date(2000, 1, 1))):
        found["submitted"] = day
    return found


def _names(council: Mapping[str, Any]) -> Names:
    """The names of factions and bodies that the council knows."""
    known: list[object] = []
    for table in [*_tables(council, "factions"), *_tables(council, "organizations")]:
        spellings = table.get("spellings")
        known += [table.get("name"), *(spellings if isinstance(spellings, list) else [])]
        known += [former.get("name") for former in _tables(table, "former_names")]
    return Names(name for name in known if isinstance(name, str))


def _tables(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = data.get(key)
    return [table for table in value if isinstance(table, Mapping)] if isinstance(value, list) else []


def _date(paper: Paper, lines: Sequence[Line], names: Names) -> Data:
    """The date, and the fields that stand below it."""
    said = {line: from_words.table([line], _IN_HEAD, names).data for line in lines}
    found: Data = {name: entry for fields in said.values() for name, entry in fields.items()}
    paper.take(line for line, fields in said.items() if fields)
    rest = [line for line, fields in said.items() if not fields]
    for count in (1, 2):
        match = _DATE.fullmatch(together(line.text for line in rest[:count]))
        day = parse_date(match["date"], dt.date(2000, 1, 1)) if match and match["date"] else None
        if day:
            paper.take(rest[:count])
            return found | {"date": day}
    return found


# --- texts

_ADDED = re.compile(
    r"zusätzlich\s(?P<amount>[\d.,]+(?:\s?(?:Mio\.|T))?\s?(?:€|EUR|Euro))\s(?:[^.]{0,40}\s)?"
    r"in\sden\sHaushalt(?:splan)?\s(?P<year>\d{4})\s(?:eingestellt|einzustellen)"
)


def _amount(proposal: str) -> Data:
    """The amount that a proposal adds to the expenses of a plan, where it says so in the usual words, and once."""
    found = list(_ADDED.finditer(proposal))
    cents = parse_cents(found[0]["amount"]) if len(found) == 1 else None
    if cents is None:
        return {}
    year = found[0]["year"]
    return {"plan": year, "amounts": [{"side": "expense", "year": int(year), "change": cents}]}


def _attachments(paper: Paper, lines: Sequence[Line], names: Names) -> Data:
    match = _ATTACHMENTS.fullmatch(lines[0].text) if lines else None
    if match is None:
        return {}
    paper.take(lines)
    first = match["none"] or match["rest"]
    titles = [*([first] if first else []), *(line.text for line in lines[1:])]
    none = [title for title in titles if title.strip(". ").lower() in ("keine", "-")]
    if none == titles:
        return {"attachments": []}
    fields = by_name(MOTION)["attachments"].fields
    return {"attachments": [from_words.element(title, fields, names) for title in titles]}
