"""Where a register is that is checked: its files, and the repository around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from antragsbuch.i18n import _

from . import revisions
from .check_cache import CheckCache, cache_of
from .errors import NotARegister, StoreError
from .objects import parse_commit
from .runner import Git, discover, discover_hub
from .selection import Files, InGit, OnDisk, Origin, Revision, Staged, WorkTree, committed, staged
from .worktree import COUNCIL


@dataclass
class Place:
    """What is checked. `commit` is the commit itself, or the one that work tree and index stand on."""

    origin: Origin
    source: OnDisk | InGit
    files: Files
    commit: str | None
    git: Git | None
    cache: CheckCache | None

    @property
    def hash_name(self) -> str:
        """How the repository names its objects."""
        return self.git.layout.hash_name if self.git else "sha1"

    @cached_property
    def at_commit(self) -> Files:
        """What the commit has; asked for once."""
        return committed(self.git, self.commit) if self.git else Files({}, [])

    def differing(self, before: Files) -> set[str]:
        """The files that are not what they were, gone ones too. git decides what its settings make of line ends."""
        now = self.files
        found = {path for path, blob in now.blobs.items() if before.blobs.get(path) != blob}
        found |= before.blobs.keys() - now.blobs.keys()
        found |= {*now.odd} ^ {*before.odd} | {*now.unmerged}
        asked = sorted(path for path in found if path in now.blobs and path in before.blobs and "\n" not in path)
        if self.git is not None and isinstance(self.source, OnDisk) and asked:
            stdin = "".join(f"{path}\n" for path in asked).encode("utf-8", "surrogateescape")
            names = self.git.attempt("hash-object", "--stdin-paths", stdin=stdin).out.decode().split()
            found -= {path for path, blob in zip(asked, names, strict=False) if before.blobs[path] == blob}
        return found

    def day(self, council: Mapping[str, Any]) -> dt.date | None:
        """The day of the commit that is checked, where the council is; None where something differs from it."""
        if self.commit is None or self.git is None:
            return None
        if not isinstance(self.origin, Revision) and self.differing(self.at_commit):
            return None
        return self.commit_day(council)

    def commit_day(self, council: Mapping[str, Any]) -> dt.date | None:
        """The day of the commit that is checked or that files stand on, where the council is."""
        if self.commit is None or self.git is None:
            return None
        content = self.git.run("cat-file", "commit", self.commit)
        return day_of(parse_commit(self.commit, content).committer.time, council)

    def reader(self, paths: Iterable[str]) -> Callable[[str], bytes | None]:
        """What gives the bytes of a file as it is checked; those of `paths` are read together."""
        if isinstance(self.source, OnDisk):
            return self.source.one
        source, together = self.source, sorted(set(paths) & self.files.blobs.keys())
        found: dict[str, bytes] = {}

        def read(path: str) -> bytes | None:
            if path not in found and path in self.files.blobs:
                wanted = sorted({*together, path} - found.keys())
                found.update(zip(wanted, source.contents(wanted), strict=True))
            return found.get(path)

        return read


def place_of(root: Path, origin: OnDisk | Staged | Revision, *, git_needed: bool) -> Place:
    """The place that is meant; a work tree by its files. Raises `StoreError` where there is no register; for a work
    tree without git only if git is needed."""
    if isinstance(origin, OnDisk):
        disk, tree = origin, WorkTree()
        if COUNCIL not in disk.stamps and COUNCIL not in disk.odd:
            _no_council(root, str(root))
        around = _git_around(root, needed=git_needed)
        if around is None:
            return Place(tree, disk, disk.files(), None, None, None)
        return Place(tree, disk, disk.files(), _head(around), around, cache_of(around.layout.git_dir))
    git = _repository(root)
    files: Files
    if isinstance(origin, Staged):
        commit, files = _head(git), staged(git)
    else:
        commit = revisions.named(git, origin.name)
        files = committed(git, commit)
    if not {COUNCIL} & {*files.blobs, *files.odd, *files.unmerged}:
        _no_council(root, origin.name if isinstance(origin, Revision) else str(root))
    return Place(origin, InGit(git, files), files, commit, git, cache_of(git.layout.git_dir))


def day_of(seconds: int, council: Mapping[str, Any]) -> dt.date:
    """The day of a moment (seconds since 1970) in the council's time zone; in UTC where it names none that is known."""
    named = council.get("time_zone")
    try:
        zone: dt.tzinfo = ZoneInfo(named) if isinstance(named, str) and named else dt.UTC
    except (KeyError, ValueError, OSError):
        zone = dt.UTC
    try:
        return dt.datetime.fromtimestamp(seconds, zone).date()
    except (OverflowError, ValueError, OSError):
        return dt.date(1970, 1, 1)


def _git_around(root: Path, *, needed: bool) -> Git | None:
    try:
        layout = discover(root)
        if layout.root.samefile(root):
            return Git(layout)
        raise NotARegister(_("{path} is not at the top of its repository.").format(path=root))
    except StoreError:
        # files can be checked where git can't be asked
        if needed:
            raise
        return None


def _repository(start: Path) -> Git:
    try:
        return Git(discover(start))
    except NotARegister:
        return Git(discover_hub(start))


def _head(git: Git) -> str | None:
    return git.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}").out.decode().strip() or None


def _no_council(root: Path, where: str) -> None:
    if not (root / ".git").exists():
        # it may be a bare repository, or none at all: git says best what is wrong
        discover(root)
    raise NotARegister(
        _("{path} is no register: it has no file {file}.").format(path=where, file=COUNCIL),
        _("Make one with: antrag init"),
    )
