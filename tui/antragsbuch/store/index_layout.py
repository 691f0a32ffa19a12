"""What is in the index: its tables, and how the search among them is made."""

from __future__ import annotations

import sqlite3

from .database import Layout

NUMBER = 2
"""Raised whenever the tables or what is kept in them change: an index of another layout is not read."""

# a path that is no UTF-8 is kept as bytes; `texts` holds what is in the search, packed: to take a text out of an index
# of trigrams one must know it
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    key INTEGER PRIMARY KEY,
    path UNIQUE NOT NULL,
    blob TEXT NOT NULL,
    head TEXT NOT NULL,
    present INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    basis TEXT NOT NULL,
    id TEXT NOT NULL,
    reference TEXT NOT NULL,
    date TEXT NOT NULL,
    submitted TEXT NOT NULL,
    title TEXT NOT NULL,
    paper_type TEXT NOT NULL,
    originators TEXT NOT NULL,
    public INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_order INTEGER NOT NULL,
    next_organization TEXT NOT NULL,
    next_date TEXT NOT NULL,
    voted INTEGER NOT NULL,
    reference_order TEXT NOT NULL,
    title_order TEXT NOT NULL,
    number INTEGER,
    term TEXT NOT NULL,
    kind TEXT NOT NULL,
    names TEXT NOT NULL,
    reference_words TEXT NOT NULL,
    title_words TEXT NOT NULL,
    mentions TEXT NOT NULL,
    own_errors INTEGER NOT NULL,
    own_warnings INTEGER NOT NULL,
    own_remarks INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    remarks INTEGER NOT NULL
);
CREATE TABLE checked (
    file INTEGER PRIMARY KEY,
    findings TEXT NOT NULL,
    dated TEXT NOT NULL,
    dated_from TEXT NOT NULL,
    dated_to TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE TABLE clashes (
    path UNIQUE NOT NULL,
    findings TEXT NOT NULL
);
CREATE TABLE steps (
    file INTEGER NOT NULL,
    position INTEGER NOT NULL,
    date TEXT NOT NULL,
    organization TEXT NOT NULL,
    body INTEGER NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
CREATE INDEX steps_by_body ON steps (body, date);
CREATE TABLE bodies (
    body INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE
);
CREATE TABLE texts (
    file INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
);
CREATE INDEX files_by_reference ON files (reference_order, path);
"""
_TRIGRAMS = "CREATE VIRTUAL TABLE search USING fts5(text, content='', columnsize=0, tokenize='trigram')"
_PLAIN = "CREATE TABLE search (rowid INTEGER PRIMARY KEY, text TEXT NOT NULL)"


def layout(*, trigrams: bool = True) -> Layout:
    """The index; without `trigrams`, or where SQLite has none, the search is a plain table."""
    return Layout("index", NUMBER, _with_trigrams if trigrams else _plain, "SELECT path FROM files LIMIT 1")


def has_trigrams(connection: sqlite3.Connection) -> bool:
    """Whether a search goes through the index of trigrams, which an old SQLite does not have."""
    (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone() or ("",)
    return str(made).startswith("CREATE VIRTUAL")


def _with_trigrams(connection: sqlite3.Connection) -> None:
    _make(connection)
    try:
        connection.execute(_TRIGRAMS)
    except sqlite3.OperationalError:
        connection.execute(_PLAIN)


def _plain(connection: sqlite3.Connection) -> None:
    _make(connection)
    connection.execute(_PLAIN)


def _make(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
