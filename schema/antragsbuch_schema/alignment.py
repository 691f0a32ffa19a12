"""Which element of a list is which element of another version of it.

Elements are the same by their `id`, never by position. Where one of the two has none (written by hand, or given
meanwhile), they are the same by their whole content, then by what names them among their kind (a step by body and
date), then as the only ones that remain between the same neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .places import ID, Item, Step

Element = Mapping[str, Any]
Pairs = list[tuple[int, int]]
"""Positions in the old and in the new list, in the order of the old one."""

NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "consultations": ("organization", "date"),
    "votes": ("subject", "proposal", "organization", "procedural"),
    "by_faction": ("name",),
    "choices": ("label",),
    "attachments": ("title", "path", "url"),
    "proposals": ("label",),
    "replacements": ("passage",),
    "references": ("page", "sub_budget", "product", "text"),
    "amounts": ("side", "year", "sub_budget", "product_group", "product", "account", "measure"),
    "commitments": ("year",),
    "terms": ("name",),
    "organizations": ("name",),
    "factions": ("name",),
    "paper_types": ("name",),
    "sub_budgets": ("number",),
    "templates": ("name",),
    "steps": ("organization",),
    "sources": ("name",),
    "former_names": ("name",),
    "seats": ("term",),
}
"""The keys that name an element among its kind, by the key of its list; an unknown list has none."""


class AmbiguousError(ValueError):
    """Elements without an id that could be one or the other."""


def identity(element: Element) -> str | None:
    """The id of an element, or None where it has none that could name it."""
    value = element.get("id")
    return value if isinstance(value, str) and ID.fullmatch(value) else None


def step_of(elements: Sequence[Element], position: int) -> Step:
    """How a place names an element of this list: by its id where no other has the same, else by its position."""
    own = identity(elements[position])
    if own is None or sum(identity(element) == own for element in elements) > 1:
        return position
    return Item(own)


def is_tables(value: object) -> bool:
    """Whether a value is a list of tables; an empty list is one too."""
    return isinstance(value, list) and all(isinstance(element, dict) for element in value)


def aligned(old: Sequence[Element], new: Sequence[Element], name: str) -> Pairs:
    """The pairs of elements that are the same in both versions of the list called `name`, as well as one can tell."""
    return _Alignment(old, new, name).pairs(strict=False)


def aligned_surely(old: Sequence[Element], new: Sequence[Element], name: str) -> Pairs:
    """The same, for a merge: raises `AmbiguousError` rather than guess."""
    for elements in (old, new):
        known = [own for own in map(identity, elements) if own is not None]
        if len(set(known)) < len(known):
            raise AmbiguousError(f"an id stands twice in {name}")
    return _Alignment(old, new, name).pairs(strict=True)


def aligned_new(one: Sequence[Element], other: Sequence[Element], name: str) -> Pairs:
    """The pairs among elements that both sides put in: never by neighbours, and not what is plainly different."""
    found = _Alignment(one, other, name).pairs(strict=False, neighbours=False)
    return [(first, second) for first, second in found if agree(one[first], other[second], name) is not False]


def agree(one: Element, other: Element, name: str) -> bool | None:
    """Whether what names two elements is the same, as far as both state it; None where only a part of it is."""
    stated = [key for key in NAMED_BY.get(name, ()) if key in one and key in other]
    same = [key for key in stated if repr(one[key]) == repr(other[key])]
    return True if len(same) == len(stated) else None if same else False


def naming(element: Element, name: str) -> tuple[str, ...] | None:
    """What names an element among its kind, as comparable texts; None where it says nothing of it."""
    keys = NAMED_BY.get(name, ())
    if not any(key in element for key in keys):
        return None
    return tuple(repr(element[key]) if key in element else "" for key in keys)


class _Alignment:
    def __init__(self, old: Sequence[Element], new: Sequence[Element], name: str) -> None:
        self.old, self.new, self.name = old, new, name
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}

    def pairs(self, strict: bool, neighbours: bool = True) -> Pairs:
        self._by_key([identity(e) for e in self.old], [identity(e) for e in self.new])
        if len(self.to_new) < len(self.old) and len(self.to_old) < len(self.new):
            self._by_key([_content(e) for e in self.old], [_content(e) for e in self.new])
            self._by_naming(strict)
            if neighbours:
                self._by_neighbours(strict)
        return sorted(self.to_new.items())

    def _pair(self, old: int, new: int) -> None:
        self.to_new[old], self.to_old[new] = new, old

    def _can_pair(self, old: int, new: int) -> bool:
        """Two elements with different ids are different."""
        one, other = identity(self.old[old]), identity(self.new[new])
        return one is None or other is None or one == other

    def _left(self) -> tuple[list[int], list[int]]:
        return (
            [position for position in range(len(self.old)) if position not in self.to_new],
            [position for position in range(len(self.new)) if position not in self.to_old],
        )

    def _by_key(self, old_keys: Sequence[str | None], new_keys: Sequence[str | None]) -> None:
        """Pair what has the same key; of several with the same, the first with the first."""
        old_left, new_left = self._left()
        waiting: dict[str, list[int]] = {}
        for position in reversed(new_left):
            key = new_keys[position]
            if key is not None:
                waiting.setdefault(key, []).append(position)
        for position in old_left:
            candidates = waiting.get(old_keys[position] or "")
            if candidates and self._can_pair(position, candidates[-1]):
                self._pair(position, candidates.pop())

    def _by_naming(self, strict: bool) -> None:
        old_left, new_left = self._left()
        old_names = {position: naming(self.old[position], self.name) for position in old_left}
        new_names = {position: naming(self.new[position], self.name) for position in new_left}
        old_count, new_count = Counter(old_names.values()), Counter(new_names.values())
        if strict:
            # one of several of the same name is none of them, even if its like is already paired
            old_count, new_count = (Counter(naming(e, self.name) for e in side) for side in (self.old, self.new))
        where = {name: position for position, name in new_names.items()}
        for position, name in old_names.items():
            if name is not None and old_count[name] == new_count[name] == 1 and self._can_pair(position, where[name]):
                self._pair(position, where[name])

    def _by_neighbours(self, strict: bool) -> None:
        old_left, new_left = self._left()
        old_free = [position for position in old_left if identity(self.old[position]) is None]
        new_free = [position for position in new_left if identity(self.new[position]) is None]
        # an element with an id can only be one without
        old_left, new_left = old_left if new_free else old_free, new_left if old_free else new_free
        if not old_left or not new_left:
            return
        if strict and not len(old_left) == len(new_left) == 1:
            raise AmbiguousError(f"elements of {self.name} without an id")
        old_gaps = _gaps(old_left, len(self.old), self.to_new)
        new_gaps = _gaps(new_left, len(self.new), {new: new for new in self.to_old})
        old_count, new_count = Counter(old_gaps.values()), Counter(new_gaps.values())
        where = {gap: position for position, gap in new_gaps.items()}
        for position, gap in old_gaps.items():
            if old_count[gap] == new_count[gap] == 1 and self._can_pair(position, where[gap]):
                self._pair(position, where[gap])
            elif strict:
                raise AmbiguousError(f"elements of {self.name} without an id")


def _gaps(left: Sequence[int], length: int, paired: Mapping[int, int]) -> dict[int, int]:
    """For each position that is left: the new position of the next paired element before it, -1 at the begin."""
    wanted, found, last = set(left), {}, -1
    for position in range(length):
        last = paired.get(position, last)
        if position in wanted:
            found[position] = last
    return found


def _content(element: Element) -> str:
    return repr(sorted((key, repr(value)) for key, value in element.items() if key != "id"))
