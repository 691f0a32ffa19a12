"""What is wrong with a file that is no TOML."""

from __future__ import annotations

from typing import Literal

from antragsbuch_schema.i18n import Text

Kind = Literal["syntax", "encoding", "conflict", "limit"]
"""No TOML; not UTF-8; marks of an unresolved merge; larger or deeper than any file of ours."""


class TomlError(ValueError):
    """A file that can't be read. `line` and `column` count from 1, columns in code points."""

    def __init__(self, message: Text, line: int, column: int, kind: Kind = "syntax") -> None:
        super().__init__(message, line, column, kind)
        self.message = message
        self.line = line
        self.column = column
        self.kind = kind

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message('en')}"
