"""Several motions bound as one document: those of a session, or those that somebody asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from antragsbuch_schema.german import format_long_date

from .model import Booklet, Document, Entry


def booklet(
    documents: Iterable[tuple[str, Document]], of: str = "", session: tuple[str, dt.date] | None = None
) -> Booklet:
    """The `documents` in their order, each with its agenda item or "".

    `of` is the name of the council, as a line of the cover; `session` a body and the day on which it meets.
    """
    entries = tuple(Entry(number, item, document) for number, (item, document) in enumerate(documents, 1))
    count = f"{len(entries)} {'Antrag' if len(entries) == 1 else 'Anträge'}"
    if session:
        body, day = session
        cover = (of, f"{body}, {format_long_date(day)}", count)
        return Booklet("Anträge zur Sitzung", tuple(filter(None, cover)), entries, day)
    days = [entry.document.date for entry in entries if entry.document.date]
    return Booklet("Anträge", tuple(filter(None, (of, count))), entries, max(days, default=None))
