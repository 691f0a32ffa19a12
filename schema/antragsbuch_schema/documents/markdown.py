"""Documents as Markdown (CommonMark, with the tables of GitHub).

Whatever stands in a motion comes out as text: what could be markup is escaped with a backslash, what can't be seen
(controls, bidi overrides, letters without width) becomes visible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from antragsbuch_schema.display import display

from .model import (
    CONTENTS,
    Align,
    Block,
    Booklet,
    Document,
    Entry,
    Heading,
    Items,
    Pair,
    Paragraph,
    Table,
    Values,
    column_names,
    grid,
)

# emphasis, links, code, entities, HTML, tables, strikethrough, mathematics, headings; a short name of an emoji
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$#]|:(?=[a-z0-9_+-]+:)")
# a list, a rule, a heading of the line above
_AT_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
_RULES = {Align.START: "---", Align.CENTER: ":---:", Align.END: "---:"}


def markdown(document: Document) -> str:
    """The document, ending with a line break; its title is a heading of level 1."""
    return _joined(_parts(document, 0))


def booklet_markdown(booklet: Booklet) -> str:
    """A title, contents with links, then the motions, each after a rule."""
    contents = (f"{entry.number}. [{_called(entry)}](#{entry.anchor})" for entry in booklet.entries)
    parts = [f"# {_inline(booklet.title)}", _broken(map(_text, booklet.cover)), f"## {CONTENTS}", "\n".join(contents)]
    for entry in booklet.entries:
        parts += ["---", f'<a id="{entry.anchor}"></a>', *([_text(entry.item)] if entry.item else [])]
        parts += _parts(entry.document, 1)
    return _joined(parts)


def _called(entry: Entry) -> str:
    return _inline(": ".join(dict.fromkeys(filter(None, (entry.label, entry.document.head.name)))))


def _parts(document: Document, shift: int) -> Iterator[str]:
    head = document.head
    if head.reference:
        yield f"**{_inline(head.reference)}**"
    yield _text(", ".join(filter(None, (head.paper_type, head.publicity))))
    yield f"{'#' * (1 + shift)} {_inline(head.name)}"
    if head.movers:
        yield _text(head.movers)
    for block in document.blocks:
        yield _block(block, shift)


def _block(block: Block, shift: int) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + shift)} {_inline(block.text)}"
        case Paragraph():
            return _text(block.text)
        case Items():
            return "\n".join(f"- {_text(item)}".rstrip() for item in block.items)
        case Values():
            return _broken(map(_pair, block.pairs))
        case Table():
            return "\n".join(_rows(block))


def _pair(pair: Pair) -> str:
    return f"**{_inline(pair.label)}:** {_inline(pair.value)}" if pair.label else _text(pair.value)


def _rows(table: Table) -> Iterator[str]:
    yield _row(column_names(table))
    yield _row([_RULES[column.align] for column in table.columns], escape=False)
    for row in grid(table.rows):
        yield _row([cell.text if cell else "" for cell in row])


def _row(cells: Sequence[str], *, escape: bool = True) -> str:
    return "| " + " | ".join(_inline(cell) if escape else cell for cell in cells) + " |"


def _broken(lines: Iterable[str]) -> str:
    """Lines of one paragraph, each ending where it ends."""
    return "\\\n".join(lines)


def _text(text: str) -> str:
    """A text at the beginning of a line, where more can be markup."""
    return _AT_START.sub(lambda start: f"\\{start[1]}" if start[1] else f"{start[2]}\\{start[3]}", _inline(text))


def _inline(text: str) -> str:
    return _MARKUP.sub(lambda match: f"\\{match[0]}", display(text))


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
