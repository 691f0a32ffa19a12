"""A version of a file that can't be read, told among its changes."""

from __future__ import annotations

from .change import Change, ChangeKind
from .edits import MISSING
from .i18n import text
from .toml.errors import TomlError


def unreadable(error: TomlError, *, was: bool) -> Change:
    """That the file can't be read since this version, or could not be read before it (`was`)."""
    what = (
        text("unreadable before (line {line})", line=error.line)
        if was
        else text("unreadable then (line {line})", line=error.line)
    )
    return Change((), ChangeKind.UNREADABLE, MISSING, MISSING, text("unreadable"), what)
