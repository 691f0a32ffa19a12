"""Reading a file: whatever the bytes, a `Document` or a `TomlError`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from antragsbuch_schema.edits import Data

from . import guard
from .complaints import explain
from .errors import TomlError
from .positions import PlainPositions, Positions
from .scan import Path


@dataclass(frozen=True)
class Document:
    """A file that was read.

    `text` is the file as it stands, with its byte order mark and its line ends: `text.encode()` are its bytes.
    `data` is what it says; line ends inside strings are line feeds there. `plain` says that it was seen to be
    canonical and in order, as `read_plain` tells.
    """

    text: str
    data: Data
    plain: bool = False

    @property
    def bom(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.text.startswith(guard.BOM)

    @property
    def newline(self) -> str:
        """How the first line ends: `"\\n"` or `"\\r\\n"`."""
        return newline_of(self.text)

    @cached_property
    def positions(self) -> Positions:
        """Where everything stands; made when first asked for."""
        return PlainPositions(self.text) if self.plain else Positions(self.text)


def read(data: bytes) -> Document:
    """The document in these bytes. Raises `TomlError`, and nothing else, if there is none."""
    text = guard.check(data)
    try:
        parsed = tomllib.loads(text.removeprefix(guard.BOM))
    except ValueError as problem:
        raise explain(problem, text) from None
    deep = _too_deep(parsed, guard.MAX_DEPTH)
    if deep:
        positions = Positions(text)
        start, _ = positions.key(deep) or positions.value(deep) or (0, 0)
        raise TomlError(guard.too_deep(), *positions.line_column(start), "limit")
    return Document(text, parsed)


def newline_of(text: str) -> str:
    """How the first line of a text ends: `"\\n"` or `"\\r\\n"`."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def _too_deep(value: Any, levels: int) -> Path | None:
    """The way to the first table or list that stands below `levels` others."""
    for step, below in value.items() if type(value) is dict else enumerate(value):
        if type(below) is dict or type(below) is list:
            if not levels:
                return (step,)
            deeper = _too_deep(below, levels - 1)
            if deeper:
                return (step, *deeper)
    return None
