"""FM: how the file is written. None of this changes what it says."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.i18n import N_, text

from .directory import Context
from .registry import Problem, Scope, rule
from .view import Motion


@rule(
    "FM001",
    name="not-canonical",
    severity=Severity.REMARK,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("The file is not in the canonical form."),
    why=N_(
        "One key a line in the order of the model, one sentence a line: so that git's own difference, blame and merge "
        "show what changed. 'antrag fmt' writes it and keeps the comments."
    ),
    wrong='title="Durchführung einer Konferenz"\n',
    right='title = "Durchführung einer Konferenz"\n',
)
def not_canonical(motion: Motion, context: Context) -> Iterator[Problem]:
    """The file as `antrag fmt` writes it."""
    document = motion.document
    if document is None or document.plain:
        return
    # not at the top: most files are canonical
    from antragsbuch_schema.toml.format import carried
    from antragsbuch_schema.toml.writer import write

    source, data = document.text, document.data
    # without a comment the text of the data alone is the canonical form, at half the time
    canonical = carried(source, data, data, motion.fields) if "#" in source else write(data, motion.fields)
    if source != canonical:
        start, end = _first_difference(source, canonical)
        yield Problem(
            (),
            text("not in the canonical form from here on"),
            text("'antrag fmt' writes it; nothing that the motion says changes."),
            part=(start, end),
        )


def _first_difference(source: str, canonical: str) -> tuple[int, int]:
    """The first line of `source` that differs, as a span."""
    start = 0
    lines = zip(source.splitlines(keepends=True), canonical.splitlines(keepends=True), strict=False)
    for line, wanted in lines:
        if line != wanted:
            break
        start += len(line)
    end = source.find("\n", start)
    return start, max(len(source) if end < 0 else end, start)
