"""What goes over the line at 80x24, in a real pseudo-terminal: the budget of a slow connection.

Numbers in bytes. Text that was not repainted costs nothing, so each of these fails as soon as somebody repaints more
than what changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from support.generated import Register
from support.indexes import indexed
from support.repositories import Repository
from support.terminal import Terminal

STEP = 400
PAGE = 10_000
PREVIEW = 4_000
LETTER = 1_200
FILTER = 6_000
SCREEN = 30_000
MOTIONS = 120
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A register with one changed motion, that nobody writes to any more."""
    folder = tmp_path_factory.mktemp("budgets") / "register"
    register = Register(MOTIONS)
    register.repository(folder)
    path, text = register.motion(0, version=1)
    (folder / path).write_text(text, encoding="utf-8")
    with indexed(Repository(folder)):
        pass
    return Repository(folder)


@pytest.fixture
def list_(isolated: Path, made: Repository) -> Iterator[Terminal]:
    """The program, with the list of motions painted and at rest."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("schema", "tui"))
    command = [sys.executable, "-m", "antragsbuch"]
    with Terminal(command, made.root, env={"PYTHONPATH": paths, "ANTRAGSBUCH_LANG": "en"}, truecolor=True) as terminal:
        terminal.wait_for(f"{MOTIONS} motions")
        terminal.settle(1.0)
        yield terminal


def burst(terminal: Terminal, key: str, times: int) -> int:
    """The bytes of a key that is held down, with what follows once it is let go."""
    spent = sum(terminal.press(key, quiet=0.033) for _time in range(times))
    return spent + terminal.settle()


def at(terminal: Terminal) -> str:
    """The row under the cursor."""
    return next(line for line in terminal.lines if line.startswith(">"))


def test_steps_within_the_page_and_one_preview_at_rest(list_: Terminal) -> None:
    before = at(list_)
    assert burst(list_, "j", 5) <= 5 * STEP + PREVIEW
    assert at(list_) != before
    # what a step costs beyond the preview: four more steps, one preview each time
    few, many = burst(list_, "k", 1), burst(list_, "k", 4)
    assert (many - few) / 3 <= STEP


def test_a_page_scrolled(list_: Terminal) -> None:
    assert list_.press("ctrl+d") <= PAGE
    assert list_.press("pagedown") <= PAGE
    assert list_.press("G") <= PAGE


def test_steps_beyond_the_page_scroll_by_half_pages(list_: Terminal) -> None:
    spent = [list_.press("j") for _step in range(20)]
    assert max(spent) <= PAGE
    assert median(spent) <= STEP + PREVIEW


def test_letters_in_the_filter(list_: Terminal) -> None:
    list_.press("/")
    for letter in "straße":
        assert list_.press(letter, quiet=0.4) <= FILTER
    assert "/straße" in list_.text
    # typed without a pause, the list is painted once
    list_.press(*["backspace"] * 6, quiet=0.4)
    assert burst(list_, "a", 5) <= FILTER + 5 * LETTER


def test_idle(list_: Terminal) -> None:
    assert list_.settle(2.0) == 0
    list_.press("enter")
    list_.settle(1.0)
    assert list_.settle(2.0) == 0


@pytest.mark.parametrize("key", ["?", "enter", "c", "h", "p"])
def test_another_screen(list_: Terminal, key: str) -> None:
    here = list_.line(2), at(list_)
    assert 0 < list_.press(key, quiet=0.6) <= SCREEN
    assert list_.line(2) != here[0], "no screen was opened"
    assert list_.press("escape", quiet=0.6) <= SCREEN
    assert (list_.line(2), at(list_)) == here


def test_the_palette(list_: Terminal) -> None:
    assert 0 < list_.press("ctrl+p", quiet=0.6) <= SCREEN


def test_a_letter_in_a_field(list_: Terminal) -> None:
    list_.press("enter", quiet=0.6)
    assert "[Head]" in list_.text
    list_.press("j", "j")
    assert list_.press("enter") <= LETTER
    for letter in "Straße":
        # the first one also says that there is something to save; findings follow when the typing rests
        assert list_.press(letter, quiet=0.4) <= LETTER
    assert "Straße" in at_field(list_)


def test_a_letter_in_prose(list_: Terminal) -> None:
    list_.press("enter", quiet=0.6)
    while "[Facts]" not in list_.text:
        assert list_.press("]") <= SCREEN
    list_.press("enter")
    for letter in "Straße ":
        # the rest of the line moves; a word that no longer fits goes to the next one
        assert list_.press(letter, quiet=0.4) <= LETTER
    assert "Straße" in at_field(list_)


def at_field(terminal: Terminal) -> str:
    """The line of the field under the cursor; a changed one has a glyph before it."""
    return next(line for line in terminal.lines if line.startswith((" >", "~>")))
