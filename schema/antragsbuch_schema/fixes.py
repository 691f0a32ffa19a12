"""Mending a file: the fixes of its findings, put in through the same span edits as the editor's.

Comments and layout stay, and only the lines of what is mended change. Mending twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .diagnostics import Cut, Finding, Fix
from .fields import Fields
from .places import Place, PlaceError
from .toml.edit import edit

_ROUNDS = 16
"""A fix can bring a finding that was hidden before, and fixes of one place wait for each other; so many rounds."""

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
        changed = applied(source, [finding.fix for finding in chosen if finding.fix is not None], fields)
        if changed == source:
            break
        source = changed
        mended += chosen
    return Mended(source, tuple(mended))


def applied(source: str, fixes: Sequence[Fix], fields: Fields) -> str:
    """The text of a file after some fixes of what was found in it, which touch different places.

    Raises `PlaceError` where one does not fit, `TomlError` where `source` can't be read.
    """
    cuts = sorted((cut for fix in fixes for cut in fix.cuts), key=lambda cut: cut.start, reverse=True)
    for cut in cuts:
        end = cut.start + len(cut.old)
        if source[cut.start : end] != cut.old:
            raise PlaceError(f"another text stands at character {cut.start + 1}")
        source = source[: cut.start] + cut.new + source[end:]
    edits = [step for fix in fixes for step in fix.edits]
    return edit(source, edits, fields) if edits else source


def _compatible(findings: Iterable[Finding], unsafe: bool) -> list[Finding]:
    """The findings to mend in one round: those whose fixes touch different places."""
    chosen: list[Finding] = []
    touched: list[Place] = []
    cut: list[Cut] = []
    for finding in findings:
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        places = [step.place for step in fix.edits]
        if any(_meet(place, other) for place in places for other in touched):
            continue
        if any(_overlap(one, other) for one in fix.cuts for other in cut):
            continue
        chosen.append(finding)
        touched += places
        cut += fix.cuts
    return chosen


def _meet(first: Place, second: Place) -> bool:
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


def _overlap(first: Cut, second: Cut) -> bool:
    return first.start < second.start + len(second.old) and second.start < first.start + len(first.old)
