"""A register as OParl 1.1: a tree of plain files, objects and list pages, that any web server can give out.

Pure: motions and their dates in, the text of each file out. The same motions give the same bytes. Only what is public
goes in (`oparl_out_public`); what was left out is counted.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.suggest import same_name

from .oparl_out_former import Former
from .oparl_out_groups import Groups
from .oparl_out_names import NAMESPACE, Site, Stamp, key, thing, tombstone
from .oparl_out_paper import Around, Content, Made, MeetingKey, Parts, Point
from .oparl_out_public import Publicity
from .oparl_vendor import properties
from .printed import printed

PAGE = 100
"""Objects on a list page: from that number on the standard recommends pages."""
SYSTEM, BODY = "system.json", "body.json"
_DIGITS = re.compile(r"([0-9]+)")
_LISTS = {
    "organization": "Organization",
    "person": "Person",
    "meeting": "Meeting",
    "paper": "Paper",
    "agendaItem": "AgendaItem",
    "consultation": "Consultation",
    "file": "File",
    "locationList": "Location",
    "legislativeTermList": "LegislativeTerm",
    "membership": "Membership",
}
"""The lists of a body, by its property."""
Tell = Callable[[int, int], None]


class Motion(NamedTuple):
    """A motion to be published: its data (right types, normal form), and when it was made and last changed."""

    data: Data
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Settings:
    """How to publish: where, how many objects a page, the address of a licence or "", the pattern of a page for each
    motion (`{id}`, `{reference}`) or "", and the clock of the council."""

    site: Site
    zone: dt.tzinfo
    page_size: int = PAGE
    license: str = ""
    web: str = ""


@dataclass(slots=True)
class Tree:
    """What is published: the bytes of each file by its path, and files of the repository to be copied, by theirs.

    `objects` counts objects by type, tombstones as "deleted"; `publicity` counted what is not public.
    """

    publicity: Publicity
    files: dict[str, bytes] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    objects: Counter[str] = field(default_factory=Counter)


def tree(
    motions: Sequence[Motion],
    gone: Iterable[Motion],
    council: Mapping[str, Any],
    council_stamp: Stamp,
    settings: Settings,
    content: Content = lambda _path: None,
    former: Iterable[Motion] = (),
    tell: Tell = lambda _done, _total: None,
) -> Tree:
    """Everything that is public of `motions`, and tombstones for those that are `gone`.

    Ids of motions must differ. `gone` are the public parts of the last public versions of motions that are deleted or
    not public any more; `modified` is when that happened. `former` are the public parts of other former versions in the
    same way: what only they name is marked as deleted too. `council` is the parsed `council.toml`, `content` gives the
    files of the repository that may be published.
    """
    publicity = Publicity(council, [motion.data for motion in motions])
    return _Making(publicity, council_stamp, settings, content).made(motions, gone, former, tell)


class _Making:
    """A tree while it is made."""

    def __init__(self, publicity: Publicity, stamp: Stamp, settings: Settings, content: Content) -> None:
        self._publicity, self._stamp, self._settings = publicity, stamp, settings
        self._council = publicity.council
        self._site = settings.site
        self._content = content
        self._groups = Groups(self._council, settings.site)
        self._tree = Tree(publicity)
        self._written: dict[str, list[bytes]] = {name: [] for name in _LISTS}
        self._of_group: dict[str, dict[str, list[bytes]]] = {"meeting": {}, "consultation": {}}
        self._points: dict[str, list[Point]] = {}
        self._meetings: dict[str, tuple[MeetingKey, Stamp]] = {}

    def made(self, motions: Iterable[Motion], gone: Iterable[Motion], former: Iterable[Motion], tell: Tell) -> Tree:
        public: list[Motion] = []
        for motion in motions:
            if (part := self._publicity.part(motion.data)) is not None:
                public.append(Motion(part, motion.stamp))
        deleted = {one.data["id"]: one for one in gone}
        # in an order that stays, so that what is new comes last
        every = sorted((*public, *deleted.values()), key=lambda one: (one.stamp.created, one.data["id"]))
        for motion in public:
            self._groups.voters(motion.data, motion.stamp)
        around = self._around(public)
        for done, motion in enumerate(every):
            tell(done, len(every))
            if deleted.get(motion.data["id"]) is motion:
                self._bury("Paper", self._site.url(f"paper/{key(motion.data['id'])}.json"), motion.stamp)
            else:
                self._motion(motion, around)
        self._all_meetings()
        self._all_groups()
        self._former([*deleted.values(), *former])
        self._body()
        return self._tree

    def _around(self, motions: Iterable[Motion]) -> Around:
        addresses: dict[str, str] = {}
        twice: set[str] = set()
        amendments: dict[str, tuple[str, ...]] = {}
        for motion in motions:
            url = self._site.url(f"paper/{key(motion.data['id'])}.json")
            reference = same_name(motion.data.get("reference", ""))
            twice |= {reference} & addresses.keys()
            addresses[reference] = url
            if amended := motion.data.get("amends"):
                amendments[same_name(amended)] = (*amendments.get(same_name(amended), ()), url)
        # what several motions are called names none of them
        papers = {reference: url for reference, url in addresses.items() if reference and reference not in twice}
        one = {reference: urls for reference, urls in amendments.items() if reference in papers}
        return Around(self._site, self._groups, self._content, papers, one, self._settings.web)

    # --- motions

    def _motion(self, motion: Motion, around: Around) -> None:
        made = Made(motion.data, key(motion.data["id"]), motion.stamp, around)
        parts = made.made(lambda: printed(motion.data, self._council))
        self._keep("paper", parts.paper)
        for file in parts.files:
            self._keep("file", file)
        for step in parts.consultations:
            written = self._keep("consultation", step)
            for group in step.get("organization", ()):
                self._of_group["consultation"].setdefault(group, []).append(written)
        self._sessions(parts, motion.stamp)
        self._tree.copies |= parts.copies
        self._tree.files |= {path: text.encode() for path, text in parts.texts.items()}

    def _sessions(self, parts: Parts, stamp: Stamp) -> None:
        for point in parts.points:
            self._points.setdefault(point.meeting, []).append(point)
        for url, made in parts.meetings.items():
            known = self._meetings.get(url)
            if known is not None:
                old = known[1]
                stamp_ = Stamp(min(old.created, stamp.created), max(old.modified, stamp.modified))
                self._meetings[url] = (known[0], stamp_)
            else:
                self._meetings[url] = (made, stamp)

    def _former(self, versions: Iterable[Motion]) -> None:
        named = Former(self._council, self._site)
        for version in versions:
            named.add(version.data, version.stamp)
        for grave in named.graves({self._site.url(path) for path in self._tree.files}):
            self._bury(grave.type, grave.url, grave.stamp)

    def _bury(self, kind: str, url: str, stamp: Stamp) -> None:
        self._keep(kind[0].lower() + kind[1:], tombstone(url, kind, stamp), "deleted")

    def _keep(self, name: str, data: Data, counted: str = "") -> bytes:
        """An object in a file of its own and in the list of the body; its bytes."""
        written = _json(data)
        self._tree.files[self._site.path(data["id"])] = written
        self._written[name].append(written)
        self._tree.objects[counted or _LISTS[name]] += 1
        return written

    # --- sessions

    def _all_meetings(self) -> None:
        called = self._groups.names
        points = {url: sorted(found, key=_place) for url, found in self._points.items()}
        for url, (made, stamp) in sorted(self._meetings.items(), key=lambda one: (one[1][1].created, one[0])):
            items = [{**point.data, "order": order} for order, point in enumerate(points.get(url, ()))]
            for item in items:
                self._keep("agendaItem", {**item, "meeting": url})
            start = dt.datetime.combine(made.date, made.time or dt.time(), self._settings.zone)
            said = {
                "name": made.label or " / ".join(called[group] for group in made.organizations),
                "start": _moment(start),
                "organization": list(made.organizations),
                "agendaItem": items,
            }
            written = self._keep("meeting", thing("Meeting", url, stamp, said))
            for group in made.organizations:
                self._of_group["meeting"].setdefault(group, []).append(written)
        for order, point in enumerate(points.get("", ())):
            self._keep("agendaItem", {**point.data, "order": order})

    # --- the council

    def _all_groups(self) -> None:
        common = {"body": self._site.url(BODY)}
        for name, kind in (("organization", "Organization"), ("person", "Person")):
            for data in self._groups.objects(kind, self._stamp, common):
                lists = {}
                for listed, written in self._of_group.items():
                    if data["id"] in written:
                        path = self._site.path(data["id"]).removesuffix(".json")
                        lists[listed] = self._list(f"{path}/{listed}", written[data["id"]])
                stamps = {"created": data.pop("created"), "modified": data.pop("modified")}
                self._keep(name, {**data, **lists, **stamps})

    def _body(self) -> None:
        terms = [self._term(term, number) for number, term in enumerate(self._council.get("terms", ()), 1)]
        for term in terms:
            self._keep("legislativeTermList", {**term, "body": self._site.url(BODY)})
        url = self._site.url(BODY)
        name = self._council.get("name")
        main = self._groups.main
        said = {
            "system": self._site.url(SYSTEM),
            "name": name,
            "license": self._settings.license,
            **{listed: self._list(f"list/{listed}", self._written[listed]) for listed in _LISTS},
            "mainOrganization": main.url if main else None,
            **properties(self._council, COUNCIL, ("paper_types",)),
        }
        body = thing("Body", url, self._stamp, said)
        stamps = {"created": body.pop("created"), "modified": body.pop("modified")}
        body = {**body, "legislativeTerm": terms, **stamps}
        written = _json(body)
        self._tree.files[BODY] = written
        system = {
            "oparlVersion": NAMESPACE,
            "license": self._settings.license,
            "body": self._list("list/body", [written]),
            "name": name,
        }
        self._tree.files[SYSTEM] = _json(thing("System", self._site.url(SYSTEM), self._stamp, system))

    def _term(self, term: Mapping[str, Any], number: int) -> Data:
        identity = term.get("id")
        path = f"legislativeterm/{key(identity) if identity else f'n{number}'}.json"
        said = {"name": term.get("name"), "startDate": _iso(term.get("start")), "endDate": _iso(term.get("end"))}
        return thing("LegislativeTerm", self._site.url(path), self._stamp, said)

    def _list(self, path: str, written: Sequence[bytes]) -> str:
        """Write the pages of a list; the address of the first."""
        size = self._settings.page_size
        last = max(1, -(-len(written) // size))
        address = [self._site.url(f"{path}/{number}.json") for number in range(1, last + 1)]
        for number in range(1, last + 1):
            links = {"first": address[0], "self": address[number - 1], "last": address[-1]}
            if number > 1:
                links["prev"] = address[number - 2]
            if number < last:
                links["next"] = address[number]
            counts = {
                "totalElements": len(written),
                "elementsPerPage": size,
                "currentPage": number,
                "totalPages": last,
            }
            data = b",".join(written[(number - 1) * size : number * size])
            self._tree.files[f"{path}/{number}.json"] = b'{"data":[%s],"pagination":%s,"links":%s}' % (
                data,
                _json(counts),
                _json(links),
            )
        return address[0]


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def _json(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()


def _place(point: Point) -> tuple[list[tuple[int, int, str]], str]:
    """The order of agenda items: numbers as numbers, those without one last."""
    parts = [
        (0, int(part), "") if part.isascii() and part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(point.number)
        if part
    ]
    return parts or [(2, 0, "")], point.data["id"]


def _moment(value: dt.datetime) -> str:
    """A time with the difference to UTC in whole minutes: before there were time zones it had seconds."""
    offset = value.utcoffset() or dt.timedelta()
    minutes = round(offset / dt.timedelta(minutes=1))
    sign = "-" if minutes < 0 else "+"
    naive = value.replace(tzinfo=None).isoformat(timespec="seconds")
    return f"{naive}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _iso(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else None
