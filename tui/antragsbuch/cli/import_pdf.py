"""The PDF branch of `antrag import`: the text of each motion that a PDF holds."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch.i18n import _
from antragsbuch.pdf_pages import PdfError, sheets
from antragsbuch_schema.exchange.from_printed import REFERENCE
from antragsbuch_schema.exchange.from_sheets import copied, documents

from .common import Refused, say


def texts(name: str, data: bytes) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """The text of each motion, and for each of its lines the page and the line there.

    Says on standard error which pages are in none of them, and what on a page is no text. Raises `Refused`.
    """
    try:
        found = documents(sheets(data), REFERENCE)
    except PdfError as error:
        raise Refused(f"{name}: {error}") from error
    for document in found:
        place = _("{path}, page {page}")
        if len(found) > 1 and document is found[0] and not document.begins:
            for sheet in document.sheets:
                say(f"{place.format(path=name, page=sheet.number)}: " + _("before the first motion, not read"))
            continue
        for sheet in document.sheets:
            if sheet.turned:
                say(
                    f"{place.format(path=name, page=sheet.number)}: "
                    + _("text that is turned is not read: {text}").format(text=" ".join(sheet.turned.split()))
                )
            if not sheet.words and sheet.pictures:
                say(f"{place.format(path=name, page=sheet.number)}: " + _("a picture, no text: not read"))
        yield copied(document.sheets)
