"""The graph of commits, as far as somebody asks: which commits only one of several tips reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple


class Node(NamedTuple):
    """A commit: its number, its stamp (higher than that of every parent), and its parents."""

    key: int
    stamp: int
    parents: tuple[bytes, ...]


def alone(node: Callable[[bytes], Node | None], tips: Sequence[bytes]) -> list[set[int]]:
    """For each of `tips`, the numbers of the commits that it reaches and no other of them does.

    `node` gives a commit by its name, None where a shallow clone does not have it. Goes no further than it must.
    """
    found: list[set[int]] = [set() for _tip in tips]
    reached: dict[bytes, int] = {}
    waiting: list[tuple[int, bytes]] = []
    single = 0

    def reach(name: bytes, by: int) -> None:
        nonlocal single
        before = reached.get(name, 0)
        after = reached[name] = before | by
        if not before:
            known = node(name)
            heappush(waiting, (-known.stamp if known else 0, name))
        single += (after.bit_count() == 1) - (before.bit_count() == 1)

    for number, tip in enumerate(tips):
        reach(tip, 1 << number)
    # below a commit that several reach there are only such
    while single:
        _stamp, name = heappop(waiting)
        by = reached[name]
        here = node(name)
        if by.bit_count() == 1:
            single -= 1
            if here is not None:
                found[by.bit_length() - 1].add(here.key)
        for parent in here.parents if here else ():
            reach(parent, by)
    return found
