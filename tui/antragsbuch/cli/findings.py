"""Findings as the commands print them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from antragsbuch.i18n import language

from .common import coloured

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Located

Source = Callable[[str], bytes | None]
"""The bytes of the file at a path; None where it can't be read."""


def rendered(findings: Iterable[Located], source: Source, form: str, colour: bool) -> str:
    """The findings in one of the forms full, concise, json."""
    if form == "json":
        from antragsbuch_schema.reports.as_json import render as as_json

        return as_json(findings, language())
    from antragsbuch_schema.reports.text import render

    def text(path: str) -> str | None:
        data = source(path)
        return None if data is None else data.decode("utf-8", "replace")

    return render(findings, text, language(), form="full" if form == "full" else "concise", colour=colour)


def say_findings(findings: Iterable[Located], sources: Mapping[str, bytes]) -> None:
    """Findings for a person, with excerpts, on stderr."""
    # not through `say`: the colours are the report's own, and it has made everything else safe
    sys.stderr.write(rendered(findings, sources.get, "full", coloured(sys.stderr)))
