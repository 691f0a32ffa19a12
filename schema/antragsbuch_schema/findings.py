"""The report that findings make. Loads no rule: what was kept is read without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .diagnostics import Kept, Located, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in the order of paths, lines and columns, in how many files.

    `ignored` are the findings that comments in their files hide, in the same order.
    """

    findings: tuple[Located, ...]
    files: int = 0
    counts: Mapping[Severity, int] = field(default_factory=dict)
    ignored: tuple[Located, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Located], files: int, ignored: Iterable[Located] = ()) -> Report:
        """The report of these findings, sorted and counted."""
        ordered = tuple(sorted(findings, key=order))
        counts = {severity: sum(located.finding.severity is severity for located in ordered) for severity in Severity}
        return cls(ordered, files, counts, tuple(sorted(ignored, key=order)))

    @classmethod
    def on(cls, kept: Iterable[Kept], files: int, today: dt.date | None) -> Report:
        """The report of what holds on a day."""
        holding = [each for each in kept if each.holds(today)]
        hidden = (each.located for each in holding if each.ignored)
        return cls.of((each.located for each in holding if not each.ignored), files, hidden)

    @property
    def worst(self) -> Severity | None:
        """The highest severity of all findings; None where there are none."""
        return max((located.finding.severity for located in self.findings), default=None)


def shown(kept: Iterable[Kept], today: dt.date | None) -> list[Located]:
    """The findings that hold on a day and are not ignored, as they come."""
    return [each.located for each in kept if not each.ignored and each.holds(today)]


def order(located: Located) -> tuple[str, int, int, int, str]:
    """What findings are sorted by: path, line, column, the worst first, code."""
    span = located.span
    return located.path, span.line, span.column, -located.finding.severity, located.finding.code
