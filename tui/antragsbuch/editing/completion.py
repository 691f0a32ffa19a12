"""What could be meant by what is typed: the choices of a field, the names of the council, what the register holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Kind, Vocabulary
from antragsbuch_schema.folding import fold

from . import words

Words = Mapping[Vocabulary, tuple["Candidate", ...]]
"""Every word of each vocabulary, the most likely first."""

MOST = 8
"""How many candidates are offered at once."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for the field, and the text that is shown and searched for it."""

    value: str
    text: str
    note: str = ""


def candidates(field: Field, typed: str, vocabulary: Words) -> tuple[Candidate, ...]:
    """What `typed` could mean in `field`: what begins with it, then what has a word that does, then what holds it.

    Nothing typed offers every choice of a field with choices, and nothing elsewhere.
    """
    if field.kind is Kind.CHOICE:
        offered = tuple(Candidate(choice.code, words.choice(choice)) for choice in field.choices)
        return offered if not typed.strip() else _ranked(offered, typed)
    if not typed.strip():
        return ()
    return tuple(
        candidate
        for candidate in _ranked(vocabulary.get(field.vocabulary, ()), typed)[:MOST]
        if candidate.value != typed
    )


def vocabulary_of(council: Data, used: Mapping[Vocabulary, Iterable[str]]) -> Words:
    """The words of `council.toml`, and after them those of the register that it does not have."""
    known: dict[Vocabulary, tuple[Candidate, ...]] = {
        Vocabulary.ORGANIZATIONS: _named(council.get("organizations")),
        Vocabulary.FACTIONS: _named(council.get("factions")),
        Vocabulary.PAPER_TYPES: _named(council.get("paper_types"), "code"),
        Vocabulary.SUB_BUDGETS: _numbered(council.get("sub_budgets")),
        Vocabulary.TERMS: _named(council.get("terms")),
    }
    for vocabulary, values in used.items():
        have = {candidate.value for candidate in known.get(vocabulary, ())}
        more = tuple(Candidate(value, value) for value in dict.fromkeys(values) if value not in have)
        known[vocabulary] = (*known.get(vocabulary, ()), *more)
    return known


def _ranked(offered: Iterable[Candidate], typed: str) -> tuple[Candidate, ...]:
    wanted = fold(typed).strip()
    ranks: list[tuple[int, int, Candidate]] = []
    for position, candidate in enumerate(offered):
        text = fold(f"{candidate.text} {candidate.note}")
        if text.startswith(wanted):
            ranks.append((0, position, candidate))
        elif any(word.startswith(wanted) for word in text.replace("/", " ").replace("-", " ").split()):
            ranks.append((1, position, candidate))
        elif wanted in text:
            ranks.append((2, position, candidate))
    return tuple(candidate for _rank, _position, candidate in sorted(ranks, key=lambda ranked: ranked[:2]))


def _named(elements: Any, note: str = "short_name") -> tuple[Candidate, ...]:
    return tuple(
        Candidate(str(element["name"]), str(element["name"]), str(element.get(note, "")))
        for element in _tables(elements)
        if element.get("name")
    )


def _numbered(elements: Any) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(str(element["number"]), str(element["number"]), str(element.get("name", "")))
        for element in _tables(elements)
        if element.get("number")
    )


def _tables(elements: Any) -> list[Mapping[str, Any]]:
    return [element for element in elements if isinstance(element, Mapping)] if isinstance(elements, list) else []
