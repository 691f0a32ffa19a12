"""Reads a PDF in a process of its own, which may take so much time and memory and no more: `python -m` this module.

The PDF comes on standard input, its pages go as JSON to standard output, to `antragsbuch.pdf_pages`. Whatever a broken
or hostile file does to the library ends this process and nothing else.
"""

from __future__ import annotations

import json
import logging
import resource
import signal
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from antragsbuch_schema.exchange.sheets import BLANK, HYPHENATED, NOTHING

if TYPE_CHECKING:
    from pdfplumber.page import Page

MEMORY = 1 << 30
SECONDS_A_PAGE = 5
"""Of processor time, for opening the file and for each page."""
SECONDS = 60
MOST_PAGES = 200
MOST_LETTERS = 1_000_000


def main() -> None:
    """Write `{"pages": [...]}`, or `{"refused": "encrypted" | "pages" | "letters"}`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    try:
        answer = _read(sys.stdin.buffer.read())
    except PdfminerException as error:
        if not isinstance(error.args[0], PDFPasswordIncorrect):
            raise
        answer = {"refused": "encrypted"}
    json.dump(answer, sys.stdout)


def _read(data: bytes) -> dict[str, Any]:
    _another()
    with pdfplumber.open(BytesIO(data)) as document:
        if len(document.pages) > MOST_PAGES:
            return {"refused": "pages"}
        pages: list[dict[str, Any]] = []
        letters = 0
        for page in document.pages:
            _another()
            letters += len(page.chars)
            if letters > MOST_LETTERS:
                return {"refused": "letters"}
            pages.append(_page(page))
            page.close()
    return {"pages": pages}


def _another() -> None:
    """Begin to count the time again; when it is over, the signal ends the process."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS_A_PAGE)


def _page(page: Page) -> dict[str, Any]:
    """A page as the fields of a `Sheet`; what the document itself calls an artifact is left out."""
    upright = page.filter(lambda thing: thing.get("tag") != "Artifact" and thing.get("upright", True))
    turned = page.filter(lambda thing: thing["object_type"] == "char" and not thing["upright"])
    following = {id(char): after for char, after in zip(page.chars, [*page.chars[1:], None], strict=True)}
    words = []
    for word in upright.extract_words(x_tolerance_ratio=0.15, return_chars=True):
        # a font has one glyph for both kinds of hyphen, and says either of all of them
        text = word["text"].replace("\xad", "-").encode("utf-8", "ignore").decode()
        after = _after(word["chars"][-1], following)
        words.append((text, word["x0"], word["top"], word["x1"], word["bottom"], after))
    return {
        "height": page.height,
        "words": words,
        "tables": [[row.cells for row in table.rows] for table in page.find_tables()],
        "turned": turned.extract_text(),
        "pictures": len(page.images),
    }


def _after(char: dict[str, Any], following: dict[int, dict[str, Any] | None]) -> str:
    """What follows the last letter of a word."""
    if char["text"] in ("-", "\xad"):
        # both kinds of hyphen share a glyph: where it says the other kind, it stands in a span of its own
        is_other = char.get("tag") == "Span" and char.get("mcid") is None
        if (char["text"] == "\xad") != is_other:
            return HYPHENATED
    after = following[id(char)]
    if after is None or not after["text"].isspace() or abs(after["bottom"] - char["bottom"]) > char["size"] / 2:
        return NOTHING
    return BLANK if after["x0"] - char["x1"] < char["size"] else NOTHING


if __name__ == "__main__":
    main()
