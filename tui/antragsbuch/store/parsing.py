"""Reading a file of the register: the one place where the store meets the TOML reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antragsbuch_schema.toml.reader import Document

    from antragsbuch_schema.toml.errors import TomlError


def parsed(data: bytes) -> Document | TomlError:
    """The file, or why it can't be read."""
    # not at the top: most of what the store does needs no parser
    from antragsbuch_schema.toml.reader import read

    from antragsbuch_schema.toml.errors import TomlError

    try:
        return read(data)
    except TomlError as error:
        return error
