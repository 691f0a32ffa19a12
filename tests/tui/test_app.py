"""The program and its frame: what is on the screen first, questions, work in threads, the end."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from antragsbuch.messages import Failed
from antragsbuch.session import open_session
from antragsbuch.state import Goto
from antragsbuch.store.errors import StoreError
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.status import Answer, Question, StatusLine
from support.flows import program
from support.repositories import Repository
from support.terminal import Terminal

KONFERENZ = "Durchführung einer Konferenz"
COMMAND = [sys.executable, "-m", "antragsbuch", "--lang", "en"]


async def test_the_frame_stands_before_the_register_is_read(clone: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def opened_late(start: Path | None) -> object:
        go_on.wait(10)
        return open_session(start)

    monkeypatch.setattr("antragsbuch.screens.register.screen.open_session", opened_late)
    async with program(clone.root) as flow:
        await flow.see("Antragsbuch", "The register is being read", "? help")
        await flow.press("?")
        await flow.on("help")
        await flow.press("escape")
        go_on.set()
        await flow.see(KONFERENZ)


async def test_the_key_that_asked_is_no_answer(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        given: list[str] = []
        flow.frame._pressed = "D"
        flow.frame.ask("Really?", [Answer(("D", "y"), "yes", "yes"), Answer(("k",), "keep", "keep")], given.append)
        await flow.see("Really?")
        await flow.press("D", "x", "enter")
        assert given == [] and flow.frame.asking
        await flow.press("y")
        assert given == ["yes"] and not flow.frame.asking


async def test_a_question_holds_back_every_other_key(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("D")
        await flow.see("Delete 2292")
        await flow.press("?", ":", "q", "tab", "ctrl+p")
        await flow.on("register")
        await flow.see("Delete 2292")
        await flow.press("escape")
        assert flow.app.focused is not None and flow.app.focused.id == "motions"


async def test_a_prompt_goes_on_until_the_answer_can_be_taken(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        taken: list[str] = []

        def take(text: str) -> str | None:
            if text != "ja":
                return "no"
            taken.append(text)
            return None

        flow.frame.prompt("Text:", take)
        await flow.see("Text:")
        await flow.press("n", "?", "enter")
        await flow.see("no", "n?")
        await flow.press("ctrl+u", "j", "a", "enter")
        assert taken == ["ja"] and not flow.app.query(Question) and not flow.frame.asking


async def test_a_stale_result_is_dropped(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.see("Die Verwaltung führt")
        await flow.rest()
        received: list[object] = []
        frame = flow.frame
        frame.received = received.append  # type: ignore[method-assign,assignment]
        slow, second = threading.Event(), threading.Event()

        def first() -> object:
            slow.wait(10)
            return "old"

        def later() -> object:
            second.set()
            return "new"

        frame.work("test", first)
        frame.work("test", later)
        await flow.until(lambda: received)
        slow.set()
        await flow.rest()
        assert received == ["new"] and second.is_set()
        frame.work("test", lambda: "unwanted")
        frame.forget("test")
        await flow.rest()
        assert received == ["new"]


async def test_what_the_store_can_not_do_is_said(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.rest()

        def refuse() -> object:
            raise StoreError("The disk is full.", "Make room.")

        flow.frame.work("test", refuse)
        await flow.see("! The disk is full. Make room.")
        flow.frame.received(Failed("again"))
        await flow.see("! again")


async def test_a_mistake_in_the_program_is_said_and_kept(clone: Repository, isolated: Path) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.rest()
        flow.frame.work("test", lambda: dict[str, str]()["mistake"])
        while not flow.app.failures:
            await flow.pilot.pause()
        assert isinstance(flow.app.failures.pop(), KeyError)
        await flow.see("A mistake in the program: KeyError")
    (log,) = isolated.rglob("problems.log")
    assert "KeyError" in log.read_text()


async def test_only_what_changed_of_a_line_is_painted(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        line = flow.frame.query_one("#message", StatusLine)
        flow.frame.say("long enough")
        flow.frame.say("short")
        await flow.pilot.pause()
        assert line.text == " short" and flow.message == "short"


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("abc", "abc"),
        (("a", "b", "left", "c"), "acb"),
        (("a", "b", "home", "c", "end", "d"), "cabd"),
        (("a", "b", "backspace"), "a"),
        (("a", "b", "home", "delete"), "b"),
        (("a", "space", "b", "ctrl+w"), "a "),
        (("a", "b", "left", "ctrl+k"), "a"),
        (("a", "b", "ctrl+u", "c"), "c"),
        (("ü", "ß", "ctrl+a", "x"), "xüß"),
        (("a", "space", "b", "ctrl+left", "x", "ctrl+right", "y"), "a xby"),
        (("j", "q", "?", ":"), "jq?:"),
    ],
)
async def test_a_line_is_typed(clone: Repository, keys: tuple[str, ...], value: str) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("/", *keys)
        assert flow.frame.query_one("#filter", LineInput).value == value


async def test_what_is_pasted_is_one_line(clone: Repository) -> None:
    from textual import events

    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("/", "x")
        flow.app.post_message(events.Paste("eins\nzwei\x1b[31m"))
        await flow.until(lambda: "eins zwei" in flow.lines()[1])
        assert "␛[31m" in flow.lines()[1]


async def test_a_long_line_scrolls_with_the_cursor(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        await flow.press("/", *("abcdefghij" * 9), "Z")
        assert "Z" in flow.lines()[1]
        await flow.press("home")
        assert flow.lines()[1].startswith(" /abcdefghij")


async def test_the_way_back_leads_to_the_screen_before(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ)
        flow.app.open(Goto("help"))
        await flow.on("help")
        await flow.press("q")
        await flow.on("register")
        await flow.press("q")
        assert flow.app._exit


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10), (20, 6), (200, 60)])
async def test_every_size_of_the_terminal_can_be_worked_in(clone: Repository, size: tuple[int, int]) -> None:
    async with program(clone.root, size=size) as flow:
        await flow.until(lambda: flow.app.session)
        await flow.rest()
        for keys in ("?", "j", "escape", ":", "a", "escape", "escape", "v", "z", "z", "z", "D", "escape"):
            await flow.press(keys)
        await flow.on("register")
        assert len(flow.lines()) == size[1] and "help" in flow.lines()[-1]


def test_no_color_means_none(clone: Repository) -> None:
    with Terminal(COMMAND, clone.root, env={"NO_COLOR": "1"}, truecolor=True) as terminal:
        terminal.wait_for(KONFERENZ)
        terminal.press("?", "j", "escape", "/", "x", "escape")
        sent = terminal.output.decode()
    import re

    numbers = {n for codes in re.findall(r"\x1b\[([\d;]*)m", sent) for n in codes.split(";") if n}
    # bold, dim, reverse and their like; the terminal's own colours (39, 49); never one of ours
    assert numbers <= {"0", "1", "2", "3", "4", "7", "9", "22", "39", "49"}


def test_colours_are_those_of_the_terminal(clone: Repository) -> None:
    with Terminal(COMMAND, clone.root, truecolor=True) as terminal:
        terminal.wait_for(KONFERENZ)
        terminal.press("?", "escape", "D", "escape")
        assert b"38;2;" not in terminal.output and b"48;2;" not in terminal.output


def test_when_nothing_happens_nothing_is_sent(clone: Repository) -> None:
    with Terminal(COMMAND, clone.root) as terminal:
        terminal.wait_for(KONFERENZ)
        terminal.press("/", "x")
        terminal.settle()
        before = len(terminal.output)
        terminal.settle(quiet=1.5)
        assert len(terminal.output) == before


async def test_while_something_is_asked_the_bottom_line_says_what_can_be_done(clone: Repository) -> None:
    async with program(clone.root) as flow:
        await flow.see(KONFERENZ, "enter open")
        await flow.press("a")
        await flow.see("enter take it   esc leave it")
        await flow.press("escape", "D")
        await flow.miss("enter open")
        await flow.press("escape")
        await flow.see("enter open")


def test_a_mistake_that_ends_the_program_is_one_line_and_a_report(clone: Repository, isolated: Path) -> None:
    code = (
        "from antragsbuch.screens.register.screen import RegisterScreen as S\n"
        "S.do_view = lambda self: [].pop()\n"
        "import sys; from antragsbuch.app import run; sys.exit(run(None, 'en'))"
    )
    with Terminal([sys.executable, "-c", code], clone.root) as terminal:
        terminal.wait_for(KONFERENZ)
        terminal.send(b"v")
        assert terminal.wait_for_end() == 1
        said = terminal.output.decode()[-2000:]
        assert "A mistake in the program ended it: IndexError." in said and "Traceback" not in said
    (log,) = isolated.rglob("problems.log")
    assert "IndexError" in log.read_text() and "run_command" in log.read_text()
