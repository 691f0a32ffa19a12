"""The findings that the index has kept."""

from __future__ import annotations

import datetime as dt
from sqlite3 import Connection

from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.findings import Report

from . import kept, tables
from .source import to_column


def of_file(connection: Connection, path: str, today: dt.date) -> list[Located]:
    """The findings of one motion on a day, in the order of their lines."""
    own = connection.execute(
        "SELECT findings, dated FROM checked JOIN files ON key = file WHERE path = ?", (to_column(path),)
    ).fetchone()
    found = on(own[0], own[1], today) if own else []
    return list(Report.of([*found, *tables.clashes(connection).get(path, ())], 1).findings)


def of_all(connection: Connection, today: dt.date | None) -> Report:
    """All findings of the register on a day, those about the council's file included."""
    day = today.isoformat() if today else ""
    # what was to hold on other days only is most of what is kept, and is not even looked at
    rows = connection.execute(
        "SELECT findings, iif(dated_from <= ? AND ? < dated_to, dated, '') AS now "
        "FROM checked JOIN files ON key = file WHERE present AND (findings <> '' OR now <> '')",
        (day, day),
    )
    found = [located for always, dated in rows for located in on(always, dated, today)]
    found += [located for clashes in tables.clashes(connection).values() for located in clashes]
    (files,) = connection.execute("SELECT count(*) FROM files WHERE present").fetchone()
    council = tables.get(connection, "council")
    found += on(council, "", today)
    return Report.of(found, files + bool(council))


def on(always: str, dated: str, today: dt.date | None) -> list[Located]:
    """The findings of one file that hold on a day, of those that were kept for all days and for some."""
    return [
        each.located
        for text in (always, dated)
        if text
        for each in kept.load_findings(text)
        if each.holds(today)
    ]
