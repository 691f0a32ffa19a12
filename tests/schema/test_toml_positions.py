"""Positions: exact in every layout."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Span
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import same
from antragsbuch_schema.toml.positions import Positions
from support.layouts import odd
from support.motions import KEYS, anything, table

FILES = st.one_of(st.dictionaries(KEYS, anything(3), max_size=4), table(MOTION, wild=True))

SOURCE = '''\ufeff# Öffentlich 😀
"größe" = 1 # Meter
budget.plan = "2024"
a = [1, { b = "ü", c.d = [2] }] # €

[ x . "y z" ]
'q' = """
Zwei
Zeilen"""

[[consultations]]
id = "c1"
[[consultations.votes]]
yes = 45
[[consultations.votes]]
no = 30

[[consultations]] # noch einer
date = 2023-12-19 07:30:00
'''


def marked(text: str, span: tuple[int, int] | None) -> str | None:
    return None if span is None else text[span[0] : span[1]]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "key", "value", "header", "line_column"),
    [
        (("größe",), '"größe"', "1", '"größe"', (2, 1)),
        (("budget",), "budget", "budget", "budget", (3, 1)),
        (("budget", "plan"), "plan", '"2024"', "plan", (3, 8)),
        (("a",), "a", '[1, { b = "ü", c.d = [2] }]', "a", (4, 1)),
        (("a", 0), None, "1", "1", None),
        (("a", 1, "b"), "b", '"ü"', "b", (4, 11)),
        (("a", 1, "c"), "c", "c", "c", (4, 20)),
        (("a", 1, "c", "d", 0), None, "2", "2", None),
        (("x",), "x", '[ x . "y z" ]', '[ x . "y z" ]', (6, 3)),
        (("x", "y z"), '"y z"', '[ x . "y z" ]', '[ x . "y z" ]', (6, 7)),
        (("x", "y z", "q"), "'q'", '"""\nZwei\nZeilen"""', "'q'", (7, 1)),
        (("consultations",), "consultations", "[[consultations]]", "[[consultations]]", (11, 3)),
        (("consultations", 0), "consultations", "[[consultations]]", "[[consultations]]", (11, 3)),
        (("consultations", 0, "votes", 1), "votes", "[[consultations.votes]]", "[[consultations.votes]]", (15, 17)),
        (("consultations", 0, "votes", 1, "no"), "no", "30", "no", (16, 1)),
        (("consultations", 1), "consultations", "[[consultations]]", "[[consultations]]", (18, 3)),
        (("consultations", 1, "date"), "date", "2023-12-19 07:30:00", "date", (19, 1)),
        (("consultations", 2), None, None, None, None),
        (("plan",), None, None, None, None),
    ],
)
def test_where_things_stand(
    newline: str, path: Any, key: str | None, value: str | None, header: str | None, line_column: tuple[int, int] | None
) -> None:
    text = SOURCE.replace("\n", newline)
    positions = Positions(text)
    assert marked(text, positions.key(path)) == key
    assert marked(text, positions.value(path)) == (value and value.replace("\n", newline))
    assert marked(text, positions.header(path)) == header
    if line_column:
        span = positions.key(path)
        assert span is not None
        assert positions.line_column(span[0]) == line_column


def test_lines_and_columns_count_code_points() -> None:
    positions = Positions(SOURCE)
    span = positions.value(("x", "y z", "q"))
    assert span is not None
    assert positions.span(*span) == Span(7, 7, 9, 10)
    assert positions.span(*(positions.header(()) or (0, 0))) == Span(1, 1, 1, 15)
    assert positions.line_column(len(SOURCE)) == (20, 1)


@given(st.data())
def test_every_place_is_found(data: st.DataObject) -> None:
    wanted = data.draw(FILES)
    file = data.draw(odd(wanted))
    positions = Positions(file.text)
    for path, span in file.values.items():
        assert positions.value(path) == span, path
    for path, span in file.keys.items():
        assert positions.key(path) == span, path
    for path, span in file.headers.items():
        assert positions.header(path) == span, path
    for path, spans in file.names.items():
        assert positions.key(path) in spans, path


@given(st.data())
def test_the_odd_writer_writes_what_it_should(data: st.DataObject) -> None:
    wanted = data.draw(FILES)
    file = data.draw(odd(wanted))
    assert same(tomllib.loads(file.text.removeprefix("\ufeff")), wanted)


@given(st.data())
def test_the_letters_of_a_text_are_found(data: st.DataObject) -> None:
    """Each letter that stands for itself stands at its position; an escape begins with a backslash."""
    value = data.draw(st.text(min_size=1, max_size=12).filter(lambda text: "\r" not in text))
    file = data.draw(odd({"a": value}))
    positions = Positions(file.text)
    for offset, letter in enumerate(value):
        span = positions.part(("a",), offset, offset + 1)
        assert span is not None
        found = file.text[span[0] : span[1]]
        assert found in (letter, "\r\n") or found.startswith("\\")
        if letter == "\n":
            assert found in ("\n", "\r\n", "\\n", "\\u000a")
    assert positions.part(("a",), 0, len(value) + 1) is None
    assert positions.part(("b",), 0, 1) is None
    end = positions.part(("a",), len(value), len(value))
    assert end is not None
    assert end[0] == end[1]


def test_a_part_of_a_text_spans_lines_and_escapes() -> None:
    text = 'a = """\r\nZwei \\\r\n   Wör\\u0074er,\r\neins"""\r\nb = [\'x\']\r\n'
    positions = Positions(text)
    value = tomllib.loads(text)["a"]
    assert value == "Zwei Wörter,\neins"
    start = value.index("Wör")
    assert marked(text, positions.part(("a",), start, start + 6)) == "Wör\\u0074er"
    assert marked(text, positions.part(("a",), value.index("eins"), len(value))) == "eins"
    assert marked(text, positions.part(("b", 0), 0, 1)) == "x"
    assert positions.part(("b",), 0, 1) is None
