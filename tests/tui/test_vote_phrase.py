"""Votes in the words of the minutes, typed or pasted in the editor."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual import events

from antragsbuch import i18n
from antragsbuch.screens.editor.in_words import understood
from antragsbuch.screens.editor.screen import EditorScreen
from antragsbuch.widgets.line import plain
from antragsbuch_schema.exchange.minutes import read
from support.flows import Flow, program
from support.repositories import Repository, register
from support.terminal import Terminal

REAL = Path(__file__).parents[2] / "motions"
PATH = "motions/V/3100/3185-HHA.toml"
MOTION = tomllib.loads((REAL / "V/3100/3185-HHA.toml").read_text())


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with the two real motions and their council."""
    names = ("V/2200/2292-HHA.toml", "V/3100/3185-HHA.toml", "council.toml")
    return register(tmp_path / "clone", {f"motions/{name}": (REAL / name).read_text() for name in names})


def step(clone: Repository, number: int) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((clone.root / PATH).read_text())["consultations"][number]
    return found


async def opened(flow: Flow) -> None:
    await flow.see("2 motions")
    await flow.press("j", "enter")
    await flow.on("editor")
    await flow.until(lambda: isinstance(flow.app.screen, EditorScreen) and flow.app.screen.opened, "open")


async def test_a_vote_is_committed_in_words_with_a_dozen_keys(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await opened(flow)
        await flow.press("I")
        await flow.on("in-words")
        await flow.see("Regionsversammlung, 2024-12-17", "For example:")
        await flow.type("45:30:3 lt. Vorschlag")
        await flow.see("? not understood")
        await flow.press("ctrl+u")
        typed = len(flow.pressed)
        await flow.type("45:30:3 laut Vorschlag")
        await flow.see("vote recorded, 45 yes, 30 no, 3 abstentions, as proposed")
        words = len(flow.pressed) - typed
        await flow.press("enter")
        await flow.on("editor")
        await flow.press("c")
        await flow.on("review")
        await flow.see("1 motion marked")
        await flow.press("C")
        await flow.see("Committed")
        assert len(flow.pressed) - typed - words + len(["j", "enter", "I"]) <= 6
    assert step(clone, 3)["outcome"] == "as_proposed"
    assert step(clone, 3)["votes"] == [{"id": "v1", "result": "accepted", "yes": 45, "no": 30, "abstentions": 3}]


async def test_it_is_one_change_that_undo_takes_back(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await opened(flow)
        await flow.press("g", "c", "j")
        await flow.do("take-over")
        await flow.on("in-words")
        await flow.see("Ausschuss für Organisation")
        await flow.type("einstimmig zugestimmt")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("* not saved", "Recorded")
        await flow.press("u")
        await flow.miss("* not saved")
        await flow.press("ctrl+r", "w")
        await flow.see("Saved in")
    votes = step(clone, 1)["votes"]
    assert [(vote["result"], vote["manner"]) for vote in votes] == [("accepted", "unanimous")]


async def test_minutes_of_several_lines_are_pasted_at_a_step(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await opened(flow)
        await flow.press("g", "c")
        flow.app.post_message(events.Paste("a) einstimmig zugestimmt\nb) 20 Ja, 25 Nein, abgelehnt\nc) wie besprochen"))
        await flow.on("in-words")
        await flow.see("accepted", "not understood, kept as words: c) wie besprochen")
        await flow.press("enter")
        await flow.on("editor")
        await flow.see("Recorded; 1 phrase was not understood")
        await flow.press("w")
        await flow.see("Saved in")
    one, two, three = step(clone, 0)["votes"]
    assert (one["result"], two["no"], two["result"]) == ("accepted", 25, "rejected")
    assert three["text"] == "c) wie besprochen" and "result" not in three


async def test_a_paste_into_a_text_field_goes_to_the_field(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await opened(flow)
        await flow.press("j", "j", "enter")
        flow.app.post_message(events.Paste(" X"))
        await flow.see("umsetzenX")
        assert flow.frame.screen_name == "editor"


async def test_a_paste_that_no_field_can_hold_is_refused(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await opened(flow)
        await flow.press("j", "j", "enter")
        flow.app.post_message(events.Paste("x" * 1_000_000))
        await flow.see("too long for a field")
        await flow.press("Y")
        await flow.see("umsetzenY")


async def test_leaving_records_nothing(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await opened(flow)
        await flow.press("I")
        await flow.type("45:30:3")
        await flow.press("escape")
        await flow.on("editor")
        await flow.press("I", "enter")
        await flow.on("editor")
        assert isinstance(flow.app.screen, EditorScreen) and not flow.app.screen.dirty


def test_typed_ahead_and_killed_the_vote_is_in_the_draft(clone: Repository) -> None:
    with Terminal([sys.executable, "-m", "antragsbuch", "--lang", "en"], clone.root) as terminal:
        terminal.wait_for("2 motions")
        terminal.send(b"/3185\r\rI45:30:3 laut Vorschlag\r")
        terminal.wait_for("Recorded")
        terminal.settle()
        terminal.hang_up()
    with Terminal([sys.executable, "-m", "antragsbuch", "--lang", "en"], clone.root) as terminal:
        terminal.wait_for("has a draft from before")
        terminal.send(b"/3185\r\r")
        terminal.wait_for("Typed and not saved")
        terminal.send(b"rw")
        terminal.wait_for("Saved in")
    assert step(clone, 3)["votes"][0]["yes"] == 45


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("45:30:3 laut Vorschlag", ["= vote recorded, 45 yes, 30 no, 3 abstentions, as proposed"]),
        ("vertagt auf den 19.12.2025", ["= outcome recorded: deferred to 2025-12-19"]),
        ("Ergänzungsantrag: zurückgezogen", ["kept as words: Ergänzungsantrag: zurückgezogen"]),
        ("12 Ja SPD, 3 Nein CDU", ["SPD: 12 yes", "CDU: 3 no"]),
    ],
)
def test_what_is_understood_is_said(words: str, said: list[str]) -> None:
    i18n.use("en")
    lines = "\n".join(map(plain, understood(MOTION, 3, read(words, ["SPD", "CDU"]), 78)))
    assert all(part in lines for part in said), lines
    assert "? not understood" not in lines
