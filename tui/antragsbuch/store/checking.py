"""What `antrag validate` checks: the register in the work tree, in git's index or in a commit, or a part of it.

The rules run on the files in scope, and only where it is not known from before what they give; of all others no more
is read than the rules of the whole register need. `docs/checking.md` says what belongs into a report.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _
from antragsbuch_schema.findings import Report
from antragsbuch_schema.memory import seldom_looking

from .check_cache import cache_of
from .errors import NotFound
from .selection import OnDisk, Origin, Revision, Staged, WorkTree

if TYPE_CHECKING:
    from .check_cache import CheckCache

__all__ = ["Origin", "Outcome", "Revision", "Staged", "WorkTree", "check"]

_OID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")

Tell = Callable[[int, int], None]
"""Is told how many files are done, and how many there are to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What checking gave. `paths` are the files in scope, sorted; `day` is the one that findings are for; `notes` are
    what a person should know about the answer, in words."""

    report: Report
    paths: tuple[str, ...]
    day: dt.date
    notes: tuple[str, ...] = ()
    _read: Callable[[str], bytes | None] = field(default=lambda _path: None, repr=False, compare=False)

    def source(self, path: str) -> bytes | None:
        """The bytes of a file as it was checked, None where there is none that can be read."""
        return self._read(path)


def check(
    root: Path,
    origin: Origin,
    names: Sequence[str] = (),
    *,
    since: str | None = None,
    today: dt.date | None = None,
    jobs: int | None = None,
    progress: Tell | None = None,
) -> Outcome:
    """Check the register at `root` (for `Staged` and `Revision`: any folder of the repository, a bare one too).

    `names` are files and folders of the register, with `/`; without one, all. `since` names a revision: only what
    changed against the commit where it and what is checked went apart. `today` is the day for which findings count;
    otherwise that of the commit that is checked, and today where something is changed since. `jobs` processes share
    the work. Raises `StoreError`: `NotFound` for a revision or a name that is not there, `NoCommonHistory`,
    `NotARegister`.
    """
    names = [name.rstrip("/") for name in names if name.rstrip("/") not in ("", ".")]
    source = OnDisk(root) if isinstance(origin, WorkTree) else origin
    if isinstance(source, OnDisk) and since is None:
        found = _known(root, source, names, today)
        if found is not None:
            return found
    with seldom_looking():
        # not at the top: what is known already needs neither git nor a single rule
        from .rechecking import recheck

        cores = jobs or os.cpu_count() or 1
        return recheck(root, source, names, since=since, today=today, jobs=cores, progress=progress)


def chosen(names: Sequence[str], every: Sequence[str]) -> list[str]:
    """Those of `every` path that were named, themselves or by a folder. Raises `NotFound`."""
    if not names:
        return list(every)
    found: set[str] = set()
    for name in names:
        below = {path for path in every if path == name or path.startswith(name + "/")}
        if not below and name.endswith(".toml"):
            raise NotFound(
                _("{path} is no file of this register; they are TOML files below motions/.").format(path=name)
            )
        found |= below
    return [path for path in every if path in found]


def _known(root: Path, disk: OnDisk, names: Sequence[str], today: dt.date | None) -> Outcome | None:
    """What was found when every file and the last commit were the same; None where that is not known."""
    git_dir = root / ".git"
    head = plain_head(git_dir)
    if head is None:
        return None
    cache = cache_of(git_dir)
    state = state_of(cache, disk.marks(), head, git_dir)
    return answered(cache, state, chosen(names, sorted([*disk.stamps, *disk.odd])), today, lambda _paths: disk.one)


def answered(
    cache: CheckCache | None,
    state: str,
    paths: Sequence[str],
    today: dt.date | None,
    reader: Callable[[Iterable[str]], Callable[[str], bytes | None]],
) -> Outcome | None:
    """What was found before in this state in the files at `paths`; None where that is not known."""
    answer = Answer.parsed(cache.answer(state)) if cache else None
    if answer is None:
        return None
    day = today or answer.day or dt.date.today()
    from . import kept

    try:
        found = kept.load_findings(answer.found.get(day.isoformat(), ""))
    except kept.NotKept:
        return None
    wanted = set(paths)
    report = Report.on((each for each in found if each.located.path in wanted), len(paths), day)
    read = reader(each.path for each in report.findings)
    return Outcome(report, tuple(paths), day, notes_on(complete=answer.complete), read)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of a state of the register: the findings of all files by day, as texts of `kept`. `day` is that of
    the commit where nothing differs from it; `complete` says that all of the history was there."""

    day: dt.date | None
    complete: bool
    found: dict[str, str]

    @classmethod
    def parsed(cls, text: str | None) -> Answer | None:
        """The answer in a text; None where it holds none."""
        try:
            day, complete, found = json.loads(text or "")
            return cls(dt.date.fromisoformat(day) if day else None, bool(complete), dict(found))
        except (ValueError, TypeError):
            return None

    def text(self) -> str:
        """The answer as a text."""
        return json.dumps([self.day.isoformat() if self.day else "", self.complete, self.found])


def state_of(cache: CheckCache, files: object, head: str, git_dir: Path) -> str:
    """The name of everything that an answer depends on but the day: files, commit, how far the history goes, and the
    program."""
    ends = git_dir / "shallow"
    parts = (cache.program(), head, files, ends.read_bytes() if ends.exists() else b"")
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def notes_on(*, complete: bool) -> tuple[str, ...]:
    """What to say of an answer for which not all of the history was there."""
    if complete:
        return ()
    return (_("This clone lacks a part of the history; whether a reference was that of another motion can't be told."),)


def plain_head(git_dir: Path) -> str | None:
    """The commit at HEAD where the files of git say so plainly; None where git must be asked."""
    if any(name in os.environ for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")):
        return None
    try:
        if not git_dir.is_dir() or git_dir.is_symlink() or git_dir.stat().st_uid != os.geteuid():
            return None
        head = (git_dir / "HEAD").read_text(encoding="utf-8").strip()
        ref = head.removeprefix("ref: ")
        if head != ref:
            loose = git_dir / ref
            if not ref.startswith("refs/") or ".." in ref:
                return None
            head = loose.read_text(encoding="utf-8").strip() if loose.exists() else _packed(git_dir, ref)
    except (OSError, ValueError):
        return None
    return head if _OID.fullmatch(head) else None


def _packed(git_dir: Path, ref: str) -> str:
    for line in (git_dir / "packed-refs").read_text(encoding="utf-8").splitlines():
        oid, _blank, name = line.partition(" ")
        if name == ref:
            return oid
    return ""
