"""An OParl paper as a motion: what the source says and nothing else, in its own words where no code fits."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from antragsbuch_schema.edits import Data
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.suggest import same_name

from . import minutes, oparl_own
from .oparl_votes import vendor_vote
from .oparl_world import Item, World, missed

_LETTERS = string.ascii_lowercase
_CHARACTERS = _LETTERS + string.digits


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a paper is read with: the other objects, and what the register knows.

    `references` are the references of motions by the id of their papers; `factions` the names that may stand beside a
    count; `bodies` those (as `same_name` has them) that a matter can be referred to. In a `public` register no result
    of a step that is not public is taken.
    """

    world: World
    references: Mapping[str, str] = field(default_factory=dict)
    factions: Collection[str] = ()
    bodies: Collection[str] = ()
    zone: ZoneInfo | None = None
    public: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A motion made from a paper. `unknown` are the keys that hang on objects that were not given.

    They stand by the id of the step, "" for the motion itself: what an earlier import knew of them still holds.
    """

    source: str
    data: Data
    unknown: Mapping[str, frozenset[str]]


def motion_id(source: str) -> str:
    """The id of the motion that is made from the object `source`: the same in every import, in every clone."""
    number = _number(source)
    return _LETTERS[number % 26] + _digits(number // 26, _CHARACTERS, 9)


def element_id(prefix: str, source: str) -> str:
    """The id of a step or file that is made from the object `source`: letters only, numbered ones are people's."""
    return prefix + _digits(_number(source), _LETTERS, 6)


def paper(item: Item, around: Surroundings) -> Paper:
    """The motion that `item`, a paper, is; one that a register of ours published comes back as it was."""
    unknown: dict[str, frozenset[str]] = {}
    if oparl_own.identity(item):
        return Paper(item.id, oparl_own.motion(item, around.world, unknown, public=around.public), unknown)
    data: dict[str, Any] = {
        "id": motion_id(item.id),
        "reference": item.line("reference"),
        "paper_type": item.line("paperType"),
        "title": _title(item, around),
        "public": True,
        **_names(item, around, unknown),
        "date": item.day("date"),
        **_papers(item, around, unknown),
        **_files(item, around),
        "consultations": _steps(item, around, unknown),
        "source": _source(item, around),
    }
    return Paper(item.id, with_ids(_ordered(data), MOTION), unknown)


def _ordered(data: Mapping[str, Any]) -> Data:
    return {entry.name: data[entry.name] for entry in MOTION if data.get(entry.name) not in (None, "", [], {})}


def _title(item: Item, around: Surroundings) -> str:
    if name := item.line("name"):
        return name
    item.remark("title", "name")
    files, _missing = around.world.followed(item, "mainFile", "File")
    named = [item.line("paperType"), item.line("reference"), *(file.line("name") for file in files)]
    return next(filter(None, [" ".join(filter(None, named[:2])), *named[2:]]), "") or item.id.rstrip("/").split("/")[-1]


def _names(item: Item, around: Surroundings, unknown: dict[str, frozenset[str]]) -> Data:
    """Who moves it, and the office that is responsible."""
    found: Data = {}
    for ours, links in (
        ("originators", (("originatorOrganization", "Organization"), ("originatorPerson", "Person"))),
        ("under_direction_of", (("underDirectionOf", "Organization"),)),
    ):
        names: list[str] = []
        for theirs, kind in links:
            others, missing = around.world.followed(item, theirs, kind)
            names += [name for other in others if (name := _name(other))]
            missed(item, theirs, missing, unknown, "", (ours,))
        found[ours] = list(dict.fromkeys(names))
    return found


def _name(other: Item) -> str:
    return (
        other.line("name")
        or other.line("shortName")
        or " ".join(filter(None, (other.line("givenName"), other.line("familyName"))))
    )


_AMENDMENT = re.compile(r"änderungs|ergänzungsantrag", re.IGNORECASE)
_LINKS = (
    ("related_papers", "relatedPaper"),
    ("superordinated_papers", "superordinatedPaper"),
    ("subordinated_papers", "subordinatedPaper"),
)


def _papers(item: Item, around: Surroundings, unknown: dict[str, frozenset[str]]) -> Data:
    """The linked papers. Cities differ in which one they call the parent of an amendment: the kind of paper decides."""
    found: Data = {}
    amended: dict[str, str] = {}
    for ours, theirs in _LINKS:
        references: dict[str, None] = {}
        missing: list[str] = []
        for identity in item.links(theirs):
            other = around.world.get(identity, "Paper")
            reference = other.line("reference") if other else around.references.get(identity, "")
            if reference:
                references[reference] = None
                if ours != "related_papers" and not (other and _AMENDMENT.search(other.line("paperType"))):
                    amended[reference] = ours
            elif not reference and other is None and not around.world.is_gone(identity):
                missing.append(identity)
        found[ours] = list(references)
        missed(item, theirs, missing, unknown, "", (ours, "amends"))
    if _AMENDMENT.search(item.line("paperType")) and len(amended) == 1:
        [(reference, ours)] = amended.items()
        found["amends"] = reference
        found[ours] = [other for other in found[ours] if other != reference]
    return found


def _files(item: Item, around: Surroundings) -> Data:
    main, _missing = around.world.followed(item, "mainFile", "File")
    found: Data = {"main_file": _file(main[0])} if main else {}
    others, missing = around.world.followed(item, "auxiliaryFile", "File")
    for identity in missing:
        item.remark("link", "auxiliaryFile", identity)
    attachments = [{"id": element_id("f", file.id), **_file(file)} for file in [*main[1:], *others]]
    return found | {"attachments": [entry for entry in attachments if len(entry) > 1]}


def _file(file: Item) -> Data:
    address = file.line("accessUrl") or file.line("downloadUrl")
    said = {
        "title": file.line("name") or file.line("fileName"),
        "url": address,
        "media_type": file.line("mimeType"),
    }
    return {key: value for key, value in said.items() if value}


def _source(item: Item, around: Surroundings) -> Data:
    body, _missing = around.world.followed(item, "body", "Body")
    said = {
        "name": (body and body[0].line("name")) or "OParl",
        "url": item.line("web") or (item.id if re.match("https?://", item.id) else ""),
        "id": item.id,
        "modified": item.line("modified"),
    }
    return {key: value for key, value in said.items() if value}


# --- the steps

_ROLES = {
    "entscheidung": "decision",
    "beschlussfassung": "decision",
    "beschließend": "decision",
    "beschluss": "decision",
    "vorberatung": "preparation",
    "vorberatend": "preparation",
    "vorbereitung": "preparation",
    "empfehlung": "preparation",
    "anhörung": "hearing",
    "kenntnisnahme": "noting",
    "zur kenntnisnahme": "noting",
    "zur kenntnis": "noting",
    "information": "noting",
    "beratung": "debate",
    "behandlung": "debate",
}
_USUAL = {"preparation": "vorbereitung", "decision": "entscheidung"}
_LEAD = re.compile(r"\s*\((?:Federführung|federführend)\)", re.IGNORECASE)
_OF_MEETING = ("date", "time", "meeting")
_OF_ITEM = ("agenda_item", "public", "outcome", "result_text", "deferred_to", "referred_to", "resolution_text", "votes")


def _steps(item: Item, around: Surroundings, unknown: dict[str, frozenset[str]]) -> list[Data]:
    steps, missing = around.world.followed(item, "consultation", "Consultation")
    missed(item, "consultation", missing, unknown, "", ("consultations",))
    return [_step(item, step, around, unknown) for step in steps]


def _step(paper: Item, step: Item, around: Surroundings, unknown: dict[str, frozenset[str]]) -> Data:
    identity = element_id("c", step.id)
    step.used |= {"paper"}
    bodies, missing = around.world.followed(step, "organization", "Organization")
    missed(step, "organization", missing, unknown, identity, ("organization", "joint_with"))
    point = _agenda_item(step, around, unknown, identity)
    meeting = _meeting(step, point, around, unknown, identity)
    if not bodies and meeting is not None and not missing:
        # who meets deals with it
        bodies, _missing = around.world.followed(meeting, "organization", "Organization")
    names = [name for body in bodies if (name := _name(body))]
    found: dict[str, Any] = {
        "id": identity,
        "organization": names[0] if names else None,
        "joint_with": names[1:],
        **_when(meeting, around),
        "agenda_item": point.line("number") if point else None,
        **_role(step),
        "authoritative": step.flag("authoritative"),
    }
    if point is not None:
        found |= _ended(point, around)
        if point.line("name") != paper.line("name"):
            # what the agenda calls it otherwise has no place here
            point.used.discard("name")
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _agenda_item(step: Item, around: Surroundings, unknown: dict[str, frozenset[str]], identity: str) -> Item | None:
    points, missing = around.world.followed(step, "agendaItem", "AgendaItem")
    point = points[0] if points else around.world.item_of(step.id)
    if point is not None:
        point.used |= {"consultation", "meeting"}
        if not points and not missing:
            step.remark("back", "agendaItem", point.id)
    elif missing:
        missed(step, "agendaItem", missing, unknown, identity, _OF_ITEM)
    return point


def _meeting(
    step: Item, point: Item | None, around: Surroundings, unknown: dict[str, frozenset[str]], identity: str
) -> Item | None:
    meetings, missing = around.world.followed(step, "meeting", "Meeting")
    if meetings:
        return meetings[0]
    if point is not None:
        back, _missing = around.world.followed(point, "meeting", "Meeting")
        found = back[0] if back else around.world.get(point.parent, "Meeting")
        if found is not None:
            step.remark("back", "meeting", found.id)
            return found
    missed(step, "meeting", missing, unknown, identity, _OF_MEETING)
    return None


def _when(meeting: Item | None, around: Surroundings) -> Data:
    if meeting is None:
        return {}
    date, time = meeting.moment("start", around.zone)
    found = {"date": date, "time": time, "meeting": meeting.line("name")}
    if meeting.flag("cancelled"):
        meeting.remark("cancelled", "cancelled")
        found["remarks"] = "Die Sitzung wurde abgesagt."
    meeting.used |= {"agendaItem", "organization"}
    return found


def _role(step: Item) -> Data:
    words = step.line("role")
    plain = _LEAD.sub("", words)
    code = _ROLES.get(plain.lower())
    found: Data = {"role": code, "lead": True if plain != words else None}
    if plain and (code is None or _USUAL.get(code) != plain.lower()):
        found["role_text"] = words
    return found


def _ended(point: Item, around: Surroundings) -> Data:
    """How the step ended, by the agenda item."""
    found: Data = {}
    words, counts = point.line("result"), point.line("result_details")
    result = f"{words} ({counts})" if words and counts else words or counts
    resolution = point.prose("resolutionText")
    if point.flag("public") is False:
        found["public"] = False
        if around.public:
            if result or resolution:
                point.remark("public", "result")
            return found
    if resolution:
        found["resolution_text"] = resolution
    if not result:
        return found
    read = minutes.read(", ".join(filter(None, (counts, words))), around.factions)
    understood = [vote for vote in read.votes if vote.keys() - {"subject", "text"}]
    found |= {"outcome": read.outcome, "deferred_to": read.deferred_to}
    if read.referred_to and same_name(read.referred_to) in around.bodies:
        found["referred_to"] = read.referred_to
    found |= {"result_text": result, "votes": [_without_text(vote) for vote in understood]}
    if read.unread:
        point.remark("result", "result", result)
        found |= {"outcome": "other", "votes": []}
    counted = any(vote.keys() & {"yes", "no", "by_faction"} for vote in found["votes"])
    if len(found["votes"]) < 2 and not counted and (vote := vendor_vote(point)):
        # the words say how, the vendor how many
        found["votes"] = [{**vote, **(found["votes"] or [{}])[0]}]
    return found


def _without_text(vote: Mapping[str, Any]) -> Data:
    # the words stand in the step already
    return {key: value for key, value in vote.items() if key != "text"}


def _number(source: str) -> int:
    return int.from_bytes(hashlib.sha256(source.encode("utf-8", "surrogatepass")).digest()[:12])


def _digits(number: int, alphabet: str, count: int) -> str:
    found = ""
    for _position in range(count):
        number, digit = divmod(number, len(alphabet))
        found += alphabet[digit]
    return found
