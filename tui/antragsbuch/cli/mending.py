"""Mending files by the fixes of their findings: what `antrag validate --fix` writes, and `--diff` shows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext

from .common import COUNCIL, Refused, fields_of, out, register_here, say

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Finding
    from antragsbuch_schema.fixes import Mended
    from antragsbuch_schema.policy import Policy

    from .validating_check import Outcome

Mend = Callable[[str, bytes], "Mended | None"]
"""A path and the bytes of the file to its text with the fixes in it; None where it can't be read."""


def mendable(outcome: Outcome, policy: Policy, unsafe: bool) -> list[str]:
    """The files in which something can be mended, in their order."""
    fixes = {
        located.path: None
        for located in outcome.report.findings
        if policy.wants(located.finding.code) and (fix := located.finding.fix) and (unsafe or fix.safe)
    }
    return list(fixes)


def mend_files(paths: Iterable[str], mend: Mend) -> int:
    """Write every file of `paths` that a fix changes, and name it; how many findings were mended.

    A file that somebody changed meanwhile is left as it is and named; then `Refused` is raised at the end. Raises
    `StoreError`.
    """
    from antragsbuch.store.errors import ChangedElsewhere

    mended = 0
    changed: list[str] = []
    paths = list(paths)
    if not paths:
        return 0
    with register_here() as register:
        for path in paths:
            opened = register.open(path)
            done = mend(path, opened.data)
            if done is None or not done.findings:
                continue
            try:
                register.save(opened, done.text)
            except ChangedElsewhere:
                changed.append(path)
                continue
            mended += len(done.findings)
            out(path)
    if mended:
        say(ngettext("{count} finding was mended.", "{count} findings were mended.", mended).format(count=mended))
    if changed:
        raise Refused(
            _("{paths}: somebody else changed it meanwhile; nothing was written there.").format(
                paths=", ".join(changed)
            )
        )
    return mended


def differences(paths: Iterable[str], outcome: Outcome, mend: Mend) -> Iterator[str]:
    """The unified difference that mending would make, line by line, as `git apply` and `patch` read it."""
    for path in paths:
        data = outcome.source(path)
        done = mend(path, data) if data is not None else None
        if data is None or done is None:
            continue
        lines = difflib.unified_diff(_lines(data.decode("utf-8")), _lines(done.text), f"a/{path}", f"b/{path}")
        yield from (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def mending(outcome: Outcome, policy: Policy, unsafe: bool) -> Mend:
    """What mends a file of this outcome: the fixes of the findings that are asked for, round by round."""
    from antragsbuch_schema.fixes import mend
    from antragsbuch_schema.validate import directory_of, validate_file

    directory = directory_of(outcome.source(COUNCIL))

    def mended(path: str, data: bytes) -> Mended | None:
        try:
            source = data.decode("utf-8")
        except UnicodeDecodeError:
            return None
        # what only the whole register shows is known of the file as it was checked
        same = data == outcome.source(path)
        first = [located.finding for located in outcome.report.findings if located.path == path] if same else None

        def check(text: str) -> list[Finding]:
            nonlocal first
            if first is None:
                first = [each.finding for each in validate_file(path, text.encode(), directory, outcome.day)]
            found, first = first, None
            return [finding for finding in found if policy.wants(finding.code)]

        return mend(source, check, fields_of(path), unsafe=unsafe)

    return mended


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in TOML."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
