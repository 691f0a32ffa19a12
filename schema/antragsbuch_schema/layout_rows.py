"""The rows of a file in two versions: a fact or a sentence each, in the order of the model, unknown keys last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from .alignment import Element, aligned, is_tables, step_of
from .edits import MISSING
from .fields import Field, Fields, Kind, by_name
from .i18n import Language, Text
from .layouts import Row, RowKind
from .matching import common, rising
from .normal import normalise
from .phrases import NOUNS, element_name, listed, shown
from .places import Place
from .prose import Sentence
from .rewording import Run, reworded
from .words import Piece, PieceKind, SentenceChange, pieces_of, sentence_diff, word_diff

Form = Literal["table", "tables", "prose", "list", "value"]

PARAGRAPH = "¶ "
"""Stands where a sentence began or begins a paragraph, and just that changed."""
_ITEM = "- "


def layout(old: Element | None, new: Element | None, fields: Fields, language: Language) -> list[Row]:
    """Every row of two versions of a file as parsed; None is a file that is not there."""
    before = normalise(old, fields) if old is not None else None
    after = normalise(new, fields) if new is not None else None
    return list(_Layout(language).table(before, after, fields, (), 0))


class _Layout:
    def __init__(self, language: Language) -> None:
        self.language = language

    def table(
        self, old: Element | None, new: Element | None, fields: Fields, place: Place, indent: int
    ) -> Iterator[Row]:
        before, after = old or {}, new or {}
        known = by_name(fields)
        unknown = dict.fromkeys(key for key in (*before, *after) if key not in known)
        for key in (*(name for name in known if name in before or name in after), *unknown):
            field = known.get(key) or Field(key, Kind.TEXT, "")
            values = before.get(key, MISSING), after.get(key, MISSING)
            if _form(values[0], field) != _form(values[1], field) and MISSING not in values:
                yield from self._value(field, (values[0], MISSING), (before, after), (*place, key), indent)
                values = MISSING, values[1]
            yield from self._value(field, values, (before, after), (*place, key), indent)

    def _value(
        self, field: Field, values: tuple[Any, Any], tables: tuple[Element, Element], place: Place, indent: int
    ) -> Iterator[Row]:
        form = _form(values[0] if values[0] is not MISSING else values[1], field)
        old, new = (None if value is MISSING else value for value in values)
        if form == "table":
            yield _heading(f"{self._label(field)}:", values, place, indent)
            yield from self.table(old, new, field.fields, place, indent + 1)
        elif form == "tables":
            yield from self._elements(old or [], new or [], field, place, indent)
        elif form == "prose":
            yield _heading(f"{self._label(field)}:", values, place, indent)
            yield from _sentences(old or "", new or "", place, indent + 1)
        elif form == "list":
            yield from self._entries(old or [], new or [], field, place, indent)
        else:
            texts = [self._shown(value, field, table) for value, table in zip(values, tables, strict=True)]
            yield _value_row(f"{self._label(field)}: ", texts, field.kind is Kind.TEXT, place, indent)

    def _elements(
        self, old: Sequence[Element], new: Sequence[Element], field: Field, place: Place, indent: int
    ) -> Iterator[Row]:
        pairs = aligned(old, new, field.name)
        came_from = {after: before for before, after in pairs}
        went_to = dict(pairs)
        in_order = sorted(came_from)
        staying = {in_order[position] for position in rising([came_from[after] for after in in_order])}
        noun = Text(NOUNS[field.name])(self.language)

        def name(elements: Sequence[Element], position: int) -> str:
            known = element_name(field.name, elements[position], position, field.fields)(self.language)
            return _one_line(f"{noun}: {known}")

        def leaving(start: int, stop: int) -> Iterator[Row]:
            for one in range(start, stop):
                here = (*place, step_of(old, one))
                if one not in went_to:
                    yield Row(RowKind.REMOVED, here, (Piece("removed", name(old, one)),), indent, True)
                    yield from self.table(old[one], None, field.fields, here, indent + 1)
                elif went_to[one] not in staying:
                    yield Row(RowKind.MOVED_AWAY, here, (Piece("removed", name(old, one)),), indent, True)

        reached = 0
        for position, element in enumerate(new):
            here = (*place, step_of(new, position))
            if position not in came_from:
                yield Row(RowKind.ADDED, here, (Piece("added", name(new, position)),), indent, True)
                yield from self.table(None, element, field.fields, here, indent + 1)
                continue
            before = came_from[position]
            if position in staying:
                yield from leaving(reached, before)
                reached = before + 1
            pieces = tuple(word_diff(name(old, before), name(new, position)))
            kind = RowKind.SAME if len(pieces) == 1 and pieces[0].kind == "same" else RowKind.CHANGED
            if position not in staying:
                kind, pieces = RowKind.MOVED_HERE, (Piece("added", name(new, position)),)
            yield Row(kind, here, pieces, indent, True)
            yield from self.table(old[before], element, field.fields, here, indent + 1)
        yield from leaving(reached, len(old))

    def _entries(
        self, old: Sequence[Any], new: Sequence[Any], field: Field, place: Place, indent: int
    ) -> Iterator[Row]:
        """A list of values: a row each; one that stands elsewhere now has moved."""
        noun = field.kind is Kind.TABLES and field.name in NOUNS
        label = Text(NOUNS[field.name])(self.language) if noun else self._label(field)
        before, after = ([_one_line(f"{label}: {entry}") for entry in entries] for entries in (old, new))
        pairs = common(before, after)
        gone = _without(before, [one for one, _other in pairs])
        came = _without(after, [other for _one, other in pairs])
        moved = {before[number] for number in gone} & {after[number] for number in came}
        start = begin = 0
        for one, other in (*pairs, (len(before), len(after))):
            for number in range(start, one):
                kind = RowKind.MOVED_AWAY if before[number] in moved else RowKind.REMOVED
                yield Row(kind, (*place, number), (Piece("removed", before[number]),), indent)
            for number in range(begin, other):
                kind = RowKind.MOVED_HERE if after[number] in moved else RowKind.ADDED
                yield Row(kind, (*place, number), (Piece("added", after[number]),), indent)
            if other < len(after):
                yield Row(RowKind.SAME, (*place, other), (Piece("same", after[other]),), indent)
            start, begin = one + 1, other + 1

    def _label(self, field: Field) -> str:
        return Text(field.label)(self.language) if field.label else field.name

    def _shown(self, value: Any, field: Field, table: Element) -> str | None:
        """A value in one line, whole; None where there is none."""
        if value is MISSING:
            return None
        if isinstance(value, str) and field.choice(value) is None:
            return _one_line(value)
        if value == [] and field.label:
            return Text("none")(self.language)
        return _one_line(listed([shown(value, field if field.label else None, table)])(self.language))


def _form(value: Any, field: Field) -> Form:
    """How a value is laid out."""
    if field.kind is Kind.TABLE and isinstance(value, dict):
        return "table"
    if field.kind is Kind.TABLES and value and is_tables(value):
        return "tables"
    if field.kind is Kind.PROSE and isinstance(value, str):
        return "prose"
    return "list" if value and isinstance(value, list) else "value"


def _heading(text: str, values: tuple[Any, Any], place: Place, indent: int) -> Row:
    kind, piece = RowKind.SAME, Piece("same", text)
    if values[0] is MISSING:
        kind, piece = RowKind.ADDED, Piece("added", text)
    elif values[1] is MISSING:
        kind, piece = RowKind.REMOVED, Piece("removed", text)
    return Row(kind, place, (piece,), indent, True)


def _value_row(label: str, texts: Sequence[str | None], by_words: bool, place: Place, indent: int) -> Row:
    """`Label: value`, with the words that changed, or the whole value where it is no text."""
    old, new = texts
    if old is None or new is None:
        kind: PieceKind = "added" if old is None else "removed"
        whole = Piece(kind, f"{label}{new if old is None else old}")
        return Row(RowKind(kind), place, (whole,), indent)
    if old == new:
        return Row(RowKind.SAME, place, (Piece("same", label + new),), indent)
    runs = reworded(old, new) if by_words else [(old, new)]
    return Row(RowKind.CHANGED, place, tuple(pieces_of([label, *runs])), indent)


def _sentences(old: str, new: str, place: Place, indent: int) -> Iterator[Row]:
    """A sentence a row; one that moved stands at both its places."""
    changes = sentence_diff(old, new)
    before = {change.old_number: change.old for change in changes if change.old is not None}
    after = {change.new_number: change.new for change in changes if change.new is not None}
    away = {change.old_number for change in changes if change.kind == "moved"}

    def moved_away(number: int) -> Iterator[Row]:
        while number in away:
            sentence = before[number]
            lead = _lead(sentence, before.get(number - 1), broken=False)
            gap = _gap(sentence, before.get(number - 1))
            pieces = (Piece("removed", lead + sentence.text),)
            yield Row(RowKind.MOVED_AWAY, (*place, number), pieces, indent, sentence=True, gap=gap)
            number += 1

    yield from moved_away(0)
    for change in changes:
        yield _sentence_row(change, before, after, place, indent)
        if change.kind != "moved" and change.old_number is not None:
            yield from moved_away(change.old_number + 1)


def _sentence_row(
    change: SentenceChange,
    before: Mapping[int | None, Sentence],
    after: Mapping[int | None, Sentence],
    place: Place,
    indent: int,
) -> Row:
    kind = _ROW_KINDS[change.kind]
    old, new = change.old, change.new
    number = change.new_number if change.new_number is not None else change.old_number
    assert number is not None
    above = (before.get((change.old_number or 0) - 1), after.get((change.new_number or 0) - 1))
    was, now = (sentence.text if sentence else "" for sentence in (old, new))
    # the pieces of a change hold more than the sentence where what stands before it changed too
    broken = change.kind == "changed" and "".join(p.text for p in change.pieces if p.kind != "added") != was
    broken |= change.kind == "changed" and "".join(p.text for p in change.pieces if p.kind != "removed") != now
    leads = tuple(_lead(sentence, last, broken) for sentence, last in zip((old, new), above, strict=True))
    start: Run = leads[1] if leads[0] == leads[1] else (leads[0], leads[1])
    gap = _gap(new, above[1]) if new else _gap(old, above[0])
    return Row(kind, (*place, number), tuple(pieces_of([start, *reworded(was, now)])), indent, sentence=True, gap=gap)


_ROW_KINDS = {
    "kept": RowKind.SAME,
    "changed": RowKind.CHANGED,
    "added": RowKind.ADDED,
    "removed": RowKind.REMOVED,
    "moved": RowKind.MOVED_HERE,
}


def _lead(sentence: Sentence | None, last: Sentence | None, broken: bool) -> str:
    """What stands before a sentence: the mark of a list item, or where that is what changed, of a paragraph."""
    if sentence is None or (last is not None and last.paragraph == sentence.paragraph):
        return ""
    if sentence.is_item:
        return _ITEM
    return PARAGRAPH if broken and last is not None else ""


def _gap(sentence: Sentence | None, last: Sentence | None) -> bool:
    """Whether a blank line stands before a sentence."""
    if sentence is None or last is None or last.paragraph == sentence.paragraph:
        return False
    return not (sentence.is_item and last.is_item)


def _without(entries: Sequence[str], kept: Sequence[int]) -> list[int]:
    """The positions of the entries that are not `kept`."""
    return [number for number in range(len(entries)) if number not in set(kept)]


def _one_line(value: object) -> str:
    return " ".join(str(value).split("\n"))
