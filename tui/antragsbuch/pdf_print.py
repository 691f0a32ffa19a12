"""Documents as PDF, set by typst: the same document gives the same bytes, on any machine and without a network."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from antragsbuch.i18n import _
from antragsbuch_schema.documents import typst as source

if TYPE_CHECKING:
    from typst import PDFStandard

    from antragsbuch_schema.documents.model import Booklet, Document

Standard = Literal["ua-1", "a-2a", "a-3a"]
"""What a PDF can keep to: PDF/UA-1 for readers of all kinds, PDF/A for archives."""
STANDARDS: tuple[Standard, ...] = get_args(Standard)
USUAL: tuple[Standard, ...] = ("ua-1", "a-2a")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_TRIES = 5


class PrintError(Exception):
    """A document that can't be printed, in words for the person."""


class Printed(NamedTuple):
    """A PDF, whether it keeps to all standards, and the letters that the fonts lack: they stand there by their code."""

    data: bytes
    keeps_all: bool
    missing: str


def printed(document: Document | Booklet, standards: Sequence[Standard]) -> Printed:
    """The PDF of a document, after `standards`: but not PDF/A where it has no date. Raises `PrintError`."""
    if importlib.util.find_spec("typst") is None:
        raise PrintError(_("Printing PDF needs typst: {command}").format(command="pip install 'antragsbuch[print]'"))
    from typst import TypstError, compile

    # the archive asks for the date, which never is that of today
    kept: list[PDFStandard] = [standard for standard in standards if document.date or not standard.startswith("a-")]
    data = source.data(document)
    missing = ""
    for _attempt in range(_TRIES):
        try:
            made = compile(
                source.template(),
                sys_inputs={"data": data},
                ignore_system_fonts=True,
                pdf_standards=kept,
            )
        except TypstError as error:
            lacking = sorted({letter for found in _MISSING.findall(error.diagnostic) for letter in found})
            if not lacking:
                raise PrintError(_("It can't be printed: {reason}").format(reason=error.message)) from error
            data = source.spelled_out(data, lacking)
            missing += "".join(lacking)
        else:
            return Printed(made, len(kept) == len(standards), missing)
    raise PrintError(_("It can't be printed: the fonts lack too many letters."))
