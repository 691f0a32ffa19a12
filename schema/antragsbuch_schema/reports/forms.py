"""Every form in which findings are reported, by the name that people choose it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .ground import Ground as Ground

if TYPE_CHECKING:
    from antragsbuch_schema.findings import Report

Form = Callable[["Report", Ground], str]
"""A report and what it needs beside the findings to the text of the report, ending in a line feed if not empty."""

# the modules are loaded when their form is asked for: a run needs one or two of them


def _full(report: Report, ground: Ground) -> str:
    from .text import render

    return render(
        report.findings,
        ground.sources,
        ground.language,
        colour=ground.colour,
        room=ground.room,
        unicode=ground.unicode,
    )


def _concise(report: Report, ground: Ground) -> str:
    from .text import render

    return render(report.findings, ground.sources, ground.language, form="concise", colour=ground.colour)


def _narrated(report: Report, ground: Ground) -> str:
    from .narrated import render

    return render(report.findings, ground.sources, ground.language)


def _json(report: Report, ground: Ground) -> str:
    from .as_json import render

    return render(report.findings, ground.language)


def _jsonl(report: Report, ground: Ground) -> str:
    from .as_json import render_lines

    return render_lines(report.findings, ground.language)


def _github(report: Report, ground: Ground) -> str:
    from .github import render

    return render(report, ground)


def _gitlab(report: Report, ground: Ground) -> str:
    from .gitlab import render

    return render(report, ground)


def _sarif(report: Report, ground: Ground) -> str:
    from .sarif import render

    return render(report, ground)


def _junit(report: Report, ground: Ground) -> str:
    from .junit import render

    return render(report, ground)


def _rdjson(report: Report, ground: Ground) -> str:
    from .rdjson import render

    return render(report, ground)


def _markdown(report: Report, ground: Ground) -> str:
    from .markdown import render

    return render(report, ground)


FORMS: Mapping[str, Form] = {
    "full": _full,
    "concise": _concise,
    "narrated": _narrated,
    "json": _json,
    "jsonl": _jsonl,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "junit": _junit,
    "rdjson": _rdjson,
    "markdown": _markdown,
}
"""For people: full, concise, narrated, markdown. For programs: the others. See docs/reports.md."""
