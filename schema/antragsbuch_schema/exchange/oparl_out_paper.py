"""One motion as a Paper of OParl 1.1 with its files and consultations, and the agenda items that it was dealt with at.

What a plain property says exactly is said there; what OParl has no word for, or says less exactly than the motion, is
said under our own prefix. So a reader of OParl sees a Paper like any other, and `oparl_own` the same motion again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import by_name
from antragsbuch_schema.i18n import text
from antragsbuch_schema.motion_fields import CONSULTATION, FILE, MOTION, VOTE
from antragsbuch_schema.suggest import same_name

from .oparl_out_groups import Group, Groups
from .oparl_out_names import MADE, Site, Stamp, is_url, key, suffix, thing
from .oparl_vendor import properties

PLAIN_PAPER = {"reference": "reference", "paper_type": "paperType", "title": "name", "date": "date"}
"""Fields of a motion that a property of a Paper says exactly."""
PLAIN_ITEM = {"agenda_item": "number", "resolution_text": "resolutionText"}
"""Fields of a step that a property of an AgendaItem says exactly."""
OF_ITEM = ("outcome", "result_text", "deferred_to", "referred_to", "votes")
"""Fields of a step that stand at the agenda item under our own prefix."""
PLAIN_FILE = {"title": "name", "url": "accessUrl", "media_type": "mimeType"}
LINKED = ("originators", "under_direction_of", "main_file", "attachments", "consultations")
"""Fields of a motion that stand in objects of their own, as long as these say them exactly."""
CLOSED_STEP = ("id", "organization", "joint_with", "date", "role", "role_text", "lead", "public")
"""What may stand of a step that is not public: body, date and role, and that it is not."""

_LEAD = "Federführung"
_COUNTS = (("yes", "Ja"), ("no", "Nein"), ("abstentions", "Enthaltungen"))
Content = Callable[[str], bytes | None]
"""Takes the path of a file of the repository; its bytes, None where it may not be given out or is not there."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a paper is made with: everybody, and the addresses of papers by reference.

    `amendments` are the addresses of papers by the reference that they amend (as `same_name` has both); `web` is a
    pattern with `{id}` and `{reference}` for the page of a motion, or empty.
    """

    site: Site
    groups: Groups
    content: Content
    papers: Mapping[str, str] = field(default_factory=dict)
    amendments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    web: str = ""


@dataclass(frozen=True, slots=True)
class MeetingKey:
    """What makes a session one: its bodies, day, time and label."""

    organizations: tuple[str, ...]
    date: dt.date
    time: dt.time | None
    label: str


@dataclass(slots=True)
class Point:
    """An agenda item without its place in the session: that depends on the others."""

    data: Data
    meeting: str
    number: str


@dataclass(slots=True)
class Parts:
    """What a motion gave: the Paper with what is embedded, all of it by itself, and what is published beside it.

    `meetings` are the sessions that its steps name, by address; `copies` are files of the repository by the path that
    they get, `texts` are texts that were made.
    """

    paper: Data
    consultations: list[Data] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    files: list[Data] = field(default_factory=list)
    meetings: dict[str, MeetingKey] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class Made:
    """A motion while it becomes a paper: `name` is the part of each path that is its own."""

    def __init__(self, motion: Data, name: str, stamp: Stamp, around: Around) -> None:
        self._motion, self._name, self._stamp, self._around = motion, name, stamp, around
        self._url = around.site.url(f"paper/{name}.json")
        # the main file has a name of its own
        self._taken = {"attachments": {"main"}, "consultations": set[str]()}
        self._day = next((day for key in ("submitted", "date") if (day := motion.get(key))), None)
        self.parts = Parts({})

    def made(self, printed: Callable[[], str]) -> Parts:
        """All of it. `printed` gives the printed form, which is published where the motion names no main file."""
        motion = self._motion
        movers = self._groups("originators")
        offices = self._groups("under_direction_of")
        main = self._main_file(printed)
        attachments = [self._file(name, file) for name, file in self._each("attachments")]
        self.parts.files = [file for file in (main, *attachments) if file]
        steps = [self._step(name, step) for name, step in self._each("consultations")]
        self.parts.consultations = [{**step, "paper": self._url} for step in steps]
        said = {name: motion.get(ours) for ours, name in PLAIN_PAPER.items()}
        self.parts.paper = thing(
            "Paper",
            self._url,
            self._stamp,
            {
                **said,
                "date": _iso(motion.get("date")),
                "body": self._around.site.url("body.json"),
                **self._papers(),
                "originatorOrganization": [one.url for one in movers if one.type == "Organization"],
                "originatorPerson": [one.url for one in movers if one.type == "Person"],
                "underDirectionOf": [one.url for one in offices],
                "mainFile": main,
                "auxiliaryFile": [file for file in attachments if file],
                "consultation": steps,
                "keyword": self._keywords(),
                "web": self._web(),
                **properties(motion, MOTION, self._vendor(movers, offices, main, attachments)),
            },
        )
        return self.parts

    # --- the paper itself

    def _vendor(
        self, movers: list[Group], offices: list[Group], main: Data | None, attachments: list[Data | None]
    ) -> set[str]:
        """The fields that plain properties do not say, or not exactly."""
        motion = self._motion
        names = {entry.name for entry in MOTION} - PLAIN_PAPER.keys() - set(LINKED)
        people = [one.name for kind in ("Organization", "Person") for one in movers if one.type == kind]
        exact = {
            "originators": motion.get("originators") == list(dict.fromkeys(people)),
            "under_direction_of": motion.get("under_direction_of") == list(dict.fromkeys(one.name for one in offices)),
            "main_file": main is not None,
            "attachments": bool(attachments) and all(attachments),
            "consultations": bool(motion.get("consultations")),
        }
        return names | {name for name, is_exact in exact.items() if not is_exact}

    def _groups(self, name: str) -> list[Group]:
        groups, stamp = self._around.groups, self._stamp
        names = dict.fromkeys(self._motion.get(name, ()))
        if name == "originators":
            return [groups.faction(one, self._day, stamp) for one in names if one]
        return [groups.office(one, stamp) for one in names if one]

    def _papers(self) -> Data:
        """Links to the papers that are published too."""
        motion = self._motion
        above = [*motion.get("superordinated_papers", ()), *([motion["amends"]] if motion.get("amends") else ())]
        below = self._around.amendments.get(same_name(motion.get("reference", "")), ()) if "reference" in motion else ()
        links = {
            "relatedPaper": self._linked(motion.get("related_papers", ())),
            "superordinatedPaper": self._linked(above),
            "subordinatedPaper": [*self._linked(motion.get("subordinated_papers", ())), *below],
        }
        return {name: [url for url in dict.fromkeys(urls) if url != self._url] for name, urls in links.items()}

    def _linked(self, references: Any) -> list[str]:
        found = (self._around.papers.get(same_name(reference)) for reference in references)
        return [url for url in found if url]

    def _keywords(self) -> list[str]:
        """The names of the sub-budgets that it would change: what a portal can group by."""
        places = self._motion.get("budget", {}).get("references", ())
        return list(dict.fromkeys(place["name"] for place in places if place.get("name")))

    def _web(self) -> str:
        if self._around.web:
            words = {"{id}": self._motion["id"], "{reference}": self._motion.get("reference", "")}
            address = self._around.web
            for placeholder, word in words.items():
                address = address.replace(placeholder, _quoted(word))
            return address
        url = self._motion.get("source", {}).get("url")
        return url if is_url(url) else ""

    # --- files

    def _main_file(self, printed: Callable[[], str]) -> Data | None:
        if "main_file" in self._motion:
            return self._file(f"{self._name}-main", self._motion["main_file"])
        path = f"download/{self._name}.txt"
        # the mark tells every browser that it is UTF-8, whatever the server says or not
        self.parts.texts[path] = "\ufeff" + printed()
        data = self.parts.texts[path].encode()
        said = {
            "name": self._motion.get("title"),
            "fileName": f"{self._name}.txt",
            "mimeType": "text/plain",
            "accessUrl": self._around.site.url(path),
            **_measured(data),
            "paper": [self._url],
            MADE: True,
        }
        return thing("File", self._around.site.url(f"file/{self._name}-main.json"), self._stamp, said)

    def _file(self, name: str, file: Data) -> Data | None:
        """A file of a motion as a File; None where there is no address under which it could be had."""
        said: dict[str, Any] = {"name": file.get("title"), "mimeType": file.get("media_type")}
        names = {entry.name for entry in FILE} - PLAIN_FILE.keys()
        address = file.get("url")
        content = None if address else self._around.content(file.get("path", ""))
        if content is not None:
            path = f"download/{name}{suffix(file['path'])}"
            self.parts.copies[path] = file["path"]
            address = self._around.site.url(path)
            said |= {"fileName": file["path"].rsplit("/", 1)[-1], **_measured(content)}
            said["mimeType"] = said["mimeType"] or mimetypes.guess_type(file["path"], strict=True)[0]
            # what was guessed is no word of the motion
            names |= {"media_type"}
        if not is_url(address):
            return None
        if file.get("path") and file.get("url"):
            names |= {"url"}
        return thing(
            "File",
            self._around.site.url(f"file/{name}.json"),
            self._stamp,
            {**said, "accessUrl": address, "paper": [self._url], **properties(file, FILE, names)},
        )

    # --- steps

    def _step(self, name: str, step: Data) -> Data:
        url = self._around.site.url(f"consultation/{name}.json")
        names = [*([step["organization"]] if "organization" in step else []), *step.get("joint_with", ())]
        bodies = [self._around.groups.body(one, step.get("date"), self._stamp) for one in names if one]
        meeting = self._meeting(step, bodies)
        item = self._item(step, name, url, meeting)
        ours = {entry.name for entry in CONSULTATION} - set(OF_ITEM) - PLAIN_ITEM.keys()
        exact = [one.name for one in bodies] == names and len({one.url for one in bodies}) == len(names)
        if exact and ("organization" in step or not names):
            ours -= {"organization", "joint_with"}
        return thing(
            "Consultation",
            url,
            self._stamp,
            {
                "organization": list(dict.fromkeys(one.url for one in bodies)),
                "meeting": meeting,
                "agendaItem": item,
                "role": _role(step),
                "authoritative": step.get("authoritative", True if step.get("role") == "decision" else None),
                **properties(step, CONSULTATION, ours),
            },
        )

    def _meeting(self, step: Data, bodies: list[Group]) -> str:
        """The address of the session that the step is dealt with in, "" where its body or date is not known."""
        date = step.get("date")
        if date is None or not bodies:
            return ""
        made = MeetingKey(
            tuple(dict.fromkeys(one.url for one in bodies)), date, step.get("time"), step.get("meeting", "")
        )
        path = meeting_path(made, self._around.site)
        url = self._around.site.url(path)
        self.parts.meetings[url] = made
        return url

    def _item(self, step: Data, name: str, consultation: str, meeting: str) -> str:
        """The address of the agenda item; "" where nothing is known that it could say."""
        if step.keys().isdisjoint((*OF_ITEM, *PLAIN_ITEM)):
            return ""
        url = self._around.site.url(f"agendaitem/{name}.json")
        data = thing(
            "AgendaItem",
            url,
            self._stamp,
            {
                "number": step.get("agenda_item"),
                "name": self._motion.get("title"),
                "public": True,
                "consultation": consultation,
                "result": result(step),
                "resolutionText": step.get("resolution_text"),
                **properties(step, CONSULTATION, OF_ITEM),
            },
        )
        self.parts.points.append(Point(data, meeting, step.get("agenda_item", "")))
        return url

    def _each(self, name: str) -> list[tuple[str, Data]]:
        """The elements of a list with what their paths are called by: the id of each, else where it stands."""
        return [
            (f"{self._name}-{self._part(name, one, n)}", one) for n, one in enumerate(self._motion.get(name, ()), 1)
        ]

    def _part(self, name: str, element: Data, number: int) -> str:
        identity = element.get("id")
        part = key(identity) if identity else f"n{number}"
        while part in self._taken[name]:
            part += "-2"
        self._taken[name].add(part)
        return part


def meeting_path(made: MeetingKey, site: Site) -> str:
    """The path of a session: its day and its first body, and where that is not all, letters made from the rest."""
    bodies = sorted(made.organizations)
    first = site.path(bodies[0]).partition("/")[2].removesuffix(".json")
    rest = "\n".join((*bodies[1:], made.time.isoformat() if made.time else "", made.label)).strip()
    more = f"-{hashlib.sha256(rest.encode()).hexdigest()[:12]}" if rest else ""
    return f"meeting/{made.date.isoformat()}-{first}{more}.json"


def result(step: Data) -> str:
    """The outcome in words: the source's own, else ours with the counts of the vote on the whole motion."""
    if step.get("result_text"):
        return str(step["result_text"])
    choice = by_name(CONSULTATION)["outcome"].choice(step.get("outcome"))
    words = text(choice.label)("de") if choice else ""
    votes = step.get("votes", ())
    if len(votes) != 1:
        return words
    decided = by_name(VOTE)["result"].choice(votes[0].get("result"))
    words = words or (text(decided.label)("de") if decided else "")
    counts = ", ".join(f"{votes[0][name]} {word}" for name, word in _COUNTS if name in votes[0])
    return f"{words} ({counts})" if words and counts else words or counts


def _role(step: Data) -> str:
    """`Vorbereitung (Federführung)`: the source's own word if there is one."""
    choice = by_name(CONSULTATION)["role"].choice(step.get("role"))
    words = str(step.get("role_text") or (text(choice.label)("de") if choice else ""))
    if step.get("lead") is not True or _LEAD in words:
        return words
    return f"{words} ({_LEAD})" if words else _LEAD


def _measured(data: bytes) -> Data:
    return {"size": len(data), "sha512Checksum": hashlib.sha512(data).hexdigest()}


def _quoted(word: str) -> str:
    from urllib.parse import quote

    return quote(word, safe="")


def _iso(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else None
