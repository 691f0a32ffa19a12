"""What OParl objects say about the council itself: bodies, factions, electoral terms, kinds of paper.

It is added to what a register knows. What a person wrote there is never changed: a body that is known by any of its
names stays as it is, and what a person removed stays away.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import by_name
from antragsbuch_schema.merge import merge
from antragsbuch_schema.suggest import same_name

from . import oparl_own
from .oparl_paper import element_id
from .oparl_world import Item, World

_BODIES = ("gremium", "externes gremium")
_FACTIONS = ("fraktion", "partei")
_OFFICES = ("verwaltungsbereich", "institution", "sonstiges")
_LISTS = ("terms", "organizations", "factions", "paper_types")

_ORDER = ("id", "name", "short_name", "classification", "start", "end")

_KINDS = (
    (r"parlament|(?:stadt|gemeinde|kreis|markt|samtgemeinde)?rat|kreistag|bürgerschaft|\w*versammlung", "assembly"),
    (r"verwaltungsausschuss|regions?ausschuss|kreisausschuss|samtgemeindeausschuss", "main_committee"),
    (r"(?:ortschafts|orts|bezirks|stadtbezirks|stadtteil)(?:rat|beirat|vertretung)\b.*", "district"),
    (r".*beirat\b.*", "advisory"),
    (r".*(?:ausschuss|ausschuß|kommission).*", "committee"),
)


def found(world: World) -> Data:
    """The part of a `council.toml` that the objects of `world` make, with ids that are the same in every import."""
    main = {link for body in world.of("Body") for link in body.links("mainOrganization")}
    bodies, factions = _groups(world)
    kinds = {
        kind: None for item in world.of("Paper") if not oparl_own.identity(item) and (kind := item.line("paperType"))
    }
    said: dict[str, list[Data]] = {
        "terms": [term for item in world.of("LegislativeTerm") if (term := _term(item))],
        "organizations": [_body(item, main) for item in bodies],
        "factions": [_group("f", item) for item in factions],
        "paper_types": [
            *({"id": element_id("p", kind), "name": kind} for kind in sorted(kinds)),
            *(kind for body in world.of("Body") for kind in oparl_own.paper_types(body)),
        ],
    }
    return {key: _each_once(entries) for key, entries in said.items() if entries}


def merged(base: Mapping[str, Any] | None, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Data:
    """The council `ours` with what came in: `theirs` is what was found now, `base` what the last import had found.

    What ours knows by name under another id is a person's and stays; what is no longer found stays too, for an import
    need not hold everything.
    """
    before: Data = {}
    after: Data = {}
    for key in _LISTS:
        mine = _tables(ours.get(key))
        known = _called(mine)
        own = {entry.get("id") for entry in mine}
        old = {entry["id"]: entry for entry in _tables((base or {}).get(key))}
        new = {entry["id"]: entry for entry in _tables(theirs.get(key))}
        before[key] = [old.get(entry.get("id"), entry) for entry in mine]
        after[key] = [new.get(entry["id"], old[entry["id"]]) if entry.get("id") in old else entry for entry in mine] + [
            entry
            for identity, entry in new.items()
            # what was there and is gone, a person removed
            if identity not in own and identity not in old and same_name(entry["name"]) not in known
            if key != "terms" or not any(_overlap(entry, term) for term in mine)
        ]
    rest = {key: value for key, value in ours.items() if key not in _LISTS}
    one, other = ({**rest, **{key: lists for key, lists in side.items() if lists}} for side in (before, after))
    return merge(one, ours, other, COUNCIL).data


def _called(entries: Iterable[Mapping[str, Any]]) -> set[str]:
    """Everything that entries are called."""
    result: set[str] = set()
    for entry in entries:
        former = [old.get("name") for old in _tables(entry.get("former_names"))]
        spellings = entry.get("spellings")
        others = spellings if isinstance(spellings, list) else ()
        for name in (entry.get("name"), entry.get("short_name"), *former, *others):
            if isinstance(name, str) and name:
                result.add(same_name(name))
    return result


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two electoral terms share a day; an end that is not known is the begin."""
    first, second = one.get("start"), other.get("start")
    if not (isinstance(first, dt.date) and isinstance(second, dt.date)):
        return False
    ends = [table["end"] if isinstance(table.get("end"), dt.date) else table["start"] for table in (one, other)]
    return bool(first <= ends[1] and second <= ends[0])


# --- from items to entries


def _groups(world: World) -> tuple[list[Item], list[Item]]:
    """The organizations that are bodies, and those that are factions; offices are neither."""
    meets = _linked(world, (("Consultation", "organization"), ("Meeting", "organization")))
    moves = _linked(world, (("Paper", "originatorOrganization"),))
    offices = _linked(world, (("Paper", "underDirectionOf"),))
    bodies: list[Item] = []
    factions: list[Item] = []
    for item in world.of("Organization"):
        kind, more = item.line("organizationType").lower(), item.line("classification").lower()
        # one that only motions name is no entry of the council
        if not (item.has("name") or item.has("shortName")) or oparl_own.is_made(item):
            continue
        if kind in _FACTIONS or (kind not in _BODIES and re.match("fraktion|partei|gruppe", more)):
            factions.append(item)
        elif kind in _BODIES or item.id in meets or (kind not in _OFFICES and item.has("meeting")):
            bodies.append(item)
        elif item.id in moves and item.id not in offices and kind not in _OFFICES:
            factions.append(item)
        else:
            # an office: its name stands in the motions that name it
            item.used -= {"organizationType", "classification"}
    return bodies, factions


def _linked(world: World, ways: Iterable[tuple[str, str]]) -> set[str]:
    return {
        other.id
        for kind, name in ways
        for item in world.of(kind)
        for link in item.data.get(name, ())
        if (other := world.get(link, "Organization"))
    }


def _group(prefix: str, item: Item) -> Data:
    name, short = item.line("name"), item.line("shortName")
    said = {
        "id": element_id(prefix, item.id),
        "name": name or short,
        "short_name": short if name and short != name else "",
        "start": item.day("startDate"),
        "end": item.day("endDate"),
    }
    own = oparl_own.group(item, by_name(COUNCIL)["organizations" if prefix == "o" else "factions"].fields)
    return {key: value for key, value in said.items() if value} | own


def _body(item: Item, main: set[str]) -> Data:
    group = _group("o", item)
    words = (item.line("classification"), group["name"])
    kinds = (kind for pattern, kind in _KINDS for text in words if re.fullmatch(pattern, text, re.IGNORECASE))
    kind = "assembly" if item.id in main else next(kinds, "other")
    return {"classification": kind, **group}


def _term(item: Item) -> Data | None:
    start, end = item.day("startDate"), item.day("endDate")
    if start is None:
        return None
    item.used.add("body")
    name = item.line("name") or str(start.year)
    return {"id": element_id("t", item.id), "name": name, "start": start, **({"end": end} if end else {})}


def _each_once(entries: Iterable[Data]) -> list[Data]:
    """Entries in their order, of the same name one: a body that was founded again is one body, and its dates differ."""
    names: dict[str, Data] = {}
    for entry in entries:
        known = names.setdefault(same_name(entry["name"]), entry)
        if known is not entry and "start" in known and "start" in entry:
            # the later one is the one of today
            names[same_name(entry["name"])] = max(known, entry, key=lambda one: one["start"])
    return [{key: entry[key] for key in (*_ORDER, *entry) if key in entry} for entry in names.values()]
