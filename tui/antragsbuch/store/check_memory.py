"""What files gave when they were checked before, taken from the cache and put into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from antragsbuch_schema.diagnostics import Kept, Span
from antragsbuch_schema.rules.register import Facts, Mention
from antragsbuch_schema.validate import Checked

from . import kept
from .check_cache import CheckCache, Line, Lines
from .listing import NO_STAMP, Stamp

_encoded = json.JSONEncoder(separators=(",", ":")).encode
_LINK = 2
"""The place of a link is its key and its number."""


class Memory:
    """What is known of files under one council's file; without a cache nothing is, and nothing is kept."""

    def __init__(self, cache: CheckCache | None, council: bytes | None) -> None:
        self._cache = cache
        self._basis = hashlib.sha256(cache.program().encode() + (council or b"")).hexdigest()[:16] if cache else ""
        self._lines = cache.lines(self._basis) if cache else Lines({}, {})
        self._paths = {path for path, _blob in self._lines.versions}
        self._used: dict[tuple[str, str], None] = {}
        self._new = False

    def blob(self, path: str, stamp: Stamp) -> str:
        """The blob of a file that lies on the disk under this stamp, "" where it must be read to know."""
        return self._lines.blob(path, stamp)

    def recall(self, path: str, blob: str) -> Line | None:
        """What this version of the file gave."""
        line = self._lines.versions.get((path, blob))
        if line is not None:
            self._used[path, blob] = None
        return line

    def knows(self, path: str) -> bool:
        """Whether anything is known of a file at this path."""
        return path in self._paths

    def learn(self, path: str, line: Line) -> None:
        """Keep what a version of the file gave."""
        if self._cache is None:
            return
        self._lines.versions[path, line.blob] = line
        self._used[path, line.blob] = None
        self._new = True

    def seen(self, path: str, blob: str, stamp: Stamp) -> None:
        """Keep under which stamp this version lies on the disk; not where it may change under the same one."""
        if stamp != NO_STAMP and (path, blob) in self._lines.versions:
            self._lines.stamps[path] = (stamp, blob)
            self._new = True

    def keep(self) -> None:
        """Write what is new to the cache."""
        if self._cache is not None and self._new:
            self._cache.keep_lines(self._basis, self._lines, self._used)


def line_of(blob: str, checked: Checked) -> Line:
    """What to keep of the version `blob` of a file that was checked for one day."""
    return Line(
        blob,
        checked.since.isoformat() if checked.since else "",
        checked.until.isoformat() if checked.until else "",
        _packed(checked.facts),
        kept.dump(checked.findings) if checked.findings else "",
    )


def findings(line: Line) -> tuple[Kept, ...]:
    """The findings of a line. Raises `kept.NotKept`."""
    return kept.load_findings(line.findings) if line.findings else ()


def facts(lines: Iterable[tuple[str, Line]]) -> list[Facts]:
    """The facts of many files at once, given path and line of each."""
    given = list(lines)
    found = json.loads(f"[{','.join(line.facts for _path, line in given)}]")
    return [_unpacked(path, plain) for (path, _line), plain in zip(given, found, strict=True)]


def _packed(known: Facts) -> str:
    if known.ignores or any(len(link.place) != _LINK for link in known.links):
        # what has more to say than most is kept in full
        return _encoded(kept.dump(known))
    names = [_mention(each) for each in (known.id, known.reference, known.amends)]
    links = [[*each.place, *(_mention(each) or ())] for each in known.links]
    return _encoded([*names, links] if any(names) or links else [])


def _mention(mention: Mention | None) -> list[Any] | None:
    if mention is None:
        return None
    span = mention.span
    return [mention.words, span.line, span.column, span.end_line, span.end_column]


def _unpacked(path: str, plain: Any) -> Facts:
    if isinstance(plain, str):
        return kept.load_facts(plain)
    if not plain:
        return Facts(path)
    identity, reference, amends, links = plain
    return Facts(
        path,
        Mention(("id",), Span(*identity[1:]), identity[0]) if identity else None,
        Mention(("reference",), Span(*reference[1:]), reference[0]) if reference else None,
        Mention(("amends",), Span(*amends[1:]), amends[0]) if amends else None,
        tuple([Mention((key, number), Span(*where), words) for key, number, words, *where in links]),
    )
