"""Documents as Markdown: data comes out as text, whatever it holds, in a reader that others wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from antragsbuch_schema.display import display
from antragsbuch_schema.documents.booklet import booklet
from antragsbuch_schema.documents.markdown import booklet_markdown, markdown
from antragsbuch_schema.documents.model import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    Values,
    column_names,
    grid,
)
from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from support.documents import HOSTILE, voted
from support.field_data import tables
from support.printed import council

READER = MarkdownIt("gfm-like", {"linkify": False})
MADE_BY_US = {"text", "strong_open", "strong_close", "hardbreak"}


def said(made: Document) -> Iterator[str]:
    """What the model says, an inline text each."""
    head = made.head
    yield from (head.reference, ", ".join(filter(None, (head.paper_type, head.publicity))), head.name, head.movers)
    for block in made.blocks:
        yield from block_texts(block)


def block_texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Items():
            yield from block.items
        case Values():
            yield " ".join(f"{pair.label}: {pair.value}" if pair.label else pair.value for pair in block.pairs)
        case Table():
            yield from column_names(block)
            yield from (cell.text if cell else "" for row in grid(block.rows) for cell in row)


def texts(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            assert child.type in MADE_BY_US, child
        if token.type == "inline":
            yield "".join(" " if child.type == "hardbreak" else child.content for child in token.children or ())


def same(some: Iterator[str]) -> list[str]:
    return [words for one in some if (words := " ".join(display(one).split()))]


def check(made: Document) -> None:
    tokens = READER.parse(markdown(made))
    assert {token.type for token in tokens} & {"code_block", "fence", "html_block", "blockquote_open", "hr"} == set()
    assert "ordered_list_open" not in {token.type for token in tokens}
    assert same(texts(tokens)) == same(said(made))
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    assert levels == [1, *(block.level for block in made.blocks if isinstance(block, Heading))]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_markup_is_text(hostile: str) -> None:
    data = voted()
    data |= {
        "title": hostile,
        "reference": hostile,
        "originators": [hostile],
        "proposal": f"{hostile}\n\n- {hostile}\n",
    }
    data |= {
        "facts": f"Davor.\n\n{hostile}\n\nDanach.\n",
        "attachments": [{"id": "f1", "title": hostile}],
        hostile: hostile,
    }
    data["consultations"][0] |= {"organization": hostile, "remarks": hostile}
    data["budget"]["references"][0]["page"] = hostile
    check(document(data, council()))


@given(st.text(st.sampled_from("*_`#-+=|<>[]()!&;~$:\\/ \t.1a\u00a0ü"), max_size=30))
def test_no_mixture_of_signs_is_markup(mixture: str) -> None:
    check(document({"title": mixture, "proposal": mixture, "consultations": [{"organization": mixture}]}, {}))


@given(tables(MOTION))
def test_a_motion_is_read_back_word_for_word(data: Data) -> None:
    check(document(data, council()))


def test_tables_are_tables() -> None:
    tokens = READER.parse(markdown(document(voted(), council())))
    assert sum(token.type == "table_open" for token in tokens) == 3
    rows = [token for token in tokens if token.type == "tr_open"]
    assert len(rows) == (1 + 4) + (1 + 1) + (1 + 2)


def test_the_contents_of_a_booklet_lead_to_its_motions() -> None:
    made = document(voted() | {"title": "a](b) <c>"}, council())
    tokens = READER.parse(booklet_markdown(booklet([("7.12", made), ("", made)])))
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    anchors = [child.content for token in tokens for child in token.children or () if child.type == "html_inline"]
    assert links == ["#antrag-1", "#antrag-2"]
    assert [anchor for anchor in anchors if "id=" in anchor] == ['<a id="antrag-1">', '<a id="antrag-2">']
    assert [token.tag for token in tokens if token.type == "heading_open"][:3] == ["h1", "h2", "h2"]
