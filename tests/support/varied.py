"""Motions of all shapes, always the same for the same number: parts of the full one left out, other texts."""

from __future__ import annotations

from random import Random
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION
from support import german_text
from support.full_motion import full_motion

_ODD = (
    "*fett*", "#x", "[a]", "$5", "@b", "SPD-Fraktion", "bundes- und landesweit", "Zu-/Abgang", "e/mail", "–", "z. B.",
    "20.000 €", "„ja“", "https://example.org/a/b-c?d=e&f", "Donaudampfschifffahrtsgesellschaftskapitän", "A-B-C-D",
    "1/2", "(siehe", "unten)", "Ja:", "Anlage",
)  # fmt: skip
_PROSE = ("proposal", "facts", "remarks", "cover", "resolution_text")
_KEPT = (
    "reference", "title", "public", "role", "sub_budget", "product", "label", "page", "organization", "name", "year",
    "passage", "change", "subject",
)  # fmt: skip
"""What an element is printed by; without it, the printed form can't give it back."""


def varied(number: int) -> Data:
    """The motion with this number, ids given in order."""
    chance = Random(f"varied {number}")
    return with_ids({**_varied(full_motion(), chance), "id": "x1234567", "reference": f"{number} (V) HHA"}, MOTION)


def _varied(value: Any, chance: Random) -> Any:
    if isinstance(value, dict):
        parts = {
            key: _prose(chance) if key in _PROSE else _varied(part, chance)
            for key, part in value.items()
            if key in _KEPT or (key != "id" and chance.random() < 0.85)
        }
        return {key: part for key, part in parts.items() if part != {}}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        kept = [_varied(part, chance) for part in value if chance.random() < 0.85]
        return [part for part in kept if part]
    return value


def _prose(chance: Random) -> str:
    parts: list[str] = []
    for _paragraph in range(chance.randint(1, 5)):
        words: list[str] = []
        for _sentence in range(chance.randint(1, 6)):
            words += (
                german_text.sentence(chance).split()
                if chance.random() < 0.6
                else chance.choices(_ODD, k=chance.randint(1, 8))
            )
        # a dash at the beginning is a list
        first = next((at for at, word in enumerate(words) if word != "–"), 0)
        parts.append(("- " if chance.random() < 0.3 else "") + " ".join(words[first:]))
    return "\n\n".join(parts)
