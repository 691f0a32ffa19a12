"""What every commit changed among the files of the register, as git tells it: many commits at once, oldest first.

A merge is compared with each of its parents: what it has in common with one of them is not its own, but says which
of two versions it took.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from . import heads, messages
from .errors import GitError
from .objects import FILE_MODES, Commit, parse_commit
from .worktree import FOLDER, SUFFIX

if TYPE_CHECKING:
    from .register import Register

_CHUNK = 1000
"""So many commits are asked for at once."""
_PROCESSES = 4

Blobs = tuple[str | None, str | None]
"""The blob before and after; None is no file."""


class Touched(NamedTuple):
    """One file that a commit changed. `old_path` is where it lay before, where that is another place."""

    path: str
    old_path: str | None
    old_blob: str | None
    blob: str | None


class Told(NamedTuple):
    """A commit and the files that it changed: of a merge those that differ from all its parents.

    `against` are all files of a merge that differ from each parent, in the order of the parents.
    """

    commit: Commit
    touched: tuple[Touched, ...]
    against: tuple[Mapping[str, Blobs], ...]


def listed(register: Register, tips: Iterable[str], without: Iterable[str]) -> list[tuple[str, ...]]:
    """Every commit that `tips` reach and `without` do not, each with its parents, parents before children.

    Where a shallow clone ends, a commit has none. Raises `GitError`.
    """
    asked = "".join([*(f"{tip}\n" for tip in tips), *(f"^{tip}\n" for tip in without)])
    out = register.git.run("rev-list", "--topo-order", "--reverse", "--parents", "--stdin", stdin=asked.encode())
    return [tuple(line.split(" ")) for line in out.decode().splitlines()]


def told(register: Register, commits: Sequence[tuple[str, ...]]) -> Iterator[list[Told]]:
    """What each of `commits` (itself, then its parents) changed, in their order, some hundred at a time."""
    chunks = [commits[start : start + _CHUNK] for start in range(0, len(commits), _CHUNK)]
    if len(chunks) < 2:
        yield from (_read(register, chunk) for chunk in chunks)
        return
    workers = min(os.cpu_count() or 1, _PROCESSES)
    with ThreadPoolExecutor(workers) as pool:
        running: deque[tuple[Future[bytes], Sequence[tuple[str, ...]]]] = deque()
        waiting = iter(chunks)
        try:
            while True:
                while len(running) <= workers and (chunk := next(waiting, None)):
                    running.append((pool.submit(_asked, register, chunk), chunk))
                if not running:
                    return
                future, asked = running.popleft()
                yield _parsed(register, future.result(), asked)
        finally:
            for future, _chunk in running:
                future.cancel()


def _read(register: Register, chunk: Sequence[tuple[str, ...]]) -> list[Told]:
    return _parsed(register, _asked(register, chunk), chunk)


def _asked(register: Register, chunk: Sequence[tuple[str, ...]]) -> bytes:
    """git's answer: a commit, or a merge once for each of its parents, and raw lines after it, all ended by NUL."""
    lines = []
    for commit, *parents in chunk:
        lines += [f"{commit} {parent}\n" for parent in parents] if len(parents) > 1 else [f"{commit}\n"]
    return register.git.run(
        "diff-tree", "--stdin", "-r", "-z", "--root", "--raw", "--no-renames", "--always", "--pretty=raw",
        "--no-ext-diff", "--no-textconv", "--", FOLDER,
        stdin="".join(lines).encode(),
    )  # fmt: skip


def _parsed(register: Register, answer: bytes, chunk: Sequence[tuple[str, ...]]) -> list[Told]:
    blocks = _blocks(answer)
    found: list[Told] = []
    for _oid, *parents in chunk:
        commit, differing = next(blocks)
        if len(parents) < 2:
            found.append(Told(commit, tuple(_paired(register, commit, differing)), ()))
            continue
        against = (differing, *(next(blocks)[1] for _parent in parents[1:]))
        own = [path for path in against[0] if all(path in other for other in against[1:])]
        touched = [
            Touched(path, None, _first([each[path][0] for each in against]), against[0][path][1]) for path in own
        ]
        found.append(Told(commit, tuple(touched), against))
    return found


def _blocks(answer: bytes) -> Iterator[tuple[Commit, dict[str, Blobs]]]:
    """Each commit of an answer, and the files that differ."""
    commit: Commit | None = None
    differing: dict[str, Blobs] = {}
    fields = iter(answer.split(b"\0"))
    for field in fields:
        about = field
        if field.startswith(b"commit "):
            if commit is not None:
                yield commit, differing
            text, _line, about = field.partition(b"\n:")
            commit, differing = _commit(text), {}
        if about:
            path = next(fields).decode("utf-8", "surrogateescape")
            if path.endswith(SUFFIX):
                old_mode, mode, old, new, _status = about.removeprefix(b":").decode().split(" ")
                differing[path] = (old if old_mode in FILE_MODES else None, new if mode in FILE_MODES else None)
    if commit is not None:
        yield commit, differing


def _commit(text: bytes) -> Commit:
    first, _line, rest = text.partition(b"\n")
    head, _empty, body = rest.partition(b"\n\n")
    message = b"\n".join(line.removeprefix(b"    ") for line in body.split(b"\n"))
    return parse_commit(first.split(b" ")[1].decode(), head + b"\n\n" + message)


def _paired(register: Register, commit: Commit, differing: Mapping[str, Blobs]) -> Iterator[Touched]:
    """The files that differ, a renamed one as one."""
    gone = [path for path, (old, new) in differing.items() if old and not new]
    came = [path for path, (old, new) in differing.items() if new and not old]
    old_paths = _renames(register, commit, differing, gone, came) if gone and came else {}
    renamed = set(old_paths.values())
    for path, (old, new) in differing.items():
        if path in old_paths:
            yield Touched(path, old_paths[path], differing[old_paths[path]][0], new)
        elif (old or new) and path not in renamed:
            yield Touched(path, None, old, new)


def _renames(
    register: Register, commit: Commit, differing: Mapping[str, Blobs], gone: list[str], came: list[str]
) -> dict[str, str]:
    """The old path by the new one: the same bytes, the same motion by its id, or what the message says."""

    def identity(blob: str | None) -> str:
        try:
            return heads.head(register.objects.blob(blob)).id if blob else ""
        except GitError:
            # a partial clone does not have it
            return ""

    found: dict[str, str] = {}
    names: tuple[Callable[[str | None], str], ...] = (lambda blob: blob or "", identity)
    for name in names:
        olds = _by_name({path: differing[path][0] for path in gone if path not in found.values()}, name)
        news = _by_name({path: differing[path][1] for path in came if path not in found}, name)
        found |= {news[each]: olds[each] for each in news if each in olds}
    said = {value for key, value in messages.trailers_of(commit.message) if key == messages.RENAMED_FROM}
    left_old = [path for path in gone if path in said and path not in found.values()]
    left_new = [path for path in came if path not in found]
    if len(left_old) == len(left_new) == 1:
        found[left_new[0]] = left_old[0]
    return found


def _by_name(blobs: Mapping[str, str | None], name: Callable[[str | None], str]) -> dict[str, str]:
    """Paths by a name of their blobs that only one of them has."""
    names = {path: name(blob) for path, blob in blobs.items()}
    count = Counter(names.values())
    return {each: path for path, each in names.items() if each and count[each] == 1}


def _first(blobs: Iterable[str | None]) -> str | None:
    return next((blob for blob in blobs if blob), None)
