"""The rules: what a motion, the council's file and a whole register must hold.

`check_motion` and `check_council` run every rule that looks at one file; `validate` adds the reader, the lines and
columns, and the rules that look at all files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple, cast

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Finding, Severity, holds
from antragsbuch_schema.i18n import N_
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.types import type_findings

from . import (  # noqa: F401 - a module enters its rules when it is imported
    bodies,
    budget,
    budget_words,
    consultations,
    council_file,
    counts,
    dates,
    declared,
    form,
    identity,
    outcomes,
    publicity,
    put_off,
    references,
    register,
    suppressions,
    typography,
    votes,
    wording,
)
from .directory import Context, Directory
from .needs import Needs
from .register import Clash, Register
from .registry import RULES, Problem, Rule, Scope
from .view import Motion

FAMILIES = {
    "TO": N_("the file as TOML"),
    "SC": N_("types and required fields"),
    "ID": N_("identities"),
    "RF": N_("references and paper types"),
    "DT": N_("dates"),
    "CO": N_("the sequence of consultations"),
    "OU": N_("outcomes"),
    "GR": N_("bodies and factions"),
    "VO": N_("votes"),
    "BU": N_("budget"),
    "TX": N_("characters"),
    "FM": N_("form of the file"),
    "SU": N_("what a file says of findings"),
    "PU": N_("public and confidential"),
    "RG": N_("the whole register"),
    "CN": N_("the council's file"),
}
"""What the rules whose codes begin so are about, as English messages; findings and pages come in this order."""

_ordered = sorted(RULES.items(), key=lambda entry: (list(FAMILIES).index(entry[0][:2]), entry[0]))
RULES.clear()
RULES.update(_ordered)


_Check = Callable[[Motion, Context], Iterator[Problem]]
_Entry = tuple[str, Severity, _Check]

# as many choices of rules as files that differ in what they say: some hundred in a large register
_MOST_CHOICES = 5000


class Dated(NamedTuple):
    """A finding and the days on which it holds: from `since` on, before `until`."""

    finding: Finding
    since: dt.date | None
    until: dt.date | None

    def holds(self, today: dt.date | None) -> bool:
        """Whether it holds on that day; without a day only what holds on all."""
        return holds(self.since, self.until, today)


def check_motion(motion: Mapping[str, Any] | Motion, context: Context) -> list[Finding]:
    """The findings of every rule that looks at one motion, on the day of the context.

    Takes the data of a file; for the rules about the text of the file too, a `Motion` with its document.
    """
    return [dated.finding for dated in findings(_motion(motion), context) if dated.holds(context.today)]


def check_council(council: Mapping[str, Any] | Motion, context: Context) -> list[Finding]:
    """The findings about `council.toml`, given its data or its document."""
    view = council if isinstance(council, Motion) else Motion(council, None, COUNCIL)
    return [dated.finding for dated in findings(view, context) if dated.holds(context.today)]


def findings(motion: Motion, context: Context) -> Iterator[Dated]:
    """Every finding about one file, also those of other days."""
    for finding in () if _is_plain(motion) else type_findings(motion.data, motion.fields):
        severity = severity_of(RULES[finding.code], context.council)
        # ID001 says that a motion has no id, and mends it
        if severity is not None and (finding.place != ("id",) or motion.data.get("id")):
            yield Dated(_with(finding, severity), None, None)
    for code, severity, check in _active(motion.fields is COUNCIL, context.council).about(motion):
        for problem in check(motion, context):
            yield Dated(problem.finding(code, severity), problem.since, problem.until)


def _is_plain(motion: Motion) -> bool:
    """Whether it was seen already, by the reader, that every value has the type of its field."""
    return motion.document is not None and motion.document.plain


def clashes(motions: Register, council: Directory) -> Iterator[tuple[Rule, Severity, Clash]]:
    """What the rules of the whole register find."""
    for rule in RULES.values():
        severity = severity_of(rule, council)
        if rule.scope is Scope.REGISTER and severity is not None and rule.check is not None:
            for clash in cast("Callable[[Register], Iterator[Clash]]", rule.check)(motions):
                yield rule, severity, clash


def severity_of(rule: Rule, council: Directory) -> Severity | None:
    """The severity of a rule in a register; None where it is off."""
    return council.severities.get(rule.code, rule.severity) if rule.settable else rule.severity


def _motion(motion: Mapping[str, Any] | Motion) -> Motion:
    return motion if isinstance(motion, Motion) else Motion(motion, None, MOTION)


def _with(finding: Finding, severity: Severity) -> Finding:
    return finding if finding.severity is severity else replace(finding, severity=severity)


class _Active:
    """The rules that look at one kind of file and are not off in a register."""

    def __init__(self, is_council: bool, council: Directory) -> None:
        scopes = (Scope.COUNCIL, Scope.FILE) if is_council else (Scope.MOTION, Scope.DATE, Scope.FILE)
        rules = tuple(
            (rule, (rule.code, severity, cast("_Check", rule.check)))
            for rule in RULES.values()
            if rule.scope in scopes and rule.check is not None
            if (severity := severity_of(rule, council)) is not None
        )
        fields = COUNCIL if is_council else MOTION
        self._needs = Needs((need for rule, _entry in rules for need in rule.needs), fields)
        self._rules = tuple((rule, self._needs.bits(rule.needs), entry) for rule, entry in rules)
        self._chosen: dict[tuple[bool, int], tuple[_Entry, ...]] = {}

    def about(self, motion: Motion) -> tuple[_Entry, ...]:
        """Those that can find anything in this file."""
        plain, met = _is_plain(motion), self._needs.met_by(motion.data)
        chosen = self._chosen.get((plain, met))
        if chosen is None:
            if len(self._chosen) >= _MOST_CHOICES:
                self._chosen.clear()
            chosen = self._chosen[plain, met] = tuple(
                entry
                for rule, needs, entry in self._rules
                if (rule.in_plain or not plain) and (not needs or needs & met)
            )
        return chosen


@lru_cache(maxsize=8)
def _active(is_council: bool, council: Directory) -> _Active:
    return _Active(is_council, council)


__all__ = [
    "FAMILIES",
    "RULES",
    "Context",
    "Dated",
    "Directory",
    "Rule",
    "Scope",
    "check_council",
    "check_motion",
    "clashes",
    "findings",
    "severity_of",
]
