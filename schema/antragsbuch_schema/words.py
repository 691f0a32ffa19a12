"""What changed in a text, in words and sentences, for people to read.

Sentences are aligned first, then the words inside those that correspond, so that no word of one sentence is
compared with a word of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from . import prose
from .matching import corresponding, similarity
from .prose import Sentence
from .rewording import Run, reworded

PieceKind = Literal["same", "removed", "added"]
SentenceKind = Literal["kept", "changed", "added", "removed", "moved"]

_MOVED_WORDS = 3
_MOVED_ALIKE = 0.8
_MOVED_PAIRS = 10_000

_Element = TypeVar("_Element")
_Pairs = Sequence[tuple[int, int]]
_Part = tuple[str, str]
"""What stands before a sentence, and the sentence."""


class Piece(NamedTuple):
    """A stretch of text that stands in both versions, only in the old or only in the new one."""

    kind: PieceKind
    text: str


class SentenceChange(NamedTuple):
    """What became of one sentence.

    `old` and `new` are None where the sentence is not there; their numbers count from 0 over the whole text, as the
    position in the place `facts[#1]` does. `pieces` are those of `word_diff`, with what stands before the sentence
    (a blank, a line break, the `- ` of an item) where just that is different.
    """

    kind: SentenceKind
    old: Sentence | None
    new: Sentence | None
    old_number: int | None
    new_number: int | None
    pieces: tuple[Piece, ...]


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces that make up both texts, in reading order, what was removed before what was added.

    The pieces that are the same or removed make `old`, those that are the same or added make `new`.
    """
    before, after = _parts(old), _parts(new)
    pairs = _corresponding(tuple(text for _, text in before), tuple(text for _, text in after))
    runs: list[Run] = []
    for one, other in _walk(pairs, before, after):
        if one is None or other is None:
            runs.append(("".join(one or ()), "".join(other or ())))
        else:
            runs += [one[0] if one[0] == other[0] else (one[0], other[0]), *_reworded(one[1], other[1])]
    return pieces_of(runs)


def sentence_diff(old: str, new: str) -> list[SentenceChange]:
    """What became of each sentence of `old` and `new` (prose in any form), in the order of `new`.

    What was removed stands where it was; a sentence or a paragraph that stands elsewhere now has moved, and is one
    entry at its new place.
    """
    before, after = prose.sentences(old), prose.sentences(new)
    old_parts, new_parts = _separated(before), _separated(after)
    pairs = _corresponding(tuple(sentence.text for sentence in before), tuple(sentence.text for sentence in after))
    came_from = _moved(before, after, pairs)
    went, follows = set(came_from.values()), dict(pairs)
    found: list[SentenceChange] = []
    for one, other in _walk(pairs, range(len(before)), range(len(after))):
        if other is None:
            if one is not None and one not in went:
                gone = Piece("removed", before[one].text)
                found.append(SentenceChange("removed", before[one], None, one, None, (gone,)))
        elif one is None and other not in came_from:
            new_one = Piece("added", after[other].text)
            found.append(SentenceChange("added", None, after[other], None, other, (new_one,)))
        else:
            number = came_from[other] if one is None else one
            was, now = old_parts[number], new_parts[other]
            # a break counts where both its sides stayed: after a sentence that went, the next one only moves up
            broken = _begin(was) != _begin(now) and (follows.get(number - 1) == other - 1 or "-" in was[0] + now[0])
            start: list[Run] = [(was[0], now[0])] if one is not None and broken else []
            kind: SentenceKind = "moved" if one is None else "changed" if start or was[1] != now[1] else "kept"
            pieces = tuple(pieces_of([*start, *_reworded(was[1], now[1])]))
            found.append(SentenceChange(kind, before[number], after[other], number, other, pieces))
    return found


# a text is compared by words and by sentences, one after the other: the greatest part of both is the same


@lru_cache(maxsize=16)
def _corresponding(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(corresponding(old, new))


@lru_cache(maxsize=128)
def _reworded(old: str, new: str) -> tuple[Run, ...]:
    return tuple(reworded(old, new))


def pieces_of(runs: Iterable[Run]) -> list[Piece]:
    """The runs as pieces, neighbours of the same kind in one."""
    found: list[Piece] = []
    same = removed = added = ""
    for run in (*runs, ""):
        if not isinstance(run, str):
            if run != ("", "") and same:
                found.append(Piece("same", same))
                same = ""
            removed += run[0]
            added += run[1]
            continue
        if run or not same:
            found += [Piece("removed", removed)] if removed else []
            found += [Piece("added", added)] if added else []
            removed = added = ""
        same += run
    return [*found, Piece("same", same)] if same else found


def _walk(
    pairs: _Pairs, old: Sequence[_Element], new: Sequence[_Element]
) -> Iterator[tuple[_Element | None, _Element | None]]:
    """The elements in reading order: what leaves a gap before what comes into it, then the pair after it."""
    old_start = new_start = 0
    for one, other in (*pairs, (len(old), len(new))):
        yield from ((element, None) for element in old[old_start:one])
        yield from ((None, element) for element in new[new_start:other])
        if one < len(old):
            yield old[one], new[other]
        old_start, new_start = one + 1, other + 1


def _parts(text: str) -> list[_Part]:
    """The sentences of `text` with what stands before each; the whole text where it is not in the model form."""
    found = _separated(prose.sentences(text))
    return found if "".join(start + body for start, body in found) == text else [("", text)]


def _separated(sentences: Sequence[Sentence]) -> list[_Part]:
    found: list[_Part] = []
    last: Sentence | None = None
    for sentence in sentences:
        mark = "- " if sentence.is_item else ""
        if last is None:
            start = mark
        elif last.paragraph == sentence.paragraph:
            start = " "
        else:
            start = ("\n" if last.is_item and sentence.is_item else "\n\n") + mark
        found.append((start, sentence.text))
        last = sentence
    return found


def _begin(part: _Part) -> str:
    """Whether a sentence goes on in its paragraph, or begins an item or a paragraph."""
    return part[0] if part[0] == " " else part[0][-2:].lstrip("\n")


def _moved(before: Sequence[Sentence], after: Sequence[Sentence], pairs: _Pairs) -> dict[int, int]:
    """From the number of a sentence in the new text to its old one, for those that stand elsewhere now."""
    stayed, filled = {one for one, _ in pairs}, {other for _, other in pairs}
    left = [number for number in range(len(before)) if number not in stayed]
    arrived = [
        number
        for number in range(len(after))
        if number not in filled and len(after[number].text.split()) >= _MOVED_WORDS
    ]
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for one in reversed(left):
        waiting.setdefault(before[one].text, []).append(one)
    for other in arrived:
        if candidates := waiting.get(after[other].text):
            found[other] = candidates.pop()
    left = [one for one in left if one not in set(found.values())]
    arrived = [other for other in arrived if other not in found]
    if len(left) * len(arrived) <= _MOVED_PAIRS:
        for other in arrived:
            alike = [(similarity(before[one].text, after[other].text), -one) for one in left]
            best, number = max(alike, default=(0.0, 0))
            if best >= _MOVED_ALIKE:
                found[other] = -number
                left.remove(-number)
    return found
