"""What people call rules: by code (`VO003`), by name (`more-no-than-yes`), or a whole family by its letters (`VO`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from antragsbuch_schema.suggest import closest

from . import FAMILIES, RULES


def codes_of(word: str) -> tuple[str, ...]:
    """The codes of the rules that `word` means, whatever its capitals; none where it means none."""
    code = word.upper()
    if code in RULES:
        return (code,)
    if code in FAMILIES:
        return tuple(each for each in RULES if each.startswith(code))
    return tuple(_by_name(word.lower()))


def meant(word: str) -> list[str]:
    """The codes, names and families that an unknown `word` most likely means, best first."""
    return closest(word.upper(), [*RULES, *FAMILIES], 3) or closest(word, (rule.name for rule in RULES.values()), 3)


def is_family(word: str) -> bool:
    """Whether `word` names a whole family."""
    return word.upper() in FAMILIES


def family_of(code: str) -> str:
    """The letters of the family of a rule."""
    return code[:2]


@cache
def _names() -> dict[str, str]:
    return {rule.name: rule.code for rule in RULES.values()}


def _by_name(name: str) -> Iterable[str]:
    found = _names().get(name)
    return (found,) if found else ()
