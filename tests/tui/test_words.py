"""Words for people: each is in the catalogue, so that it can be said in German."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import antragsbuch

SOURCES = Path(antragsbuch.__file__).parent


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_word_hides_inside_an_f_string(path: Path) -> None:
    """What is inside of one is not found when the catalogue is made, and stays English."""
    hidden = [
        node.lineno
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext", "N_")
        and any(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert hidden == []
