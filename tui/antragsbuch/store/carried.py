"""Which motions carried which reference, ever: what the rule needs that a reference is given once.

Told from every version of every motion that the commits before hold, deleted ones and overridden ones too. What was
found for a commit is kept, so that later only what came since is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from . import heads
from .check_cache import CheckCache
from .selection import blobs
from .worktree import COUNCIL, FOLDER, SUFFIX

if TYPE_CHECKING:
    from .runner import Git

Carried = dict[str, set[str]]


Names = tuple[str, str]
"""The id of a motion and its reference; empty where it has none."""


def carried(
    git: Git, commit: str | None, cache: CheckCache, known_blobs: Mapping[str, Names]
) -> Mapping[str, frozenset[str]]:
    """For each reference the ids of the motions that had it in `commit` or before.

    `known_blobs` need not be read to know. Nothing where the clone does not hold all of the history.
    """
    if commit is None or incomplete(git):
        return {}
    known = cache.carried()
    before = commit if commit in known else next((each for each in known if _leads_to(git, each, commit)), None)
    found = _read(cache.carried_at(before)) if before else None
    if found is None:
        before, found = None, {}
    if before != commit:
        for identity, reference in _told(git, commit, before, known_blobs):
            found.setdefault(reference, set()).add(identity)
        cache.keep_carried(commit, json.dumps({reference: sorted(ids) for reference, ids in found.items()}))
    return {reference: frozenset(ids) for reference, ids in found.items()}


def incomplete(git: Git) -> bool:
    """Whether the clone lacks commits, or versions of files that it would have to fetch."""
    return git.layout.shallow or any(key.endswith(".promisor") for key in git.config.values)


def _leads_to(git: Git, before: str, commit: str) -> bool:
    return git.attempt("merge-base", "--is-ancestor", before, commit).status == 0


def _read(text: str | None) -> Carried | None:
    try:
        known = json.loads(text or "null")
        return {str(reference): {str(each) for each in ids} for reference, ids in known.items()}
    except (ValueError, TypeError, AttributeError):
        return None


def _told(git: Git, commit: str, before: str | None, known_blobs: Mapping[str, Names]) -> Iterator[Names]:
    """Id and reference of every version of a motion that `commit` leads to and `before` does not."""
    asked = f"{commit}\n" + (f"^{before}\n" if before else "")
    out = git.run("rev-list", "--objects", "--filter=object:type=blob", "--stdin", stdin=asked.encode())
    oids: list[str] = []
    for line in out.split(b"\n"):
        oid, _blank, path = line.partition(b" ")
        if path.startswith(_MOTIONS) and path.endswith(_TOML) and path != _COUNCIL:
            oids.append(oid.decode())
    names = [known_blobs[oid] for oid in oids if oid in known_blobs]
    names += (heads.head(data)[:2] for data in blobs(git, (oid for oid in oids if oid not in known_blobs)))
    yield from (each for each in names if all(each))


_MOTIONS = f"{FOLDER}/".encode()
_TOML = SUFFIX.encode()
_COUNCIL = COUNCIL.encode()
