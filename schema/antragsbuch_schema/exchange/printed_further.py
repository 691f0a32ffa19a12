"""What a printed form adds after the facts, under headings of its own: results, statement, answer, remarks ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from antragsbuch_schema.documents.tables import role
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, by_name
from antragsbuch_schema.motion_fields import CONSULTATION, MOTION, VOTE

from . import from_words
from .from_words import Names
from .in_words import label, one_line
from .paper import Line

_FIELDS = by_name(MOTION)
RESULTS = "Ergebnisse"
_SECTIONS = {label(_FIELDS[name]): name for name in ("statement", "answer", "withdrawal", "source", "main_file")}
_REMARKS = label(_FIELDS["remarks"])
_VOTE = "Abstimmung: "
_COUNTS = ("yes", "no", "abstentions")


def is_heading(line: Line) -> bool:
    """Whether a line is the heading of such a section."""
    return line.text in (RESULTS, _REMARKS) or line.text in _SECTIONS


def sections(lines: Sequence[Line], steps: Sequence[Data], names: Names) -> tuple[Data, list[Line]]:
    """What these lines, which begin with a heading, say of the motion; and those that are not understood.

    What they say about `steps` is under `consultations`.
    """
    found: Data = {}
    left: list[Line] = []
    for heading, *block in _blocks(lines):
        name = _SECTIONS.get(heading.text)
        if heading.text == _REMARKS:
            found["remarks"] = from_words.prose_of(block)
        elif name:
            known = _FIELDS[name].fields
            free = "text" if "text" in by_name(known) else ""
            read = from_words.table(block, known, names, free=free)
            left += [heading, *block] if read.left or not read.data else []
            found |= {} if read.left or not read.data else {name: read.data}
        elif (results := _results(block, steps, names)) is not None:
            found["consultations"] = results
        else:
            left += [heading, *block]
    return found, left


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if is_heading(line):
            found.append([])
        found[-1].append(line)
    return found


# --- results


def _results(lines: Sequence[Line], steps: Sequence[Data], names: Names) -> list[Data] | None:
    """The steps with what lines say about them; None where one is not understood."""
    blocks: dict[int, list[Line]] = {}
    here = -1
    for line in lines:
        later = (number for number in range(here + 1, len(steps)) if _title(steps[number]) == line.text)
        here = next(later, here)
        blocks.setdefault(here, []).append(line)
    if -1 in blocks:
        return None
    found = list(steps)
    for number, block in blocks.items():
        step = _step(block[1:], steps[number], names)
        if step is None:
            return None
        found[number] = step
    return found


def _title(step: Mapping[str, Any]) -> str:
    name = ", ".join(filter(None, (one_line(step.get("organization", "")), one_line(step.get("date", "")))))
    return name or role(step) or "Beratung"


def _step(lines: Sequence[Line], step: Data, names: Names) -> Data | None:
    texts = [number for number, line in enumerate(lines) if line.text.endswith(":")]
    end = texts[0] if texts else len(lines)
    votes = [line for line in lines[:end] if line.text.startswith(_VOTE) or "\t" in line.text]
    read = from_words.table([line for line in lines if line not in votes], CONSULTATION, names)
    counted = _votes(votes, list(step.get("votes", [])), names)
    if read.left or counted is None:
        return None
    said = step | read.data | ({"votes": counted} if counted else {})
    return {field.name: said[field.name] for field in CONSULTATION if field.name in said}


def _votes(lines: Sequence[Line], in_row: list[Data], names: Names) -> list[Data] | None:
    """The votes of a step; `in_row` has the counts that stand in the table of the steps, if any."""
    votes: list[Data] = []
    table: Field | None = None
    columns: list[str] = []
    for line in lines:
        if line.text.startswith(_VOTE):
            read = from_words.fields(line.text.removeprefix(_VOTE), VOTE, names)
            if read is None:
                return None
            is_counted = in_row and _is_whole(read) and not any(count in read for count in _COUNTS)
            votes.append(_ordered(in_row.pop() | read) if is_counted else read)
            continue
        cells = line.text.split("\t")
        heading = next((field for field in VOTE if field.fields and label(field) == cells[0]), None)
        if heading is not None:
            table, columns = heading, cells[1:]
            continue
        row = _row(table, columns, cells, names) if table else None
        if table is None or row is None:
            return None
        if not votes:
            votes.append(in_row.pop() if in_row else {})
        votes[-1][table.name] = [*votes[-1].get(table.name, []), row]
    return [*in_row, *votes]


def _row(table: Field, columns: Sequence[str], cells: Sequence[str], names: Names) -> Data | None:
    """A row of a table of votes: its first field, then those of the columns."""
    known = {label(field): field for field in table.fields if field.name != "id"}
    first = next(iter(known.values()))
    found: Data = {first.name: cells[0]} if cells[0] else {}
    for column, cell in zip(columns, cells[1:], strict=False):
        field = known.get(column)
        said = from_words.value(cell, field, names) if field and cell else None
        if cell and (field is None or said is None):
            return None
        found |= {field.name: said} if field and said is not None else {}
    return found


def _is_whole(vote: Data) -> bool:
    """Whether a vote is on the whole motion, so that its counts stand in the table of the steps."""
    return not vote.get("procedural") and not any(vote.get(key) for key in ("subject", "proposal", "organization"))


def _ordered(vote: Data) -> Data:
    return {field.name: vote[field.name] for field in VOTE if field.name in vote}
