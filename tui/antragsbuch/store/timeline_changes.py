"""What an entry of the timeline changed, as people say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antragsbuch_schema.change import Change
from antragsbuch_schema.unreadable import unreadable

from .comparing import data_of
from .parsing import TomlError
from .timeline_facets import own_changes

if TYPE_CHECKING:
    from .register import Register
    from .timeline_entries import Entry


def changes_of(register: Register, entry: Entry) -> list[Change]:
    """The changes of one entry; of a merge, those at places where none of its parents has it so."""
    if entry.cut:
        # what stood before is not known
        return []
    new = data_of(_bytes(register, entry.blob))
    olds = [data_of(old) for old in versions_before(register, entry)]
    for version in (new, *olds):
        if isinstance(version, TomlError):
            return [unreadable(version, was=version is not new)]
    assert not isinstance(new, TomlError)
    return own_changes(entry.path, [old for old in olds if not isinstance(old, TomlError)], new)


def versions_before(register: Register, entry: Entry) -> list[bytes | None]:
    """The file before the entry: once, or in each parent of a merge."""
    if not entry.merged:
        return [_bytes(register, entry.old_blob)]
    return [register.objects.content(parent, entry.path) for parent in entry.parents]


def _bytes(register: Register, blob: str | None) -> bytes | None:
    return register.objects.blob(blob) if blob else None
