"""What `docs/file-format.md` states, run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.file_format_tables import rendered

from antragsbuch_schema import places, prose
from antragsbuch_schema.fields import walk
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.format import format_text

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


def test_the_canonical_form_of_a_file() -> None:
    canonical = vectors("canonical")
    assert format_text(vectors("not canonical"), MOTION) == canonical
    assert format_text(canonical, MOTION) == canonical
