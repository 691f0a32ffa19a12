"""The laws of reading, writing and editing, for generated files, layouts and edits."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data, Edit, Set, apply_all
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.places import resolve
from antragsbuch_schema.toml.edit import edit, rewrite
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.scan import Layout, Path, scan
from antragsbuch_schema.toml.writer import write
from support.layouts import odd
from support.motions import PROSE, edits, table
from support.motions import edit as one_edit

TABLES: dict[str, Fields] = {"motion": MOTION, "council": COUNCIL}

both = pytest.mark.parametrize("kind", TABLES)


def means_the_same(text: str, data: Data, fields: Fields) -> bool:
    return same(normalise(read(text.encode()).data, fields), normalise(data, fields))


@both
@given(st.data())
def test_read_after_write_means_the_same(kind: str, data: st.DataObject) -> None:
    motion = data.draw(table(TABLES[kind], wild=True))
    assert means_the_same(write(motion, TABLES[kind]), motion, TABLES[kind])


@both
@given(st.data())
def test_an_edit_of_a_canonical_file_is_canonical(kind: str, data: st.DataObject) -> None:
    fields = TABLES[kind]
    text = write(data.draw(table(fields, wild=True)), fields)
    old = read(text.encode()).data
    steps = data.draw(edits(old, fields, wild=True))
    assert edit(text, steps, fields) == write(apply_all(old, steps), fields)


@both
@given(st.data())
def test_an_edit_of_any_layout_says_what_the_data_say(kind: str, data: st.DataObject) -> None:
    fields = TABLES[kind]
    file = data.draw(odd(data.draw(table(fields, wild=True))))
    old = read(file.text.encode()).data
    steps = data.draw(edits(old, fields, wild=True))
    assert means_the_same(edit(file.text, steps, fields), apply_all(old, steps), fields)


@given(st.data())
def test_an_edit_touches_the_lines_of_its_field_and_no_other(data: st.DataObject) -> None:
    file = data.draw(odd(data.draw(table(MOTION, wild=True))))
    old = read(file.text.encode()).data
    step = data.draw(one_edit(old, MOTION, wild=True))
    path = _path(step, old)
    result = edit(file.text, [step], MOTION)
    lines, comments = _others(scan(file.text), path)
    assert _others(scan(result), path)[0] == lines
    assert not Counter(comments) - Counter(result[start:end].strip() for start, end in scan(result).comments)
    if "\r\n" in file.text:
        assert result.count("\n") == result.count("\r\n")
    assert result.startswith("\ufeff") == file.text.startswith("\ufeff")


@given(st.data())
def test_a_canonical_file_is_edited_there_and_back(data: st.DataObject) -> None:
    text = write(data.draw(table(MOTION)), MOTION)
    old = read(text.encode()).data
    there = edit(text, data.draw(edits(old, MOTION)), MOTION)
    assert rewrite(there, old, MOTION) == text


@given(st.data())
def test_nothing_is_touched_where_nothing_changes(data: st.DataObject) -> None:
    file = data.draw(odd(data.draw(table(MOTION, wild=True))))
    found = read(file.text.encode()).data
    assert edit(file.text, [Set((key,), value, value) for key, value in found.items()], MOTION) == file.text
    assert rewrite(file.text, found, MOTION) == file.text
    assert rewrite(file.text, normalise(found, MOTION), MOTION) == file.text or not _is_composed(file.text)


@given(st.data())
def test_a_file_is_rewritten_to_say_anything(data: st.DataObject) -> None:
    file = data.draw(odd(data.draw(table(MOTION, wild=True))))
    wanted = data.draw(table(MOTION, wild=True))
    assert means_the_same(rewrite(file.text, wanted, MOTION), wanted, MOTION)


@given(PROSE, PROSE)
def test_prose_of_one_meaning_is_left_as_it_stands(before: str, after: str) -> None:
    text = write({"facts": before}, MOTION)
    old = read(text.encode()).data
    result = edit(text, [Set(("facts",), old.get("facts"), after)], MOTION)
    assert result == write({"facts": after}, MOTION)


def _is_composed(text: str) -> bool:
    import unicodedata

    return unicodedata.is_normalized("NFC", text) and "\\" not in text


def _path(step: Edit, data: Data) -> Path:
    """The field that an edit is about: its key, or the list whose elements come, go and change."""
    steps = list(step.place)
    while not isinstance(steps[-1], str):
        steps.pop()
    path: list[str | int] = []
    for count in range(1, len(steps)):
        if not isinstance(steps[count - 1], str):
            path.append(resolve(tuple(steps[:count]), data)[-1])
        else:
            path.append(str(steps[count - 1]))
    return (*path, str(steps[-1]))


def _others(layout: Layout, path: Path) -> tuple[list[str], list[str]]:
    """The lines that do not belong to the field at `path`, nor are headers around it; the comment lines apart."""
    text = layout.text
    alone = [
        span for span in layout.comments if not text[text.rfind("\n", 0, span[0]) + 1 : span[0]].strip(" \t\ufeff")
    ]
    comments = {_line(text, start): text[start:end].strip() for start, end in alone}
    touched: set[int] = set()
    for section in layout.sections:
        pairs = [
            pair for pair in section.pairs if pair.path[: len(path)] == path or path[: len(pair.path)] == pair.path
        ]
        spans = [(pair.start, pair.end) for pair in pairs]
        if section.path[: len(path)] == path:
            spans = [(section.start, section.pairs[-1].end if section.pairs else section.end)]
        elif section.keys and path[: len(section.path)] == section.path:
            touched.add(_line(text, section.start))
        for start, end in spans:
            first, last = _line(text, start), _line(text, end)
            while first - 1 in comments:
                first -= 1
            touched |= set(range(first, last + 1))
    others = [
        (number, line.lstrip("\ufeff").strip()) for number, line in enumerate(text.split("\n")) if number not in touched
    ]
    lines = [line for number, line in others if line and number not in comments]
    return lines, [comments[number] for number, _ in others if number in comments]


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)
