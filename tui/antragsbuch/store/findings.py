"""The findings that the index has kept."""

from __future__ import annotations

import datetime as dt
from sqlite3 import Connection

from antragsbuch_schema.diagnostics import Kept, Located
from antragsbuch_schema.findings import Report, shown

from . import kept, tables
from .source import to_column


def of_file(connection: Connection, path: str, today: dt.date) -> list[Located]:
    """The findings of one motion on a day, in the order of their lines."""
    own = connection.execute(
        "SELECT findings, dated FROM checked JOIN files ON key = file WHERE path = ?", (to_column(path),)
    ).fetchone()
    found = all_of(*own) if own else []
    return list(Report.on([*found, *tables.clashes(connection).get(path, ())], 1, today).findings)


def of_all(connection: Connection, today: dt.date | None) -> Report:
    """All findings of the register on a day, those about the council's file included."""
    day = today.isoformat() if today else ""
    # what was to hold on other days only is most of what is kept, and is not even looked at
    rows = connection.execute(
        "SELECT findings, iif(dated_from <= ? AND ? < dated_to, dated, '') AS now "
        "FROM checked JOIN files ON key = file WHERE present AND (findings <> '' OR now <> '')",
        (day, day),
    )
    found = [each for always, dated in rows for each in all_of(always, dated)]
    found += [clash for clashes in tables.clashes(connection).values() for clash in clashes]
    (files,) = connection.execute("SELECT count(*) FROM files WHERE present").fetchone()
    council = tables.get(connection, "council")
    found += all_of(council, "")
    return Report.on(found, files + bool(council), today)


def on(always: str, dated: str, today: dt.date | None) -> list[Located]:
    """The findings of one file that hold on a day, of those that were kept for all days and for some."""
    return shown(all_of(always, dated), today)


def all_of(always: str, dated: str) -> list[Kept]:
    """What was kept of one file for all days and for some."""
    return [each for text in (always, dated) if text for each in kept.load_findings(text)]
