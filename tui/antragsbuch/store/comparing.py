"""Two versions of a file as bytes, and what differs between them in words."""

from __future__ import annotations

from antragsbuch_schema.change import Change
from antragsbuch_schema.changes import difference
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.errors import TomlError

from . import worktree
from .parsing import parsed


def compare(path: str, old: bytes | None, new: bytes | None) -> tuple[Change, ...] | TomlError:
    """The semantic changes from `old` to `new` (None: no file), or why one of the two can't be read."""
    before, after = data_of(old), data_of(new)
    for version in (after, before):
        if isinstance(version, TomlError):
            return version
    assert not isinstance(before, TomlError) and not isinstance(after, TomlError)
    return tuple(difference(before, after, fields_of(path)))


def fields_of(path: str) -> Fields:
    """The fields of the file at `path`: those of the council's file, or those of a motion."""
    return COUNCIL if path == worktree.COUNCIL else MOTION


def data_of(version: bytes | None) -> Data | TomlError | None:
    """A version parsed; None where there is no file, the error where it can't be read."""
    if version is None:
        return None
    document = parsed(version)
    return document if isinstance(document, TomlError) else document.data


def name_of(*versions: bytes | None) -> str:
    """The reference of the motion in the first of `versions` that has one, "" where none has."""
    for version in versions:
        data = data_of(version)
        reference = data.get("reference") if isinstance(data, dict) else None
        if isinstance(reference, str) and reference:
            return reference
    return ""
