"""What has to be done so that the index says what the work tree and HEAD say. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .filling import Job
from .listing import Stamp
from .records import natural
from .tables import Known


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh has to do."""

    heads: Mapping[str, str]
    """The blobs at HEAD, by path."""
    jobs: Sequence[Job]
    """Files of the work tree to be read, the newest motions first."""
    removed: Sequence[str]
    """Files to be read from HEAD, since they are not in the work tree."""
    gone: Sequence[str]
    """Files that are nowhere any more."""
    moved: Mapping[str, str]
    """Other blobs at HEAD than the index knows; "" for none."""


def plan(present: Mapping[str, Stamp], heads: Mapping[str, str], known: Mapping[str, Known], basis: str) -> Plan:
    """The plan, given the stamps in the work tree, the blobs at HEAD, and what the index knows with which basis.

    All three speak of the same paths: of the whole register, or of a few files.
    """
    jobs: list[Job] = []
    for path, stamp in present.items():
        before = known.get(path)
        if before is None or not before.present or before.basis != basis:
            jobs.append(Job(path, ""))
        elif before.stamp != stamp:
            jobs.append(Job(path, before.blob))
    jobs.sort(key=lambda job: natural(job.path), reverse=True)
    removed = [
        path
        for path, blob in heads.items()
        if path not in present and not _is_kept_as_removed(known.get(path), blob, basis)
    ]
    gone = [path for path in known if path not in present and path not in heads]
    moved = {path: heads.get(path, "") for path, before in known.items() if before.head != heads.get(path, "")}
    return Plan(heads, jobs, removed, gone, moved)


def _is_kept_as_removed(before: Known | None, blob: str, basis: str) -> bool:
    return before is not None and not before.present and before.blob == blob and before.basis == basis
