"""Entries of the timeline: what one commit changed in one file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from .errors import Damaged
from .identity import Identity
from .source import from_column
from .timeline_filling import names_in


@dataclass(frozen=True, slots=True)
class Entry:
    """What one commit changed in one file of the register.

    `blob` is None where the file is gone, `old_blob` where there was none; `old_path` is where it lay before, where
    that was another place. `time` is the author's, with the offset that it was written in. `kinds` (values of
    `ChangeKind`, or "unreadable") and `fields` (such as `consultations.votes`) are empty until they are `known`.
    """

    commit: str
    parents: tuple[str, ...]
    time: dt.datetime
    author: Identity
    committer: Identity
    subject: str
    reason: str
    path: str
    old_path: str | None
    blob: str | None
    old_blob: str | None
    motion_id: str | None
    reference: str | None
    kinds: frozenset[str]
    fields: tuple[str, ...]
    merged: bool
    """A merge, with content that none of its parents has."""
    lost: bool
    """An edit that a merge left behind, at least in part."""
    lost_in: str | None
    """The merge that did."""
    signed: bool
    """Whether there is a signature; whether it is good, `history.signature` tells."""
    cut: bool
    """A shallow clone ends here: what stood before is not known."""
    known: bool


_ENTRY = """
SELECT m.oid, m.parents, m.time, m.shift, a.name, a.email, o.name, o.email, m.subject, m.reason, p.path, q.path,
    c.blob, c.old_blob, r.motion, r.reference, c.merged, m.signed, m.cut, c.pair,
    (SELECT x.oid FROM lost l JOIN commits x ON x.key = l.merge
     WHERE l.edit = c.key AND l.merge NOT IN (SELECT id FROM hidden WHERE view = ?2) ORDER BY x.stamp LIMIT 1)
FROM changes c JOIN commits m ON m.key = c.id JOIN people a ON a.key = m.author JOIN people o ON o.key = m.committer
    JOIN paths p ON p.key = c.path LEFT JOIN paths q ON q.key = c.old_path LEFT JOIN pairs r ON r.key = c.pair
WHERE c.key = ?1
"""


def entries(connection: Connection, keys: Iterable[int], view: int) -> list[Entry]:
    """The entries with these numbers, as far as they are there, as a view sees them."""
    found = (connection.execute(_ENTRY, (key, view)).fetchone() for key in keys)
    return [_entry(connection, row) for row in found if row is not None]


def _entry(connection: Connection, row: tuple[object, ...]) -> Entry:
    (
        oid, parents, time, shift, author, author_email, committer, committer_email, subject, reason, path, old_path,
        blob, old_blob, motion, reference, merged, signed, cut, pair, lost_in,
    ) = row  # fmt: skip
    if not (isinstance(oid, bytes) and isinstance(parents, bytes) and type(time) is int and type(shift) is int):
        raise Damaged("a commit is none")
    facets = connection.execute("SELECT kind, field FROM facets WHERE pair = ? ORDER BY number", (pair,)).fetchall()
    return Entry(
        commit=oid.hex(),
        parents=tuple(each.hex() for each in names_in(parents, len(oid))),
        time=_moment(time, shift),
        author=Identity(str(author), str(author_email)),
        committer=Identity(str(committer), str(committer_email)),
        subject=str(subject),
        reason=str(reason),
        path=_path(path) or "",
        old_path=_path(old_path),
        blob=_hex(blob),
        old_blob=_hex(old_blob),
        motion_id=str(motion) if motion else None,
        reference=str(reference) if reference else None,
        kinds=frozenset(kind for kind, _field in facets),
        fields=tuple(dict.fromkeys(field for _kind, field in facets if field)),
        merged=bool(merged),
        lost=lost_in is not None,
        lost_in=_hex(lost_in),
        signed=bool(signed),
        cut=bool(cut),
        known=pair is not None,
    )


def _moment(time: int, shift: int) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(time, dt.timezone(dt.timedelta(minutes=shift)))
    except (OverflowError, ValueError, OSError) as error:
        raise Damaged(str(error)) from error


def _hex(name: object) -> str | None:
    return name.hex() if isinstance(name, bytes) else None


def _path(column: object) -> str | None:
    return from_column(column) if isinstance(column, (str, bytes)) else None
