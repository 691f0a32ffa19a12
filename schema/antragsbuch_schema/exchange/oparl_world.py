"""OParl objects, embedded or linked, in any order and with the defects of real servers, as one world of items.

Every object stands once under its id; what is embedded in another is taken out and linked. An item remembers which of
its properties were read, so that what has no counterpart in a motion can be named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from . import oparl_text
from .oparl_remarks import Remark
from .oparl_types import SPELLINGS, TYPES, Property, type_of
from .oparl_vendor import PREFIX

_EMPTY: tuple[object, ...] = (None, "", [], {})
_PARTS = ("File", "Location")
_TRUE = ("true", "1", "ja", "yes")
_FALSE = ("false", "0", "nein", "no")
_ABOUT = ("organization", "meeting", "agendaItem", "accessUrl", "reference", "number")
_TEXT_KEYS = ("name", "text", "title", "label", "value", "result")


@dataclass(slots=True, eq=False)
class Item:
    """One object: properties in the standard's spelling without empty ones; links are lists of ids."""

    type: str
    id: str
    data: dict[str, Any]
    remarks: list[Remark]
    parent: str = ""
    way: str = ""
    """What the paths of its properties begin with: its type, of a file or place that is embedded where it stands."""
    used: set[str] = field(default_factory=set)

    def has(self, name: str) -> bool:
        """Whether the property has a value; it does not count as read."""
        return name in self.data

    def raw(self, name: str) -> Any:
        """The value of a property as it stands, None where there is none."""
        self.used.add(name)
        return self.data.get(name)

    def links(self, name: str) -> list[str]:
        """The ids that a property links to."""
        value = self.raw(name)
        return value if isinstance(value, list) else []

    def line(self, name: str) -> str:
        """A property as one line of plain text, "" where there is none."""
        return self._cut(name, oparl_text.line(self._plain(name)), oparl_text.MAX_LINE)

    def prose(self, name: str) -> str:
        """A property as paragraphs of plain text, "" where there is none."""
        return self._cut(name, oparl_text.paragraphs(self._plain(name)), oparl_text.MAX_PROSE)

    def flag(self, name: str) -> bool | None:
        """A property that is true or false, None where that can't be told."""
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        found = True if word in _TRUE else False if word in _FALSE else None
        self.remark("value" if found is None else "flag", name, str(value)[:80])
        return found

    def day(self, name: str) -> dt.date | None:
        """A property that is a date."""
        return self._moment(name, None, dated=True)[0]

    def moment(self, name: str, zone: ZoneInfo | None) -> tuple[dt.date | None, dt.time | None]:
        """A property that is a date with a time, by the clocks of `zone`."""
        return self._moment(name, zone, dated=False)

    def remark(self, kind: str, name: str, what: str = "") -> None:
        """Something to look at about a property of this object."""
        self.remarks.append(Remark(kind, self.id, f"{self.type}.{name}" if name else self.type, what))

    def unread(self) -> Iterator[str]:
        """The path of every value that nobody read: `Consultation.created`, `Meeting.location.room`."""
        for name, value in self.data.items():
            if name not in self.used:
                if isinstance(value, (dict, list)):
                    yield from _leaves(f"{self.way}.{name}", value)
                else:
                    yield f"{self.way}.{name}"

    def _moment(self, name: str, zone: ZoneInfo | None, *, dated: bool) -> tuple[dt.date | None, dt.time | None]:
        value = self.raw(name)
        if value is None:
            return None, None
        date, time, exact = oparl_text.moment(str(value), zone)
        if dated:
            exact = date is not None and value == date.isoformat()
        if date is None:
            self.remark("value", name, str(value)[:80])
        elif not exact:
            self.remark("date", name, str(value)[:80])
        return date, time

    def _plain(self, name: str) -> str:
        value = self.raw(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.remark("text", name)
            value = _as_text(value)
        value = self._cut(name, value, oparl_text.MAX_RAW)
        if oparl_text.has_html(value):
            self.remark("html", name)
            value = oparl_text.plain(value)
        if oparl_text.has_controls(value):
            self.remark("characters", name)
        return value

    def _cut(self, name: str, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.remark("long", name)
        return text[:most].rstrip()


class World:
    """All objects of one import."""

    def __init__(self, objects: Iterable[Mapping[str, Any]]) -> None:
        self.remarks: list[Remark] = []
        self.items: dict[str, Item] = {}
        self.deleted: dict[str, str] = {}
        """The type of what the source says is deleted, by id."""
        self._by_key: dict[str, str] = {}
        for value in objects:
            self._add(value, "", None, "")
        for key in self.deleted:
            self.items.pop(key, None)
        self._consulted: dict[str, Item] = {}
        for item in self.of("AgendaItem"):
            for consultation in item.data.get("consultation", ()):
                self._consulted.setdefault(_key(consultation), item)

    def of(self, kind: str) -> list[Item]:
        """All items of a type, in the order in which they came."""
        return [item for item in self.items.values() if item.type == kind]

    def get(self, identity: str, kind: str) -> Item | None:
        """The item of a type with this id; addresses that differ in `http` or a last slash mean the same."""
        item = self.items.get(self._by_key.get(_key(identity), identity))
        return item if item is not None and item.type == kind else None

    def is_gone(self, identity: str) -> bool:
        """Whether the source says that this object is deleted."""
        return self._by_key.get(_key(identity), identity) in self.deleted

    def followed(self, item: Item, name: str, kind: str) -> tuple[list[Item], list[str]]:
        """The items that a property links to, and the ids of those that were not given."""
        found: list[Item] = []
        missing: list[str] = []
        for identity in item.links(name):
            other = self.get(identity, kind)
            if other is not None:
                found.append(other)
            elif not self.is_gone(identity):
                missing.append(identity)
        return found, missing

    def item_of(self, consultation: str) -> Item | None:
        """The agenda item that says that it is about this consultation."""
        return self._consulted.get(_key(consultation))

    def unread(self) -> Counter[str]:
        """How often each property had a value that nobody read."""
        return Counter(path for item in self.items.values() for path in item.unread())

    # --- taking objects in

    def _add(self, value: Mapping[str, Any], expected: str, parent: Item | None, place: str) -> str | None:
        """Take in an object and what is embedded in it; its id, None where it is nothing of OParl's."""
        kind, exact = type_of(value, expected)
        above = parent.id if parent else ""
        if not kind:
            self.remarks.append(Remark("unknown", str(value.get("id", "") or above)[:200], place))
            return None
        identity = value.get("id")
        if not isinstance(identity, str) or not identity.strip():
            identity = self._made_up(value, above, place)
            self.remarks.append(Remark("identity", identity, kind))
        identity = _clean(identity)
        if not exact:
            self.remarks.append(Remark("type", identity, kind, str(value.get("type", ""))[:80]))
        way = f"{parent.type}.{place.partition('/')[0]}" if parent and kind in _PARTS else kind
        item = Item(kind, identity, {}, self.remarks, above, way, {"id", "type", "deleted"})
        properties = TYPES[kind]
        for name, entry in value.items():
            known = properties.get(name)
            if entry and known is not None and not known.type and not isinstance(entry, list):
                # as nearly all are
                item.data[name] = entry
            else:
                self._property(item, name, entry)
        if item.flag("deleted"):
            self.deleted[identity] = kind
        self._keep(item)
        return identity

    def _property(self, item: Item, given: str, value: Any) -> None:
        # in a property of our own "none" is something else than nothing said
        if (value in _EMPTY and not given.startswith(PREFIX)) or given in ("Type", "@type"):
            return
        name = given if given in TYPES[item.type] else SPELLINGS[item.type].get(given.lower(), given)
        if name != given:
            item.remark("name", given, name)
        known = TYPES[item.type].get(name)
        if name in item.data and name != given:
            # the right spelling counts
            name, known = given, None
        if known is None or known.listed:
            item.data[name] = value
        elif known.type:
            if links := self._links(item, name, known, value):
                item.data[name] = links
        elif isinstance(value, list) and not known.many and len(value) == 1:
            item.remark("single", name)
            item.data[name] = value[0]
        else:
            item.data[name] = value

    def _links(self, item: Item, name: str, known: Property, value: Any) -> list[str]:
        values = value if isinstance(value, list) else [value]
        if known.many and not isinstance(value, list):
            item.remark("list", name)
        if isinstance(value, list) and not known.many:
            item.remark("single", name)
        # in their order, each once
        found: dict[str, None] = {}
        for number, entry in enumerate(values):
            if isinstance(entry, dict):
                # an object with nothing but its id is a link
                link = entry["id"] if entry.keys() == {"id"} and isinstance(entry["id"], str) else None
                embedded = self._told_apart(entry, found, name, number)
                identity = link or self._add(embedded, known.type, item, f"{name}/{number}")
                if link is None and known.type in _PARTS:
                    # what of it nobody reads is named by itself
                    item.used.add(name)
            else:
                identity = _clean(entry) if isinstance(entry, str) else None
                if not identity and entry not in _EMPTY:
                    item.remark("value", name, str(entry)[:80])
            if identity:
                found[identity] = None
        return list(found)

    def _told_apart(self, value: dict[str, Any], found: Mapping[str, None], name: str, number: int) -> dict[str, Any]:
        """`value` under an id of its own where another object of the same list has the same one."""
        identity = value.get("id")
        if not isinstance(identity, str) or identity not in found:
            return value
        # one consultation at two agenda items is two steps
        about = _as_text(value.get("agendaItem")) or _as_text(value.get("meeting")) or str(number)
        self.remarks.append(Remark("shared", identity, name))
        return {**value, "id": f"{identity}#{about[:500]}"}

    def _made_up(self, value: Mapping[str, Any], above: str, place: str) -> str:
        """An id for an object that has none: by what it is about, so that it is the same in the next import."""
        name = place.partition("/")[0]
        about = [value.get(key) for key in _ABOUT]
        words = "/".join(_as_text(part) for part in about if part not in _EMPTY) or _as_text(value.get("name"))
        words = words[:500]
        made = f"{above}#{name}/{words}"
        return made if words and made not in self.items else f"{above}#{place or len(self.items)}"

    def _keep(self, item: Item) -> None:
        known = self.items.get(self._by_key.setdefault(_key(item.id), item.id))
        if known is None:
            self.items[item.id] = item
            return
        if known.type != item.type:
            item.remark("twice", "type", known.type)
            return
        newer = str(item.data.get("modified", "")) >= str(known.data.get("modified", ""))
        old, new = (known.data, item.data) if newer else (item.data, known.data)
        if any(old[key] != new[key] for key in old.keys() & new.keys()):
            item.remark("twice", "")
        # embedded in one place and alone in another: together they say most
        known.data = {**old, **new}
        known.parent = known.parent or item.parent


def missed(
    item: Item,
    name: str,
    missing: Collection[str],
    unknown: dict[str, frozenset[str]],
    identity: str,
    keys: Collection[str],
) -> None:
    """Note that the links of a property lead to objects that were not given, so that these `keys` of the step
    `identity` ("" for the motion) are not known."""
    if missing:
        unknown[identity] = unknown.get(identity, frozenset()) | set(keys)
        for link in missing:
            item.remark("link", name, link)


def _clean(identity: str) -> str:
    """An id that a file can hold."""
    return oparl_text.line(identity)[: oparl_text.MAX_LINE]


def _key(identity: str) -> str:
    return identity.removeprefix("http://").removeprefix("https://").rstrip("/")


def _as_text(value: Any) -> str:
    """An object, a list or a number as text: the property that names it, else all of it."""
    if isinstance(value, dict):
        named = [value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str) and value[key].strip()]
        return str(named[0]) if named else ", ".join(filter(None, map(_as_text, value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_as_text, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def _leaves(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, below in value.items():
            if below not in _EMPTY and name not in ("id", "type"):
                yield from _leaves(f"{path}.{name}", below)
    elif isinstance(value, list) and any(isinstance(below, dict) for below in value):
        for below in value:
            yield from _leaves(path, below)
    else:
        yield path
