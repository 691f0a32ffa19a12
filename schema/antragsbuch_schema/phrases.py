"""Values, names and votes in running text: the parts that the sentences about changes are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .alignment import NAMED_BY, identity
from .edits import MISSING
from .fields import Field, Fields, Kind, by_name
from .german import format_time
from .i18n import N_, Language, Text, catalogue, counted, text
from .money import Money
from .words import Piece

NOUNS: Mapping[str, str] = {
    "consultations": N_("Step"),
    "votes": N_("Vote"),
    "by_faction": N_("Vote of a faction"),
    "choices": N_("Option"),
    "attachments": N_("Attachment"),
    "proposals": N_("Proposal"),
    "replacements": N_("Replaced passage"),
    "references": N_("Place in the budget"),
    "amounts": N_("Amount"),
    "commitments": N_("Commitment authority"),
    "terms": N_("Electoral term"),
    "organizations": N_("Body"),
    "factions": N_("Faction"),
    "paper_types": N_("Paper type"),
    "sub_budgets": N_("Sub-budget"),
    "templates": N_("Template"),
    "steps": N_("Step"),
    "sources": N_("Source"),
    "former_names": N_("Former name"),
    "seats": N_("Seats"),
}
"""What one element of a list of tables is called, by the key of the list."""

VALUE_WIDTH = 60
_NAME_WIDTH = 34
_SNIPPET_WIDTH = 160
_KEPT_WORDS = 3
_SEPARATORS = " ,;:-–"
_COUNTS = ("yes", "no", "abstentions")


@dataclass(frozen=True, slots=True)
class Label:
    """An English label of the field tables in running text: without its capital in English."""

    message: str

    def __call__(self, language: Language) -> str:
        shown = catalogue(language).gettext(self.message)
        if language == "en" and not self.message[1:2].isupper():
            return shown[:1].lower() + shown[1:]
        return shown


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as people of the language write it."""

    time: dt.time

    def __call__(self, language: Language) -> str:
        return format_time(self.time, language)


def shortened(value: str, width: int) -> str:
    """`value` on one line, cut after a word where it is longer than `width`."""
    line = " ".join(value.split())
    if len(line) <= width:
        return line
    words = line[:width].rpartition(" ")[0].rstrip(_SEPARATORS)
    if len(words) > width - 2:
        words = words.rpartition(" ")[0].rstrip(_SEPARATORS)
    return f"{words} …" if len(words) > width // 2 else line[: width - 1].rstrip(_SEPARATORS) + "…"


def quoted(value: str, width: int = VALUE_WIDTH) -> Text:
    """`value` in the quotes of the language, shortened."""
    return text("“{text}”", text=shortened(value, width))


def shown(value: Any, field: Field | None, table: Mapping[str, Any] | None = None) -> object:
    """A value of `field` for people, as a value of a `Text`; `table` is the one that it stands in."""
    if value is MISSING:
        return text("not stated")
    if field is not None:
        known = _shown_as(value, field, table or {})
        if known is not None:
            return known
    if isinstance(value, str):
        return quoted(value) if " " in value or not value.split() else shortened(value, VALUE_WIDTH)
    if isinstance(value, bool):
        return str(value).lower()
    return shortened(str(value), VALUE_WIDTH)


def _shown_as(value: Any, field: Field, table: Mapping[str, Any]) -> object | None:
    if field.kind is Kind.CHOICE and (choice := field.choice(value)):
        return Text(choice.label)
    if field.kind is Kind.BOOLEAN and isinstance(value, bool):
        return text("yes") if value else text("no")
    if field.kind is Kind.CENTS and type(value) is int:
        return Money(value, table.get("side") == "posts")
    if field.kind is Kind.DATE and type(value) is dt.date:
        return value
    if field.kind is Kind.TIME and isinstance(value, dt.time):
        return Clock(value)
    return None


def step_name(step: Mapping[str, Any], position: int) -> Text:
    """`Regionsversammlung, 17.12.2024`: a step by its body, shortened, and its date."""
    parts: list[object] = []
    if isinstance(step.get("organization"), str) and step["organization"]:
        parts.append(shortened(step["organization"], _NAME_WIDTH))
    if type(step.get("date")) is dt.date:
        parts.append(step["date"])
    return listed(parts) if parts else text("step {number}", number=position + 1)


def body_name(step: Mapping[str, Any]) -> str:
    """The body of a step for a subject line; empty where there is none."""
    organization = step.get("organization")
    return shortened(organization, 30) if isinstance(organization, str) else ""


def element_name(key: str, element: Mapping[str, Any], position: int, fields: Fields) -> Text:
    """What an element of the list `key` is called: by what names it among its kind, else by its id or number."""
    if key == "consultations":
        return step_name(element, position)
    known = by_name(fields)
    parts = [shown(element[name], known.get(name), element) for name in NAMED_BY.get(key, ()) if name in element]
    if parts:
        return listed(parts)
    return listed([identity(element) or f"#{position + 1}"])


def listed(parts: Sequence[object], separator: str = ", ") -> Text:
    """Values of a `Text` as one text, in their order."""
    if not parts:
        # the empty message of a catalogue is its header
        parts = ("",)
    names = [f"part{number}" for number in range(len(parts))]
    return Text(separator.join("{" + name + "}" for name in names), dict(zip(names, parts, strict=True)))


def snippet(pieces: Sequence[Piece]) -> str:
    """`ist [-bundesweit-] {+landesweit+} Vorbild`: what changed, with a word before and after each change."""
    said, last = "", ""
    for position, piece in enumerate(pieces):
        words = piece.text.split()
        if piece.kind == "removed":
            words = [f"[-{' '.join(words)}-]" if words else "[-¶-]"]
        elif piece.kind == "added":
            words = [f"{{+{' '.join(words)}+}}" if words else "{+¶+}"]
        elif position in (0, len(pieces) - 1):
            words = words[-1:] if position == 0 else words[:1]
        elif len(words) > _KEPT_WORDS:
            words = [words[0], "…", words[-1]]
        # a full stop or a part of a word stands where it stood; what went and what came stand apart
        beside = "same" in (piece.kind, pieces[position - 1].kind) and last[-1:].strip() and piece.text[:1].strip()
        said += ("" if not said or not words or beside else " ") + " ".join(words)
        last = piece.text
    return said


def snippet_fits(pieces: Sequence[Piece]) -> bool:
    """Whether a snippet of these pieces can stand in a sentence."""
    return len(snippet(pieces)) <= _SNIPPET_WIDTH


def word_count(value: str) -> int:
    """How many words a text has."""
    return sum(any(map(str.isalnum, word)) for word in value.split())


def triple(vote: Mapping[str, Any]) -> str:
    """`45:30:3`; a count that was not stated is `-`."""
    return ":".join(str(vote.get(name, "-")) for name in _COUNTS)


def vote_name(vote: Mapping[str, Any]) -> Text:
    """`vote on “number 2”`: what was voted on, where it is not the whole motion."""
    subject = vote.get("subject") or vote.get("proposal")
    if isinstance(subject, str):
        name = text("vote on {subject}", subject=quoted(subject))
    else:
        name = text("procedural vote") if vote.get("procedural") is True else text("vote")
    body = body_name(vote)
    return listed([name, body], ", ") if body else name


def vote_text(vote: Mapping[str, Any], fields: Fields, outcome: object = None) -> Text:
    """`45 yes, 30 no, 3 abstentions, accepted`; the result is left out where `outcome` says the same."""
    known = by_name(fields)
    parts: list[Text] = []
    for name, message in (("yes", N_("{count} yes")), ("no", N_("{count} no"))):
        if name in vote:
            parts.append(Text(message, {"count": vote[name]}))
    if "abstentions" in vote:
        count = vote["abstentions"]
        number = count if isinstance(count, int) else 2
        parts.append(counted("{number} abstention", "{number} abstentions", number, number=count))
    for name, message in (
        ("invalid", N_("{count} invalid")),
        ("biased", N_("{count} biased")),
        ("present", N_("{count} present")),
    ):
        if name in vote:
            parts.append(Text(message, {"count": vote[name]}))
    for option in _tables(vote.get("choices")):
        parts.append(listed([option.get("label", "?"), option.get("votes", "-")], " "))
    if vote.get("by_faction"):
        parts.append(text("by faction"))
    parts += [
        listed([shown(vote[name], known[name], vote)])
        for name in ("result", "manner", "method", "required")
        if name in vote and not (name == "result" and _implied(vote[name], outcome))
    ]
    if not parts and isinstance(vote.get("text"), str):
        parts.append(quoted(vote["text"]))
    return listed(parts)


def outcome_text(step: Mapping[str, Any], known: Mapping[str, Field]) -> Text:
    """`deferred to 20.01.2025, “vertagt”`: how a step ended; empty where it says nothing of it."""
    parts: list[object] = []
    deferred, referred = step.get("deferred_to", MISSING), step.get("referred_to", MISSING)
    if "outcome" in step and not (
        (step["outcome"] == "deferred" and deferred is not MISSING)
        or (step["outcome"] == "referred" and referred is not MISSING)
    ):
        parts.append(shown(step["outcome"], known["outcome"]))
    if deferred is not MISSING:
        parts.append(text("deferred to {date}", date=shown(deferred, known["deferred_to"])))
    if referred is not MISSING:
        parts.append(text("referred to {body}", body=shown(referred, known["referred_to"])))
    if "result_text" in step:
        parts.append(quoted(str(step["result_text"])))
    return listed(parts)


def _implied(result: object, outcome: object) -> bool:
    accepted = ("as_proposed", "amended", "partly")
    return (result == "accepted" and outcome in accepted) or (result == outcome == "rejected")


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []
