"""What `docs/file-format.md` states, run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from tools.file_format_tables import rendered

from antragsbuch_schema import places, prose
from antragsbuch_schema.edits import Edit, Insert, Set
from antragsbuch_schema.fields import walk
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.edit import edit
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.format import format_text
from antragsbuch_schema.toml.reader import read

DOCUMENT = (Path(__file__).parents[2] / "docs/file-format.md").read_text(encoding="utf-8")


def vectors(name: str) -> str:
    """The fenced block after `<!-- vectors: name -->`."""
    found = re.search(rf"<!-- vectors: {name} -->\n```\w*\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found, name
    return found[1]


def test_the_tables_of_keys_are_those_of_the_code() -> None:
    assert rendered(DOCUMENT) == DOCUMENT
    assert all(f"| `{field.name}` |" in DOCUMENT for _path, field in walk(MOTION))


def test_the_abbreviations_are_those_of_the_code() -> None:
    listed = DOCUMENT.split("<!-- abbreviations -->")[1].split("\n\n")[0]
    assert tuple(re.findall(r"`([^`]+)`", listed)) == prose.ABBREVIATIONS


@pytest.mark.parametrize("text", vectors("places").splitlines())
def test_a_place_is_read_and_written(text: str) -> None:
    assert places.render(places.parse(text)) == text


@pytest.mark.parametrize("lines", vectors("sentences").strip().split("\n\n"))
def test_a_text_splits_into_its_sentences(lines: str) -> None:
    assert prose.split(lines.replace("\n", " ")) == lines


def test_prose_has_two_forms() -> None:
    text, model, file = vectors("prose"), vectors("model form"), vectors("file form")
    assert prose.normalise(text) + "\n" == model
    assert prose.split(text) + "\n" == file
    assert prose.join(file) + "\n" == model


@pytest.mark.parametrize("line", vectors("read").splitlines())
def test_a_file_within_the_limits_is_read(line: str) -> None:
    assert read(line.encode()).text == line


@pytest.mark.parametrize("line", vectors("refused").splitlines())
def test_a_file_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(TomlError) as caught:
        read(line.encode())
    assert (caught.value.line, 1 <= caught.value.column <= len(line) + 1) == (1, True)


def test_an_edit_changes_the_lines_of_its_field() -> None:
    steps: list[Edit] = []
    for line in vectors("edits").splitlines():
        place, value = line.split(" = ", 1)
        steps.append(Set(places.parse(place), None, tomllib.loads(f"x = {value}")["x"]))
    steps.append(Insert(("consultations",), 1, {"id": "c3"}))
    before, after = vectors("before editing"), vectors("after editing")
    assert edit(before, steps, MOTION) == after
    assert edit(before.replace("\n", "\r\n"), steps, MOTION) == after.replace("\n", "\r\n")


def test_formatting_keeps_comments() -> None:
    assert format_text(vectors("comments"), MOTION) == vectors("comments in canonical form")


def test_the_canonical_form_of_a_file() -> None:
    canonical = vectors("canonical")
    assert format_text(vectors("not canonical"), MOTION) == canonical
    assert format_text(canonical, MOTION) == canonical
