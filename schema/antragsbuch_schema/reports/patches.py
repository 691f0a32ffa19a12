"""What a fix changes in the text of its file: the stretches that are replaced, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Located, Span
from antragsbuch_schema.fixes import applied
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import PlaceError
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.scan import Lines

from .lines import Files

LIMIT = 200
"""So many patches are made in one report; each needs the file to be read and written anew, which takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of the file and what stands there after the fix; `rows` are its lines before and after, whole."""

    span: Span
    new: str
    rows: tuple[tuple[str, ...], tuple[str, ...]]


class Patches:
    """The patches of one report, the first `limit` of them."""

    def __init__(self, files: Files, limit: int = LIMIT) -> None:
        self._files = files
        self._left = limit

    def of(self, located: Located) -> tuple[Replacement, ...]:
        """What the fix of a finding replaces, from top to bottom; nothing where it has none, or past the limit."""
        fix = located.finding.fix
        if fix is None or not (fix.edits or fix.cuts) or self._left <= 0:
            return ()
        source = self._files.text(located.path)
        if source is None:
            return ()
        self._left -= 1
        fields = COUNCIL if PurePosixPath(located.path).name == "council.toml" else MOTION
        try:
            return replacements(source, applied(source, [fix], fields))
        except (PlaceError, TomlError, UnicodeError):
            # the file is another by now, or was never whole: then the fix is said in words only
            return ()


def replacements(old: str, new: str) -> tuple[Replacement, ...]:
    """The stretches in which `new` differs from `old`, as small as they get inside of their lines."""
    before, after = _lines(old), _lines(new)
    lines = Lines(old)
    offsets = [0]
    for row in before:
        offsets.append(offsets[-1] + len(row))
    found: list[Replacement] = []
    for kind, first, last, new_first, new_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = "".join(before[first:last]), "".join(after[new_first:new_last])
        start = same_start(gone, come)
        end = same_start(gone[start:][::-1], come[start:][::-1])
        span = Span(*lines.line_column(offsets[first] + start), *lines.line_column(offsets[first] + len(gone) - end))
        rows = (_bare(before[first:last]), _bare(after[new_first:new_last]))
        found.append(Replacement(span, come[start : len(come) - end], rows))
    return tuple(found)


def same_start(first: str, second: str) -> int:
    """How many characters two texts have in common at their start."""
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return number
    return min(len(first), len(second))


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in TOML."""
    *whole, rest = text.split("\n")
    return [row + "\n" for row in whole] + ([rest] if rest else [])


def _bare(rows: list[str]) -> tuple[str, ...]:
    return tuple(row.rstrip("\r\n").removeprefix("\ufeff") for row in rows)
