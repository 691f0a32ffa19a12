"""The PDF branch of `antrag import`: the text of each motion that a PDF holds."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch.i18n import _, ngettext
from antragsbuch.pdf_text import PdfDocument, PdfError, documents

from .common import Refused, say


def texts(name: str, data: bytes) -> Iterator[PdfDocument]:
    """The text of each motion, and for each of its lines the page and the line there.

    Says on standard error which pages are in none of them, and what on a page is no text. Raises `Refused`.
    """
    try:
        found = documents(data)
    except PdfError as error:
        raise Refused(f"{name}: {error}") from error
    for number, document in enumerate(found):
        if number == 0 and len(found) > 1 and not document.begins:
            for page in document.pages:
                _say(name, page, _("before the first motion, not read"))
            continue
        for page, words in document.turned:
            _say(name, page, _("text that is turned is not read: {text}").format(text=words))
        for page, count in document.unknown:
            words = ngettext(
                "{count} letter can't be told, \ufffd stands for it",
                "{count} letters can't be told, \ufffd stands for them",
                count,
            )
            _say(name, page, words.format(count=count))
        for page in document.pictures:
            _say(name, page, _("a picture, no text: not read"))
        yield document


def _say(name: str, page: int, what: str) -> None:
    place = _("{path}, page {page}").format(path=name, page=page)
    say(f"{place}: {what}")
