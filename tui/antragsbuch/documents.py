"""Motions as documents: the model of one or several, and the bytes of a form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from antragsbuch_schema.documents.model import Booklet, Document

Form = Literal["text", "markdown", "html", "pdf"]
SUFFIXES: Mapping[Form, str] = {"text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf"}
"""How the names of files of each form end."""
_UNSAFE = re.compile(r"[^0-9A-Za-zÄÖÜäöüß]+")


def bound(
    motions: Iterable[tuple[str, Mapping[str, Any]]],
    council: Mapping[str, Any],
    sitting: tuple[str, dt.date] | None = None,
) -> Document | Booklet:
    """One motion by itself; several, and those of a session, as a booklet. Each comes with its agenda item or ""."""
    from antragsbuch_schema.documents.booklet import booklet
    from antragsbuch_schema.documents.of_motion import document

    documents = [(item, document(data, council)) for item, data in motions]
    if len(documents) == 1 and sitting is None:
        return documents[0][1]
    return booklet(documents, str(council.get("name", "")), sitting)


def written(model: Document | Booklet, form: str) -> str:
    """The text of a document as `text`, `markdown` or `html`."""
    from antragsbuch_schema.documents import html, markdown, text
    from antragsbuch_schema.documents.model import Document

    writers = {"text": text.text, "markdown": markdown.markdown, "html": html.html}
    binders = {"text": text.booklet_text, "markdown": markdown.booklet_markdown, "html": html.booklet_html}
    return writers[form](model) if isinstance(model, Document) else binders[form](model)


def file_name(references: Sequence[str], form: Form) -> str:
    """A name for the file of these motions: `2292-V-HHA.pdf`, `antraege.pdf` for several."""
    one = _UNSAFE.sub("-", references[0]).strip("-")[:80] if len(references) == 1 else ""
    return (one or ("antrag" if len(references) == 1 else "antraege")) + SUFFIXES[form]
