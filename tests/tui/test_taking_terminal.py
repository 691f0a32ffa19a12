"""Pastes in a real terminal multiplexer: marked as pastes and not, faster than the program, through its buffers."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

from antragsbuch_schema.exchange.printed import printed
from support.multiplexer import HAS_TMUX, Tmux
from support.repositories import Repository, register

REAL = Path(__file__).parents[2] / "motions"
DOCUMENT = printed(tomllib.loads((REAL / "V/3100/3185-HHA.toml").read_text()), {})

pytestmark = pytest.mark.skipif(not HAS_TMUX, reason="tmux is not installed")


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with one of the two real motions and its council."""
    names = ("V/2200/2292-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


@pytest.mark.parametrize("marked", [True, False])
def test_a_paste_through_tmux_is_a_document_and_no_commands(clone: Repository, tmp_path: Path, marked: bool) -> None:
    # what would delete the motion, were it typed
    (tmp_path / "document").write_text(DOCUMENT + "\nDy\nDy\n")
    socket = tmp_path / "tmux"
    with Tmux(size=(80, 24), folder=clone.root, socket=socket) as terminal:
        terminal.see("1 motion")

        def tmux(*arguments: str) -> None:
            subprocess.run(["tmux", "-S", str(socket), *arguments], check=True)

        tmux("load-buffer", str(tmp_path / "document"))
        tmux("paste-buffer", *(["-p"] if marked else []), "-t", "s")
        terminal.see("Take over a document", "3185 (V) HHA")
        terminal.keys("w")
        terminal.see("3185")
        terminal.keys("Escape")
    assert (clone.root / "motions/V/2200/2292-HHA.toml").exists()
