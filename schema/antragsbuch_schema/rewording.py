"""Which words of one sentence changed.

A run is a text that is the same in both versions, or a change: what was removed and what was added. A few words
that happen to be the same between two larger changes are shown as changed with them: a phrase is easier to read
than confetti.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .matching import Pairs, common

Change = tuple[str, str]
"""What was removed, what was added."""

Run = str | Change

# white space; a word or number with what belongs to it (20.000, 18:30, Bürger:innen, Bürger/-innen); any other sign
_WORD = r"[\w\u0300-\u036f]+"
_JOINT = r"(?<=\d)[.,:/](?=\d)|[-–*·’'](?=\w)|:(?=[a-zäöüß])|/-(?=[a-zäöüß])"
_TOKEN = re.compile(rf"\s+|{_WORD}(?:(?:{_JOINT}){_WORD})*|[^\w\s]")
_FEW_LETTERS = 3
_TOO_LITTLE = 0.25


def tokens(text: str) -> list[str]:
    """The words, numbers, signs and white space that make up `text`."""
    return _TOKEN.findall(text)


def reworded(old: str, new: str) -> list[Run]:
    """The runs that make up both sentences; one change where they have too little in common."""
    if old == new:
        return [old]
    runs = readable(_token_runs(tokens(old), tokens(new)))
    kept = sum(_letters(run) for run in runs if isinstance(run, str))
    return runs if kept >= _TOO_LITTLE * max(_letters(old), _letters(new)) else [(old, new)]


def readable(runs: Iterable[Run]) -> list[Run]:
    """The runs with neighbours of a kind joined, and with changes joined over a few words between them."""
    result: list[Run] = []
    for run in runs:
        if isinstance(run, str):
            if result and isinstance(result[-1], str):
                result[-1] += run
            elif run:
                result.append(run)
            continue
        if run == ("", ""):
            continue
        change = run
        while result:
            last = result[-1]
            before = result[-2] if len(result) > 1 else ""
            if not isinstance(last, str):
                change = (last[0] + change[0], last[1] + change[1])
                result.pop()
            elif not isinstance(before, str) and _between(last, before, change):
                change = (before[0] + last + change[0], before[1] + last + change[1])
                del result[-2:]
            else:
                break
        result.append(change)
    return result


def _token_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    words_old = [position for position, token in enumerate(old) if not token.isspace()]
    words_new = [position for position, token in enumerate(new) if not token.isspace()]
    # blanks stand everywhere: what they have in common says nothing
    shared = common([old[position] for position in words_old], [new[position] for position in words_new])
    pairs = _with_blanks([(words_old[one], words_new[other]) for one, other in shared], old, new)
    old_start = new_start = 0
    for one, other in pairs:
        yield "".join(old[old_start:one]), "".join(new[new_start:other])
        yield old[one]
        old_start, new_start = one + 1, other + 1
    yield "".join(old[old_start:]), "".join(new[new_start:])


def _with_blanks(pairs: Pairs, old: Sequence[str], new: Sequence[str]) -> Pairs:
    """The pairs of words, and the white space beside them that is the same."""
    found: Pairs = []
    last_old = last_new = -1
    for one, other in pairs:
        if one - 1 > last_old and other - 1 > last_new and old[one - 1] == new[other - 1] and old[one - 1].isspace():
            found.append((one - 1, other - 1))
        found.append((one, other))
        last_old, last_new = one, other
        after = old[one + 1 : one + 2]
        if after and after == new[other + 1 : other + 2] and after[0].isspace():
            last_old, last_new = one + 1, other + 1
            found.append((last_old, last_new))
    return found


def _between(same: str, before: Change, after: Change) -> bool:
    """Whether a run is so short between its changes that it is read with them."""
    if not before[0] + after[0] or not before[1] + after[1]:
        return False
    letters = _letters(same)
    return letters <= _FEW_LETTERS or letters * 3 <= min(max(map(_letters, change)) for change in (before, after))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
