"""The three-way merge of an order, and of ordered sets."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

_Key = TypeVar("_Key", bound=Hashable)


def merge_order(
    base: Sequence[_Key],
    ours: Sequence[_Key],
    theirs: Sequence[_Key],
    keep: set[_Key],
    rank: Callable[[_Key], Any],
) -> list[_Key] | None:
    """The keys of `keep` (each in `ours` or in `theirs`) in their order, None where both reordered otherwise.

    What only one side has stands after what it follows there; what both put in at one place is sorted by `rank`.
    Nothing depends on which side is called ours.
    """
    in_ours, in_theirs = set(ours), set(theirs)
    shared = keep & in_ours & in_theirs
    spine = _spine(base, [key for key in ours if key in shared], [key for key in theirs if key in shared], rank)
    if spine is None:
        return None
    runs = [_runs(side, shared, keep) for side in (ours, theirs)]
    result: list[_Key] = []
    for anchor in (None, *spine):
        if anchor is not None:
            result.append(anchor)
        result += _blended(runs[0].get(anchor, []), runs[1].get(anchor, []), rank)
    return result


def merge_texts(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """Three versions of an ordered set of lines, None where they conflict.

    They do where an entry stands twice, where both put something else in the place of the same entry, and where
    both reordered otherwise.
    """
    before, one, other = set(base), set(ours), set(theirs)
    if any(len(entries) != len(listed) for entries, listed in ((before, base), (one, ours), (other, theirs))):
        return None
    replaced_by_both = before - one - other
    if replaced_by_both and one - before and other - before and one - before != other - before:
        return None
    keep = (one | other) - (before - one) - (before - other)
    return merge_order(base, ours, theirs, keep, str)


def _spine(
    base: Sequence[_Key], ours: list[_Key], theirs: list[_Key], rank: Callable[[_Key], Any]
) -> list[_Key] | None:
    """The order of what both have: of the side that reordered it."""
    if ours == theirs:
        return ours
    known = set(base)
    order = [key for key in base if key in set(ours)]
    old_ours, old_theirs = [key for key in ours if key in known], [key for key in theirs if key in known]
    if old_ours == old_theirs:
        return min(ours, theirs, key=lambda keys: [rank(key) for key in keys])
    if old_ours == order:
        return theirs
    return ours if old_theirs == order else None


def _runs(side: Sequence[_Key], shared: set[_Key], keep: set[_Key]) -> dict[_Key | None, list[_Key]]:
    """What only this side has, by the shared key that it follows."""
    found: dict[_Key | None, list[_Key]] = {}
    anchor: _Key | None = None
    for key in side:
        if key in shared:
            anchor = key
        elif key in keep:
            found.setdefault(anchor, []).append(key)
    return found


def _blended(one: list[_Key], other: list[_Key], rank: Callable[[_Key], Any]) -> list[_Key]:
    if all(sorted(run, key=rank) == run for run in (one, other)):
        return list(heapq.merge(one, other, key=rank))
    return [key for run in sorted((one, other), key=lambda keys: [rank(key) for key in keys]) for key in run]
