"""What git's merge driver does with the three versions of a file, from bytes to bytes.

The result is the file of ours with what theirs changed, so that comments and layout stay. Where both changed the
same, visible markers stand around each conflicting field: git keeps what the driver leaves in the work tree, and
without markers a careless `git add` would drop the other side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .conflicts import Conflict
from .edits import Data
from .fields import Fields
from .merge import Merged, Side, merge, take
from .places import PlaceError
from .toml.edit import rewrite
from .toml.errors import TomlError
from .toml.reader import Document, read

MARKER_SIZE = 7


class Labels(NamedTuple):
    """What the markers call the three versions."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"


class Result(NamedTuple):
    """The bytes for the work tree, and how many conflicts are marked in them."""

    data: bytes
    conflicts: int


class _Hunk(NamedTuple):
    """Lines from `start` to `end` of the merged text, and what each version has in their place."""

    start: int
    end: int
    ours: list[str]
    base: list[str]
    theirs: list[str]
    conflicts: tuple[Conflict, ...]


def merged_file(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    fields: Fields,
    labels: Labels | None = None,
    marker_size: int = MARKER_SIZE,
) -> Result:
    """The merged file. An empty `base` is none: both sides made the file.

    A version that can't be read, and two different motions in one file, are a single conflict over the whole file.
    """
    named = labels or Labels()
    try:
        before, one, other = (read(data) if data else None for data in (base, ours, theirs))
        if one is None or other is None:
            return _whole(ours, base, theirs, named, marker_size)
        merged = merge(before.data if before else None, one.data, other.data, fields)
        if any(not conflict.place for conflict in merged.conflicts):
            return _whole(ours, base, theirs, named, marker_size)
        text = rewrite(one.text, merged.data, fields)
        hunks = _hunks(text, merged, fields)
    except (TomlError, PlaceError):
        return _whole(ours, base, theirs, named, marker_size)
    return Result("".join(_marked(_lines(text), hunks, one, named, marker_size)).encode(), len(merged.conflicts))


def _hunks(text: str, merged: Merged, fields: Fields) -> list[_Hunk]:
    """The conflicting stretches of the text, none touching another."""
    hunks = sorted(_hunk(text, merged.data, (conflict,), fields) for conflict in merged.conflicts)
    position = 1
    while position < len(hunks):
        before, after = hunks[position - 1], hunks[position]
        if after.start > before.end:
            position += 1
            continue
        inside = {id(conflict) for conflict in (*before.conflicts, *after.conflicts)}
        # in their own order: what is inside an element comes after the element
        together = tuple(conflict for conflict in merged.conflicts if id(conflict) in inside)
        hunks[position - 1 : position + 1] = [_hunk(text, merged.data, together, fields)]
        position = max(1, position - 1)
    return hunks


def _hunk(text: str, data: Data, conflicts: tuple[Conflict, ...], fields: Fields) -> _Hunk:
    sides: tuple[Side, ...] = ("ours", "base", "theirs")
    versions = [_lines(rewrite(text, _with(data, conflicts, side), fields)) for side in sides]
    lines = _lines(text)
    first = min(_shared(lines, version) for version in versions)
    last = min(_shared(lines[first:][::-1], version[first:][::-1]) for version in versions)
    ours, base, theirs = (version[first : len(version) - last] for version in versions)
    return _Hunk(first, len(lines) - last, ours, base, theirs, conflicts)


def _with(data: Data, conflicts: Sequence[Conflict], side: Side) -> Data:
    for conflict in conflicts:
        data = take(data, conflict, conflict.version(side))
    return data


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are the same at the begin."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _marked(lines: list[str], hunks: Sequence[_Hunk], ours: Document, labels: Labels, size: int) -> list[str]:
    result: list[str] = []
    position = 0
    for hunk in hunks:
        result += lines[position : hunk.start]
        result += _conflict((hunk.ours, hunk.base, hunk.theirs), labels, size, ours.newline)
        position = hunk.end
    return [*result, *lines[position:]]


def _conflict(versions: tuple[list[str], list[str], list[str]], labels: Labels, size: int, newline: str) -> list[str]:
    ours, base, theirs = (_ended(version, newline) for version in versions)
    return [
        f"{'<' * size} {labels.ours}{newline}", *ours,
        f"{'|' * size} {labels.base}{newline}", *base,
        f"{'=' * size}{newline}", *theirs,
        f"{'>' * size} {labels.theirs}{newline}",
    ]  # fmt: skip


def _ended(lines: list[str], newline: str) -> list[str]:
    return [*lines[:-1], lines[-1] + newline] if lines and not lines[-1].endswith("\n") else lines


def _whole(ours: bytes, base: bytes, theirs: bytes, labels: Labels, size: int) -> Result:
    # whatever the bytes, they are kept
    texts = tuple(_lines(data.decode("utf-8", "surrogateescape")) for data in (ours, base, theirs))
    marked = _conflict((texts[0], texts[1], texts[2]), labels, size, "\n")
    return Result("".join(marked).encode("utf-8", "surrogateescape"), 1)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one."""
    parts = text.split("\n")
    return [*(part + "\n" for part in parts[:-1]), *(parts[-1:] if parts[-1] else [])]
