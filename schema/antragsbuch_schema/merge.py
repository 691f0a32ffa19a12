"""The three-way merge of a file, by field.

What one side changed is taken; what both changed otherwise is a conflict with its three versions. A vote with its
result and counts is one unit, and so is how a step ended: mixing two records would make one that nobody saw. Lists
of tables are followed by id, never by position; lists of lines are ordered sets; prose merges by the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import places
from .alignment import Element
from .between import between
from .changes import Change, difference
from .conflicts import Conflict, Conflicts
from .edits import MISSING, Data, Insert, Remove, Set, apply, apply_all
from .fields import Fields
from .merge_fields import merge_tables
from .motion_fields import MOTION
from .normal import normalise, same
from .places import Place

__all__ = ["Conflict", "Edited", "Merged", "Side", "merge", "resolve", "take"]

Side = Literal["base", "ours", "theirs", "proposal"]


@dataclass(frozen=True, slots=True)
class Edited:
    """A value that a person wrote to end a conflict."""

    value: Any


@dataclass(frozen=True)
class Merged:
    """What came out of a merge.

    `data` holds `ours` with what came in, written as ours was where it means the same; where there is a conflict it
    holds ours (of what one removed and the other changed, what was changed). `gone` is set where the merged file is
    deleted; `data` is empty then. Conflicts inside an element come after those of the element and of its list.
    """

    data: Data
    conflicts: tuple[Conflict, ...]
    ours: Element | None
    fields: Fields
    gone: bool = False

    @property
    def taken(self) -> list[Change]:
        """The changes that came in from theirs."""
        return difference(self.ours, None if self.gone else self.data, self.fields)


def merge(base: Element | None, ours: Element | None, theirs: Element | None, fields: Fields = MOTION) -> Merged:
    """Merge three versions of a file as parsed; None is a file that is not there.

    Every value of the result is in one of the three, but for texts, lists and tables put together from theirs, and
    for the id of an element that both sides gave to different new elements. Calling ours theirs gives the same
    data where nothing conflicts, and the same conflicts turned round.
    """
    if _same(ours, theirs) or _same(base, theirs):
        return _whole(ours, ours, fields)
    if _same(base, ours):
        return _whole(theirs, ours, fields)
    if ours is None or theirs is None:
        return _deleted(base, ours, theirs, fields)
    before = normalise(base or {}, fields)
    one, other = normalise(ours, fields), normalise(theirs, fields)
    if base is None and one.get("id") != other.get("id") and "id" in one and "id" in other:
        # two motions with the same reference are two motions
        return Merged(dict(ours), (Conflict((), MISSING, one, other),), ours, fields)
    conflicts = Conflicts()
    merged = merge_tables(conflicts, (), fields, before, one, other)
    # as little as possible of how ours was written changes
    data = apply_all(ours, between(one, merged, fields))
    return Merged(data, tuple(conflicts.found), ours, fields)


def resolve(merged: Merged, choices: Mapping[Place, Side | Edited]) -> Data | None:
    """The data of `merged` with every conflict ended: by a side, by the proposal, or by what a person wrote.

    None where the choice is that the file is deleted. Raises `ValueError` where a conflict is left without a choice
    or the chosen proposal does not exist.
    """
    left = [places.render(conflict.place) for conflict in merged.conflicts if conflict.place not in choices]
    if left:
        raise ValueError(f"no choice for {', '.join(left)}")
    data: Data | None = merged.data
    for conflict in merged.conflicts:
        chosen = choices[conflict.place]
        value = chosen.value if isinstance(chosen, Edited) else conflict.version(chosen)
        if not conflict.place:
            return None if value is MISSING else dict(value)
        data = take(data or {}, conflict, value)
    return None if merged.gone else data


def take(data: Data, conflict: Conflict, value: Any) -> Data:
    """`data` with `value` (`MISSING` for nothing) where the conflict is, in a file that is not deleted.

    For a unit, `value` is a table of its keys.
    """
    place = conflict.place
    if conflict.unit:
        for key in conflict.unit:
            here = (*place, key)
            data = apply(data, Set(here, places.value_at(here, data), value.get(key, MISSING)))
        return data
    now = places.value_at(place, data)
    if isinstance(place[-1], str):
        return apply(data, Set(place, now, value))
    elements = places.value_at(place[:-1], data) or []
    if now is None:
        return data if value is MISSING else apply(data, Insert(place[:-1], len(elements), value))
    if value is MISSING:
        position = places.resolve(place, data)[-1]
        assert isinstance(position, int)
        return apply(data, Remove(place[:-1], position, now))
    return apply(data, Set(place, now, value))


def _deleted(base: Element | None, ours: Element | None, theirs: Element | None, fields: Fields) -> Merged:
    """One side deleted the file, the other did not leave it as it was."""
    kept = ours if ours is not None else theirs
    assert kept is not None
    if base is not None and same(normalise(kept, fields), normalise(base, fields)):
        return _whole(None, ours, fields)
    before, one, other = (
        MISSING if version is None else normalise(version, fields) for version in (base, ours, theirs)
    )
    return Merged(dict(kept), (Conflict((), before, one, other),), ours, fields)


def _whole(data: Element | None, ours: Element | None, fields: Fields) -> Merged:
    return Merged(dict(data or {}), (), ours, fields, gone=data is None)


def _same(one: Element | None, other: Element | None) -> bool:
    return same(one, other)
