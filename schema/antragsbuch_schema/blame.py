"""Who last set each sentence, vote cell, amount and value of a motion.

A *piece* is the smallest thing that somebody sets: a sentence of a text, an entry of a list of lines, an element of a
list of tables (that it is there), and any other value. Its origin is the version that it came with:

- a piece that a version shares with one of its parents keeps the origin that it has there; a merge therefore leaves
  each piece with the side that wrote it, and only what stands in no parent is the merge's own
- a sentence is itself by its words: one that moves, or becomes an item or another paragraph, keeps its origin; one
  that is reworded belongs to who reworded it
- what was taken out and comes back belongs to the version that brought it back, also where that is a revert: this is
  who answers for its being there now
- elements are followed as everywhere: by id, else by what names them (see `alignment`)
- a value that both sides of a merge set alike keeps the origin of the first parent
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from . import prose
from .alignment import Element, aligned, is_tables, step_of
from .fields import Field, Fields, Kind, by_name
from .matching import common
from .motion_fields import MOTION
from .normal import normalise, same
from .places import Place

Origin = TypeVar("Origin")

PieceKind = Literal["value", "sentence", "entry", "element"]

_UNKNOWN = Field("", Kind.TEXT, "")
"""A key that the model does not know: one value as a whole."""


class Version(NamedTuple, Generic[Origin]):
    """One version of a file: its parsed data (None: no file), where it comes from, and the numbers of the versions
    that it was made from; None for the one before it in the sequence."""

    data: Mapping[str, Any] | None
    origin: Origin
    parents: tuple[int, ...] | None = None


class Blamed(NamedTuple, Generic[Origin]):
    """A piece of the last version: where it stands, what it is, its value there, and where it came from.

    The place of a sentence or an entry is its number in the text or list, `facts[#3]`; the value of an element is
    the whole element.
    """

    place: Place
    kind: PieceKind
    value: Any
    origin: Origin


class _Node(NamedTuple):
    """The origins of a value, in its shape: `below` holds those of its keys, elements, sentences or entries."""

    value: Any
    origin: Any
    below: Any = ()


def blame(versions: Sequence[Version[Origin]], fields: Fields = MOTION) -> list[Blamed[Origin]]:
    """The pieces of the last of `versions` in the order of the model, unknown keys last; [] where there is no file.

    The oldest version comes first, and parents come before what was made from them. The time is linear in what
    changed, but for reading each version once.
    """
    trees: list[_Node | None] = []
    for number, version in enumerate(versions):
        parents = version.parents if version.parents is not None else ((number - 1,) if number else ())
        if version.data is None:
            trees.append(None)
            continue
        known = [tree for parent in parents if (tree := trees[parent]) is not None]
        trees.append(_table(normalise(version.data, fields), fields, known, version.origin))
    last = trees[-1] if trees else None
    return list(_pieces(last, fields, ())) if last is not None else []


def below(pieces: Sequence[Blamed[Origin]], place: Place) -> list[Blamed[Origin]]:
    """Those of `pieces` that stand at `place` or below it."""
    return [piece for piece in pieces if piece.place[: len(place)] == place]


def _kept(value: Any, parents: Sequence[_Node]) -> _Node | None:
    """The first of `parents` that says the same."""
    return next((parent for parent in parents if same(parent.value, value)), None)


def _table(table: Element, fields: Fields, parents: Sequence[_Node], origin: object) -> _Node:
    if (kept := _kept(table, parents)) is not None:
        return kept
    known = by_name(fields)
    nodes: dict[str, _Node] = {}
    for key, value in table.items():
        before = [parent.below[key] for parent in parents if key in parent.below]
        nodes[key] = _value(value, known.get(key, _UNKNOWN), before, origin)
    # that the table is there is as old as the oldest of it: a step stays whose it is when its date changes
    return _Node(table, parents[0].origin if parents else origin, nodes)


def _value(value: Any, field: Field, parents: Sequence[_Node], origin: object) -> _Node:
    if (kept := _kept(value, parents)) is not None:
        return kept
    if field.kind is Kind.TABLE and isinstance(value, dict):
        return _table(value, field.fields, [parent for parent in parents if isinstance(parent.value, dict)], origin)
    if field.kind is Kind.TABLES and is_tables(value):
        return _Node(value, origin, tuple(_elements(value, field, parents, origin)))
    if field.kind is Kind.PROSE and isinstance(value, str):
        return _Node(value, origin, _parts([one.text for one in prose.sentences(value)], parents, origin))
    if field.kind in (Kind.TEXTS, Kind.INTEGERS) and isinstance(value, list):
        return _Node(value, origin, _parts(value, parents, origin))
    return _Node(value, origin)


def _elements(elements: list[Any], field: Field, parents: Sequence[_Node], origin: object) -> Iterator[_Node]:
    lists = [parent for parent in parents if is_tables(parent.value)]
    came_from = [{new: old for old, new in aligned(parent.value, elements, field.name)} for parent in lists]
    for number, element in enumerate(elements):
        before = [
            parent.below[known[number]] for parent, known in zip(lists, came_from, strict=True) if number in known
        ]
        yield _table(element, field.fields, before, origin)


def _parts(parts: Sequence[Any], parents: Sequence[_Node], origin: object) -> tuple[_Node, ...]:
    """Sentences or entries: each is the one of a parent that reads the same, first those that kept their order."""
    found: list[_Node | None] = [None] * len(parts)
    keys = [repr(part) for part in parts]
    for parent in parents:
        before: tuple[_Node, ...] = parent.below
        old = [repr(node.value) for node in before]
        pairs = common(old, keys)
        used = {one for one, _other in pairs}
        waiting: dict[str, list[int]] = {}
        for number in reversed(range(len(old))):
            if number not in used:
                waiting.setdefault(old[number], []).append(number)
        kept = {other: one for one, other in pairs}
        for number, key in enumerate(keys):
            if number not in kept and waiting.get(key):
                kept[number] = waiting[key].pop()
        for number, one in kept.items():
            found[number] = found[number] or before[one]
    return tuple(node or _Node(part, origin) for node, part in zip(found, parts, strict=True))


def _pieces(tree: _Node, fields: Fields, place: Place) -> Iterator[Blamed[Any]]:
    known = by_name(fields)
    for key in (*(name for name in known if name in tree.below), *(key for key in tree.below if key not in known)):
        field, node, here = known.get(key, _UNKNOWN), tree.below[key], (*place, key)
        if isinstance(node.below, dict):
            yield from _pieces(node, field.fields, here)
        elif not node.below:
            yield Blamed(here, "value", node.value, node.origin)
        elif field.kind is Kind.TABLES:
            for number, element in enumerate(node.below):
                there = (*here, step_of(node.value, number))
                yield Blamed(there, "element", element.value, element.origin)
                yield from _pieces(element, field.fields, there)
        else:
            kind: PieceKind = "sentence" if field.kind is Kind.PROSE else "entry"
            for number, part in enumerate(node.below):
                yield Blamed((*here, number), kind, part.value, part.origin)
