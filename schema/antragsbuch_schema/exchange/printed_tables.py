"""The two tables of a printed motion: the Beratungsfolge, and the places in the draft budget."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.german import parse_date
from antragsbuch_schema.i18n import Text, text
from antragsbuch_schema.motion_fields import ROLES

from .paper import Line, Paper, together

Remarks = list[tuple[int, Text]]

# --- the Beratungsfolge

_COLUMNS = {
    "Beratungsfolge": "organization",
    "Geplante Sitzungstermine": "date",
    "Sitzungstermin": "date",
    "Zuständigkeit": "role",
    "Laut Vorschlag": "as_proposed",
    "abweichend": "amended",
    "Ja": "yes",
    "Nein": "no",
    "Enthaltung": "abstentions",
}
_USUAL = ("organization", "date", "role", "as_proposed", "amended", "yes", "no", "abstentions")
_HEAD_WORDS = re.compile(
    "|".join(("Abstimmung", "Enthaltungen", "Sitzungstermine", *_COLUMNS, "Geplante", "Laut", "Vorschlag"))
)
_ROLES = {
    **{text(role.label)("de"): role.code for role in ROLES},
    "Beschlussfassung": "decision",
}
_DAY = r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})"
_ROW = re.compile(
    rf"(?P<organization>.*?)\s*(?P<date>{_DAY})\s+(?P<role>[^\W\d]+(?:\s?\(\s?Federführung\s?\)?)?)?(?P<rest>.*)"
)
_LEAD = re.compile(r"\s*\(?\s?Federführung\s?\)?", re.IGNORECASE)
_IS_CUT = re.compile(r"(?:,|-|\b(?:und|für|der|des|sowie))$")
_TICKS = ("x", "ja", "☒", "☑", "✓", "✗", "✔")


def steps(paper: Paper, lines: Sequence[Line], remarks: Remarks) -> list[Data]:
    """The steps of the Beratungsfolge that stand in `lines`, the head of the table among them."""
    head = [line for line in lines if not _HEAD_WORDS.sub("", line.text).strip()]
    paper.take(head)
    columns = _columns(head)
    found: list[Data] = []
    begun: list[Line] = []
    for line in (line for line in lines if line not in head):
        cells = _cells(line, columns)
        if cells is None:
            if found and not begun and _continues(found[-1], line):
                _add_to(found[-1], line)
                paper.take([line])
            else:
                begun.append(line)
            continue
        if begun:
            cells["organization"] = together([*(part.text for part in begun), cells["organization"]])
        step = _step(cells, line, remarks)
        if step is not None:
            paper.take([*begun, line])
            found.append(step)
        begun = []
    return found


def _columns(head: Sequence[Line]) -> list[str]:
    """What stands in which column: the rows of the head laid over each other."""
    found: dict[int, str] = {}
    for line in head:
        cells = line.text.split("\t")
        if len(cells) > 1:
            found |= {number: _COLUMNS[cell.strip()] for number, cell in enumerate(cells) if cell.strip() in _COLUMNS}
    if set(found.values()) >= {"organization", "date", "role"}:
        return [found.get(number, "") for number in range(max(found) + 1)]
    return list(_USUAL)


def _cells(line: Line, columns: Sequence[str]) -> dict[str, str] | None:
    """The cells of a row by column; None where the line is no row."""
    parts = line.text.split("\t")
    if len(parts) >= 2:
        cells = dict.fromkeys(_USUAL, "") | {
            name: part.strip() for name, part in zip(columns, parts, strict=False) if name
        }
        if re.fullmatch(_DAY, cells["date"]) or _has_no_date(cells):
            return cells
        if len(parts) >= 3:
            return None
    match = _ROW.fullmatch(line.text.replace("\t", " "))
    if match is None:
        return None
    return dict.fromkeys(_USUAL, "") | {
        "organization": match["organization"],
        "date": match["date"],
        "role": match["role"] or "",
        "rest": match["rest"].strip(),
    }


def _has_no_date(cells: Mapping[str, str]) -> bool:
    """Whether a row only lacks its date, and is not the beginning of a name that goes on below."""
    return bool(cells["role"]) and not cells["date"] and not _IS_CUT.search(cells["organization"])


def _step(cells: dict[str, str], line: Line, remarks: Remarks) -> Data | None:
    day = parse_date(cells["date"], dt.date(2000, 1, 1))
    if day is None and cells["date"]:
        return None
    name = " ".join(cells["organization"].split())
    step: Data = ({"organization": name} if name else {}) | ({"date": day} if day else {})
    lead = _LEAD.search(cells["role"])
    word = (cells["role"][: lead.start()] + cells["role"][lead.end() :] if lead else cells["role"]).strip()
    if word:
        step["role"] = _ROLES.get(word, "other")
        if word not in _ROLES:
            step["role_text"] = word
    if lead:
        step["lead"] = True
    ticks = [name for name in ("as_proposed", "amended") if cells[name].lower() in _TICKS]
    counts = {name: int(cells[name]) for name in ("yes", "no", "abstentions") if cells[name].isdecimal()}
    rest = cells.get("rest", "").split()
    if len(rest) == 3 and all(part.isdecimal() for part in rest):
        counts = dict(zip(("yes", "no", "abstentions"), map(int, rest), strict=True))
    elif rest:
        remarks.append((line.number, text("what is marked here can't be told: {words}", words=" ".join(rest))))
    if len(ticks) == 1:
        step["outcome"] = ticks[0]
    elif ticks:
        remarks.append((line.number, text("marked as proposed and as amended at once")))
    if counts:
        step["votes"] = [counts]
    return step


def _continues(step: Data, line: Line) -> bool:
    """Whether a line goes on with the row above it: its role, or a name that was not at its end."""
    if _LEAD.fullmatch(line.text):
        return True
    name = str(step.get("organization", ""))
    return bool(re.match(r"(?:und|für|der|des)\s", line.text) or _IS_CUT.search(name))


def _add_to(step: Data, line: Line) -> None:
    if _LEAD.fullmatch(line.text):
        step["lead"] = True
    else:
        step["organization"] = together([str(step.get("organization", "")), line.text])


# --- the places in the budget

_PLACES_HEAD = re.compile(
    r"Seite Entwurf(?:\s?\(Produktdarstellung\sab\sSeite\s(?P<from>\S+)\sff\.?\s?\))?"
    r"(?:\s*(?P<second>Teilhaushalt Nr\.\s?/\s?Bezeichnung))?"
)
_SECOND = re.compile(r"Teilhaushalt Nr\.\s?/\s?Bezeichnung")
_PLACE = re.compile(r"(?P<page>.{1,60}?)\s*\t\s*(?P<place>\S.*)")
_PLACE_BY_BLANKS = re.compile(
    r"(?P<page>[^.:;]{0,12}(?:S\.\s?)?.{1,40}?)\s+(?P<place>(?:Teilhaushalt\s)?\d{1,3}\s?/\s?\S.{0,120})"
)
_SUB_BUDGET = re.compile(
    r"(?:Teilhaushalt\s)?(?P<sub_budget>\d{1,3})\s?/\s?(?P<name>.+?)"
    r"(?:\sProdukt\s(?P<product>\d{3,8})(?:\s(?P<product_name>.+))?)?"
)


def is_place(line: Line, above: Sequence[Line]) -> bool:
    """Whether a line belongs to the table of the places, of which `above` are the lines so far."""
    if "\t" not in line.text and any("\t" in known.text for known in above):
        # the cells of this table are apart by tabs
        return False
    words = line.text.replace("\t", " ")
    return bool(_PLACES_HEAD.match(words) or _SECOND.fullmatch(words) or _split(line.text))


def places(paper: Paper, lines: Sequence[Line], remarks: Remarks) -> Data:
    """What the table of the places says, as keys of `budget`."""
    found: Data = {}
    references: list[Data] = []
    for line in lines:
        words = " ".join(line.text.split())
        match = _PLACES_HEAD.fullmatch(words)
        if match or _SECOND.fullmatch(words):
            if match and match["from"]:
                found["product_pages_from"] = match["from"]
        elif cells := _split(line.text):
            references.append(_reference(*cells))
            if cells[0].count("(") != cells[0].count(")"):
                remarks.append((line.number, text("a bracket is open: {words}", words=cells[0])))
        else:
            continue
        paper.take([line])
    return found | ({"references": references} if references else {})


def _split(words: str) -> tuple[str, str] | None:
    match = _PLACE.fullmatch(words) or _PLACE_BY_BLANKS.fullmatch(words)
    return (match["page"].strip(), " ".join(match["place"].split())) if match else None


def _reference(page: str, place: str) -> Data:
    match = _SUB_BUDGET.fullmatch(place)
    if match is None:
        return {"page": page, "text": place}
    said: dict[str, Any] = {key: value for key, value in match.groupdict().items() if value is not None}
    product = (
        f" Produkt {' '.join(filter(None, (match['product'], match['product_name'])))}" if match["product"] else ""
    )
    # what the fields print by themselves is not kept twice
    as_printed = {} if f"{match['sub_budget']} / {match['name']}{product}" == place else {"text": place}
    return {"page": page, **said, **as_printed}
