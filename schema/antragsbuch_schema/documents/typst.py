"""Documents for typst, which sets them as PDF: data as JSON, beside a template that is always the same.

The template (`motion.typ`) prints every text as a string and reads no markup in it, so that nothing in a motion is
ever a command.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from antragsbuch_schema.display import display

from .model import CONTENTS, LANGUAGE, Block, Booklet, Cell, Document, Head, Heading, Items, Paragraph, Table, Values

_SPACES = re.compile(r"\s+")


def template() -> bytes:
    """The source of the template; it takes the JSON of `data` as its input `data`."""
    return (files(__package__) / "motion.typ").read_bytes()


def data(document: Document | Booklet) -> str:
    """A document or a booklet as JSON."""
    date = document.date
    made: dict[str, Any] = {
        "language": LANGUAGE,
        "name": _said(document.name),
        "date": [date.year, date.month, date.day] if date else None,
    }
    if isinstance(document, Booklet):
        made |= {
            "title": _said(document.title),
            "cover": [_said(line) for line in document.cover],
            "contents": CONTENTS,
            "entries": [
                {"anchor": entry.anchor, "label": _said(entry.label), **_document(entry.document)}
                for entry in document.entries
            ],
        }
    else:
        made["entries"] = [{"label": _said(document.head.reference), **_document(document)}]
    return json.dumps(made, ensure_ascii=False)


def _document(document: Document) -> dict[str, Any]:
    return {"head": _head(document.head), "blocks": [_block(block) for block in document.blocks]}


def _head(head: Head) -> dict[str, str]:
    """The head; `heading` is the text of its first heading, which takes the place of a title that is missing."""
    said = {name: _said(value) for name, value in head._asdict().items()}
    reference = said["reference"] if head.title else ""
    return {**said, "reference": reference, "heading": _said(head.name)}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            text = f"{block.text}:" if block.is_label else block.text
            return {"kind": "heading", "level": block.level, "label": block.is_label, "text": _said(text)}
        case Paragraph():
            return {"kind": "paragraph", "text": _said(block.text)}
        case Items():
            return {"kind": "items", "marked": block.marked, "items": [_said(item) for item in block.items]}
        case Values():
            pairs = [[_said(pair.label), _said(pair.value)] for pair in block.pairs]
            return {"kind": "values", "stacked": block.stacked, "pairs": pairs}
        case Table():
            return {
                "kind": "table",
                "widths": [column.width for column in block.columns],
                "aligns": [column.align.value for column in block.columns],
                "head": [[_cell(cell) for cell in row] for row in block.head],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
            }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": _said(cell.text), "columns": cell.columns, "rows": cell.rows}


def _said(text: str) -> str:
    """A text as it can be printed: composed, on one line, and what is invisible made visible."""
    return display(_SPACES.sub(" ", unicodedata.normalize("NFC", text)))


def spelled_out(data: str, letters: Iterable[str]) -> str:
    """The JSON of a document with each of these letters, none of ASCII, as its code: `<U+1F600>`."""
    return data.translate({ord(letter): f"<U+{ord(letter):04X}>" for letter in letters if not letter.isascii()})
