"""One grammar for every place in a motion: `consultations[c4].votes[v1].yes`.

Changes, blame, findings, JSON, trailers, baselines and drafts all name places this way:

    place    = step *( "." step )
    step     = key *( item )
    key      = 1*( a-z A-Z 0-9 _ - )  |  a TOML basic string, for a key that is not bare
    item     = "[" id "]"  |  "[#" number "]"
    id       = letter *( letter | digit | - | _ )
    number   = a position, counted from 1

An element of a list of tables is named by its `id` where it has one. A position names an element without an
`id`, an entry of a list of texts, and the sentence of a prose field (`facts[#3]`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Item(NamedTuple):
    """An element of a list of tables, named by its `id`."""

    id: str


Step = str | Item | int
"""A key, an element by `id`, or a position counted from 0."""

Place = tuple[Step, ...]
"""A place; the empty tuple is the whole motion."""

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN = re.compile(
    r"""(?P<dot>\.)?(?P<key>[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*")"""
    r"""|\[(?P<id>[A-Za-z][A-Za-z0-9_-]*)\]|\[\#(?P<number>[1-9][0-9]*)\]"""
)


class PlaceError(ValueError):
    """A text that names no place, or a place that is not there."""


def parse(text: str) -> Place:
    """The place that `text` names. Raises `PlaceError` where it does not follow the grammar."""
    steps: list[Step] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise PlaceError(f"not a place: {text!r}, at character {position + 1}")
        if match["key"] is not None:
            if bool(match["dot"]) != bool(steps):
                raise PlaceError(f"not a place: {text!r}, at character {position + 1}")
            steps.append(_unquoted(match["key"]))
        elif not steps:
            raise PlaceError(f"not a place: {text!r}, an item stands first")
        elif match["id"] is not None:
            steps.append(Item(match["id"]))
        else:
            steps.append(int(match["number"]) - 1)
        position = match.end()
    return tuple(steps)


def render(place: Place) -> str:
    """`place` in the grammar; `parse(render(place)) == place`."""
    parts: list[str] = []
    for step in place:
        if isinstance(step, Item):
            parts.append(f"[{step.id}]")
        elif isinstance(step, int):
            parts.append(f"[#{step + 1}]")
        else:
            parts.append(("." if parts else "") + _quoted(step))
    return "".join(parts)


def resolve(place: Place, data: Mapping[str, Any]) -> tuple[str | int, ...]:
    """The way through `data`: keys, and positions in place of ids. Raises `PlaceError` where it ends early."""
    path: list[str | int] = []
    value: Any = data
    for step in place:
        found = _child(value, step)
        if found is None:
            raise PlaceError(f"nothing at {render(place)}")
        path.append(found)
        value = value[found]
    return tuple(path)


def value_at(place: Place, data: Mapping[str, Any]) -> Any:
    """The value at `place`, or None where there is none (TOML has no null)."""
    value: Any = data
    for step in place:
        found = _child(value, step)
        if found is None:
            return None
        value = value[found]
    return value


def named(path: Sequence[str | int], data: Mapping[str, Any]) -> Place:
    """The place at the end of a way of keys and positions: elements by their `id` where they have one."""
    steps: list[Step] = []
    value: Any = data
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        identity = value.get("id") if isinstance(step, int) and isinstance(value, Mapping) else None
        steps.append(Item(identity) if isinstance(identity, str) and ID.fullmatch(identity) else step)
    return tuple(steps)


def _child(value: Any, step: Step) -> str | int | None:
    if isinstance(step, str):
        return step if isinstance(value, Mapping) and step in value else None
    if not isinstance(value, list):
        return None
    if isinstance(step, int):
        return step if 0 <= step < len(value) else None
    for position, element in enumerate(value):
        if isinstance(element, Mapping) and element.get("id") == step.id:
            return position
    return None


def _quoted(key: str) -> str:
    if _BARE.fullmatch(key):
        return key
    escaped = "".join(
        "\\" + letter if letter in '"\\' else f"\\u{ord(letter):04x}" if ord(letter) < 32 else letter for letter in key
    )
    return f'"{escaped}"'


def _unquoted(key: str) -> str:
    if not key.startswith('"'):
        return key
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|(.))",
        lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2],
        key[1:-1],
    )
