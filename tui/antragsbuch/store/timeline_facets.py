"""What two versions of a file differ in, as a filter asks for it: kind, field, body and day of each change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from antragsbuch_schema.change import Change, ChangeKind
from antragsbuch_schema.changes import difference
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.folding import words
from antragsbuch_schema.places import Item, Place, render

from .comparing import fields_of
from .parsing import TomlError

UNREADABLE = ChangeKind.UNREADABLE.value


class Facet(NamedTuple):
    """One change, or a further place of one. `field` is the place without ids and numbers, `body` and `day` those of
    the step that it is in, "" elsewhere."""

    kind: str
    field: str
    place: str
    body: str
    day: str


class Facets(NamedTuple):
    """What changed in a file, and which motion it was then; `words` are the folded words that came or went."""

    motion: str
    reference: str
    words: str
    facets: tuple[Facet, ...]


def facets_of(
    path: str, olds: Sequence[Mapping[str, Any] | TomlError | None], new: Mapping[str, Any] | TomlError | None
) -> Facets:
    """What changed in the file at `path` from its only version before to `new`; None is no file.

    Of several versions before (those of the parents of a merge), what is another than in all of them.
    """
    readable = [version for version in (new, *olds) if version is not None and not isinstance(version, TomlError)]
    head = readable[0] if readable else {}
    motion, reference = (value if isinstance(value := head.get(key), str) else "" for key in ("id", "reference"))
    if isinstance(new, TomlError) or any(isinstance(old, TomlError) for old in olds):
        return Facets(motion, reference, "", (Facet(UNREADABLE, "", "", "", ""),))
    old = olds[0] if olds else None
    assert not isinstance(old, TomlError)
    changes = own_changes(path, [each for each in olds if not isinstance(each, TomlError)], new)
    found = tuple(facet for change in changes for facet in _facets(change, old or {}, new or {}))
    return Facets(motion, reference, _words(changes), found)


def own_changes(path: str, olds: Sequence[Mapping[str, Any] | None], new: Mapping[str, Any] | None) -> list[Change]:
    """The changes against the first of `olds`, at places where `new` differs from all of them."""
    fields = fields_of(path)
    found, *others = (difference(old, new, fields) for old in olds or [None])
    for other in others:
        places = {place for change in other for place in (change.place, *change.also)}
        found = [change for change in found if places.intersection((change.place, *change.also))]
    return found


def _facets(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Facet]:
    body, day = _step(change.place, new, old)
    for place in (change.place, *change.also):
        yield Facet(
            change.kind.value, ".".join(step for step in place if isinstance(step, str)), render(place), body, day
        )


def _step(place: Place, *versions: Mapping[str, Any]) -> tuple[str, str]:
    """Body and day of the step that a place is in, from the first of `versions` that has it."""
    if len(place) < 2 or place[0] != "consultations":
        return "", ""
    step = place[1]
    for version in versions:
        steps = version.get("consultations")
        if not isinstance(steps, list):
            continue
        for number, element in enumerate(steps):
            if isinstance(element, dict) and (
                element.get("id") == step.id if isinstance(step, Item) else number == step
            ):
                body, day = element.get("organization"), element.get("date")
                return body if isinstance(body, str) else "", day.isoformat() if type(day) is dt.date else ""
    return "", ""


def _words(changes: Sequence[Change]) -> str:
    """The words of what was added or removed: of a text that changed the words, elsewhere both values."""
    found: dict[str, None] = {}
    for change in changes:
        for text in _texts(change):
            found |= dict.fromkeys(words(text))
    return f" {' '.join(found)} " if found else ""


def _texts(change: Change) -> Iterator[str]:
    if change.pieces:
        yield from (piece.text for piece in change.pieces if piece.kind != "same")
    elif change.kind not in (ChangeKind.STEP_MOVED, ChangeKind.ELEMENT_MOVED):
        for value in (change.old, change.new):
            yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for below in value.values():
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)
    elif value is not MISSING and type(value) is int:
        yield str(value)
