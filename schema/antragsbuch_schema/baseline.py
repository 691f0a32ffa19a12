"""A baseline: the findings that were there when checking began, which are not to be shown again.

A finding is known by its path, its code and the text of the line that it marks, not by the number of that line: what
moves stays known, and what is written anew is looked at anew. Headers of tables all look the same; there the place
stands for the line. As many findings are known as are counted.

The file is JSON with one finding a line, sorted, each line complete in itself, so that git merges two of them:

    [{"format": 1}
    ,{"path": "motions/V/2200/2292-HHA.toml", "code": "VO003", "line": "yes = 3"}
    ]
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from .diagnostics import Located
from .display import UNSAFE
from .i18n import Text, text
from .places import render as place_name
from .policy import UNREADABLE

FORMAT = 1
_LONGEST = 200
"""So many characters of a line tell it from others."""


class Entry(NamedTuple):
    """What a finding is known by."""

    path: str
    code: str
    line: str


Baseline = Mapping[Entry, int]
"""How often each is known."""

Sources = Callable[[str], str | None]
"""The text of the file at a path, as it was checked; None where it is not at hand."""


class BaselineError(ValueError):
    """A file that is no baseline, with the words that say why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message("en"))
        self.message = message


class Compared(NamedTuple):
    """The findings that a baseline does not know, those that it knows, and what of it was not found any more."""

    new: list[Located]
    known: list[Located]
    gone: Counter[Entry]


def entries(findings: Iterable[Located], sources: Sources) -> Counter[Entry]:
    """What these findings are known by, counted; of those that make a file unreadable nothing is ever known."""
    rows = _Rows(sources)
    return Counter(rows.entry(located) for located in findings if _can_be_known(located))


def compare(findings: Iterable[Located], baseline: Baseline, sources: Sources) -> Compared:
    """Tell the findings that a baseline knows from the others."""
    rows, left = _Rows(sources), Counter(baseline)
    found = Compared([], [], left)
    for located in findings:
        entry = rows.entry(located) if _can_be_known(located) else None
        if entry is not None and left[entry] > 0:
            left[entry] -= 1
            found.known.append(located)
        else:
            found.new.append(located)
    return found._replace(gone=+left)


def of_check(gone: Counter[Entry], paths: Collection[str] | None, wants: Callable[[str], bool]) -> Counter[Entry]:
    """What of that a check can say at all: of the files that it looked at (None for all) and the rules that it ran."""
    looked_at = None if paths is None else set(paths)
    return Counter(
        {
            entry: count
            for entry, count in gone.items()
            if (looked_at is None or entry.path in looked_at) and wants(entry.code)
        }
    )


def read(data: bytes) -> dict[Entry, int]:
    """The baseline in these bytes. Raises `BaselineError`."""
    try:
        head, *rows = json.loads(data.decode())
        version = head["format"]
        found: dict[Entry, int] = {}
        for row in rows:
            entry, count = _entry(row)
            # the same line from both sides of a merge is one finding
            found[entry] = max(found.get(entry, 0), count)
    except json.JSONDecodeError as error:
        raise BaselineError(text("line {line}: no JSON", line=error.lineno)) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BaselineError(text("it is no baseline, or not written by this program")) from error
    if version != FORMAT:
        raise BaselineError(text("its format is another than {known}, the one that this program knows", known=FORMAT))
    return found


def rendered(baseline: Baseline) -> str:
    """The text of a baseline; `read` gives it back."""
    rows = [{"format": FORMAT}, *(_row(entry, count) for entry, count in sorted(baseline.items()) if count > 0)]
    lines = "\n,".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[{UNSAFE.sub(lambda unsafe: json.dumps(unsafe[0])[1:-1], lines)}\n]\n"


def _row(entry: Entry, count: int) -> dict[str, Any]:
    row: dict[str, Any] = {"path": entry.path, "code": entry.code, "line": entry.line}
    return {**row, "count": count} if count > 1 else row


def _entry(row: Mapping[str, Any]) -> tuple[Entry, int]:
    entry, count = Entry(row["path"], row["code"], row["line"]), row.get("count", 1)
    if not all(isinstance(part, str) for part in entry) or type(count) is not int or count < 1:
        raise ValueError(row)
    return entry, count


def _can_be_known(located: Located) -> bool:
    return not located.finding.code.startswith(UNREADABLE)


class _Rows:
    """The lines of the files, each file split once as long as its findings come one after the other."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._path: str | None = None
        self._rows: list[str] = []

    def entry(self, located: Located) -> Entry:
        if located.path != self._path:
            self._path = located.path
            self._rows = (self._sources(located.path) or "").split("\n")
        number = located.span.line
        row = self._rows[number - 1] if 0 < number <= len(self._rows) else ""
        line = " ".join(unicodedata.normalize("NFC", row).split())
        if line.startswith("["):
            line = place_name(located.finding.place)
        return Entry(located.path, located.finding.code, line[:_LONGEST])
