"""Changes of lines, lists of lines and prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import prose
from .change import At, Change, ChangeKind
from .edits import MISSING
from .fields import Field
from .i18n import Text, counted, joined, text
from .phrases import VALUE_WIDTH, Label, listed, quoted, shortened, shown, snippet, snippet_fits, word_count
from .prose import Block, Sentence
from .words import Piece, SentenceChange, sentence_diff, word_diff


def line_change(at: At, field: Field, before: str, after: str) -> Change:
    """A line of text that changed: both, or the words where it is long."""
    label = at.name(field)
    pieces = word_diff(before, after)
    long = len(before) + len(after) > VALUE_WIDTH
    if long and len(pieces) > 2 and snippet_fits(pieces):
        what = listed([label, snippet(pieces)], ": ")
    else:
        what = text("{label} {old} -> {new}", label=label, old=shown(before, field), new=shown(after, field))
    kind = at.kind(field, ChangeKind.FIELD_CHANGED)
    return at.change(kind, (*at.place, field.name), (before, after), at.subject(Label(field.label)), what, pieces)


def list_change(at: At, field: Field, before: Any, after: Any) -> Change:
    """A list of lines: what came and what went, or that the order is another."""
    old, new = list(before or []), list(after or [])
    added = [entry for entry in new if entry not in old]
    removed = [entry for entry in old if entry not in new]
    parts: list[Text] = []
    if added:
        parts.append(text("{entries} added", entries=_entries(added)))
    if removed:
        parts.append(text("{entries} removed", entries=_entries(removed)))
    what = listed([at.name(field), joined(parts) if parts else text("order changed")], ": ")
    kind = at.kind(field, ChangeKind.FIELD_CHANGED)
    return at.change(kind, (*at.place, field.name), (before, after), at.subject(Label(field.label)), what)


def _entries(entries: list[str]) -> str:
    few = [shortened(entry, VALUE_WIDTH) for entry in entries[:4]]
    return ", ".join(few) + (" …" if len(entries) > len(few) else "")


def prose_change(at: At, field: Field, before: Any, after: Any) -> Change:
    """A text that changed: the words where they are few, else how many."""
    label = at.name(field)
    old, new = before or "", after or ""
    pieces = word_diff(old, new)
    if before is MISSING or after is MISSING:
        kind = ChangeKind.TEXT_ADDED if before is MISSING else ChangeKind.TEXT_REMOVED
        count = word_count(new or old)
        words = counted("{count} word", "{count} words", count)
        what = (
            text("{label} added, {words}", label=label, words=words)
            if kind is ChangeKind.TEXT_ADDED
            else text("{label} removed, {words}", label=label, words=words)
        )
    else:
        kind = ChangeKind.TEXT_CHANGED
        changes = [change for change in sentence_diff(old, new) if change.kind != "kept"]
        sentence = _one_sentence(label, changes[0]) if len(changes) == 1 else None
        what = sentence or listed([label, _amount_of(changes, pieces, prose.blocks(old))], ": ")
    return at.change(kind, (*at.place, field.name), (before, after), at.subject(Label(field.label)), what, pieces)


def _one_sentence(label: object, change: SentenceChange) -> Text | None:
    """What became of the only sentence that changed, where that can be said in a line."""
    number = 1 + (change.new_number if change.new_number is not None else change.old_number or 0)
    if change.kind == "added" and change.new:
        return text(
            "{label}, sentence {number} added: {text}", label=label, number=number, text=quoted(change.new.text)
        )
    if change.kind == "removed" and change.old:
        old = quoted(change.old.text)
        return text("{label}, sentence {number} removed: {text}", label=label, number=number, text=old)
    words_changed = change.kind == "changed" and len(change.pieces) > 2 and not _only_breaks(change.pieces)
    if words_changed:
        words = snippet(change.pieces) if snippet_fits(change.pieces) else joined(_words_of([change]))
        return text("{label}, sentence {number}: {words}", label=label, number=number, words=words)
    return None


def _amount_of(changes: Sequence[SentenceChange], pieces: Sequence[Piece], old: Sequence[Block]) -> Text:
    """How much changed: what only moved is no new words."""
    parts = [*_words_of(changes), *_moves_of([change for change in changes if change.kind == "moved"], old)]
    if parts:
        return joined(parts)
    return text("paragraphs divided otherwise") if _only_breaks(pieces) else text("punctuation changed")


def _words_of(changes: Sequence[SentenceChange]) -> list[Text]:
    """How many words came and went."""
    words = {"added": 0, "removed": 0}
    for change in changes:
        for piece in change.pieces:
            if piece.kind != "same":
                words[piece.kind] += word_count(piece.text)
    parts: list[Text] = []
    if words["added"]:
        parts.append(counted("{count} word added", "{count} words added", words["added"]))
    if words["removed"]:
        removed = words["removed"]
        parts.append(
            text("{count} removed", count=removed)
            if parts
            else counted("{count} word removed", "{count} words removed", removed)
        )
    return parts


def _moves_of(moved: Sequence[SentenceChange], old: Sequence[Block]) -> Iterator[Text]:
    """Whole paragraphs and list items that stand elsewhere now, then sentences that moved by themselves."""
    together: dict[tuple[int, int], list[Sentence]] = {}
    for change in moved:
        assert change.old is not None and change.new is not None
        together.setdefault((change.old.paragraph, change.new.paragraph), []).append(change.old)
    whole = {way for way, sentences in together.items() if len(sentences) == len(old[way[0]].sentences)}
    paragraphs = sorted(way for way in whole if not old[way[0]].is_item)
    items, single = len(whole) - len(paragraphs), sum(len(together[way]) for way in together.keys() - whole)
    if len(paragraphs) == 1:
        before, now = paragraphs[0]
        yield text("paragraph {old} moved, is now paragraph {new}", old=before + 1, new=now + 1)
    elif paragraphs:
        yield counted("{count} paragraph moved", "{count} paragraphs moved", len(paragraphs))
    if items:
        yield counted("{count} list item moved", "{count} list items moved", items)
    if single:
        yield counted("{count} sentence moved", "{count} sentences moved", single)


def _only_breaks(pieces: Sequence[Piece]) -> bool:
    """Whether just the breaks between sentences and the marks of items changed."""
    return all(not piece.text.strip(" \n-") for piece in pieces if piece.kind != "same")
