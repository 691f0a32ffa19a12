"""What a motion is called, read from the first lines of its text without parsing it: the file need not be valid."""

from __future__ import annotations

import re
from typing import NamedTuple

_KEY = re.compile(rb'^(id|reference|title)[ \t]*=[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|\'([^\'\n]*)\')', re.MULTILINE)


class Head(NamedTuple):
    """Identity, reference and title; each empty where the text does not say."""

    id: str
    reference: str
    title: str


def head(data: bytes) -> Head:
    """The head of a motion."""
    found: dict[str, str] = {}
    for key, basic, literal in _KEY.findall(data.partition(b"\n[")[0]):
        found.setdefault(key.decode(), (basic or literal).decode("utf-8", "replace"))
    return Head(found.get("id", ""), found.get("reference", ""), found.get("title", ""))
