"""When each motion was made and last changed, and which are gone: from all commits that lead to a commit.

A merge is compared with its first parent: what it brought into the branch changed there and then. So `modified` never
goes back, and who asks for what changed since a day misses nothing that came in by a merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from . import heads
from .errors import GitError
from .objects import FILE_MODES
from .register import Register
from .runner import failure
from .selection import blobs as contents
from .worktree import COUNCIL, FOLDER, SUFFIX

_MARK = "\x01"
_AT_ONCE = 2000
"""So many versions are read at once."""


class Span(NamedTuple):
    """First and last time, in seconds since 1970."""

    first: int
    last: int

    def at(self, time: int) -> Span:
        """The same with one more time."""
        return Span(min(self.first, time), max(self.last, time))


class Version(NamedTuple):
    """A version of a motion that is no more: its blob, and when a commit replaced or removed it."""

    blob: str
    until: int


@dataclass(slots=True)
class Dates:
    """`motions` by id: the commits that changed a motion, under whatever path. `council` are those of council.toml.

    `former` are the versions that commits replaced or removed, by id, newest first.
    """

    motions: dict[str, Span] = field(default_factory=dict)
    council: Span | None = None
    former: dict[str, list[Version]] = field(default_factory=dict)


class _Touched(NamedTuple):
    time: int
    path: str
    old: str | None
    new: str | None


def dates_of(register: Register, commit: str, known: Mapping[str, str]) -> Dates:
    """The dates of every motion up to `commit`, the full name of one. Raises `GitError`.

    `known` are ids of motions by blob, as far as who asks has read them.
    """
    found = Dates()
    every = list(_log(register, commit))
    ids = _identities(register, every, known)
    for touched in every:
        time = touched.time
        if touched.path == COUNCIL:
            found.council = found.council.at(time) if found.council else Span(time, time)
            continue
        old, new = ids.get(touched.old or "", ""), ids.get(touched.new or "", "")
        for name in {old, new} - {""}:
            span = found.motions.get(name)
            found.motions[name] = span.at(time) if span else Span(time, time)
        if old and touched.old:
            found.former.setdefault(old, []).append(Version(touched.old, time))
    return found


def versions_of(register: Register, blobs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each of these blobs with its bytes; a partial clone does not have all of them."""
    try:
        yield from list(zip(blobs, contents(register.git, blobs), strict=True))
    except GitError:
        yield from ((blob, register.objects.blob(blob)) for blob in blobs if register.objects.has(blob))


def _identities(register: Register, every: Iterable[_Touched], known: Mapping[str, str]) -> dict[str, str]:
    """The id of the motion in each blob, "" where there is none."""
    blobs = {blob: None for touched in every if touched.path != COUNCIL for blob in (touched.old, touched.new) if blob}
    unknown = [blob for blob in blobs if blob not in known]
    found = dict(known)
    for start in range(0, len(unknown), _AT_ONCE):
        for blob, data in versions_of(register, unknown[start : start + _AT_ONCE]):
            found[blob] = heads.head(data).id
    return found


def _log(register: Register, commit: str) -> Iterator[_Touched]:
    """Every file of the register that a commit changed, newest first."""
    result = register.git.attempt(
        "log", "--full-history", "--topo-order", "--no-renames", "--no-ext-diff", "--no-textconv", "--raw",
        "--no-abbrev", "--diff-merges=first-parent", "-z", f"--format={_MARK}%ct", "--stdin",
        stdin=f"{commit}\n--\n{FOLDER}\n".encode(),
    )  # fmt: skip
    if result.status != 0:
        raise failure("log", result)
    time = 0
    fields = iter(result.out.decode("utf-8", "surrogateescape").split("\0"))
    for each in fields:
        text = each.lstrip("\n")
        if text.startswith(_MARK):
            digits = text[1:].strip()
            time = int(digits) if digits.isdecimal() else 0
        elif text.startswith(":"):
            path = next(fields)
            old_mode, mode, old, new, _status = text[1:].split(" ")
            if path.endswith(SUFFIX):
                yield _Touched(time, path, old if old_mode in FILE_MODES else None, new if mode in FILE_MODES else None)
