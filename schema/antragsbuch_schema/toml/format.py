"""A whole file in canonical form, with the comments that people wrote into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.places import PlaceError, named, resolve

from .comments import Anchor, comments
from .reader import read
from .scan import Path, scan
from .values import INDENT
from .writer import Line, joined, lines


def format_text(text: str, fields: Fields) -> str:
    """The canonical form of a file, comments carried along. Raises `TomlError` where the file can't be read.

    A comment comes to stand above what it belongs to (see `comments`), on a line of its own. Where that is left
    out of a canonical file, it stands above the table around it, at last at the top of the file. No comment is lost.
    """
    data = read(text.encode()).data
    return carried(text, data, data, fields)


def carried(text: str, old: Data, new: Mapping[str, Any], fields: Fields) -> str:
    """The canonical form of `new` with the comments of `text`, a file that says `old`.

    Elements of lists are found again by their id.
    """
    found = list(lines(new, fields))
    places = _Places(found)
    above: dict[int, list[str]] = {}
    top: list[str] = []
    for comment in comments(scan(text)):
        if comment.anchor == "file":
            top.append(comment.text)
        else:
            path = comment.path if old is new else _path_in(new, comment.path, old)
            above.setdefault(places.number(path, comment.anchor), []).append(comment.text)
    end = above.pop(len(found), [])
    head = "".join(f"{line}\n" for line in top)
    body = joined(_with_comments(found, above))
    tail = "".join(f"{line}\n" for line in end)
    return "\n".join(part for part in (head, body) if part) + tail


class _Places:
    """Above which of the lines a comment comes to stand."""

    def __init__(self, found: list[Line]) -> None:
        self._count = len(found)
        self._starts: dict[Path, int] = {}
        self._ends: dict[Path, int] = {}
        for number, line in enumerate(found):
            if line.part == "end":
                self._ends[line.path] = number
            else:
                for length in range(len(line.path) + 1):
                    self._starts.setdefault(line.path[:length], number)

    def number(self, path: Path, anchor: Anchor) -> int:
        """The number of the line; that of all lines at the end of the file."""
        if anchor == "end":
            if not path:
                return self._count
            if path in self._ends:
                return self._ends[path]
        for length in range(len(path), -1, -1):
            if path[:length] in self._starts:
                return self._starts[path[:length]]
        return self._count


def _path_in(new: Mapping[str, Any], path: Path, old: Data) -> Path:
    """The path in `new` of what is at `path` in `old`; as far as it is there."""
    place = named(path, old)
    for length in range(len(place), 0, -1):
        try:
            return (*resolve(place[:length], new), *path[length:])
        except PlaceError:
            continue
    return path


def _with_comments(found: Iterable[Line], above: Mapping[int, list[str]]) -> Iterable[Line]:
    for number, line in enumerate(found):
        indent = INDENT if line.part in ("entry", "end") else ""
        head = "".join(f"{indent}{comment}\n" for comment in above.get(number, ()))
        yield line._replace(text=head + line.text)
