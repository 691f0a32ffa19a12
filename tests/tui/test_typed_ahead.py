"""Keys that arrive all at once, as a slow line brings them, do what they do one by one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual import events

from support.flows import program
from support.repositories import Repository, register
from support.terminal import Terminal

REAL = Path(__file__).parents[2] / "motions"
PATH = "motions/V/3100/3185-HHA.toml"


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


def test_a_burst_of_keys_opens_edits_reviews_and_commits(clone: Repository) -> None:
    with Terminal([sys.executable, "-m", "antragsbuch", "--lang", "en"], clone.root) as terminal:
        terminal.wait_for("2 motions")
        left, right = b"\x1b[D", b"\x1b[C"
        burst = b"/3185\r\r" + b"/bundesweit\r\rlandesweit\x1b"
        burst += b"gcG" + right * 4 + b"\ras p\t30\t45\t3\x1b" + left * 2 + b"45\t30\x1b" + b"cC"
        terminal.send(burst)
        terminal.wait_for("Committed")
    assert "landesweit Vorbild" in clone.at(PATH)
    assert clone.at(PATH).endswith(
        'outcome = "as_proposed"\n\n[[consultations.votes]]\nid = "v1"\nyes = 45\nno = 30\nabstentions = 3\n'
    )


async def test_enter_takes_what_the_filter_finds_and_not_what_stood_there(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        for key, letter in [("slash", "/"), ("3", "3"), ("1", "1"), ("8", "8"), ("5", "5"), *[("enter", "\r")] * 2]:
            flow.app.post_message(events.Key(key, letter))
        await flow.on("editor")
        await flow.see("3185 (V) HHA")
