"""What a printed form adds after the facts, under headings of its own: results, statement, answer, remarks ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from antragsbuch_schema.documents.tables import role
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, by_name
from antragsbuch_schema.motion_fields import CONSULTATION, MOTION, VOTE

from . import from_words
from .from_words import Names, Read
from .in_words import label, one_line
from .paper import Line

_FIELDS = by_name(MOTION)
RESULTS = "Ergebnisse"
_SECTIONS = {label(_FIELDS[name]): name for name in ("statement", "answer", "withdrawal", "source", "main_file")}
_REMARKS = label(_FIELDS["remarks"])
_VOTE = "Abstimmung: "
_TABLES = {label(field): field for field in VOTE if field.fields}
_COUNTS = ("yes", "no", "abstentions")


def is_heading(line: Line) -> bool:
    """Whether a line is the heading of such a section."""
    return line.text in (RESULTS, _REMARKS) or line.text in _SECTIONS


class Further(NamedTuple):
    """What lines say of the motion (of its steps too), those that are text, and those that are not understood."""

    data: Data
    text: list[Line]
    left: list[Line]


def sections(lines: Sequence[Line], steps: Sequence[Data], names: Names) -> Further:
    """What these lines, which begin with a heading, say; a section of which nothing is understood is text."""
    found = Further({}, [], [])
    for heading, *block in _blocks(lines):
        name = _SECTIONS.get(heading.text)
        if heading.text == _REMARKS:
            found.data["remarks"] = from_words.prose_of(block)
            continue
        if name:
            known = _FIELDS[name].fields
            read = from_words.table(block, known, names, free="text" if "text" in by_name(known) else "")
            is_text = bool(read.left) or not read.data
        else:
            name = "consultations"
            results, left = _results(block, steps, names)
            read = Read({}, left)
            is_text = results is None
            found.data.update({name: results} if results is not None else {})
        if is_text:
            found.text.extend([heading, *block])
        else:
            found.left.extend(read.left)
            found.data.update({name: read.data} if read.data else {})
    return found


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if is_heading(line):
            found.append([])
        found[-1].append(line)
    return found


# --- results


def _results(lines: Sequence[Line], steps: Sequence[Data], names: Names) -> tuple[list[Data] | None, list[Line]]:
    """The steps with what lines say about them, and the lines that are not understood; None where no step begins."""
    blocks: dict[int, list[Line]] = {}
    here = -1
    for line in lines:
        later = (number for number in range(here + 1, len(steps)) if _title(steps[number]) == line.text)
        here = next(later, here)
        blocks.setdefault(here, []).append(line)
    if -1 in blocks:
        return None, []
    found = list(steps)
    left: list[Line] = []
    for number, block in blocks.items():
        found[number], unread = _step(block[1:], steps[number], names)
        left += unread
    return found, left


def _title(step: Mapping[str, Any]) -> str:
    name = ", ".join(filter(None, (one_line(step.get("organization", "")), one_line(step.get("date", "")))))
    return name or role(step) or "Beratung"


def _step(lines: Sequence[Line], step: Data, names: Names) -> Read:
    texts = [number for number, line in enumerate(lines) if line.text.endswith(":")]
    end = texts[0] if texts else len(lines)
    begin = next((number for number, line in enumerate(lines[:end]) if _is_vote(line)), end)
    values = from_words.table([*lines[:begin], *lines[end:]], CONSULTATION, names)
    votes, left = _votes(lines[begin:end], list(step.get("votes", [])), names)
    said = step | values.data | ({"votes": votes} if votes else {})
    return Read({field.name: said[field.name] for field in CONSULTATION if field.name in said}, [*values.left, *left])


def _is_vote(line: Line) -> bool:
    """Whether the votes of a step begin with a line."""
    return line.text.startswith(_VOTE) or line.text.split("\t")[0] in _TABLES


def _votes(lines: Sequence[Line], in_row: list[Data], names: Names) -> tuple[list[Data], list[Line]]:
    """The votes of a step, and the lines that are not understood.

    `in_row` has the counts that stand in the table of the steps, if any.
    """
    votes: list[Data] = []
    left: list[Line] = []
    table: Field | None = None
    columns: list[str] = []
    for line in lines:
        cells = line.text.split("\t")
        if line.text.startswith(_VOTE):
            table = None
            read = from_words.fields(line.text.removeprefix(_VOTE), VOTE, names)
            if read is None:
                left.append(line)
                continue
            is_counted = in_row and _is_whole(read) and not any(count in read for count in _COUNTS)
            votes.append(_ordered(in_row.pop() | read) if is_counted else read)
        elif cells[0] in _TABLES:
            table, columns = _TABLES[cells[0]], cells[1:]
        elif table and (row := _row(table, columns, cells, names)) is not None:
            if not votes:
                votes.append(in_row.pop() if in_row else {})
            votes[-1][table.name] = [*votes[-1].get(table.name, []), row]
        else:
            left.append(line)
    return [*in_row, *votes], left


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
