"""What the review does beside the screen: read what changed, commit it. Called in worker threads. No Textual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antragsbuch_schema.i18n import Language

if TYPE_CHECKING:
    from antragsbuch.session import Session
    from antragsbuch.store.identity import Identity
    from antragsbuch.store.merging import FileMerge
    from antragsbuch.store.proposal import Entry
    from antragsbuch_schema.edits import Data


@dataclass(frozen=True, slots=True)
class Loaded:
    """What differs from HEAD now, who would commit it, and how it would be signed."""

    entries: tuple[Entry, ...]
    identity: Identity | None
    signing: str
    language: Language


@dataclass(frozen=True, slots=True)
class Done:
    """A commit was made; `notes` say what else happened."""

    oid: str
    subject: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Others committed what can't be merged without a decision; nothing was committed."""

    files: tuple[FileMerge, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was chosen for one file stands in the work tree."""

    path: str


@dataclass(frozen=True, slots=True)
class Known:
    """git knows the person now."""

    identity: Identity


def load(session: Session, today: dt.date) -> Loaded:
    """Read what differs. Raises the errors of the store."""
    from antragsbuch.store.proposal import propose

    register = session.register
    register.git.reload()
    config = register.git.config
    signing = (config.get("gpg.format") or "openpgp") if config.flag("commit.gpgsign") else ""
    language: Language = "en" if session.council.get("language") == "en" else "de"
    return Loaded(tuple(propose(register, today)), register.identity(), signing, language)


def commit(session: Session, entries: Sequence[Entry], message: str, reason: str) -> Done | Undecided:
    """Commit `entries` as they were reviewed; what others committed meanwhile is merged where that is clean.

    Raises the errors of the store.
    """
    from antragsbuch.store.merging import MergeConflict, commit_with_merge
    from antragsbuch.store.proposal import expected_of

    paths = [path for entry in entries for path in entry.paths]
    reviewed = {entry.path: entry.new for entry in entries}
    try:
        done = commit_with_merge(
            session.register, paths, message, reason=reason, expected=expected_of(entries), reviewed=reviewed
        )
    except MergeConflict as conflict:
        return Undecided(conflict.files)
    return Done(done.oid, message.split("\n", 1)[0], tuple(done.notes))


def decided(session: Session, file: FileMerge, data: Data) -> Decided:
    """Write what was chosen into the work tree. Raises `ChangedElsewhere` and the like."""
    session.register.replace(file.path, file.ours, file.content(data))
    return Decided(file.path)


def introduce(session: Session, name: str, email: str) -> Known:
    """Tell git the person's name and address, for this clone. Raises `BadIdentity`."""
    return Known(session.register.set_identity(name, email))
