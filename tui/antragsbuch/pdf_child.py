"""Reads a PDF in a process of its own, which may take so much time and memory and no more: `python -m` this module.

The PDF comes on standard input, the text of its documents goes as JSON to standard output, to `antragsbuch.pdf_text`.
Whatever a broken or hostile file does to the library ends this process and nothing else.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import signal
import sys
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from antragsbuch_schema.exchange.from_printed import REFERENCE
from antragsbuch_schema.exchange.from_sheets import copied, documents
from antragsbuch_schema.exchange.sheets import BLANK, HYPHENATED, NOTHING, Sheet, Word

if TYPE_CHECKING:
    from pdfplumber.page import Page

MEMORY = 1 << 30
SECONDS_A_PAGE = 3
"""Of processor time, for opening the file and for each page."""
SECONDS = 60
MOST_PAGES = 200
MOST_LETTERS = 1_000_000
MOST_UNKNOWN = 10
"""One letter in so many may be unknown."""
UNKNOWN = "\ufffd"
_CODE = re.compile(r"\(cid:\d+\)")
"""What the library gives in place of a letter that is unknown."""


def main() -> None:
    """Write `{"documents": [...]}`, or `{"refused": "encrypted" | "pages" | ...}`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    try:
        answer = _read(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"refused": "memory"}
    except PdfminerException as error:
        # the library puts whatever happened into its own
        refusals = {PDFPasswordIncorrect: "encrypted", MemoryError: "memory"}
        answer = {"refused": refusals.get(type(error.args[0]), "broken")}
    json.dump(answer, sys.stdout)


def _read(data: bytes) -> dict[str, Any]:
    _another()
    with pdfplumber.open(BytesIO(data)) as document:
        if len(document.pages) > MOST_PAGES:
            return {"refused": "pages"}
        sheets: list[Sheet] = []
        letters = 0
        for page in document.pages:
            _another()
            letters += len(page.chars)
            if letters > MOST_LETTERS:
                return {"refused": "letters"}
            sheets.append(_sheet(page))
            page.close()
    if not any(sheet.words for sheet in sheets):
        return {"refused": "text"}
    if sum(map(_unknown, sheets)) > letters / MOST_UNKNOWN:
        return {"refused": "unknown"}
    _another()
    found = []
    for pages in documents(sheets, REFERENCE):
        turned = [(sheet.number, sheet.turned) for sheet in pages.sheets if sheet.turned]
        pictures = [sheet.number for sheet in pages.sheets if sheet.pictures and not sheet.words]
        numbers = [sheet.number for sheet in pages.sheets]
        unknown = [(sheet.number, count) for sheet in pages.sheets if (count := _unknown(sheet))]
        found.append((*copied(pages.sheets), pages.begins, numbers, turned, pictures, unknown))
    return {"documents": found}


def _unknown(sheet: Sheet) -> int:
    """How many letters there are whose font does not say which they are."""
    return sum(word.text.count(UNKNOWN) for word in sheet.words)


def _another() -> None:
    """Begin to count the time again; when it is over, the signal ends the process."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS_A_PAGE)


def _sheet(page: Page) -> Sheet:
    """A page; what the document itself calls an artifact is left out."""
    upright = page.filter(lambda thing: thing.get("tag") != "Artifact" and thing.get("upright", True))
    turned = page.filter(lambda thing: thing["object_type"] == "char" and not thing["upright"])
    following = {id(char): after for char, after in zip_longest(page.chars, page.chars[1:])}
    words = []
    for word in upright.extract_words(x_tolerance_ratio=0.15, return_chars=True):
        # a font has one glyph for both kinds of hyphen, and says either of all of them
        text = word["text"].replace("\xad", "-").encode("utf-8", "ignore").decode()
        text = _CODE.sub(UNKNOWN, text)
        after = _after(word["chars"][-1], following)
        words.append(Word(text, word["x0"], word["top"], word["x1"], word["bottom"], after))
    return Sheet(
        number=page.page_number,
        width=page.width,
        height=page.height,
        words=tuple(words),
        tables=tuple(tuple(tuple(row.cells) for row in table.rows) for table in page.find_tables()),
        turned=" ".join("".join(char["text"] for char in turned.chars).split()),
        pictures=len(page.images),
    )


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
