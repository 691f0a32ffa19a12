"""What a rule is, and the list of all of them.

A rule is one function that looks at one file (or at the facts of all of them) and yields problems. The decorator
gives it its code, its severity and its page: what, why, the source in law or standard, a wrong and a right motion.
Codes are two letters for the family and three digits; a code is never used again for something else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from antragsbuch_schema.diagnostics import Finding, Fix, On, Related, Severity
from antragsbuch_schema.i18n import Text
from antragsbuch_schema.places import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """What one rule found at one place; with the code and the severity of the rule it is a `Finding`.

    A problem that depends on the day holds from `since` on and before `until`: rules know no today, so that what
    they found can be kept and is right tomorrow.
    """

    place: Place
    message: Text
    help: Text | None = None
    on: On = "value"
    part: tuple[int, int] | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def finding(self, code: str, severity: Severity) -> Finding:
        """The finding that this is under `code`."""
        return Finding(code, severity, self.place, self.message, self.help, self.on, self.part, self.related, self.fix)


class Scope(StrEnum):
    """What a rule looks at."""

    MOTION = "motion"
    """One motion."""
    DATE = "date"
    """One motion, on a certain day."""
    FILE = "file"
    """One file, a motion or the council's."""
    COUNCIL = "council"
    """The file council.toml."""
    REGISTER = "register"
    """What is known about every motion of the register."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as the registry and its page know it.

    `what` and `why` are English messages of the catalogue; `source` names the law or standard; `wrong` and `right`
    are pieces of TOML (for a rule of the register, files behind a comment with their path). `check` is None for what
    the reader and the types find: they report under the code by themselves. A rule that is not `settable` can't be
    switched off or made milder by a register. It is asked about files that meet one of its `needs`, or about all
    where it names none; one that is not `in_plain` finds nothing in a file that the reader saw to be plainly canonical.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    what: str
    why: str
    source: str
    wrong: str
    right: str
    settable: bool = True
    needs: tuple[str, ...] = ()
    in_plain: bool = True
    check: Callable[..., Iterable[object]] | None = None


RULES: dict[str, Rule] = {}
"""Every rule by its code, family by family."""

_Check = TypeVar("_Check", bound=Callable[..., Iterable[object]])


def rule(
    code: str,
    *,
    name: str,
    severity: Severity,
    scope: Scope = Scope.MOTION,
    what: str,
    why: str = "",
    source: str = "",
    wrong: str = "",
    right: str = "",
    settable: bool = True,
    needs: tuple[str, ...] = (),
    in_plain: bool = True,
) -> Callable[[_Check], _Check]:
    """Enter a function as the rule `code`. Raises `ValueError` for a code or a name that is taken."""

    def enter(check: _Check) -> _Check:
        _enter(Rule(code, name, severity, scope, what, why, source, wrong, right, settable, needs, in_plain, check))
        return check

    return enter


def declare(
    code: str,
    *,
    name: str,
    severity: Severity,
    scope: Scope = Scope.FILE,
    what: str,
    why: str = "",
    source: str = "",
    wrong: str = "",
    right: str = "",
    settable: bool = True,
) -> None:
    """Enter a code that is not found by a function of the rules but by the reader or by the types."""
    _enter(Rule(code, name, severity, scope, what, why, source, wrong, right, settable))


def _enter(rule: Rule) -> None:
    taken = RULES.get(rule.code) or next((other for other in RULES.values() if other.name == rule.name), None)
    if taken is not None:
        raise ValueError(f"{rule.code} {rule.name}: taken by {taken.code} {taken.name}")
    RULES[rule.code] = rule
