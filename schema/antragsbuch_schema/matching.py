"""What two sequences have in common: longest common subsequences, and sentences that correspond.

Deterministic, and quick on texts of any kind: the table of a longest common subsequence is kept as one integer a
row, so that a whole row is computed by four operations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

Pairs = list[tuple[int, int]]
"""Positions in the one and in the other sequence, both rising."""

_TABLE_BITS = 100_000_000
_SENTENCE_PAIRS = 40_000
_CORRESPONDS = 0.35
_CORRESPONDS_ALONE = 0.2
_SAME = 1.5
_WORD = re.compile(r"\w+")


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """A longest common subsequence, its pairs as early as they can be.

    Where the two are too long for the table (some 10,000 by 10,000), what stands once in both divides them first,
    and a part without such an anchor has nothing in common.
    """
    first, old_end, new_end = _ends(old, new)
    middle = _inner(old[first:old_end], new[first:new_end])
    return _with_ends(first, middle, len(old) - old_end, old_end, new_end)


def rising(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest rising subsequence of different numbers."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [position]
    found: list[int] = []
    last = at[-1] if at else -1
    while last >= 0:
        found.append(last)
        last = previous[last]
    return found[::-1]


def similarity(one: str, other: str) -> float:
    """How alike two sentences are by their words, from 0 to 1."""
    first, second = set(_words(one)), set(_words(other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else float(one == other)


def corresponding(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """The sentences that are the same or were reworded, in their order; a sentence that moved is not among them."""
    first, old_end, new_end = _ends(old, new)
    middle_old, middle_new = old[first:old_end], new[first:new_end]
    few = len(middle_old) * len(middle_new) <= _SENTENCE_PAIRS
    middle = _alike(middle_old, middle_new) if few else _between_anchors(middle_old, middle_new)
    return _with_ends(first, middle, len(old) - old_end, old_end, new_end)


def _between_anchors(old: Sequence[str], new: Sequence[str]) -> Pairs:
    pairs: Pairs = []
    ends = (*common(old, new), (len(old), len(new)))
    old_start = new_start = 0
    for old_end, new_end in ends:
        pairs += (
            (old_start + one, new_start + other)
            for one, other in _alike(old[old_start:old_end], new[new_start:new_end])
        )
        pairs.append((old_end, new_end))
        old_start, new_start = old_end + 1, new_end + 1
    return pairs[:-1]


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int, int]:
    """How much is the same at the begin, and where in each the same end begins."""
    first, old_end, new_end = 0, len(old), len(new)
    while first < old_end and first < new_end and old[first] == new[first]:
        first += 1
    while old_end > first and new_end > first and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    return first, old_end, new_end


def _with_ends(first: int, middle: Pairs, last: int, old_end: int, new_end: int) -> Pairs:
    return [
        *((position, position) for position in range(first)),
        *((first + one, first + other) for one, other in middle),
        *((old_end + offset, new_end + offset) for offset in range(last)),
    ]


def _inner(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    if not old or not new:
        return []
    if len(old) * len(new) <= _TABLE_BITS:
        return _longest(old, new)
    anchors = _anchors(old, new)
    if not anchors:
        return []
    pairs: Pairs = []
    old_start = new_start = 0
    for old_end, new_end in (*anchors, (len(old), len(new))):
        between = common(old[old_start:old_end], new[new_start:new_end])
        pairs += ((old_start + one, new_start + other) for one, other in between)
        pairs.append((old_end, new_end))
        old_start, new_start = old_end + 1, new_end + 1
    return pairs[:-1]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """The bit-parallel table of Hyyrö (2004), from the ends, so that the way back runs from the begin."""
    length = len(old)
    where: dict[Hashable, int] = {}
    for position, token in enumerate(reversed(old)):
        where[token] = where.get(token, 0) | 1 << position
    full = (1 << length) - 1
    row = full
    rows = [row]
    for token in reversed(new):
        matches = row & where.get(token, 0)
        row = ((row + matches) | (row - matches)) & full
        rows.append(row)
    pairs: Pairs = []
    one = other = 0
    while one < length and other < len(new):
        if old[one] == new[other]:
            pairs.append((one, other))
            one += 1
            other += 1
        elif rows[len(new) - other] >> (length - one - 1) & 1:
            one += 1
        else:
            other += 1
    return pairs


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """What stands once in both, as far as it is in the same order."""
    in_old, in_new = Counter(old), Counter(new)
    where = {token: position for position, token in enumerate(new) if in_new[token] == 1}
    pairs = [(position, where[token]) for position, token in enumerate(old) if in_old[token] == 1 and token in where]
    return [pairs[position] for position in rising([other for _, other in pairs])]


def _alike(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """The pairs of the same or reworded sentences with the greatest likeness in all, in their order."""
    if not old or not new or len(old) * len(new) > _SENTENCE_PAIRS:
        return []
    enough = _CORRESPONDS_ALONE if len(old) == len(new) == 1 else _CORRESPONDS
    old_sets, new_sets = _word_sets(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness: dict[tuple[int, int], float] = {}
    for one in range(len(old) - 1, -1, -1):
        row, below, words = best[one], best[one + 1], old_sets[one]
        size = words.bit_count()
        for other in range(len(new) - 1, -1, -1):
            best_here = max(below[other], row[other + 1])
            shared = 2 * (words & new_sets[other]).bit_count()
            alike = shared / (size + new_sets[other].bit_count()) if shared else 0.0
            if old[one] == new[other]:
                alike = _SAME
            if alike >= enough:
                likeness[one, other] = alike
                best_here = max(best_here, alike + below[other + 1])
            row[other] = best_here
    pairs: Pairs = []
    one = other = 0
    while one < len(old) and other < len(new):
        alike = likeness.get((one, other), 0.0)
        if alike and best[one][other] == alike + best[one + 1][other + 1]:
            pairs.append((one, other))
            one += 1
            other += 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1
    return pairs


def _word_sets(*groups: Sequence[str]) -> list[list[int]]:
    """The words of each sentence as the bits of an integer, the same bit for the same word in all groups."""
    bits: dict[str, int] = {}
    found: list[list[int]] = []
    for group in groups:
        sets = []
        for sentence in group:
            words = 0
            for word in _words(sentence):
                words |= 1 << bits.setdefault(word, len(bits))
            sets.append(words)
        found.append(sets)
    return found


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence.casefold())
