"""What single files gave when they were checked, as it is kept: a column of text for each property.

A register has tens of thousands of files, and each run takes all of these up: by columns that is a few steps for all
of them together, where a step for each file would be most of what a run costs.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import NamedTuple, TypeVar

from antragsbuch_schema.mentions import Facts, Mention
from antragsbuch_schema.places import Place

from . import kept
from .listing import NO_STAMP, Stamp

_ROW, _COLUMN = "\n", "\0"
_WIDTH = 15
_NOTHING = ("", "", "")
_Kind = TypeVar("_Kind", bound=tuple[object, ...])


class Line(NamedTuple):
    """What one version of one file gave. `findings` (a text of `kept`) are all that hold on each day from `since` on
    and before `until` (ISO texts, empty for no bound), `facts` what the register needs to know of it."""

    blob: str
    since: str
    until: str
    findings: str
    facts: Facts

    def holds(self, day: dt.date) -> bool:
        """Whether the findings are those of this day."""
        if not (self.since or self.until):
            return True
        asked = day.isoformat()
        return self.since <= asked and (not self.until or asked < self.until)


@dataclass
class Lines:
    """What is known of files: `versions` by path and blob, `stamps` of those that lie on the disk, and `blobs`, which
    versions these are."""

    versions: dict[tuple[str, str], Line] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)


def dump(lines: Lines, keys: Iterable[tuple[str, str]]) -> str:
    """These versions, by path and blob, as a text."""
    rows = [_row(lines, path, lines.versions[path, blob]) for path, blob in keys]
    return _COLUMN.join(_ROW.join(column) for column in zip(*rows, strict=True))


def load(text: str) -> Lines:
    """What `dump` made the text from. Raises `ValueError` or `kept.NotKept` for any other."""
    if not text:
        return Lines()
    columns = [column.split(_ROW) for column in text.split(_COLUMN)]
    if len(columns) != _WIDTH or any(len(column) != len(columns[0]) for column in columns):
        raise ValueError("not what is written here")
    paths, blobs, sizes, times, inodes, since, until, findings, *told = columns
    paths = [json.loads(path) if path[:1] == '"' else path for path in paths]
    lines = _each(Line, blobs, since, until, findings, _facts(paths, *told))
    found = Lines(dict(zip(zip(paths, blobs, strict=True), lines, strict=True)))
    stamps = _each(Stamp, map(int, sizes), map(int, times), map(int, inodes))
    there = [row for row in zip(paths, stamps, blobs, strict=True) if row[1] != NO_STAMP]
    found.stamps = {path: stamp for path, stamp, _blob in there}
    found.blobs = {path: blob for path, _stamp, blob in there}
    return found


def _row(lines: Lines, path: str, line: Line) -> Sequence[str]:
    stamp = lines.stamps.get(path, NO_STAMP) if lines.blobs.get(path) == line.blob else NO_STAMP
    identity, reference = line.facts.id, line.facts.reference
    if _is_simple(line.facts):
        told = [*(identity[1:] if identity else _NOTHING), *(reference[1:] if reference else _NOTHING), ""]
    else:
        told = [*_NOTHING, *_NOTHING, kept.dump(line.facts)]
    quoted = path if path.isprintable() and path[:1] != '"' else json.dumps(path)
    return (quoted, line.blob, *map(str, stamp), line.since, line.until, line.findings, *told)


def _is_simple(facts: Facts) -> bool:
    """Whether it says no more than its two names, and these fit into rows."""
    return not (facts.amends or facts.links or facts.ignores) and all(
        mention is None or (mention.words and mention.words.isprintable()) for mention in (facts.id, facts.reference)
    )


def _facts(paths: list[str], *told: list[str]) -> list[Facts]:
    *names, full = told
    ids, references = _mentions(("id",), names[:3]), _mentions(("reference",), names[3:])
    found = _each(Facts, paths, ids, references, repeat(None), repeat(()), repeat(()))
    return [kept.load_facts(more) if more else facts for facts, more in zip(found, full, strict=True)]


def _mentions(place: Place, told: list[list[str]]) -> list[Mention | None]:
    found = _each(Mention, repeat(place), *told)
    return [mention if mention.words else None for mention in found]


def _each(kind: type[_Kind], *columns: Iterable[object]) -> Iterator[_Kind]:
    """A tuple of this kind of each row; many times faster than by calling the kind."""
    return map(partial(tuple.__new__, kind), zip(*columns))  # noqa: B905 - what is repeated has no end
