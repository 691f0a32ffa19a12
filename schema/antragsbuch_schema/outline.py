"""A file as lines of words: what git's diff driver compares in place of the TOML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .fields import Fields
from .i18n import Language
from .layout_rows import layout
from .layouts import plain

_INDENT = "    "


def outline(data: Mapping[str, Any], fields: Fields, language: Language) -> str:
    """The meaning of a file, a fact or a sentence a line, in the order of the model, unknown keys last.

    They are the rows of `layout`, so that git compares what this program compares. The layout of the file makes no
    difference. What comes from the file is not made safe for a terminal here.
    """
    return "".join(f"{line}\n" for line in _lines(data, fields, language))


def _lines(data: Mapping[str, Any], fields: Fields, language: Language) -> Iterator[str]:
    in_item = False
    for row in layout(data, data, fields, language):
        if row.gap:
            yield ""
        text = plain(row.right)
        begins = row.sentence and text.startswith("- ")
        in_item = begins or (in_item and row.sentence and not row.gap)
        yield (_INDENT * row.indent + ("  " if in_item and not begins else "") + text).rstrip(" ")
