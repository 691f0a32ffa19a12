"""The report that findings make. Loads no rule: what was kept is read without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .diagnostics import Located, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in the order of paths, lines and columns, in how many files."""

    findings: tuple[Located, ...]
    files: int = 0
    counts: Mapping[Severity, int] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Located], files: int) -> Report:
        """The report of these findings, sorted and counted."""
        ordered = tuple(sorted(findings, key=order))
        counts = {severity: sum(located.finding.severity is severity for located in ordered) for severity in Severity}
        return cls(ordered, files, counts)

    @property
    def worst(self) -> Severity | None:
        """The highest severity of all findings; None where there are none."""
        return max((located.finding.severity for located in self.findings), default=None)


def order(located: Located) -> tuple[str, int, int, int, str]:
    """What findings are sorted by: path, line, column, the worst first, code."""
    span = located.span
    return located.path, span.line, span.column, -located.finding.severity, located.finding.code
