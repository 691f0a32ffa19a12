"""The text of a PDF, read in a process of its own that may take so much time and memory and no more."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
from typing import NamedTuple

from antragsbuch.i18n import _

MOST_BYTES = 50_000_000
_SECONDS = 120
"""By the clock; the process itself counts the time of the processor."""


class PdfError(Exception):
    """A PDF that can't be read, in words for the person."""


class PdfDocument(NamedTuple):
    """A document in a PDF: its text, page and line there of each line of the text, whether it begins as a motion does.

    `pages` are the numbers of its pages, `turned` those with text that is not upright and that text, `pictures` those
    that hold no text but pictures, `unknown` those with letters whose font does not say which they are and how many.
    """

    text: str
    places: list[tuple[int, int]]
    begins: bool
    pages: list[int]
    turned: list[tuple[int, str]]
    pictures: list[int]
    unknown: list[tuple[int, int]]


def is_pdf(data: bytes) -> bool:
    """Whether these are the bytes of a PDF: its mark stands at the beginning, or after some bytes of a transport."""
    return b"%PDF-" in data[:1024]


def documents(data: bytes) -> list[PdfDocument]:
    """The documents that were bound together in a PDF: one begins on each page that begins as a motion does.

    Raises `PdfError`.
    """
    if importlib.util.find_spec("pdfplumber") is None:
        raise PdfError(_("Reading PDF needs pdfplumber: {command}").format(command="pip install 'antragsbuch[pdf]'"))
    if len(data) > MOST_BYTES:
        raise PdfError(_("The PDF is too large."))
    # -P: the current folder holds no modules
    command = [sys.executable, "-P", "-m", "antragsbuch.pdf_child"]
    too_long = PdfError(_("The PDF takes too long to read."))
    try:
        ran = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise too_long from error
    if ran.returncode in (-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGKILL):
        raise too_long
    answer = {"refused": "broken"} if ran.returncode else json.loads(ran.stdout)
    if "refused" in answer:
        raise PdfError(_refusals()[answer["refused"]])
    return [PdfDocument(*document) for document in answer["documents"]]


def _refusals() -> dict[str, str]:
    return {
        "broken": _("The PDF is broken."),
        "encrypted": _("The PDF is encrypted: save it without a password."),
        "pages": _("The PDF has too many pages."),
        "letters": _("The PDF holds too much text."),
        "memory": _("The PDF needs too much memory to read."),
        "unknown": _("The letters of the PDF can't be told by its fonts: text recognition (OCR) must come first."),
        "text": _("The PDF holds no text; if its pages are pictures, text recognition (OCR) must come first."),
    }
