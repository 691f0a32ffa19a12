"""Which elements of a list go on in another version of it."""

from __future__ import annotations

from typing import Any

from antragsbuch_schema.alignment import aligned

from .shape import is_tables


def successors(old: list[Any], new: list[Any], name: str) -> dict[int, int]:
    """From positions in `old` to positions in `new`, for lists with the key `name`; at least one element goes on.

    Tables are followed by their id (see `alignment`); anything else goes on as its equal, else as what stands
    beside the same neighbour.
    """
    found = dict(aligned(old, new, name)) if is_tables(old) and is_tables(new) else _by_equality(old, new)
    return found or {0: 0}


def _by_equality(old: list[Any], new: list[Any]) -> dict[int, int]:
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for position in reversed(range(len(new))):
        waiting.setdefault(repr(new[position]), []).append(position)
    for position, element in enumerate(old):
        if waiting.get(repr(element)):
            found[position] = waiting[repr(element)].pop()
    taken = set(found.values())
    for position in range(len(old)):
        # before the first stands nothing, in both
        partner = found.get(position - 1, -1 if position == 0 else None)
        if position not in found and partner is not None and partner + 1 < len(new) and partner + 1 not in taken:
            found[position] = partner + 1
            taken.add(partner + 1)
    return found
