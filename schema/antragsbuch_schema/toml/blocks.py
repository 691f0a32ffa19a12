"""Edits between values: pairs on lines of their own, and sections with their headers."""

from __future__ import annotations

from typing import Any

from . import shape
from .scan import Path, Section
from .work import Work, find, neighbours, prefix_of
from .writer import header_of, joined, lines, pair_lines, table_lines


def add_pair(work: Work, path: Path, value: Any) -> None:
    """Put a key with a value of its own into a table that has a section or is made by dotted keys or headers."""
    table, key = path[:-1], str(path[-1])
    _, field, _ = shape.at(path, work.data, work.fields)
    text = "\n".join(line.text for line in pair_lines(path, value, field)) + "\n"
    spot = find(work.layout, table)
    own = _own_section(work, table)
    if own is None and not spot.pairs:
        _insert_block(work, spot.sections[0] - 1, f"{header_of(table)}\n{text}")
        return
    before, after = neighbours(work, own.pairs if own else spot.pairs, table, key)
    neighbour = before or after
    if neighbour is None:
        assert own is not None
        _add_first(work, own, text)
        return
    indent = work.text[work.line_start(neighbour.start) : neighbour.start]
    offset = work.line_end(before.end) if before else work.lead(neighbour.start)
    work.insert_lines(offset, indent + prefix_of(work, neighbour, table) + text)


def remove_pairs(work: Work, path: Path) -> None:
    """Take out the pairs at and below `path`, with the comments directly above them."""
    while spot := find(work.layout, path):
        pair = spot.pair or spot.pairs[-1]
        start, end = work.lead(pair.start), work.line_end(pair.end)
        while start == work.layout.begin and end < len(work.text) and work.is_blank(end):
            end = work.line_end(end)
        work.splice(start, end, "")


def add_sections(work: Work, path: Path, value: Any) -> None:
    """Put a table, or a list of tables, where its sections belong; nothing stands at `path` yet."""
    _, field, _ = shape.at(path, work.data, work.fields)
    table = path[:-1]
    alone = not any(work.layout.sections[number].path != table for number in find(work.layout, table).sections)
    _insert_block(work, _section_before(work, path), joined(table_lines(path, value, field)))
    if alone and table:
        drop_header(work, table)


def remove_sections(work: Work, path: Path) -> None:
    """Take out the sections at and below `path`, with the comments directly above their headers."""
    for number in reversed(find(work.layout, path).sections):
        _remove_section(work, number)


def insert_element(work: Work, path: Path, position: int, value: Any) -> None:
    """Put an element into the list of tables at `path`, which stands as sections."""
    _, _, fields = shape.at(path, work.data, work.fields)
    _insert_element(work, path, position, joined(lines(value, fields, (*path, position))))


def move_element(work: Work, path: Path, old: int, new: int) -> None:
    """Move an element of the list of tables at `path` to the position `new`, counted without it."""
    texts: list[str] = []
    before = -1
    for number in find(work.layout, (*path, old)).sections:
        start = work.lead(work.layout.sections[number].start)
        if texts:
            between = work.text[work.content_end(before) : start]
            # what stands apart in the file is brought together
            texts.append("\n" if between.strip() else between)
        texts.append(work.text[start : work.content_end(number)])
        before = number
    remove_sections(work, (*path, old))
    text = "".join(texts)
    _insert_element(work, path, new, text if text.endswith("\n") else f"{text}\n")


def drop_header(work: Work, table: Path) -> bool:
    """Take out the header of a table that has no pairs, unless a comment belongs to it; whether it was taken out."""
    for number, section in enumerate(work.layout.sections):
        if section.path == table and section.keys and not section.pairs and not section.is_element:
            start, end = work.lead(section.start), work.content_end(number)
            if "#" in work.text[start : section.start] + work.text[section.end : end]:
                return False
            _remove_section(work, number)
            return True
    return False


def _own_section(work: Work, table: Path) -> Section | None:
    return next((section for section in work.layout.sections if section.path == table), None)


def _add_first(work: Work, section: Section, text: str) -> None:
    """Put the first pair into a section."""
    if section.keys:
        work.insert_lines(work.line_end(section.end), text)
    else:
        _insert_block(work, 0, text)


def _section_before(work: Work, path: Path) -> int:
    """The number of the section behind which the first section at `path` belongs."""
    table = path[:-1]
    ranks = work.ranks(table)
    own = ranks.get(str(path[-1]), len(ranks))
    below = find(work.layout, table).sections
    nearest, found = -1, -1
    for number in below:
        section = work.layout.sections[number]
        if len(section.path) > len(table):
            rank = ranks.get(str(section.path[len(table)]), len(ranks))
            if nearest <= rank < own:
                nearest, found = rank, number
    if found >= 0:
        return found
    for number in below:
        if work.layout.sections[number].path == table:
            return number
    return below[0] - 1 if below else _section_before(work, table)


def _insert_element(work: Work, path: Path, position: int, text: str) -> None:
    if position:
        _insert_block(work, find(work.layout, (*path, position - 1)).sections[-1], text)
    else:
        _insert_block(work, find(work.layout, path).sections[0] - 1, text)


def _insert_block(work: Work, number: int, text: str) -> None:
    """Put lines behind the section with this number, with a blank line around them."""
    sections = work.layout.sections
    if number == 0 and not sections[0].pairs:
        offset = work.lead(sections[1].start) if len(sections) > 1 else len(work.text)
        above = offset == work.layout.begin or work.is_blank(work.line_start(offset - 1))
        work.insert_lines(offset, ("" if above else "\n") + text + ("\n" if len(sections) > 1 else ""))
        return
    offset = work.insertion(number)
    follows = offset < len(work.text) and not work.is_blank(offset)
    work.insert_lines(offset, "\n" + text + ("\n" if follows else ""))


def _remove_section(work: Work, number: int) -> None:
    section = work.layout.sections[number]
    start, end = work.lead(section.start), work.content_end(number)
    if number + 1 < len(work.layout.sections):
        while end < len(work.text) and work.is_blank(end):
            end = work.line_end(end)
    elif not work.text[end:].strip():
        while start > work.layout.begin and work.is_blank(work.line_start(start - 1)):
            start = work.line_start(start - 1)
    work.splice(start, end, "")
