"""The three-way merge of prose, by the sentence.

Neighbouring sentences do not disturb each other. Both having reworded the same sentence, both having put something
in at the same place, and one having reworded what the other took out or moved are conflicts. Merging the words of
one sentence makes a proposal, never a result: it is legal text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import prose
from .matching import Pairs, common, corresponding
from .prose import Block
from .rewording import tokens

_MANY_WORDS = 3


class ProseMerge(NamedTuple):
    """The merged text in the versions that differ only where both changed the same; `clean` where they are one.

    `proposal` is a text with both changes, None where none can be made.
    """

    clean: bool
    base: str
    ours: str
    theirs: str
    proposal: str | None


class _Token(NamedTuple):
    """A sentence, and how it begins: on in its paragraph (blank), a paragraph (empty), an item."""

    start: str
    text: str


class _Part(NamedTuple):
    """A stretch of the merged text in its versions; `proposal` is None where there is none."""

    base: list[_Token]
    ours: list[_Token]
    theirs: list[_Token]
    proposal: list[_Token] | None

    def version(self, number: int) -> list[_Token]:
        """0 is the base, 1 ours, 2 theirs."""
        return (self.base, self.ours, self.theirs)[number]


def merge_prose(base: str, ours: str, theirs: str) -> ProseMerge:
    """Merge three versions of a text (in any form); the results are in the model form."""
    before, one, other = _read(base), _read(ours), _read(theirs)
    to_ours = _corresponding(before, one)
    to_theirs = _corresponding(before, other)
    if _moved_by_both(before, one, other, to_ours, to_theirs):
        return ProseMerge(False, prose.normalise(base), prose.normalise(ours), prose.normalise(theirs), None)
    parts = _parts(before, one, other, dict(to_ours), dict(to_theirs))
    clean = all(part.base == part.ours == part.theirs for part in parts)
    was, is_ours, is_theirs = (
        _text([token for part in parts for token in part.version(version)]) for version in range(3)
    )
    proposals = [part.proposal for part in parts if part.proposal is not None]
    proposal = _text([token for part in proposals for token in part]) if len(proposals) == len(parts) else None
    return ProseMerge(clean, was, is_ours, is_theirs, proposal)


def merge_words(base: str, ours: str, theirs: str) -> str | None:
    """One sentence with the words that either changed, None where both changed the same words."""
    before = _words(base)
    edits: list[tuple[int, int, list[str]]] = []
    for side in (_words(ours), _words(theirs)):
        edits += (edit for edit in _replacements(before, side) if edit not in edits)
    edits.sort(key=lambda edit: edit[:2])
    merged: list[str] = []
    position = 0
    for number, (start, end, words) in enumerate(edits):
        # what is put in where another change begins or ends could belong on either side of it
        touches = number > 0 and start == edits[number - 1][1] and (start == end or _puts_in(edits[number - 1]))
        if start < position or touches:
            return None
        merged += [*before[position:start], *words]
        position = end
    return "".join([*merged, *before[position:]])


def _puts_in(edit: tuple[int, int, list[str]]) -> bool:
    return edit[0] == edit[1]


def _replacements(before: list[str], after: list[str]) -> list[tuple[int, int, list[str]]]:
    """Which words (from, to) of `before` stand otherwise in `after`."""
    found: list[tuple[int, int, list[str]]] = []
    start = start_after = 0
    for position, stands in [*common(before, after), (len(before), len(after))]:
        if position > start or stands > start_after:
            found.append((start, position, after[start_after:stands]))
        start, start_after = position + 1, stands + 1
    return found


def _read(text: str) -> list[_Token]:
    found: list[_Token] = []
    for block in prose.blocks(text):
        start = "- " if block.is_item else ""
        first, *rest = block.sentences or ("",)
        found += [_Token(start, first), *(_Token(" ", sentence) for sentence in rest)]
    return found


def _text(sentences: Sequence[_Token]) -> str:
    parts: list[Block] = []
    for start, text in sentences:
        if start == " " and parts:
            parts[-1] = Block(parts[-1].is_item, (*parts[-1].sentences, text))
        else:
            parts.append(Block(start == "- ", (text,)))
    return prose.from_blocks(parts)


def _corresponding(old: Sequence[_Token], new: Sequence[_Token]) -> Pairs:
    return corresponding([token.text for token in old], [token.text for token in new])


def _parts(
    before: list[_Token], one: list[_Token], other: list[_Token], to_ours: dict[int, int], to_theirs: dict[int, int]
) -> list[_Part]:
    """The sentences that both kept, and what stands between them, merged each for itself."""
    parts: list[_Part] = []
    last = last_one = last_other = -1
    for position in [*(k for k in range(len(before)) if k in to_ours and k in to_theirs), len(before)]:
        stands_ours = to_ours.get(position, len(one))
        stands_theirs = to_theirs.get(position, len(other))
        gap = (
            before[last + 1 : position],
            one[last_one + 1 : stands_ours],
            other[last_other + 1 : stands_theirs],
        )
        if any(gap):
            parts.append(_gap(*gap))
        if position < len(before):
            parts.append(_sentence(before[position], one[stands_ours], other[stands_theirs]))
        last, last_one, last_other = position, stands_ours, stands_theirs
    return parts


def _gap(before: list[_Token], one: list[_Token], other: list[_Token]) -> _Part:
    """What one of them took out, and what came in its place."""
    chosen: list[_Token] | None = None
    if one in (before, other):
        chosen = other
    elif other == before:
        chosen = one
    elif _only_fewer(before, one) and _only_fewer(before, other):
        chosen = [token for token in before if token in one and token in other]
    if chosen is not None:
        return _Part(chosen, chosen, chosen, chosen)
    return _Part(before, one, other, None if before else [*one, *other])


def _only_fewer(before: list[_Token], after: list[_Token]) -> bool:
    texts = [token.text for token in before]
    return len(set(texts)) == len(texts) and [token.text for token in after] == [
        text for text in texts if text in {token.text for token in after}
    ]


def _sentence(before: _Token, one: _Token, other: _Token) -> _Part:
    start = _choice(before.start, one.start, other.start)
    text = _choice(before.text, one.text, other.text)
    if start is not None and text is not None:
        chosen = [_Token(start, text)]
        return _Part(chosen, chosen, chosen, chosen)
    proposed = text if text is not None else merge_words(before.text, one.text, other.text)
    proposal = None if proposed is None else [_Token(one.start if start is None else start, proposed)]
    if start is not None:
        before, one, other = (_Token(start, token.text) for token in (before, one, other))
    return _Part([before], [one], [other], proposal)


def _choice(before: str, one: str, other: str) -> str | None:
    if one in (before, other):
        return other
    return one if other == before else None


def _moved_by_both(
    before: list[_Token], one: list[_Token], other: list[_Token], to_ours: Pairs, to_theirs: Pairs
) -> bool:
    """Whether a sentence that one moved was moved or taken out by the other, or both put the same in apart."""
    gone_ours = {before[k].text for k in set(range(len(before))) - {k for k, _ in to_ours}}
    gone_theirs = {before[k].text for k in set(range(len(before))) - {k for k, _ in to_theirs}}
    came_ours, came_theirs = _came(before, one, to_ours), _came(before, other, to_theirs)
    if any(text in gone_ours and text in gone_theirs for text in (*came_ours, *came_theirs)):
        return True
    return any(
        gap != came_theirs[text] and len(text.split()) >= _MANY_WORDS
        for text, gap in came_ours.items()
        if text in came_theirs
    )


def _came(before: list[_Token], after: list[_Token], pairs: Pairs) -> dict[str, int]:
    """The sentences that came in, each with the position in `before` of the one it follows."""
    came_from = {new: old for old, new in pairs}
    found: dict[str, int] = {}
    last = -1
    for position, token in enumerate(after):
        if position in came_from:
            last = came_from[position]
        else:
            found[token.text] = last
    return found


def _words(text: str) -> list[str]:
    """The words with the white space after each."""
    found: list[str] = []
    for token in tokens(text):
        if token.isspace() and found:
            found[-1] += token
        else:
            found.append(token)
    return found
