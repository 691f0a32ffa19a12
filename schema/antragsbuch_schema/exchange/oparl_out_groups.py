"""Bodies, factions and everybody else whom motions name, as organizations and persons of OParl."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import by_name
from antragsbuch_schema.suggest import same_name

from .oparl_out_names import MADE, Site, Stamp, key, thing
from .oparl_vendor import properties

CLASSIFICATIONS: Mapping[str, str] = {
    "assembly": "Parlament",
    "main_committee": "Hauptausschuss",
    "committee": "Ausschuss",
    "advisory": "Beirat",
    "district": "Ortsrat",
}
"""OParl's words, or the usual ones, for the kinds of a body."""
GROUP_FIELDS = ("classification", "public", "spellings", "former_names", "seats")
"""What `council.toml` says of a body or a faction and OParl has no word for."""


class Group:
    """An organization or a person: its address and name, and when motions that name it were made and changed."""

    __slots__ = ("created", "modified", "name", "properties", "type", "url")

    def __init__(self, kind: str, url: str, name: str, properties: Mapping[str, Any]) -> None:
        self.type, self.url, self.name, self.properties = kind, url, name, properties
        self.created = self.modified = ""

    def named(self, stamp: Stamp) -> Group:
        """The same, named by something with this stamp."""
        self.created = min(self.created or stamp.created, stamp.created)
        self.modified = max(self.modified, stamp.modified)
        return self


class Groups:
    """Everybody by name: those of `council.toml`, and those whom only motions name."""

    def __init__(self, council: Mapping[str, Any], site: Site) -> None:
        self._site = site
        self._urls: set[str] = set()
        self.main: Group | None = None
        self._bodies: dict[str, list[Group]] = {}
        self._factions: dict[str, list[Group]] = {}
        self._others: dict[tuple[str, str], Group] = {}
        self._people: dict[str, Group] = {}
        for table in _tables(council, "organizations"):
            body = self._listed(table, "Gremium", CLASSIFICATIONS.get(str(table.get("classification")), ""))
            self._known(self._bodies, table, body)
            if table.get("classification") == "assembly" and self.main is None:
                self.main = body
        for table in _tables(council, "factions"):
            self._known(self._factions, table, self._listed(table, "Fraktion", "Fraktion", folder="faction"))
        self.listed = [
            group for named in (self._bodies, self._factions) for groups in named.values() for group in groups
        ]

    def body(self, name: str, day: dt.date | None, stamp: Stamp) -> Group:
        """The body that is called so, the one of that day where several were."""
        return _on(self._bodies.get(same_name(name), []), day) or self._other(name, "Gremium", stamp)

    def faction(self, name: str, day: dt.date | None, stamp: Stamp) -> Group:
        """The faction, the body or the person that moves something under this name."""
        if person := self._people.get(same_name(name)):
            return person.named(stamp)
        key_ = same_name(name)
        found = _on(self._factions.get(key_, []), day) or _on(self._bodies.get(key_, []), day)
        return found or self._other(name, "Sonstiges", stamp)

    def office(self, name: str, stamp: Stamp) -> Group:
        """The office of the administration of this name."""
        return self._other(name, "Verwaltungsbereich", stamp)

    def voters(self, motion: Data, stamp: Stamp) -> None:
        """Take members who voted by name on a motion for persons."""
        for step in motion.get("consultations", ()):
            for vote in step.get("votes", ()):
                for voter in vote.get("by_faction", ()):
                    if voter.get("kind") == "member" and voter.get("name"):
                        self._person(voter["name"], stamp)

    def _person(self, name: str, stamp: Stamp) -> None:
        known = self._people.get(same_name(name))
        if known is None:
            known = Group("Person", self._free("person", name), name, {"name": name, MADE: True})
            self._people[same_name(name)] = known
        known.named(stamp)

    @property
    def unlisted(self) -> list[Group]:
        """Everybody whom only motions name."""
        return [*self._others.values(), *self._people.values()]

    def objects(self, kind: str, listed: Stamp, common: Mapping[str, Any]) -> list[Data]:
        """Every object of a type ("Organization", "Person"), in the order of their addresses.

        Those of `council.toml` have its stamp. `common` are properties that all have.
        """
        every = {group.url: group for group in (*self.listed, *self.unlisted)}
        return [
            thing(kind, url, Stamp(group.created, group.modified) if group.created else listed,
                  {**group.properties, **common})
            for url, group in sorted(every.items()) if group.type == kind
        ]  # fmt: skip

    @property
    def names(self) -> dict[str, str]:
        """The name of everybody by address."""
        return {group.url: group.name for group in (*self.listed, *self.unlisted)}

    def _listed(self, table: Mapping[str, Any], kind: str, classification: str, folder: str = "organization") -> Group:
        name = str(table["name"])
        fields = by_name(COUNCIL)["factions" if folder == "faction" else "organizations"].fields
        said = {
            "name": name,
            "shortName": table.get("short_name"),
            "organizationType": kind,
            "classification": classification,
            "startDate": _iso(table.get("start")),
            "endDate": _iso(table.get("end")),
            **properties(table, fields, GROUP_FIELDS),
        }
        identity = table.get("id")
        return Group("Organization", self._free(folder, identity if isinstance(identity, str) else name), name, said)

    def _known(self, names: dict[str, list[Group]], table: Mapping[str, Any], group: Group) -> None:
        called = [table.get("name"), table.get("short_name"), *(table.get("spellings") or ())]
        called += [former.get("name") for former in _tables(table, "former_names")]
        for name in dict.fromkeys(same_name(one) for one in called if isinstance(one, str) and one):
            names.setdefault(name, []).append(group)

    def _other(self, name: str, kind: str, stamp: Stamp) -> Group:
        known = self._others.get((kind, same_name(name)))
        if known is None:
            url = self._free("organization", f"{kind} {same_name(name)}")
            known = Group("Organization", url, name, {"name": name, "organizationType": kind, MADE: True})
            self._others[kind, same_name(name)] = known
        return known.named(stamp)

    def _free(self, folder: str, name: str) -> str:
        """An address that nobody else has."""
        url = self._site.url(f"{folder}/{key(name)}.json")
        number = 2
        while url in self._urls:
            url = self._site.url(f"{folder}/{key(f'{name} {number}')}.json")
            number += 1
        self._urls.add(url)
        return url


def _on(groups: list[Group], day: dt.date | None) -> Group | None:
    """The one of these that exists on that day, else the first."""
    if day is not None and len(groups) > 1:
        asked = day.isoformat()
        for group in groups:
            start, end = group.properties["startDate"], group.properties["endDate"]
            if (not start or start <= asked) and (not end or asked <= end):
                return group
    return groups[0] if groups else None


def _iso(value: object) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else None


def _tables(table: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    """The named tables in a list of them."""
    value = table.get(name)
    found = value if isinstance(value, list) else []
    return [entry for entry in found if isinstance(entry, Mapping) and isinstance(entry.get("name"), str)]
