"""The canonical form: what is written, and how."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema import prose
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.toml.reader import read
from antragsbuch_schema.toml.writer import write
from support.motions import PROSE, anything, table

TABLES: dict[str, Fields] = {"motion": MOTION, "council": COUNCIL}
MOTIONS = sorted((Path(__file__).parents[2] / "motions").rglob("*.toml"))


@pytest.mark.parametrize("path", MOTIONS, ids=lambda path: path.name)
def test_the_real_files_are_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fields = COUNCIL if path.name == "council.toml" else MOTION
    assert write(read(text.encode()).data, fields) == text


def test_a_motion_in_full() -> None:
    data: Data = {
        "unknown": 1.5,
        "consultations": [
            {
                "lead": False,
                "id": "c1",
                "votes": [{"no": 0, "yes": 45, "id": "v1"}, {"id": "v2"}],
                "resolution_text": "Ein Satz. Noch „einer“.",
            },
            {"lead": True, "time": dt.time(18), "id": "c2"},
        ],
        "attachments": [],
        "facts": 'Mit """drei""" Zeichen.\n\n- ein\n  Punkt\n- C:\\ und \x1b',
        "budget": {"references": [{"id": "b1", "page": "S. 425"}], "amounts": []},
        "title": 'Der „große" Titel\n',
        "originators": ["SPD", "Bündnis 90/DIE GRÜNEN"],
        "related_papers": [],
        "remarks": "",
        "date": dt.date(2023, 11, 16),
        "public": True,
        "extra": {"b": [{"x": 1}], "a": "zwei\nZeilen"},
        "id": "k7m2qx9a",
    }
    assert (
        write(data, MOTION)
        == r'''id = "k7m2qx9a"
title = """
Der „große" Titel
"""
public = true
originators = [
    "SPD",
    "Bündnis 90/DIE GRÜNEN",
]
date = 2023-11-16
facts = """
Mit ""\"drei""\" Zeichen.

- ein Punkt
- C:\\ und \u001b
"""
attachments = []
unknown = 1.5

[[budget.references]]
id = "b1"
page = "S. 425"

[[consultations]]
id = "c1"
resolution_text = """
Ein Satz.
Noch „einer“.
"""

[[consultations.votes]]
id = "v1"
yes = 45
no = 0

[[consultations.votes]]
id = "v2"

[[consultations]]
id = "c2"
time = 18:00:00
lead = true

[extra]
a = """
zwei
Zeilen"""

[[extra.b]]
x = 1
'''
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({}, ""),
        ({"consultations": [{}]}, "[[consultations]]\n"),
        ({"budget": {}}, ""),
        ({"budget": {"plan": "", "references": []}}, ""),
        ({"unknown": {}}, "[unknown]\n"),
        ({"unknown": {"x": {"y": {}}}}, "[unknown.x.y]\n"),
        ({"unknown": []}, "unknown = []\n"),
        ({"unknown": [[], [{}], {"a": [1, {}]}]}, "unknown = [\n    [],\n    [{}],\n    { a = [1, {}] },\n]\n"),
        ({"": {"a b": 1}, "ü.": 2}, '"ü." = 2\n\n[""]\n"a b" = 1\n'),
        ({"consultations": "none"}, 'consultations = "none"\n'),
        ({"consultations": {"lead": False}}, "[consultations]\nlead = false\n"),
        ({"consultations": [{"lead": False}, 1]}, "consultations = [\n    {},\n    1,\n]\n"),
        ({"title": [{"a": 1}]}, "[[title]]\na = 1\n"),
        ({"title": []}, "title = []\n"),
        ({"proposal": 5}, "proposal = 5\n"),
        ({"public": True}, "public = true\n"),
        ({"id": "a\r\x85\x9b\u2028"}, 'id = "a\\r\\u0085\\u009b\u2028"\n'),
        ({"id": "u\u0308"}, 'id = "ü"\n'),
        ({"x": 'a\n"'}, 'x = """\na\n\\""""\n'),
        ({"x": '\n\\"""'}, 'x = """\n\n\\\\""\\""""\n'),
        ({"x": "a\r\nb"}, 'x = """\na\\r\nb"""\n'),
    ],
)
def test_corners(data: Data, text: str) -> None:
    assert write(data, MOTION) == text
    assert same(normalise(read(text.encode()).data, MOTION), normalise(data, MOTION))


@pytest.mark.parametrize(
    ("value", "error"), [("\ud800", ValueError), (None, TypeError), ({1}, TypeError), ("a\n\udfff", ValueError)]
)
def test_what_no_file_can_hold_is_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        write({"x": value}, MOTION)


@pytest.mark.parametrize("kind", TABLES)
@given(st.data())
def test_what_is_written_means_the_same(kind: str, data: st.DataObject) -> None:
    fields = TABLES[kind]
    motion = data.draw(table(fields, wild=True))
    text = write(motion, fields)
    found = read(text.encode()).data
    assert same(normalise(found, fields), normalise(motion, fields))
    assert write(found, fields) == text
    assert write(normalise(motion, fields), fields) == text


@given(anything(4))
def test_unknown_values_come_back_as_they_are(value: Any) -> None:
    data = normalise({"x": value}, ())
    assert same(read(write(data, MOTION).encode()).data, data)


@given(PROSE)
def test_prose_is_written_by_the_sentence(text: str) -> None:
    written = write({"facts": text}, MOTION)
    if prose.normalise(text) == "":
        assert written == ""
        return
    begin, *lines, end = written.removesuffix("\n").split("\n")
    assert (begin, end) == ('facts = """', '"""')
    assert len(lines) == prose.split(text).count("\n") + 1
    assert read(written.encode()).data["facts"] == prose.split(text) + "\n"


@given(table(MOTION, wild=True))
def test_the_text_is_canonical_toml(data: Data) -> None:
    text = write(data, MOTION)
    assert text == "" or (text.endswith("\n") and not text.endswith("\n\n") and not text.startswith("\n"))
    assert "\r" not in text
    assert not any("\x80" <= letter <= "\x9f" or letter == "\x7f" for letter in text)
