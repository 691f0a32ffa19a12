"""The lines of the files that a report is about, and its columns in the unit of its reader.

A `Span` has columns in code points, without a byte order mark. RDJSON wants bytes; a caret wants cells (see `excerpt`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from antragsbuch_schema.diagnostics import Span

from .ground import Sources

BOM = "\ufeff"
_FILES = 8
"""Of so many files the lines are kept: findings come file by file, their second places stand elsewhere at times."""


class Rows(NamedTuple):
    """The lines of a file without their ends."""

    lines: tuple[str, ...]
    bom: bool

    def line(self, number: int) -> str | None:
        """The line with this number, from 1 on; None where the file has fewer."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None

    def words(self, span: Span) -> str | None:
        """What stands in a span, with line feeds; None where the file is shorter."""
        if self.line(span.line) is None or self.line(span.end_line) is None:
            return None
        found = list(self.lines[span.line - 1 : span.end_line])
        found[-1] = found[-1][: span.end_column - 1]
        found[0] = found[0][span.column - 1 :]
        return "\n".join(found)

    def byte_column(self, line: int, column: int) -> int | None:
        """A column counted in bytes of UTF-8, from 1 on; None where the file has no such line."""
        row = self.line(line)
        if row is None:
            return None
        before = row[: column - 1]
        size = len(before) if before.isascii() else len(before.encode("utf-8", "surrogatepass"))
        return size + 1 + (3 if self.bom and line == 1 else 0)


class Files:
    """The text and the lines of every file, read when they are asked for."""

    def __init__(self, sources: Sources) -> None:
        self.text = lru_cache(_FILES)(sources)
        self.rows = lru_cache(_FILES)(self._rows)

    def _rows(self, path: str) -> Rows:
        text = self.text(path)
        if text is None:
            return Rows((), False)
        lines = text.removeprefix(BOM).split("\n")
        return Rows(tuple(line.removesuffix("\r") for line in lines), text.startswith(BOM))
