"""What taking over and recording in words send at 80x24, in a real pseudo-terminal, in bytes."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from antragsbuch_schema.exchange.printed import printed
from support.repositories import register
from support.terminal import Terminal

STEP = 400
LETTER = 1_200
PAGE = 10_000
SCREEN = 30_000
ROOT = Path(__file__).parent.parent.parent
REAL = ROOT / "motions"
DOCUMENT = printed(tomllib.loads((REAL / "V/3100/3185-HHA.toml").read_text()), {})


@pytest.fixture
def list_(isolated: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The program with one real motion, at rest."""
    files = {f"motions/{name}": (REAL / name).read_text() for name in ("V/3100/3185-HHA.toml", "council.toml")}
    clone = register(tmp_path / "clone", files)
    paths = os.pathsep.join(str(ROOT / name) for name in ("schema", "tui"))
    env = {"PYTHONPATH": paths, "ANTRAGSBUCH_LANG": "en"}
    with Terminal([sys.executable, "-m", "antragsbuch"], clone.root, env=env, truecolor=True) as terminal:
        terminal.wait_for("3185 (V) HHA")
        terminal.settle(1.0)
        yield terminal


def test_a_document_that_is_pasted(list_: Terminal) -> None:
    before = len(list_.output)
    text = DOCUMENT.replace("3185", "3190").replace("Datum\n", "Datum\n\nGeändert")
    list_.send(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")
    list_.wait_for("not found: date")
    list_.settle(1.0)
    assert len(list_.output) - before <= SCREEN
    assert list_.press("j") <= STEP
    for _view in range(3):
        assert list_.press("v") <= PAGE
    list_.press("tab")
    assert list_.press("ctrl+d") <= PAGE
    assert list_.settle(2.0) == 0
    assert list_.press("escape", quiet=0.6) <= SCREEN


def test_a_vote_in_words(list_: Terminal) -> None:
    list_.press("enter", quiet=0.6)
    list_.wait_for("Reference: The number")
    assert list_.press("I", quiet=0.6) <= SCREEN
    list_.wait_for("For example")
    # the first letter takes the hint and the examples away
    assert list_.press("4", quiet=0.4) <= 2 * LETTER
    assert list_.line(1) == " 4" and "example" not in list_.text
    for letter in "5:30:3 laut Vor":
        assert list_.press("space" if letter == " " else letter, quiet=0.2) <= LETTER
    assert list_.press("enter", quiet=0.6) <= SCREEN


def test_the_printed_page(list_: Terminal) -> None:
    assert list_.press("v", "z", "z", quiet=0.6) <= SCREEN
    assert list_.press("ctrl+d") <= PAGE
