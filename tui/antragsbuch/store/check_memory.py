"""What files gave when they were checked before, taken from the cache and put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from antragsbuch_schema.diagnostics import Kept
from antragsbuch_schema.validate import Checked

from . import kept
from .check_cache import CheckCache
from .check_lines import Line, Lines
from .listing import NO_STAMP, Stamp


class Memory:
    """What is known of files under one council's file; without a cache nothing is, and nothing is kept."""

    def __init__(self, cache: CheckCache | None, council: bytes | None) -> None:
        self._cache = cache
        self._basis = hashlib.sha256(cache.program().encode() + (council or b"")).hexdigest()[:16] if cache else ""
        self._lines = cache.lines(self._basis) if cache else Lines()
        self._paths = {path for path, _blob in self._lines.versions}
        self._new = False

    def blobs(self, stamps: Mapping[str, Stamp]) -> dict[str, str]:
        """The blobs of files that lie on the disk under these stamps, "" where one must be read to know."""
        known, blobs = self._lines.stamps, self._lines.blobs
        return {path: blobs[path] if known.get(path) == stamp else "" for path, stamp in stamps.items()}

    def recall(self, blobs: Iterable[tuple[str, str]]) -> dict[str, Line]:
        """What these versions of files gave, given and told by path; those of which it is not known are left out."""
        versions = self._lines.versions
        return {key[0]: versions[key] for key in blobs if key in versions}

    def knows(self, path: str) -> bool:
        """Whether anything is known of a file at this path."""
        return path in self._paths

    def learn(self, path: str, line: Line) -> None:
        """Keep what a version of the file gave."""
        if self._cache is None:
            return
        self._lines.versions[path, line.blob] = line
        self._new = True

    def seen(self, path: str, blob: str, stamp: Stamp) -> None:
        """Keep under which stamp this version lies on the disk; not where it may change under the same one."""
        if stamp != NO_STAMP and (path, blob) in self._lines.versions:
            self._lines.stamps[path], self._lines.blobs[path] = stamp, blob
            self._new = True

    def keep(self, used: Mapping[str, Line]) -> None:
        """Write to the cache what is new. What was `used` stays, and of all else the newest."""
        if self._cache is not None and self._new:
            self._cache.keep_lines(self._basis, self._lines, [(path, line.blob) for path, line in used.items()])


def line_of(blob: str, checked: Checked) -> Line:
    """What to keep of the version `blob` of a file that was checked for one day."""
    return Line(
        blob,
        checked.since.isoformat() if checked.since else "",
        checked.until.isoformat() if checked.until else "",
        kept.dump(checked.findings) if checked.findings else "",
        checked.facts,
    )


def findings(line: Line) -> tuple[Kept, ...]:
    """The findings of a line. Raises `kept.NotKept`."""
    return kept.load_findings(line.findings) if line.findings else ()
