"""From what was found to what is said: what was asked for, less what is known already, and whether that is clean."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .baseline import Baseline, Entry, Sources, compare
from .findings import Report
from .policy import Policy


class Judged(NamedTuple):
    """The report of what is to be said, and how much is not.

    `ignored` findings are hidden by comments in their files, `known` ones by the baseline; `gone` is what the baseline
    knows and what was not found. `fails` says whether the check has failed.
    """

    report: Report
    ignored: int
    known: int
    gone: Counter[Entry]
    fails: bool


def judge(report: Report, policy: Policy, baseline: Baseline | None, sources: Sources) -> Judged:
    """Judge a report; `sources` gives the text of the files with findings, and is asked only with a baseline."""
    wanted = [located for located in report.findings if policy.wants(located.finding.code)]
    ignored = [located for located in report.ignored if policy.wants(located.finding.code)]
    gone: Counter[Entry] = Counter()
    known = 0
    if baseline is not None:
        compared = compare(wanted, baseline, sources)
        wanted, known, gone = compared.new, len(compared.known), compared.gone
    judged = Report.of(wanted, report.files, ignored)
    return Judged(judged, len(ignored), known, gone, policy.fails(judged.findings))
