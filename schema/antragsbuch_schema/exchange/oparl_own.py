"""A Paper that was published by a register of ours, as the motion that it was: `oparl_out` the other way round.

Such a paper says so by the id of the motion under our prefix. What plain properties say exactly is read from them,
everything else from properties under our prefix; nothing is derived from words, so that it comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields, by_name
from antragsbuch_schema.motion_fields import CONSULTATION, FILE, MOTION
from antragsbuch_schema.normal import normalise
from antragsbuch_schema.places import ID

from .oparl_out_groups import GROUP_FIELDS
from .oparl_out_names import MADE
from .oparl_out_paper import CLOSED_STEP, OF_ITEM, PLAIN_FILE, PLAIN_ITEM, PLAIN_PAPER
from .oparl_vendor import PREFIX, fields_in, one_line
from .oparl_world import Item, World, missed

_TOMBSTONE = re.compile(r"https?://.*/paper/([a-z0-9][a-z0-9_-]{0,63})\.json")
_IDENTITY = PREFIX + "id"


def identity(paper: Item) -> str:
    """The id of the motion that a Paper was made from, "" where it is none of ours."""
    found = paper.data.get(_IDENTITY)
    return found if isinstance(found, str) and ID.fullmatch(found) and len(found) <= 200 else ""


def identity_of_deleted(source: str) -> str:
    """The id that the motion of a deleted Paper must have had if that was one of ours: by its address alone."""
    match = _TOMBSTONE.fullmatch(source)
    return match[1] if match else ""


def motion(paper: Item, world: World, unknown: dict[str, frozenset[str]], *, public: bool) -> Data:
    """The motion, in the normal form, for a `public` register or another.

    `unknown` gets the keys that hang on objects that were not given.
    """
    said = _fields(paper, MOTION, PLAIN_PAPER)
    for ours, links in (
        ("originators", (("originatorOrganization", "Organization"), ("originatorPerson", "Person"))),
        ("under_direction_of", (("underDirectionOf", "Organization"),)),
    ):
        if ours not in said:
            said[ours] = _names(paper, links, world, unknown, "", (ours,))
    if "main_file" not in said:
        files = _files(paper, "mainFile", world)
        said |= {"main_file": files[0]} if files else {}
    if "attachments" not in said and (files := _files(paper, "auxiliaryFile", world)):
        said["attachments"] = files
    if "consultations" not in said:
        steps, missing = world.followed(paper, "consultation", "Consultation")
        missed(paper, "consultation", missing, unknown, "", ("consultations",))
        said["consultations"] = [_step(step, world, unknown, public=public) for step in steps]
    paper.used |= paper.data.keys()
    return _ordered(said, MOTION)


def is_made(item: Item) -> bool:
    """Whether an object was made for readers of OParl only: no entry of a motion or a council stands behind it."""
    return item.data.get(MADE) is True


def group(item: Item, fields: Fields) -> Data:
    """What an organization of ours says under our prefix of a body or faction (`fields`); empty for others."""
    item.used |= {key for key in item.data if key.startswith(PREFIX)}
    return fields_in(item.data, fields, lambda name: item.remark("value", name), GROUP_FIELDS)


def paper_types(body: Item) -> list[Data]:
    """The kinds of paper that a body of ours names, with their ids."""
    key = PREFIX + "paper_types"
    body.used.add(key)
    found = fields_in(body.data, COUNCIL, lambda name: body.remark("value", name), ("paper_types",))
    return [kind for kind in found.get("paper_types", ()) if kind.get("name") and kind.get("id")]


def _step(step: Item, world: World, unknown: dict[str, frozenset[str]], *, public: bool) -> Data:
    said = _fields(step, CONSULTATION, {})
    name = str(said.get("id", ""))
    if "organization" not in said and "joint_with" not in said:
        names = _names(step, (("organization", "Organization"),), world, unknown, name, ("organization", "joint_with"))
        said |= {"organization": names[0], "joint_with": names[1:]} if names else {}
    items, missing = world.followed(step, "agendaItem", "AgendaItem")
    missed(step, "agendaItem", missing, unknown, name, (*OF_ITEM, *PLAIN_ITEM))
    if items:
        said |= _fields(items[0], CONSULTATION, PLAIN_ITEM, OF_ITEM)
        # without a result too it is an agenda item about a paper
        items[0].used |= {*items[0].data, "result"}
    for meeting in world.followed(step, "meeting", "Meeting")[0]:
        meeting.used |= meeting.data.keys()
    step.used |= step.data.keys()
    if public and said.get("public") is False and not said.keys() <= set(CLOSED_STEP):
        step.remark("public", "agendaItem")
        said = {name: value for name, value in said.items() if name in CLOSED_STEP}
    return _ordered(said, CONSULTATION)


def _files(paper: Item, name: str, world: World) -> list[Data]:
    files, missing = world.followed(paper, name, "File")
    for link in missing:
        paper.remark("link", name, link)
    found: list[Data] = []
    for file in files:
        file.used |= file.data.keys()
        if not is_made(file):
            said = _fields(file, FILE, PLAIN_FILE)
            stated = fields_in(file.data, FILE, lambda _name: None)
            if "path" in stated and "url" not in stated:
                # the address is that of the copy which was published
                del said["url"]
                if "media_type" not in stated:
                    said.pop("media_type", None)
            found.append(_ordered(said, FILE))
    return found


def _fields(
    item: Item, fields: Fields, plain: Mapping[str, str], names: Collection[str] | None = None
) -> dict[str, Any]:
    """What plain properties say, and what stands under our prefix."""
    given = {PREFIX + ours: item.data[theirs] for ours, theirs in plain.items() if theirs in item.data}
    said = fields_in(given, fields, lambda name: item.remark("value", plain[name.removeprefix(PREFIX)]))
    return said | fields_in(item.data, fields, lambda name: item.remark("value", name), names)


def _names(
    item: Item,
    links: Collection[tuple[str, str]],
    world: World,
    unknown: dict[str, frozenset[str]],
    step: str,
    keys: Collection[str],
) -> list[str]:
    names: list[str] = []
    for name, kind in links:
        others, missing = world.followed(item, name, kind)
        names += [one_line(text) for other in others if isinstance(text := other.raw("name"), str)]
        missed(item, name, missing, unknown, step, keys)
    return names


def _ordered(said: Mapping[str, Any], fields: Fields) -> Data:
    return normalise({name: said[name] for name in by_name(fields) if name in said}, fields)
