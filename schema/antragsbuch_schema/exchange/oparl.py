"""OParl 1.0 and 1.1 objects as motions, and what they say about the council.

Conversion is pure and repeatable: the same objects give the same motions with the same ids, so that a second import
recognises what the first one made. Nothing is guessed: a value without a counterpart is counted in `unread`, what was
repaired is in `remarks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from antragsbuch_schema.edits import Data
from antragsbuch_schema.merge import Merged, merge
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.suggest import same_name

from . import oparl_council
from .oparl_paper import Paper, Surroundings, paper
from .oparl_remarks import Remark
from .oparl_text import BERLIN
from .oparl_world import World


@dataclass(frozen=True, slots=True)
class Conversion:
    """What objects were made into.

    `council` is the part of a `council.toml` that they make; `deleted` the ids of papers that the source has deleted;
    `unread` how often each property (`Paper.mainFile.size`) had a value without a counterpart; `objects` how many of
    each type there were; `without_paper` how many agenda items are about no paper that was given.
    """

    papers: tuple[Paper, ...]
    council: Data
    deleted: tuple[str, ...]
    remarks: tuple[Remark, ...]
    unread: Mapping[str, int]
    objects: Mapping[str, int]
    without_paper: int


def convert(
    objects: Iterable[Mapping[str, Any]], council: Mapping[str, Any], references: Mapping[str, str] | None = None
) -> Conversion:
    """The motions that OParl objects (parsed JSON) are, for a register with this parsed `council.toml`.

    `references` are the references of motions that the register has, by the id of their paper: links to them are
    resolved where the papers themselves are not given. No object raises an error, whatever is in it.
    """
    world = World(objects)
    found = oparl_council.found(world)
    around = Surroundings(
        world,
        references or {},
        _names("factions", council, found),
        {same_name(name) for name in _names("organizations", council, found)},
        _zone(council),
        council.get("public") is not False,
    )
    papers = tuple(paper(item, around) for item in world.of("Paper"))
    items = world.of("AgendaItem")
    return Conversion(
        papers,
        found,
        tuple(identity for identity, kind in world.deleted.items() if kind == "Paper"),
        tuple(world.remarks),
        dict(sorted(world.unread().items())),
        Counter(item.type for item in world.items.values()),
        sum(not item.used & {"result"} for item in items),
    )


def merged(base: Mapping[str, Any] | None, ours: Mapping[str, Any], theirs: Paper) -> Merged:
    """The motion `ours` of the register with what changed at the source since `base`, what the last import made of it.

    What a person edited stays; where the source changed the same, ours stays and the conflict names it. What hangs on
    objects that were not given this time stays as it was. Without a `base` only what is new comes in.
    """
    # where it came from is the import's own: nobody edits it, and it changes each time
    own = {"id": ours.get("id", theirs.data["id"])}
    if "source" in theirs.data:
        own["source"] = theirs.data["source"]
    before = None if base is None else {**base, **own}
    return merge(before, {**ours, **own}, {**filled(before or {}, theirs), **own})


def filled(base: Mapping[str, Any], theirs: Paper) -> Data:
    """The motion of `theirs` with what `base` knows of what hangs on objects that were not given."""
    unknown = theirs.unknown
    data = _with(theirs.data, base, unknown.get("", frozenset()) - {"consultations"})
    old = {step.get("id"): step for step in _list(base.get("consultations")) if isinstance(step, Mapping)}
    steps: list[Any] = [
        _with(step, old.get(step["id"], {}), unknown.get(step["id"], ())) for step in data.get("consultations", ())
    ]
    if "consultations" in unknown.get("", ()):
        there = {step["id"] for step in steps}
        steps += [step for identity, step in old.items() if identity not in there]
    return {**data, "consultations": steps} if steps else data


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two imports of a motion say the same; that the source stamps it with a new day is no change."""
    first, second = _without_stamp(one), _without_stamp(other)
    return first == second or normalise(first, MOTION) == normalise(second, MOTION)


def _without_stamp(data: Mapping[str, Any]) -> Data:
    source = data.get("source")
    if not isinstance(source, Mapping):
        return dict(data)
    return {**data, "source": {key: value for key, value in source.items() if key not in ("modified", "retrieved")}}


def _with(data: Mapping[str, Any], base: Mapping[str, Any], keys: Iterable[str]) -> Data:
    return {**data, **{key: base[key] for key in keys if key in base}}


def _names(key: str, *councils: Mapping[str, Any]) -> list[str]:
    """The names of what stands in the list `key` of councils."""
    entries = [entry for council in councils for entry in _list(council.get(key))]
    names = [entry.get(name) for entry in entries if isinstance(entry, Mapping) for name in ("name", "short_name")]
    return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _zone(council: Mapping[str, Any]) -> ZoneInfo | None:
    """The council's time zone; None where this machine does not know it: times are taken as they stand."""
    name = council.get("time_zone")
    try:
        return ZoneInfo(name if isinstance(name, str) and name else BERLIN)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
