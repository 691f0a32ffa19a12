"""What the history does beside the screen: read versions and what each changed. Called in threads. No Textual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from antragsbuch.messages import Tell

if TYPE_CHECKING:
    from antragsbuch.session import Session
    from antragsbuch.store.history import Version
    from antragsbuch_schema.change import Change

_TOLD_AT_ONCE = 40
"""How many versions are read before the screen hears of them."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Every version of the motion, the newest first, and how people call it."""

    versions: tuple[Version, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What some versions changed, by the name of their commit."""

    changes: dict[str, tuple[Change, ...]]


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two versions that were marked."""

    older: Version
    newer: Version
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """An old version stands in the work tree again."""

    path: str


def load(session: Session, path: str, tell: Tell) -> Changed:
    """Tell the versions, then what each changed, a page at a time. Raises the errors of the store."""
    from antragsbuch.store.comparing import name_of
    from antragsbuch.store.history import before, versions

    register = session.register
    found = versions(register, path)
    newest = next((version for version in found if version.blob), None)
    name = name_of(register.objects.blob(newest.blob)) if newest and newest.blob else ""
    tell(Versions(tuple(found), name or path.removeprefix("motions/")))
    changes: dict[str, tuple[Change, ...]] = {}
    for version in found:
        if tell.cancelled():
            break
        new = register.objects.blob(version.blob) if version.blob else None
        changes[version.commit] = _changes(version.path, before(register, version), new)
        if len(changes) >= _TOLD_AT_ONCE:
            tell(Changed(changes))
            changes = {}
    return Changed(changes)


def compare(session: Session, older: Version, newer: Version) -> Compared:
    """What differs between two versions."""
    blobs = session.register.objects
    old = blobs.blob(older.blob) if older.blob else None
    new = blobs.blob(newer.blob) if newer.blob else None
    return Compared(older, newer, _changes(newer.path, old, new))


def bring_back(session: Session, path: str, version: Version) -> BroughtBack:
    """Write the bytes of a version into the work tree, at the path that the motion has now."""
    from antragsbuch.store.errors import NotFound

    register = session.register
    assert version.blob is not None
    text = register.objects.blob(version.blob).decode("utf-8", "replace")
    try:
        register.save(register.open(path), text)
    except NotFound:
        register.create(path, text)
    return BroughtBack(path)


def _changes(path: str, old: bytes | None, new: bytes | None) -> tuple[Change, ...]:
    """What differs; nothing where a version can't be read."""
    from antragsbuch.store.comparing import compare
    from antragsbuch_schema.toml.errors import TomlError

    found = compare(path, old, new)
    return () if isinstance(found, TomlError) else found
