"""What the full-screen program takes until something is on the screen, and what goes over the line."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Figure, program

from antragsbuch.store.index import Index
from antragsbuch.store.register import open_register
from support.generated import TODAY
from support.terminal import Terminal

_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
Empty().run()
"""


def measure_start(folder: Path, motions: int, rounds: int) -> list[Figure]:
    """From the start of the process to the first row, with the index there, against an empty Textual app."""
    _fill(folder)
    ours: list[float] = []
    empty: list[float] = []
    for number in range(rounds + 1):
        spent = _until(program(), folder, lambda terminal: any(line.startswith(">") for line in terminal.lines))
        other = _until([sys.executable, "-c", _EMPTY], folder, lambda terminal: "ready" in terminal.text)
        if number:
            ours.append(spent)
            empty.append(other)
    return [
        Figure(
            f"first list on the screen, {motions:,} motions, warm index",
            statistics.median(ours) * 1000,
            "ms",
            "an empty Textual app",
            statistics.median(empty) * 1000,
            must="x1.6",
        )
    ]


def measure_bytes(folder: Path, motions: int) -> list[Figure]:
    """Bytes at 80x24, and the time from a letter in the filter to the painted list."""
    _fill(folder)
    with Terminal(program(), folder, truecolor=True) as terminal:
        terminal.wait_for(f"{motions:,} motions")
        terminal.settle(1.0)
        # the least of some turns: what is read in the background may speak in between
        few = min(_held(terminal, key, 1) for key in "jkjk")
        many = min(_held(terminal, key, 5) for key in "jkjk")
        figures = [
            Figure("a step within the page", (many - few) / 4, "bytes", must="400"),
            Figure("preview once at rest, and one step", few, "bytes", must="4400"),
            Figure("half a page scrolled", terminal.press("ctrl+d", quiet=0.5), "bytes", must="10000"),
            Figure("a page scrolled", terminal.press("pagedown", quiet=0.5), "bytes", must="10000"),
            Figure("to the end of the list", terminal.press("G", quiet=0.5), "bytes", must="10000"),
            Figure("idle for two seconds", terminal.settle(2.0), "bytes", must="0"),
        ]
        terminal.press("/")
        letters: list[int] = []
        times: list[float] = []
        for letter in "armut":
            spent, seconds = _letter_of_filter(terminal, letter)
            letters.append(spent)
            times.append(seconds)
        figures += [
            Figure("a letter in the filter", max(letters), "bytes", must="6000"),
            Figure(
                f"a letter in the filter, painted, {motions:,} motions",
                statistics.median(times) * 1000,
                "ms",
                must="50",
            ),
        ]
        terminal.press("escape", "escape", quiet=0.5)
        for key, screen in (("?", "help"), ("enter", "editor"), ("p", "problems")):
            figures.append(Figure(f"another screen: {screen}", terminal.press(key, quiet=0.8), "bytes", must="30000"))
            terminal.press("escape", quiet=0.5)
        terminal.press("enter", quiet=0.8)
        terminal.press("j", "j", "enter")
        figures.append(Figure("a letter in a field", _letters(terminal), "bytes", must="1200"))
        terminal.press("escape")
        while "[Facts]" not in terminal.text:
            terminal.press("]")
        terminal.press("enter")
        figures.append(Figure("a letter in prose", _letters(terminal), "bytes", must="1200"))
    return figures


def _until(command: list[str], folder: Path, painted: Callable[[Terminal], bool]) -> float:
    with Terminal(command, folder) as terminal:
        terminal.wait_for(lambda: painted(terminal))
        return terminal.last_output - terminal.started


def _fill(folder: Path) -> None:
    with open_register(folder) as register:
        index = Index(register)
        index.refresh(today=TODAY)
        index.close()


def _letter_of_filter(terminal: Terminal, letter: str) -> tuple[int, float]:
    """The bytes that a letter costs until all is quiet, and the seconds until what it finds is painted."""
    before, counted = len(terminal.output), _count(terminal.line(1))
    start = time.perf_counter()
    terminal.send(letter.encode())
    # the count comes in one packet with the rows; the preview follows when the cursor rests
    terminal.wait_for(lambda: _count(terminal.line(1)) not in ("", counted))
    seconds = terminal.last_output - start
    terminal.settle(0.5)
    return len(terminal.output) - before, seconds


def _count(line: str) -> str:
    """What the line of the filter says about how many motions were found."""
    return line[line.rfind("  ") :].strip()


def _held(terminal: Terminal, key: str, times: int) -> int:
    spent = sum(terminal.press(key, quiet=0.033) for _time in range(times))
    return spent + terminal.settle(0.5)


def _letters(terminal: Terminal) -> float:
    return statistics.median(terminal.press(letter, quiet=0.4) for letter in "Straßen")
