"""Documents as text: the layout of the paper, cells apart by tabs, as it is when one copies it from there.

`exchange.from_printed` reads it back.
"""

from __future__ import annotations

from .model import CONTENTS, Block, Booklet, Document, Head, Heading, Items, Paragraph, Table, Values, grid


def text(document: Document) -> str:
    """The document, ending with a line break; blocks apart by a blank line."""
    return "\n\n".join(filter(None, (*_head(document.head), *map(_block, document.blocks)))) + "\n"


def booklet_text(booklet: Booklet) -> str:
    """A cover with contents, then each motion after a form feed, which begins a page."""
    contents = [
        "\t".join((*filter(None, (entry.item, entry.document.head.reference)), entry.document.head.name))
        for entry in booklet.entries
    ]
    cover = "\n\n".join((booklet.title, "\n".join(booklet.cover), CONTENTS, "\n".join(contents))) + "\n"
    return "\f".join((cover, *(text(entry.document) for entry in booklet.entries)))


def _head(head: Head) -> tuple[str, ...]:
    return (
        head.reference,
        "\n".join(filter(None, (head.paper_type, head.publicity))),
        " ".join(filter(None, (head.title, head.movers))),
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{block.text}:" if block.is_label else block.text
        case Paragraph():
            return block.text
        case Items():
            return "\n".join(f"- {item}" if item and block.marked else item or "-" for item in block.items)
        case Values():
            apart = "\n\n" if block.stacked else ": "
            return "\n".join(f"{pair.label}{apart}{pair.value}" if pair.label else pair.value for pair in block.pairs)
        case Table():
            rows = (*block.head, *block.rows)
            return "\n".join("\t".join(cell.text if cell else "" for cell in row) for row in grid(rows))
