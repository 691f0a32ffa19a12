"""How fast the index is filled, brought up to date, and asked."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from benchmarks.measuring import Figure, in_turns, median_of

from antragsbuch.store.index import Index
from antragsbuch.store.query import parse
from antragsbuch.store.register import open_register
from antragsbuch.store.source import Order
from support.generated import TODAY

TYPED = ("a", "ar", "arm", "armu", "armut", "armuts", "strasse", "mueller", "region", "hannover", "zzzq")
ASKED = (
    "faction:SPD",
    "body:Schulausschuss",
    "body:Regionsversammlung",
    "date:2023..",
    "state:open",
    "has:error",
    "ref:200..299",
    "-hannover",
    "faction:SPD armuts state:rejected",
)
WINDOW = 40


def measure(folder: Path, motions: int, rounds: int) -> list[Figure]:
    """The index of a register of so many motions."""
    shutil.rmtree(folder / ".git/antragsbuch", ignore_errors=True)
    name = f"{motions:,} motions"
    with open_register(folder) as register:
        index = Index(register)
        start = time.perf_counter()
        first: list[float] = []
        index.refresh(progress=lambda _done, _total: first.append(time.perf_counter() - start), today=TODAY)
        figures = [
            Figure(f"index filled, {name}, cold, in the background", time.perf_counter() - start, "s"),
            Figure(f"the same, until the first rows can be read, {name}", first[0], "s"),
            Figure(f"size of the index, {name}", _size(folder) / 1_000_000, "MB"),
        ]
        figures.append(_refresh(index, f"looked through for changes from outside, {name}", rounds))
        figures.append(_save(index, folder, f"taken up after a save, {name}", rounds))
        index.close()
        index = Index(register)
        figures += [_asked(index, text, name, rounds) for text in (*TYPED, *ASKED)]
        figures += [_ordered(index, order, name) for order in Order]
        index.close()
    return figures


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / ".git/antragsbuch").glob("index-*"))


def _refresh(index: Index, what: str, rounds: int) -> Figure:
    return Figure(what, median_of(lambda: index.refresh(today=TODAY), rounds) * 1000, "ms")


def _save(index: Index, folder: Path, what: str, rounds: int) -> Figure:
    path = index.source().rows(0, 1)[0].path
    text = (folder / path).read_text(encoding="utf-8")
    times: list[float] = []
    for number in range(rounds):
        (folder / path).write_text(f"{text}# {number}\n", encoding="utf-8")
        start = time.perf_counter()
        index.refresh([path], today=TODAY)
        times.append(time.perf_counter() - start)
    (folder / path).write_text(text, encoding="utf-8")
    index.refresh([path], today=TODAY)
    return Figure(what, sorted(times)[len(times) // 2] * 1000, "ms")


def _asked(index: Index, text: str, name: str, rounds: int) -> Figure:
    """Count and first window of a filter: what happens between a letter and the list."""

    def ask() -> int:
        source = index.source(parse(text))
        source.rows(0, WINDOW)
        return source.count()

    found = ask()
    spent = in_turns({text: ask}, max(rounds, 5))[text] * 1000
    return Figure(f"filter {text}: {found:,} of {name}", spent, "ms", must="30" if name.startswith("20,000") else "")


def _ordered(index: Index, order: Order, name: str) -> Figure:
    """An order that was not asked for since the last change."""

    def ask() -> None:
        index._ordered.clear()
        index.source(order=order).rows(0, WINDOW)

    return Figure(f"sorted by {order}, {name}", median_of(ask, 5) * 1000, "ms")
