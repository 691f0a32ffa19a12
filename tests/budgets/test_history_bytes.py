"""What the history costs on a slow connection, at 80x24 in a real pseudo-terminal; numbers in bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antragsbuch.store.register import open_register
from antragsbuch.store.timeline import Timeline
from support.repositories import Repository, use_environment
from support.scripted_history import scripted
from support.terminal import Terminal

STEP = 400
PAGE = 10_000
WORDS = 4_000
SCREEN = 30_000
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A register with a history of 28 entries, that nobody writes to any more."""
    with pytest.MonkeyPatch.context() as patch:
        use_environment(tmp_path_factory.mktemp("home"), patch.setenv, lambda name: patch.delenv(name, raising=False))
        repository = scripted(tmp_path_factory.mktemp("history") / "clone").repository
        with open_register(repository.root) as register, Timeline(register) as timeline:
            timeline.deepen()
    return repository


@pytest.fixture
def list_(isolated: Path, made: Repository) -> Iterator[Terminal]:
    """The program, with the list of motions painted and at rest."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("schema", "tui"))
    command = [sys.executable, "-m", "antragsbuch"]
    with Terminal(command, made.root, env={"PYTHONPATH": paths, "ANTRAGSBUCH_LANG": "en"}, truecolor=True) as terminal:
        terminal.wait_for("4 motions")
        terminal.settle(1.0)
        yield terminal


@pytest.mark.parametrize(("key", "seen"), [("h", "12 versions"), ("H", "28 entries")])
def test_the_history(list_: Terminal, key: str, seen: str) -> None:
    assert 0 < list_.press(key, quiet=0.5) <= SCREEN
    list_.wait_for(seen)
    list_.settle(0.4)
    # each step is a rest: the mark, and the words of another entry
    for _step in range(2):
        assert list_.press("j", quiet=0.35) <= STEP + WORDS
    few = list_.press("k", quiet=0.033) + list_.settle(0.4)
    many = sum(list_.press("j", quiet=0.033) for _step in range(4)) + list_.settle(0.4)
    assert many <= few + 3 * STEP + WORDS
    for page in ("ctrl+d", "G"):
        assert list_.press(page, quiet=0.35) <= PAGE + WORDS
    assert list_.press("n") <= STEP
    assert list_.settle(1.0) == 0
    assert list_.press("v", quiet=0.35) <= WORDS + STEP
    assert list_.press("escape", quiet=0.5) <= SCREEN


def test_who_wrote_what(list_: Terminal) -> None:
    list_.press("h", quiet=0.5)
    list_.wait_for("12 versions")
    list_.settle(0.4)
    assert 0 < list_.press("b", quiet=0.5) <= PAGE
    assert "Who wrote what" in list_.text
    assert list_.press("j", quiet=0.35) <= 2 * STEP
    assert list_.press("enter", quiet=0.5) <= PAGE
