"""Reading a file of the register: the one place where the store meets the TOML reader."""

from __future__ import annotations

from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import Document, read

__all__ = ["Document", "TomlError", "parsed", "parsed_motion"]


def parsed(data: bytes) -> Document | TomlError:
    """The file, or why it can't be read."""
    try:
        return read(data)
    except TomlError as error:
        return error


def parsed_motion(data: bytes) -> Document | TomlError:
    """The same for a motion, quicker where it is plainly canonical: for those that go through many."""
    # not at the top: who reads one file does without
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.toml.plain import read_plain

    return read_plain(data, MOTION) or parsed(data)
