"""Finding a command by what a person types of its name: in their language, without case and accents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from antragsbuch_schema.folding import fold

T = TypeVar("T")


def score(typed: str, name: str) -> int:
    """How well `name` fits what was typed: 0 not at all; the beginning is best, then of a word, then anywhere.

    Letters in their order, with others between, fit too, but only from the beginning of a word on.
    """
    wanted, there = fold(typed).strip(), fold(name)
    if not wanted:
        return 1
    if there.startswith(wanted):
        return 5
    if any(word.startswith(wanted) for word in there.split()):
        return 4
    if all(any(word.startswith(part) for word in there.split()) for part in wanted.split()):
        return 3
    if wanted in there:
        return 2
    return 1 if any(_in_order(wanted, there[start:]) for start in _beginnings(there, wanted[0])) else 0


def best(typed: str, things: Iterable[tuple[str, T]], limit: int = 0) -> Sequence[T]:
    """The things whose name fits, the best first, equals in their order; at most `limit` where it is not 0."""
    fitting = [(score(typed, name), thing) for name, thing in things]
    ordered = [thing for points, thing in sorted(fitting, key=lambda pair: -pair[0]) if points]
    return ordered[:limit] if limit else ordered


def _beginnings(text: str, letter: str) -> list[int]:
    return [place for place, one in enumerate(text) if one == letter and (place == 0 or text[place - 1] == " ")]


def _in_order(wanted: str, there: str) -> bool:
    letters = iter(there)
    return all(letter in letters for letter in wanted.replace(" ", ""))
