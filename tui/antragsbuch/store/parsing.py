"""Reading a file of the register: the one place where the store meets the TOML reader."""

from __future__ import annotations

from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import Document, read

__all__ = ["Document", "TomlError", "parsed"]


def parsed(data: bytes) -> Document | TomlError:
    """The file, or why it can't be read."""
    try:
        return read(data)
    except TomlError as error:
        return error
