"""From files to what is kept of checking them: read, named, checked; on all cores where there are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from antragsbuch_schema.memory import look_seldom
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.validate import check_file, directory_of

from . import listing
from .check_lines import Line, Lines, dump, load
from .check_memory import line_of
from .listing import NO_STAMP, Stamp, blob_of

_ALONE = 128
"""So many files are checked faster than processes are started."""
_CHUNK = 100
"""How many files a process takes at once: enough that telling costs little, few enough that none waits at the end."""


class Job(NamedTuple):
    """A file to check: its path, and its bytes and their name where they were read already."""

    path: str
    data: bytes | None = None
    blob: str = ""


class Looked(NamedTuple):
    """What came of a job: the line to keep, None where the file is gone or, as `refused` says, can't be read.

    `stamp` is that of a file that was read for it.
    """

    path: str
    stamp: Stamp
    line: Line | None
    refused: str = ""


@dataclass(frozen=True)
class Look:
    """How files are looked at. `council` are the bytes of its file, `day` is the one that findings are wanted for."""

    root: Path
    council: bytes | None
    hash_name: str
    day: dt.date

    def at(self, jobs: Iterable[Job], directory: Directory) -> list[Looked]:
        """What came of each job, in the same order."""
        return [self._one(job, directory) for job in jobs]

    def _one(self, job: Job, directory: Directory) -> Looked:
        path, data, blob = job
        stamp = NO_STAMP
        if data is None:
            try:
                stamp, data = listing.read(f"{self.root}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                return Looked(path, stamp, None)
            except OSError as error:
                return Looked(path, stamp, None, error.strerror or str(error))
            blob = blob_of(data, self.hash_name)
        return Looked(path, stamp, line_of(blob, check_file(path, data, directory, self.day)))


def looked_at(jobs: Iterator[Job], look: Look, directory: Directory, processes: int) -> Iterator[list[Looked]]:
    """What came of all jobs, some at a time, in any order. `directory` is what the council's file says."""
    first = list(islice(jobs, _ALONE))
    chunks = _chunks(chain(first, jobs))
    if processes < 2 or len(first) < _ALONE:
        yield from (look.at(chunk, directory) for chunk in chunks)
    else:
        # not at the top: a few files need no other process
        from .workers import spread

        yield from map(_taken, spread(_look, chunks, processes, partial(_begin, look)))


def _chunks(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    while chunk := list(islice(jobs, _CHUNK)):
        yield chunk


# what a worker process knows for its whole life, so that it is not sent with every chunk
_looking: Callable[[Sequence[Job]], list[Looked]] | None = None


def _begin(look: Look) -> None:
    global _looking  # noqa: PLW0603 - a worker serves one look
    directory = directory_of(look.council)
    _looking = lambda jobs: look.at(jobs, directory)  # noqa: E731
    look_seldom()


def _look(jobs: Sequence[Job]) -> tuple[str, list[Looked]]:
    """What came of the jobs, to be sent: lines as one text, which costs a fraction of sending each, and the rest."""
    assert _looking is not None, "a worker begins with its look"
    found, rest = Lines(), []
    for looked in _looking(jobs):
        path, stamp, line, _refused = looked
        if line is None:
            rest.append(looked)
            continue
        found.versions[path, line.blob] = line
        if stamp != NO_STAMP:
            found.stamps[path], found.blobs[path] = stamp, line.blob
    return dump(found, found.versions), rest


def _taken(sent: tuple[str, list[Looked]]) -> list[Looked]:
    """The same in the process that asked."""
    text, rest = sent
    found = load(text)
    return [
        *(Looked(path, found.stamps.get(path, NO_STAMP), line) for (path, _blob), line in found.versions.items()),
        *rest,
    ]
