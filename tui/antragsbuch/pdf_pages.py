"""Pages out of a PDF, read in a process of its own that may take so much time and memory and no more."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
from typing import Any

from antragsbuch.i18n import _
from antragsbuch_schema.exchange.sheets import Sheet, Word

MOST_BYTES = 50_000_000
_SECONDS = 120
"""By the clock; the process itself counts the time of the processor."""


class PdfError(Exception):
    """A PDF that can't be read, in words for the person."""


def is_pdf(data: bytes) -> bool:
    """Whether these are the bytes of a PDF: its mark stands at the beginning, or after some bytes of a transport."""
    return b"%PDF-" in data[:1024]


def sheets(data: bytes) -> list[Sheet]:
    """The pages of a PDF. Raises `PdfError`."""
    if importlib.util.find_spec("pdfplumber") is None:
        raise PdfError(_("Reading PDF needs pdfplumber: {command}").format(command="pip install 'antragsbuch[pdf]'"))
    if len(data) > MOST_BYTES:
        raise PdfError(_("The PDF is too large."))
    # -P: the current folder holds no modules
    command = [sys.executable, "-P", "-m", "antragsbuch.pdf_child"]
    try:
        ran = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(_("The PDF takes too long to read.")) from error
    if ran.returncode in (-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGKILL):
        raise PdfError(_("The PDF takes too long to read."))
    if ran.returncode:
        raise PdfError(_("The PDF is broken, or needs too much memory."))
    answer = json.loads(ran.stdout)
    if "refused" in answer:
        raise PdfError(
            {
                "encrypted": _("The PDF is encrypted; save it without a password."),
                "pages": _("The PDF has too many pages."),
                "letters": _("The PDF holds too much text."),
            }[answer["refused"]]
        )
    found = [_sheet(number, page) for number, page in enumerate(answer["pages"], 1)]
    if not any(sheet.words for sheet in found):
        raise PdfError(_("The PDF holds no text, only pictures: text recognition (OCR) must come first."))
    return found


def _sheet(number: int, page: Any) -> Sheet:
    tables = tuple(
        tuple(tuple(tuple(cell) if cell else None for cell in row) for row in table) for table in page["tables"]
    )
    words = tuple(Word(*word) for word in page["words"])
    return Sheet(number, page["height"], words, tables, page["turned"], page["pictures"])
