"""Where reports go: standard output, files, and the summary of a job."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from antragsbuch import __version__
from antragsbuch.i18n import _, language, ngettext

from .common import Refused, coloured, say
from .validating import INPUT, PEOPLE, Request

if TYPE_CHECKING:
    from antragsbuch_schema.judge import Judged
    from antragsbuch_schema.reports.ground import Ground

    from .validating_check import Outcome

_ROOM = 100
_PROJECTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where the services for CI say in which folder the paths of a report begin."""


def print_report(root: Path, request: Request, outcome: Outcome, judged: Judged) -> None:
    """The findings on standard output, and in GitHub Actions as annotations and in the summary of the job, too."""
    from antragsbuch_schema.reports.forms import FORMS

    colour = {"always": True, "never": False}.get(request.color, coloured(sys.stdout))
    ground = _ground(root, request, outcome, colour=colour, terminal=sys.stdout.isatty())
    if request.statistics:
        from antragsbuch_schema.reports.statistics import statistics, statistics_json

        in_json = request.form == "json"
        sys.stdout.write(statistics_json(judged.report) if in_json else statistics(judged.report, language()))
    else:
        sys.stdout.write(FORMS[request.form](judged.report, ground))
    if request.annotate:
        sys.stdout.write(FORMS["github"](judged.report, ground))
    if os.environ.get("GITHUB_ACTIONS") == "true" and (file := os.environ.get("GITHUB_STEP_SUMMARY")):
        try:
            with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as summary_of_job:
                summary_of_job.write(FORMS["markdown"](judged.report, ground))
        except OSError as error:
            say(f"antrag: {file}: {error.strerror}")


def write_reports(root: Path, request: Request, outcome: Outcome, judged: Judged) -> None:
    """The reports that go to files. Raises `Refused` where one can't be written."""
    from antragsbuch_schema.reports.forms import FORMS

    ground = _ground(root, request, outcome, colour=False, terminal=False)
    for form, file in request.reports:
        if file != INPUT:
            write_whole(Path(file), FORMS[form](judged.report, ground).encode("utf-8", "backslashreplace"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all; through a link, and into a pipe, as they are. Raises `Refused`."""
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(data)
            if mode is not None:
                beside.chmod(mode)
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise Refused(_("{file} can't be written: {reason}").format(file=path, reason=error.strerror)) from error


def summary(outcome: Outcome, judged: Judged) -> Iterator[str]:
    """What was found and what was not shown, in lines for a person."""
    from antragsbuch_schema.reports.text import summary as counted

    yield from outcome.notes
    yield counted(judged.report.findings, judged.report.files, language())
    hidden = []
    if judged.ignored:
        hidden.append(
            ngettext(
                "{count} is ignored by a comment in its file", "{count} are ignored by comments", judged.ignored
            ).format(count=judged.ignored)
        )
    if judged.known:
        hidden.append(
            ngettext("{count} is known by the baseline", "{count} are known by the baseline", judged.known).format(
                count=judged.known
            )
        )
    if hidden:
        yield _("Not shown: {what}.").format(what=", ".join(hidden))
    gone = judged.gone.total()
    if gone:
        yield ngettext(
            "{count} finding of the baseline is gone; --update-baseline takes it out.",
            "{count} findings of the baseline are gone; --update-baseline takes them out.",
            gone,
        ).format(count=gone)


def _ground(root: Path, request: Request, outcome: Outcome, *, colour: bool, terminal: bool) -> Ground:
    from antragsbuch_schema.diagnostics import Severity
    from antragsbuch_schema.reports.ground import Ground

    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    return Ground(
        sources=outcome.text,
        language=language(),
        paths=tuple(outcome.paths),
        colour=colour,
        room=max(40, get_terminal_size((_ROOM, 24)).columns) if terminal else _ROOM,
        unicode=terminal and encoding == "utf8" and request.form in PEOPLE,
        version=__version__,
        prefix=_prefix(root),
        fails=Severity[request.fail_on.upper()],
    )


def _prefix(root: Path) -> str:
    """The way from the folder in which the paths of a report begin to the register."""
    root = root.resolve()
    folders = [Path(os.environ[name]).resolve() for name in _PROJECTS if os.environ.get(name)]
    folders += [folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")][:1]
    for folder in folders:
        if root.is_relative_to(folder):
            return root.relative_to(folder).as_posix()
    return ""
