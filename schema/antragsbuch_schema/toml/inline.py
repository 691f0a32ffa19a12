"""Edits inside a value: entries of an array, pairs of an inline table."""

from __future__ import annotations

import re

from .scan import Pair, Path, Value
from .work import Work, find

_TRIVIA = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*")


def insert(work: Work, path: Path, position: int, new: str) -> None:
    """Put an entry into the array at `path`, which has one at least."""
    items = _array(work, path)
    item = items[min(position, len(items) - 1)]
    comma = _comma(work, item)
    if position < len(items):
        if _has_own_lines(work, item):
            offset = work.lead(item.start)
            work.splice(offset, offset, f"{_indent(work, item)}{new},\n")
        else:
            work.splice(item.start, item.start, f"{new}, ")
    elif not _has_own_lines(work, item):
        offset, entry = (item.end, f", {new}") if comma is None else (comma, f" {new},")
        work.splice(offset, offset, entry)
    else:
        offset, indent = work.line_end(comma or item.end), _indent(work, item)
        work.splice(offset, offset, f"{indent}{new}\n" if comma is None else f"{indent}{new},\n")
        if comma is None:
            work.splice(item.end, item.end, ",")


def remove(work: Work, path: Path, position: int) -> None:
    """Take an entry out of the array at `path`, with the comments that belong to it."""
    items = _array(work, path)
    item = items[position]
    if len(items) > 1 and _has_own_lines(work, item):
        work.splice(work.lead(item.start), work.line_end(_comma(work, item) or item.end), "")
    else:
        _take_out(work, [(entry.start, entry.end) for entry in items], position)


def move(work: Work, path: Path, old: int, new: int) -> None:
    """Move an entry of the array at `path` to the position `new`, counted without it; its comments go along."""
    items = _array(work, path)
    item = items[old]
    if not all(_has_own_lines(work, entry) for entry in items):
        raw = work.text[item.start : item.end]
        remove(work, path, old)
        insert(work, path, new, raw)
        return
    if _comma(work, items[-1]) is None:
        work.splice(items[-1].end, items[-1].end, ",")
    item = _array(work, path)[old]
    start, end = work.lead(item.start), work.line_end(item.end)
    lines = work.text[start:end]
    work.splice(start, end, "")
    items = _array(work, path)
    offset = work.lead(items[new].start) if new < len(items) else work.line_end(items[-1].end)
    work.splice(offset, offset, lines)


def insert_pair(work: Work, holder: Value, new: str, before: Pair | None, after: Pair | None) -> None:
    """Put a pair into an inline table, behind `before` or in front of `after`; into an empty one without them."""
    if before is not None:
        work.splice(before.end, before.end, f", {new}")
    elif after is not None:
        work.splice(after.start, after.start, f"{new}, ")
    else:
        work.splice(holder.start, holder.end, f"{{ {new} }}")


def remove_pair(work: Work, holder: Value, pair: Pair) -> None:
    """Take a pair out of an inline table."""
    pairs = holder.pairs or []
    if len(pairs) == 1:
        work.splice(holder.start, holder.end, "{}")
    else:
        _take_out(work, [(entry.start, entry.end) for entry in pairs], pairs.index(pair))


def _take_out(work: Work, parts: list[tuple[int, int]], position: int) -> None:
    """Take out what does not stand on lines of its own, with one of the commas around it."""
    start, end = parts[position]
    if position + 1 < len(parts) and "\n" not in work.text[end : parts[position + 1][0]]:
        work.splice(start, parts[position + 1][0], "")
    elif position and "#" not in work.text[parts[position - 1][1] : start]:
        work.splice(parts[position - 1][1], end, "")
    else:
        work.splice(start, _comma_after(work, end) or end, "")


def _array(work: Work, path: Path) -> list[Value]:
    value = find(work.layout, path).value
    assert value is not None
    assert value.items is not None
    return value.items


def _comma(work: Work, item: Value) -> int | None:
    return _comma_after(work, item.end)


def _comma_after(work: Work, offset: int) -> int | None:
    """Where the comma behind an entry ends."""
    match = _TRIVIA.match(work.text, offset)
    end = match.end() if match else offset
    return end + 1 if work.text.startswith(",", end) else None


def _has_own_lines(work: Work, item: Value) -> bool:
    """Whether an entry shares its lines with nothing but its comma and a comment."""
    line_end = work.line_end(item.end)
    end = _comma(work, item) or item.end
    if end > line_end or work.text[work.line_start(item.start) : item.start].strip():
        return False
    rest = work.text[end:line_end].strip()
    return line_end > 0 and work.text[line_end - 1] == "\n" and (not rest or rest.startswith("#"))


def _indent(work: Work, item: Value) -> str:
    return work.text[work.line_start(item.start) : item.start]
