"""What typing in the editor sends at 80x24, in a real pseudo-terminal, in bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.repositories import OTHER_PATH, register
from support.terminal import Terminal

STEP = 400
LETTER = 1_200
PAGE = 10_000
SCREEN = 30_000
ROOT = Path(__file__).parent.parent.parent
REAL = ROOT / "motions"


@pytest.fixture
def editor(isolated: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The editor of the real motion 3185, at rest."""
    files = {f"motions/{name}": (REAL / name).read_text() for name in ("V/3100/3185-HHA.toml", "council.toml")}
    clone = register(tmp_path / "clone", files)
    paths = os.pathsep.join(str(ROOT / name) for name in ("schema", "tui"))
    env = {"PYTHONPATH": paths, "ANTRAGSBUCH_LANG": "en"}
    with Terminal([sys.executable, "-m", "antragsbuch"], clone.root, env=env, truecolor=True) as terminal:
        terminal.wait_for("3185 (V) HHA")
        terminal.settle(0.5)
        before = len(terminal.output)
        terminal.press("enter")
        terminal.wait_for("Reference: The number")
        terminal.settle(0.5)
        assert len(terminal.output) - before <= SCREEN
        assert OTHER_PATH not in terminal.text
        yield terminal


def test_a_step_paints_the_cursor_and_the_help(editor: Terminal) -> None:
    for _step in range(6):
        assert editor.press("j") <= STEP


def test_a_letter_in_a_field_and_in_prose(editor: Terminal) -> None:
    editor.press("j", "j", "enter")
    # the first letter also says that something is not saved
    assert editor.press("x") <= LETTER
    assert [letter for letter in "und mehr" if editor.press("space" if letter == " " else letter) > LETTER] == []
    editor.press("escape")
    editor.press("g", "f", "enter")
    assert editor.press("x") <= LETTER
    sent = [editor.press("space" if letter == " " else letter) for letter in "ein Satz im Text"]
    assert sorted(sent)[len(sent) // 2] <= LETTER / 4, "one line is painted, not the paragraph"
    # where a paragraph grows by a line, what stands below it moves
    assert len([cost for cost in sent if cost > LETTER]) <= 1
    assert max(sent) <= 2 * LETTER


def test_a_vote_typed_in_its_row(editor: Terminal) -> None:
    editor.press("g", "c")
    assert editor.press("j") <= STEP
    for _cell in range(4):
        assert editor.press("right") <= STEP
    assert editor.press("enter") <= PAGE
    assert editor.press("a") <= LETTER
    # the list of choices goes, and what it covered comes back
    assert editor.press("enter") <= 2 * LETTER
    editor.press("tab")
    for digit in "45":
        assert editor.press(digit) <= LETTER


def test_it_sends_nothing_when_nothing_happens(editor: Terminal) -> None:
    editor.press("j", "j", "enter")
    editor.settle(0.5)
    before = len(editor.output)
    editor.settle(2.0)
    assert len(editor.output) == before
