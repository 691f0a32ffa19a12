"""Checking what was asked for: the work tree, the index, a commit, or standard input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _

from .common import Refused, inside, read_input
from .progress import progress
from .validating import Request

if TYPE_CHECKING:
    from antragsbuch.store.checking import Origin
    from antragsbuch_schema.findings import Report


class Outcome(NamedTuple):
    """What was found in which files on which day, and the bytes that were checked.

    `notes` are what a person should know about the answer.
    """

    report: Report
    paths: Sequence[str]
    day: dt.date
    source: Callable[[str], bytes | None]
    notes: Sequence[str] = ()

    def text(self, path: str) -> str | None:
        """The text of the file at a path, None where it is not at hand."""
        data = self.source(path)
        return None if data is None else data.decode("utf-8", "replace")


def check(root: Path, request: Request) -> Outcome:
    """Check it. Raises `Refused`, `StoreError`."""
    from antragsbuch.store import checking

    if request.of_input:
        return _standard_input(root, request)
    origin: Origin = checking.WorkTree()
    if request.rev is not None:
        origin = checking.Revision(request.rev)
    elif request.staged:
        origin = checking.Staged()
    # a file need not be in the work tree to be in a commit
    is_here = isinstance(origin, checking.WorkTree)
    names = [inside(root, name, is_there=is_here) for name in request.paths]
    for name, path in zip(request.paths, names, strict=True):
        if is_here and not (root / path).is_dir() and not (path.startswith("motions/") and path.endswith(".toml")):
            raise Refused(
                _("{path} is no file of this register; they are TOML files below motions/.").format(path=name)
            )
    with progress(_("Checking")) as tell:
        found = checking.check(root, origin, names, since=request.since, today=request.today, progress=tell)
    return Outcome(found.report, found.paths, found.day, found.source, found.notes)


def _standard_input(root: Path, request: Request) -> Outcome:
    """What one text says by itself, as if it were the file at the path that it stands for; it is not committed."""
    from antragsbuch.store import worktree
    from antragsbuch_schema.findings import Report
    from antragsbuch_schema.validate import COUNCIL_PATH, check_file, directory_of

    council, data = worktree.read(root, COUNCIL_PATH), read_input()
    today = request.today or dt.date.today()
    report = Report.on(check_file(request.name, data, directory_of(council)).findings, 1, today)
    return Outcome(report, (request.name,), today, {COUNCIL_PATH: council, request.name: data}.get)
