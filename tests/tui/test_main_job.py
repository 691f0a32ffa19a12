"""The main job from end to end: find a motion, correct a word, record a vote, see what is wrong, review, commit."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.flows import program
from support.multiplexer import HAS_TMUX, Tmux
from support.repositories import Repository, register

PATH = "motions/V/3100/3185-HHA.toml"
REAL = Path(__file__).parents[2] / "motions"
CHANGED_LINES = [
    "-Dieser weiter entwickelte Integrationsplan WIR2.0 ist bundesweit Vorbild für eine zeitgenössische und kommunal"
    " – zivilgesellschaftlich vernetzte Integrationszusammenarbeit.",
    "+Dieser weiter entwickelte Integrationsplan WIR2.0 ist landesweit Vorbild für eine zeitgenössische und kommunal"
    " – zivilgesellschaftlich vernetzte Integrationszusammenarbeit.",
    '+outcome = "as_proposed"',
    "+",
    "+[[consultations.votes]]",
    '+id = "v1"',
    "+yes = 45",
    "+no = 30",
    "+abstentions = 3",
]


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


def committed_lines(clone: Repository) -> list[str]:
    """The lines that the last commit changed, without headers."""
    shown = clone.git("show", "--format=", "--unified=0", "HEAD").splitlines()
    return [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def check_commit(clone: Repository) -> None:
    """What the commit of the main job holds."""
    assert committed_lines(clone) == CHANGED_LINES
    subject, *rest = clone.message().splitlines()
    assert subject == "3185 (V) HHA: Abstimmung Regionsversammlung, Sachverhalt"
    assert any(
        line.startswith("- Regionsversammlung, 17.12.2024: Abstimmung eingetragen, 45 Ja, 30 Nein") for line in rest
    )
    assert "- Sachverhalt, Satz 6: ist [-bundesweit-] {+landesweit+} Vorbild" in rest
    trailers = clone.git("log", "-1", "--format=%(trailers:key=Motion,valueonly)%(trailers:key=Fields,valueonly)")
    assert trailers.split("\n")[0] == "3185 (V) HHA"
    assert {"facts", "consultations[c4].votes[v1]", "consultations[c4].outcome"} == set(
        trailers.split("\n")[1].split(", ")
    )
    assert clone.git("status", "--porcelain") == ""
    clone.check()


async def test_word_and_vote_are_corrected_reviewed_and_committed(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.press("slash")
        await flow.type("integrationsplan")
        await flow.see("1 of 2")
        await flow.press("enter", "enter")
        await flow.on("editor")
        await flow.see("Reference", "3185 (V) HHA")
        # the word
        await flow.press("slash")
        await flow.type("bundesweit")
        await flow.press("enter", "enter")
        await flow.type("landesweit")
        await flow.press("escape")
        # the vote, first the wrong way round
        await flow.press("g", "c", "G", "right", "right", "right", "right", "enter")
        await flow.type("as p")
        await flow.press("tab", "3", "0", "tab", "4", "5", "tab", "3", "escape")
        await flow.see("1 error", "30", "45")
        finding = flow.line("VO0")
        assert "yes (30)" in finding and "no (45)" in finding
        assert flow.lines().index(finding) == flow.lines().index(flow.line("Regionsversammlung")) + 1
        # now as it was
        await flow.press("left", "left", "4", "5", "tab", "3", "0", "escape")
        await flow.miss("1 error")
        await flow.press("c")
        await flow.on("review")
        await flow.see("3185 (V) HHA  ~ 2 changes", "45 yes, 30 no, 3", "as proposed", "{+landesweit+}")
        await flow.press("C")
        await flow.on("editor")
        await flow.see("Committed")
    check_commit(clone)


async def test_an_error_is_not_committed_and_enter_leads_to_its_field(clone: Repository) -> None:
    head = clone.head()
    async with program(clone.root) as flow:
        await flow.see("2 motions")
        await flow.press("j", "enter")
        await flow.on("editor")
        await flow.press("g", "c", "G", "right", "right", "right", "right", "enter")
        await flow.type("as p")
        await flow.press("tab", "3", "0", "tab", "4", "5", "escape", "c")
        await flow.on("review")
        await flow.see("1 error: not committed until it is mended", "0 of 1 motion marked")
        await flow.press("C")
        await flow.see("nothing is marked")
        await flow.press("j", "enter")
        await flow.on("editor")
        await flow.see("[Consultations!]")
    assert clone.head() == head


needs_tmux = pytest.mark.skipif(not HAS_TMUX, reason="tmux is not installed")


@needs_tmux
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_the_same_in_a_real_terminal(clone: Repository, tmp_path: Path, size: tuple[int, int]) -> None:
    with Tmux(size=size, folder=clone.root, socket=tmp_path / "socket") as terminal:
        terminal.see("2 motions", "3185 (V) HHA")
        terminal.keys("j", "Enter")
        terminal.see("Date of the paper")
        terminal.keys("/")
        terminal.type("bundesweit")
        terminal.keys("Enter")
        terminal.see("bundesweit Vorbild")
        terminal.keys("Enter")
        terminal.type("landesweit")
        terminal.see("landesweit Vorbild")
        terminal.keys("Escape", "g", "c")
        terminal.see("17", "Regionsversammlung")
        terminal.keys("G", "Right", "Right", "Right", "Right", "Enter")
        terminal.type("as p")
        terminal.keys("Tab", "3", "0", "Tab", "4", "5", "Tab", "3", "Escape")
        terminal.see("1 error", "yes (30)")
        terminal.keys("Left", "Left", "4", "5", "Tab", "3", "0", "Escape", "c")
        terminal.see("Commit", "2 changes", "45 yes", "landesweit")
        terminal.keys("C")
        terminal.see("Committed")
        terminal.keys("q")
        terminal.see("2 motions")
    check_commit(clone)


@needs_tmux
@pytest.mark.parametrize("death", ["kill", "close"])
def test_what_was_typed_is_offered_after_the_program_died(clone: Repository, tmp_path: Path, death: str) -> None:
    before = clone.read(PATH)
    with Tmux(size=(80, 24), folder=clone.root, socket=tmp_path / "one") as terminal:
        terminal.see("2 motions", "3185 (V) HHA")
        terminal.keys("j", "Enter")
        terminal.see("Date of the paper")
        terminal.keys("/")
        terminal.type("bundesweit")
        terminal.keys("Enter", "Enter")
        terminal.type("landesweit")
        terminal.see("landesweit Vorbild", "not saved")
        process = terminal.process
        if death == "kill":
            os.kill(process, signal.SIGKILL)
        else:
            terminal.close_terminal()
        wait_until_dead(process)
    assert clone.read(PATH) == before
    with Tmux(size=(80, 24), folder=clone.root, socket=tmp_path / "two") as terminal:
        terminal.see("draft from before")
        terminal.keys("j", "Enter")
        terminal.see("restore")
        terminal.keys("r")
        terminal.see("not saved")
        terminal.keys("g", "f")
        terminal.see("landesweit Vorbild")


def wait_until_dead(process: int) -> None:
    """Until the process is gone, or a zombie that nobody has waited for yet."""
    end = time.monotonic() + 20
    while True:
        found = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
        if found.stdout.strip()[:1] in ("", "Z"):
            return
        assert time.monotonic() < end, f"{process} lives"
        time.sleep(0.02)
