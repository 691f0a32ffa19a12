"""Documents as HTML: one file without scripts and without anything from elsewhere, for the screen and for paper.

Made to be read aloud too: language, landmarks, one heading of level 1, tables with captions and heads. Whatever stands
in a motion comes out as text; its policy allows the browser nothing but the style of this file.
"""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from itertools import groupby
from pathlib import Path

from antragsbuch_schema.display import display

from .model import (
    CONTENTS,
    LANGUAGE,
    Align,
    Block,
    Booklet,
    Cell,
    Document,
    Entry,
    Heading,
    Items,
    Pair,
    Paragraph,
    Table,
    Values,
    grid,
)

_CONTENTS_ID = "inhalt"
_NARROW = 4
"""As many columns fit on the screen of a telephone."""
_ALIGNED = {Align.START: "", Align.CENTER: ' class="center"', Align.END: ' class="end"'}


def html(document: Document) -> str:
    """The document as a page of its own."""
    body = ["<main>", "<article>", *_article(document, 0), "</article>", "</main>"]
    return _page(document.name, document.date, body)


def booklet_html(booklet: Booklet) -> str:
    """A cover with contents, then the motions; on paper each begins on a new page."""
    has_items = any(entry.item for entry in booklet.entries)
    body = [
        f'<a class="skip" href="#{_CONTENTS_ID}">Zum {CONTENTS}</a>',
        '<header class="cover">',
        f"<h1>{_text(booklet.title)}</h1>",
        *(f"<p>{_text(line)}</p>" for line in booklet.cover),
        "</header>",
        f'<nav aria-labelledby="{_CONTENTS_ID}">',
        f'<h2 id="{_CONTENTS_ID}">{CONTENTS}</h2>',
        '<ol role="list">',
        *(_line_of_contents(entry, has_items) for entry in booklet.entries),
        "</ol>",
        "</nav>",
        '<main class="bound">',
    ]
    for entry in booklet.entries:
        body.append(f'<article id="{entry.anchor}" aria-labelledby="{entry.anchor}-titel">')
        body += _article(entry.document, 1, entry)
        body.append(f'<p class="back"><a href="#{_CONTENTS_ID}">Zum {CONTENTS}</a></p>')
        body.append("</article>")
    return _page(booklet.name, booklet.date, [*body, "</main>"])


def _line_of_contents(entry: Entry, has_items: bool) -> str:
    head = entry.document.head
    item = f'<span class="item">{_text(entry.item)}</span> ' if has_items else ""
    number = f'<span class="number">{_text(head.reference)}</span> '
    return f'<li><a href="#{entry.anchor}">{item}{number}<span class="name">{_text(head.name)}</span></a></li>'


def _article(document: Document, shift: int, entry: Entry | None = None) -> Iterator[str]:
    head = document.head
    item = entry.item if entry else ""
    identity = f' id="{entry.anchor}-titel"' if entry else ""
    yield "<header>"
    if reference := ", ".join(filter(None, (head.reference, item))):
        yield f'<p class="reference">{_text(reference)}</p>'
    kind = f"<span>{_text(head.paper_type)}</span> " if head.paper_type else ""
    yield f'<p class="kind">{kind}<span>{_text(head.publicity)}</span></p>'
    yield f"<h{1 + shift}{identity}>{_text(head.name)}</h{1 + shift}>"
    if head.movers:
        yield f'<p class="movers">{_text(head.movers)}</p>'
    yield "</header>"
    for block in document.blocks:
        yield from _block(block, shift)


def _block(block: Block, shift: int) -> Iterator[str]:
    match block:
        case Heading():
            label = ' class="label"' if block.is_label else ""
            yield f"<h{block.level + shift}{label}>{_text(block.text)}</h{block.level + shift}>"
        case Paragraph():
            yield f"<p>{_text(block.text)}</p>"
        case Items():
            yield "<ul>" if block.marked else '<ul class="plain" role="list">'
            yield from (f"<li>{_text(item)}</li>" for item in block.items)
            yield "</ul>"
        case Values():
            for labelled, pairs in groupby(block.pairs, lambda pair: bool(pair.label)):
                yield from (_values if labelled else _unlabelled)(tuple(pairs))
        case Table():
            yield from _table(block)


def _values(pairs: Iterable[Pair]) -> Iterator[str]:
    yield "<dl>"
    for pair in pairs:
        yield f"<div><dt>{_text(pair.label)}</dt> <dd>{_text(pair.value)}</dd></div>"
    yield "</dl>"


def _unlabelled(pairs: Iterable[Pair]) -> Iterator[str]:
    return (f"<p>{_text(pair.value)}</p>" for pair in pairs)


def _table(table: Table) -> Iterator[str]:
    yield '<div class="table wide">' if len(table.columns) > _NARROW else '<div class="table">'
    yield "<table>"
    yield f"<caption>{_text(table.caption)}</caption>"
    yield "<colgroup>" + "".join(f'<col class="w{column.width}">' for column in table.columns) + "</colgroup>"
    yield "<thead>"
    yield from _rows(table, table.head)
    yield "</thead>"
    yield "<tbody>"
    yield from _rows(table, table.rows)
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _rows(table: Table, rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    for row in grid(tuple(rows)):
        cells = (_cell(cell, table.columns[column].align) for column, cell in enumerate(row) if cell)
        yield "<tr>" + "".join(cells) + "</tr>"


def _cell(cell: Cell, align: Align) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans = columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
    aligned = ' class="center"' if cell.columns > 1 else _ALIGNED[align]
    if cell.scope:
        return f'<th scope="{cell.scope}"{spans}{aligned}>{_text(cell.text)}</th>'
    return f"<td{spans}{aligned}>{_text(cell.text)}</td>"


def _page(name: str, day: dt.date | None, body: Iterable[str]) -> str:
    lines = list(body)
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{LANGUAGE}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        *([f'<meta name="dcterms.date" content="{day.isoformat()}">'] if day else []),
        f"<title>{_text(name)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
    ]
    return "\n".join((*head, *lines, "</body>", "</html>")) + "\n"


@cache
def _style() -> str:
    sheet = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    # the width of a column is a class: a policy that allows a style by its hash allows none in an attribute
    return "\n" + sheet + "".join(f".w{width} {{ width: {width}%; }}\n" for width in range(1, 101))


def _text(text: str) -> str:
    return escape(display(text))
