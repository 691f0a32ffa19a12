"""A printed motion as lines of a widget."""

from __future__ import annotations

from antragsbuch_schema.documents import page
from antragsbuch_schema.documents.model import Document

from .line import Line, Piece


def page_lines(document: Document, cells: int) -> list[Line]:
    """The lines of a document for a width in cells, with a blank cell on either side."""
    return [tuple(Piece(*piece) for piece in line) for line in page.page_lines(document, cells)]
