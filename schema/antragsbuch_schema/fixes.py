"""Mending a file: the fixes of its findings, put in through the same span edits as the editor's.

Comments and layout stay, and only the lines of what is mended change. Mending twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .diagnostics import Finding
from .fields import Fields
from .places import Place
from .toml.edit import edit

_ROUNDS = 8
"""A fix can bring a finding that was hidden before; so many rounds are made at most."""

Check = Callable[[str], Iterable[Finding]]
"""The findings about a text of the file; none where it can't be read."""


class Mended(NamedTuple):
    """A text and the findings whose fixes are in it, in the order in which they were put in."""

    text: str
    findings: tuple[Finding, ...]


def mend(source: str, check: Check, fields: Fields, *, unsafe: bool = False) -> Mended:
    """`source` with every safe fix of what `check` finds in it, and with the unsafe ones where they are asked for."""
    mended: list[Finding] = []
    for _round in range(_ROUNDS):
        chosen = _compatible(check(source), unsafe)
        if not chosen:
            break
        edits = [step for finding in chosen if finding.fix is not None for step in finding.fix.edits]
        changed = edit(source, edits, fields)
        if changed == source:
            break
        source = changed
        mended += chosen
    return Mended(source, tuple(mended))


def _compatible(findings: Iterable[Finding], unsafe: bool) -> list[Finding]:
    """The findings to mend in one round: those whose fixes touch different places."""
    chosen: list[Finding] = []
    touched: list[Place] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        places = [step.place for step in fix.edits]
        if not any(_meet(place, other) for place in places for other in touched):
            chosen.append(finding)
            touched += places
    return chosen


def _meet(first: Place, second: Place) -> bool:
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]
