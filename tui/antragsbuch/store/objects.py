"""Reading what is committed: commits, trees and files, through one running `git cat-file --batch`.

A path is walked tree by tree, so that no path and no revision from data is ever given to git as an argument.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from subprocess import Popen
from typing import NamedTuple

from antragsbuch.i18n import _

from .errors import GitError
from .runner import Git

FILE_MODES = frozenset({"100644", "100755", "100664"})
TREE_MODE = "40000"
_CACHED_TREES = 4096
_CACHED_TOPS = 256
_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class Entry(NamedTuple):
    """An entry of a tree: mode as git writes it (`100644`, `40000`, `120000`, `160000`) and object."""

    mode: str
    oid: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a commit, and when: seconds since 1970 and the offset in minutes east of UTC."""

    name: str
    email: str
    time: int
    offset: int

    @property
    def moment(self) -> dt.datetime:
        """The time with its offset; the begin of 1970 where there can't be such a one."""
        zone = dt.timezone(dt.timedelta(minutes=self.offset)) if abs(self.offset) < 1440 else dt.UTC
        try:
            return dt.datetime.fromtimestamp(self.time, zone)
        except (OverflowError, ValueError, OSError):
            return dt.datetime.fromtimestamp(0, zone)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, parsed."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    message: str
    signed: bool


class Objects:
    """The objects of one repository. Safe to use from several threads, one at a time."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._trees: OrderedDict[str, dict[str, Entry]] = OrderedDict()
        self._tops: OrderedDict[str, str] = OrderedDict()

    def close(self) -> None:
        """End the reading process."""
        with self._lock:
            self._stop()

    def head(self) -> str | None:
        """The commit that HEAD points to, None before the first one. Raises `GitError` where it is missing."""
        found = self.resolve("HEAD")
        if found is None:
            # no commit yet, or one that is lost: then everything would look as if it had never been committed
            named = self._git.attempt("rev-parse", "--verify", "--quiet", "HEAD").out.decode().strip()
            if named:
                self._content(named, "commit")
        return found

    def resolve(self, name: str) -> str | None:
        """The object that a reference points to, by its full name; None where there is none."""
        found = self._read(name)
        return found[0] if found else None

    def commit(self, oid: str) -> Commit:
        """The commit `oid`. Raises `GitError` where there is none."""
        return parse_commit(oid, self._content(oid, "commit"))

    def blob(self, oid: str) -> bytes:
        """The content of the blob `oid`. Raises `GitError` where there is none."""
        return self._content(oid, "blob")

    def has(self, oid: str) -> bool:
        """Whether the object is there."""
        return self._read(oid) is not None

    def tree(self, oid: str) -> dict[str, Entry]:
        """The entries of the tree `oid` by name; not to be changed."""
        known = self._trees.get(oid)
        if known is None:
            known = parse_tree(self._content(oid, "tree"), len(oid) // 2)
            self._trees[oid] = known
            if len(self._trees) > _CACHED_TREES:
                self._trees.popitem(last=False)
        return known

    def entry(self, commit: str | None, path: str) -> Entry | None:
        """What stands at `path` in `commit`, or None."""
        if commit is None:
            return None
        found = Entry(TREE_MODE, self._top(commit))
        for name in path.split("/"):
            if found.mode != TREE_MODE:
                return None
            below = self.tree(found.oid).get(name)
            if below is None:
                return None
            found = below
        return found

    def _top(self, commit: str) -> str:
        """The tree of a commit, by its name or by that of a reference."""
        if commit not in self._tops:
            tree = self.commit(commit).tree
            if not _NAME.fullmatch(commit):
                # a reference may be elsewhere the next time
                return tree
            self._tops[commit] = tree
            if len(self._tops) > _CACHED_TOPS:
                self._tops.popitem(last=False)
        return self._tops[commit]

    def content(self, commit: str | None, path: str) -> bytes | None:
        """The bytes of the regular file at `path` in `commit`, or None."""
        entry = self.entry(commit, path)
        return self.blob(entry.oid) if entry and entry.mode in FILE_MODES else None

    def walk(self, commit: str | None, folder: str) -> dict[str, Entry]:
        """Every entry below `folder` in `commit` that is no tree, by its path from the top."""
        start = self.entry(commit, folder)
        found: dict[str, Entry] = {}
        todo = [(folder, start)] if start and start.mode == TREE_MODE else []
        while todo:
            above, tree = todo.pop()
            for name, entry in self.tree(tree.oid).items():
                path = f"{above}/{name}"
                if entry.mode == TREE_MODE:
                    todo.append((path, entry))
                else:
                    found[path] = entry
        return found

    def _content(self, oid: str, kind: str) -> bytes:
        found = self._read(oid)
        if found is None or found[1] != kind:
            raise GitError(
                _("The {kind} {oid} is missing in the repository.").format(kind=kind, oid=oid),
                _("git fsck says what else is missing; fetch it from another clone."),
            )
        return found[2]

    def _read(self, name: str) -> tuple[str, str, bytes] | None:
        """Name, kind and content of an object. Raises `GitError` where the reader ends, twice."""
        with self._lock:
            try:
                return self._asked(name)
            except _Ended:
                # killed, or ended by the damaged object that was read before
                self._stop()
            try:
                return self._asked(name)
            except _Ended as ended:
                self._stop()
                raise GitError(
                    _("git can't read an object: {said}").format(said=ended),
                    _("git fsck says what is damaged; fetch it from another clone."),
                    str(ended),
                ) from ended

    def _asked(self, name: str) -> tuple[str, str, bytes] | None:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise _Ended(_last_words(process)) from error
        header = process.stdout.readline().split()
        if header[-1:] == [b"missing"]:
            return None
        if len(header) != 3:
            raise _Ended(_last_words(process))
        size = int(header[2])
        content = process.stdout.read(size + 1)
        if len(content) != size + 1:
            raise _Ended(_last_words(process))
        return header[0].decode(), header[1].decode(), content[:-1]

    def _stop(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            # ends by itself at the end of its input
            process.communicate()


class _Ended(Exception):
    """The reading process is gone; what it said."""


def _last_words(process: Popen[bytes]) -> str:
    assert process.stderr is not None
    return process.stderr.read().decode("utf-8", "replace").strip()


def object_name(hash_name: str, kind: str, content: bytes) -> str:
    """The name that git gives to an object; `hash_name` is `sha1` or `sha256`, `kind` is `blob`, `tree` or `commit`."""
    return hashlib.new(hash_name, f"{kind} {len(content)}\0".encode() + content).hexdigest()


def blob_name(hash_name: str, data: bytes) -> str:
    """The name that git gives to a blob with these bytes."""
    return object_name(hash_name, "blob", data)


def parse_tree(content: bytes, width: int) -> dict[str, Entry]:
    """The entries of a tree object whose object names have `width` bytes."""
    entries: dict[str, Entry] = {}
    position = 0
    while position < len(content):
        end = content.index(b"\0", position)
        mode, _blank, name = content[position:end].partition(b" ")
        position = end + 1 + width
        entries[name.decode("utf-8", "surrogateescape")] = Entry(mode.decode(), content[end + 1 : position].hex())
    return entries


def parse_commit(oid: str, content: bytes) -> Commit:
    """A commit object, parsed; text that is not in the encoding it claims is read with replacement characters."""
    head, _empty, body = content.partition(b"\n\n")
    headers: list[tuple[str, bytes]] = []
    for line in head.split(b"\n"):
        # a line that begins with a blank continues the header above (signatures do)
        if not line.startswith(b" "):
            key, _blank, value = line.partition(b" ")
            headers.append((key.decode("ascii", "replace"), value))
    first = dict(reversed(headers))
    encoding = first.get("encoding", b"utf-8").decode("ascii", "replace")
    return Commit(
        oid=oid,
        tree=first["tree"].decode(),
        parents=tuple(value.decode() for key, value in headers if key == "parent"),
        author=_person(_decoded(first.get("author", b""), encoding)),
        committer=_person(_decoded(first.get("committer", b""), encoding)),
        message=_decoded(body, encoding),
        signed="gpgsig" in first or "gpgsig-sha256" in first,
    )


def _decoded(value: bytes, encoding: str) -> str:
    try:
        return value.decode(encoding, "replace")
    except LookupError:
        return value.decode("utf-8", "replace")


def _person(line: str) -> Person:
    who, _bracket, when = line.rpartition(">")
    name, _bracket, email = who.partition("<")
    seconds, _blank, zone = when.strip().partition(" ")
    sign = -1 if zone.startswith("-") else 1
    digits = zone.lstrip("+-")
    offset = sign * (int(digits[:-2] or 0) * 60 + int(digits[-2:])) if digits.isdecimal() and len(digits) > 2 else 0
    stamp = int(seconds) if seconds.removeprefix("-").isdecimal() else 0
    return Person(name.strip(), email, stamp, offset)
