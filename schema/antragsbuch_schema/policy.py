"""Which rules a check is about, and from which severity on it fails.

What a register makes of its rules stands in `council.toml` and is in the findings already; this is what the caller of
one check asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .diagnostics import Located, Severity

UNREADABLE = ("TO",)
"""The families whose findings are always shown: they say that the others can't be known."""


class UnknownRule(ValueError):
    """A word that names no rule; `meant` are the ones that it most likely means."""

    def __init__(self, word: str, meant: list[str]) -> None:
        super().__init__(word)
        self.word = word
        self.meant = meant


@dataclass(frozen=True, slots=True)
class Policy:
    """What is selected and what is left out, each code with how exactly it was named; and what makes a check fail.

    Nothing selected means everything. Of both, the more exact one counts: `VO003` beats `VO`; of equals, what is left
    out is left out.
    """

    selected: Mapping[str, int] = field(default_factory=dict)
    ignored: Mapping[str, int] = field(default_factory=dict)
    fail_on: Severity = Severity.ERROR

    @property
    def is_whole(self) -> bool:
        """Whether every rule is asked for."""
        return not self.selected and not self.ignored

    def wants(self, code: str) -> bool:
        """Whether findings of this rule are asked for."""
        if code.startswith(UNREADABLE):
            return True
        selected = self.selected.get(code, -1) if self.selected else 0
        return selected > self.ignored.get(code, -1)

    def fails(self, findings: Iterable[Located]) -> bool:
        """Whether one of these findings is as bad as that."""
        return any(located.finding.severity >= self.fail_on for located in findings)


def policy(select: Iterable[str] = (), ignore: Iterable[str] = (), fail_on: Severity = Severity.ERROR) -> Policy:
    """The policy of these words: codes, names of rules, or families. Raises `UnknownRule`."""
    return Policy(_codes(select), _codes(ignore), fail_on)


def _codes(words: Iterable[str]) -> dict[str, int]:
    asked = list(words)
    found: dict[str, int] = {}
    if not asked:
        return found
    # only here: a check that asks for all rules may know its answer without loading one
    from .rules.naming import codes_of, is_family, meant

    for word in asked:
        codes = codes_of(word)
        if not codes:
            raise UnknownRule(word, meant(word))
        exactness = 0 if is_family(word) else 1
        for code in codes:
            found[code] = max(found.get(code, 0), exactness)
    return found
