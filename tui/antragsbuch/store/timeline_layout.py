"""What is in the timeline: its tables.

`commits` are numbered as they came in; `stamp` is the time of the committer, or a second more than the latest parent
where clocks went wrong, so that it rises from parent to child in every repository, and with `tie` (the begin of the
name) orders all commits in the same way whenever they came in. Names of objects are bytes. A view is a tip that
somebody looks from; `hidden` are the commits that it does not reach.
"""

from __future__ import annotations

import sqlite3

from .database import Layout

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE views (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    wanted TEXT NOT NULL,
    reached TEXT NOT NULL,
    used INTEGER NOT NULL
);
CREATE TABLE hidden (view INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (view, id)) WITHOUT ROWID;
CREATE TABLE people (key INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, UNIQUE (name, email));
CREATE TABLE paths (key INTEGER PRIMARY KEY, path NOT NULL UNIQUE);
CREATE TABLE commits (
    key INTEGER PRIMARY KEY,
    oid BLOB NOT NULL UNIQUE,
    parents BLOB NOT NULL,
    stamp INTEGER NOT NULL,
    author INTEGER NOT NULL,
    committer INTEGER NOT NULL,
    time INTEGER NOT NULL,
    shift INTEGER NOT NULL,
    day TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    signed INTEGER NOT NULL,
    cut INTEGER NOT NULL
);
CREATE TABLE changes (
    key INTEGER PRIMARY KEY,
    id INTEGER NOT NULL,
    path INTEGER NOT NULL,
    old_path INTEGER,
    blob BLOB,
    old_blob BLOB,
    merged INTEGER NOT NULL,
    pair INTEGER,
    stamp INTEGER NOT NULL,
    tie INTEGER NOT NULL
);
CREATE INDEX changes_of_commit ON changes (id);
CREATE INDEX changes_of_path ON changes (path);
CREATE INDEX changes_from_path ON changes (old_path) WHERE old_path IS NOT NULL;
CREATE INDEX changes_in_order ON changes (stamp, tie, path);
CREATE INDEX changes_of_pair ON changes (pair);
CREATE INDEX changes_waiting ON changes (stamp) WHERE pair IS NULL;
CREATE TABLE strays (
    key INTEGER PRIMARY KEY,
    merge INTEGER NOT NULL,
    path INTEGER NOT NULL,
    side INTEGER NOT NULL,
    blob BLOB,
    result BLOB,
    settled INTEGER NOT NULL
);
CREATE INDEX strays_of_merge ON strays (merge);
CREATE INDEX strays_waiting ON strays (settled) WHERE settled = 0;
CREATE TABLE stray_edits (stray INTEGER NOT NULL, edit INTEGER NOT NULL, PRIMARY KEY (stray, edit)) WITHOUT ROWID;
CREATE TABLE lost (edit INTEGER NOT NULL, merge INTEGER NOT NULL, PRIMARY KEY (edit, merge)) WITHOUT ROWID;
CREATE INDEX lost_in_merge ON lost (merge);
CREATE TABLE pairs (
    key INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE,
    motion TEXT NOT NULL,
    reference TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX pairs_of_motion ON pairs (motion);
CREATE INDEX pairs_of_reference ON pairs (reference);
CREATE TABLE bodies (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, words TEXT NOT NULL);
CREATE TABLE facets (
    pair INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    place TEXT NOT NULL,
    body INTEGER,
    day TEXT NOT NULL,
    PRIMARY KEY (pair, number)
) WITHOUT ROWID;
CREATE INDEX facets_of_kind ON facets (kind);
CREATE INDEX facets_of_field ON facets (field);
CREATE INDEX facets_of_body ON facets (body) WHERE body IS NOT NULL
"""


def _make(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)


ORDER = "c.stamp DESC, c.tie DESC, c.path"
"""The order of changes, newest first; the same however often and whenever commits came in."""
VISIBLE = "c.id NOT IN (SELECT id FROM hidden WHERE view = :view)"
"""Whether a view reaches a change."""

TIMELINE = Layout("timeline", 1, _make, "SELECT oid FROM commits LIMIT 1")
