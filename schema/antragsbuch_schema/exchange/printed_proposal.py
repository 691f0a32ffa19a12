"""What a printed form adds below a proposal: further proposals, replaced passages, amounts and cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import by_name
from antragsbuch_schema.german import parse_cents
from antragsbuch_schema.i18n import text
from antragsbuch_schema.motion_fields import BUDGET, MOTION, SIDES

from . import from_words
from .from_words import Names, Read
from .in_words import label
from .paper import Line

_FIELDS = by_name(MOTION)
_FURTHER = {label(_FIELDS[name]): name for name in ("proposals", "replacements")}
_BUDGET = label(_FIELDS["budget"])
_PLAN = re.compile(rf"{label(by_name(BUDGET)['plan'])}: \S.*")
_COVER = f"{label(by_name(BUDGET)['cover'])}:"
_AMOUNTS = label(by_name(BUDGET)["amounts"])
_SIDES = {text(side.label)("de"): side.code for side in SIDES}
_AMOUNT = re.compile(
    rf"(?:(?P<side>{'|'.join(_SIDES)})?(?P<apart> )?(?P<year>\d{{4}})?: )?(?P<rest>.+)",
)


class Further(NamedTuple):
    """The lines of a proposal itself, what those below them say, and those below that are not understood."""

    lines: list[Line]
    data: Data
    left: list[Line]


def further(lines: Sequence[Line], names: Names) -> Further:
    """What stands in a proposal; a block below it of which nothing is understood is part of its text."""
    start = next((number for number, line in enumerate(lines) if _begins(line)), len(lines))
    found = Further(list(lines[:start]), {}, [])
    for block in _blocks(lines[start:]):
        name = _FURTHER.get(block[0].text)
        read = from_words.table(block[1:], _FIELDS[name].fields, names) if name else _money(block, names)
        # a text that begins like a field goes on in a paragraph that is none
        if not read.data or (read.left and not _is_plain(block)):
            found.lines.extend(block)
            continue
        found.left.extend(read.left)
        if name:
            found.data.setdefault(name, []).append(read.data)
        else:
            found.data["budget"] = found.data.get("budget", {}) | read.data
    return found


def _begins(line: Line) -> bool:
    return line.text in (*_FURTHER, _BUDGET, _COVER, _AMOUNTS) or bool(_PLAN.fullmatch(line.text))


def _is_plain(block: Sequence[Line]) -> bool:
    """Whether a block has the heading of amounts or a further proposal, and not only a line that is like a field."""
    return block[0].text in _FURTHER or any(line.text in (_AMOUNTS, _COVER) for line in block)


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each further proposal, and those about money."""
    found: list[list[Line]] = []
    for line in lines:
        if not found or line.text in (*_FURTHER, _BUDGET):
            found.append([])
        found[-1].append(line)
    return found


def _money(lines: Sequence[Line], names: Names) -> Read:
    """What lines say about the budget as a whole."""
    said = [line for line in lines if line.text != _BUDGET]
    start = next((number for number, line in enumerate(said) if line.text == _AMOUNTS), len(said))
    # the cover may stand below the amounts too
    end = next((number for number, line in enumerate(said) if line.text == _COVER and number > start), len(said))
    data, left = from_words.table([*said[:start], *said[end:]], BUDGET, names)
    amounts: list[Data] = []
    for line in said[start + 1 : end]:
        amount = _amount(line.text, names)
        if amount is None:
            left.append(line)
        else:
            amounts.append(amount)
    return Read(data | ({"amounts": amounts} if amounts else {}), left)


def _amount(words: str, names: Names) -> Data | None:
    """`Aufwand 2024: +20.000 EUR; Teilhaushalt: 50`; None where it is something else."""
    match = _AMOUNT.fullmatch(words)
    known = by_name(BUDGET)["amounts"].fields
    if match is None:
        return None
    head: Data = {"side": _SIDES[match["side"]]} if match["side"] else {}
    if match["year"]:
        head["year"] = int(match["year"])
    first, _semicolon, rest = match["rest"].partition("; ")
    change = parse_cents(first)
    if change is None:
        first, rest = "", match["rest"]
    read = from_words.fields(rest, known, names) if rest else {}
    if read is None or not (read or change is not None):
        return None
    said = head | ({"change": change} if change is not None else {}) | read
    return {field.name: said[field.name] for field in known if field.name in said}
