"""The motions in a text that holds several, each on a page of its own, as `documents.text` binds them."""

from __future__ import annotations

from typing import NamedTuple

from .from_printed import REFERENCE


class Part(NamedTuple):
    """A part of a text: what it holds, the number of its first line, and whether it begins as a motion does."""

    text: str
    line: int
    begins: bool


def parts(text: str) -> list[Part]:
    """The parts of `text`: a motion begins where the first words of a page are a reference.

    What stands before the first of them is a part that does not begin so; a text in which no page does is one part. A
    page that begins with anything else goes on with the motion before it.
    """
    pages = text.split("\f")
    starts = [0, *(number for number in range(1, len(pages)) if _begins(pages[number]))]
    ends = [*starts[1:], len(pages)]
    found: list[Part] = []
    line = 1
    for start, end in zip(starts, ends, strict=True):
        whole = "\f".join(pages[start:end])
        found.append(Part(whole, line, _begins(whole)))
        line += _breaks(whole)
    return found


def _begins(page: str) -> bool:
    first = next((line.strip() for line in page.splitlines() if line.strip()), "")
    return REFERENCE.fullmatch(" ".join(first.split())) is not None


def _breaks(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
