"""Which motions carried which reference, ever: what the rule needs that a reference is given once.

Told from every version of every motion that the commits before hold, deleted ones and overridden ones too. What was
found for a commit is kept, so that later only what came since is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from . import heads
from .check_cache import CheckCache
from .selection import blobs
from .worktree import COUNCIL, FOLDER, SUFFIX

if TYPE_CHECKING:
    from .runner import Git

Carried = Mapping[str, Collection[str]]
"""For each reference the ids of the motions that ever had it."""
Names = tuple[str, str]
"""The id of a motion and its reference; empty where it has none."""


class _Asked(NamedTuple):
    """The ids by reference that are kept, for which commit, and the blobs of versions that came since."""

    found: dict[str, list[str]]
    before: str | None
    blobs: list[str]


class Past:
    """The motions of `commit` and before; nothing is known of them where the clone does not hold all of the history."""

    def __init__(self, git: Git, commit: str | None, cache: CheckCache) -> None:
        self._git, self._commit, self._cache = git, commit, cache

    @cached_property
    def asked(self) -> _Asked | None:
        """What git and the cache say; asked for once, so early that nobody waits for it."""
        if self._commit is None or incomplete(self._git):
            return None
        known = self._cache.carried()
        commit = self._commit
        before = (
            commit if commit in known else next((each for each in known if _leads_to(self._git, each, commit)), None)
        )
        found = _read(self._cache.carried_at(before)) if before else None
        if found is None:
            before, found = None, {}
        return _Asked(found, before, [] if before == commit else _blobs(self._git, commit, before))

    def carried(self, known: Callable[[], Mapping[str, Names]]) -> Carried:
        """For each reference the ids of the motions that ever had it. The blobs that are `known` are not read."""
        if self.asked is None or self._commit is None:
            return {}
        found, before, oids = self.asked
        if before != self._commit:
            known_blobs = known()
            names = [known_blobs[oid] for oid in oids if oid in known_blobs]
            read = blobs(self._git, (oid for oid in oids if oid not in known_blobs))
            names += (heads.head(data)[:2] for data in read)
            for identity, reference in names:
                if identity and reference and identity not in (ids := found.setdefault(reference, [])):
                    ids.append(identity)
            self._cache.keep_carried(self._commit, json.dumps(found))
        return found


def incomplete(git: Git) -> bool:
    """Whether the clone lacks commits, or versions of files that it would have to fetch."""
    return git.layout.shallow or any(key.endswith(".promisor") for key in git.config.values)


def _leads_to(git: Git, before: str, commit: str) -> bool:
    return git.attempt("merge-base", "--is-ancestor", before, commit).status == 0


def _read(text: str | None) -> dict[str, list[str]] | None:
    try:
        known = json.loads(text or "null")
    except ValueError:
        return None
    # nobody else writes under the sum of the bytes: it is what was kept
    return known if isinstance(known, dict) else None


def _blobs(git: Git, commit: str, before: str | None) -> list[str]:
    """Every version of a motion that `commit` leads to and `before` does not."""
    asked = f"{commit}\n" + (f"^{before}\n" if before else "")
    out = git.run("rev-list", "--objects", "--filter=object:type=blob", "--stdin", stdin=asked.encode())
    oids: list[str] = []
    for line in out.split(b"\n"):
        oid, _blank, path = line.partition(b" ")
        if path.startswith(_MOTIONS) and path.endswith(_TOML) and path != _COUNCIL:
            oids.append(oid.decode())
    return oids


_MOTIONS = f"{FOLDER}/".encode()
_TOML = SUFFIX.encode()
_COUNCIL = COUNCIL.encode()
