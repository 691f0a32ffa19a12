"""Who last set each sentence, vote cell and value of a motion: the versions of its file, put together for `blame`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from antragsbuch_schema.blame import Blamed, Version, blame
from antragsbuch_schema.toml.errors import TomlError

from .comparing import data_of, fields_of
from .objects import FILE_MODES
from .register import Register


class Made(Protocol):
    """What is needed of a version: `history.Version` and `timeline.Entry` have it."""

    @property
    def commit(self) -> str:
        """The commit that made it."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The parents of that commit."""

    @property
    def path(self) -> str:
        """Where the file lies in it."""

    @property
    def blob(self) -> str | None:
        """What the file holds then, None where it is gone."""


Origin = TypeVar("Origin", bound=Made)


def blamed(
    register: Register, newest_first: Sequence[Origin], tip: str, path: str, work_tree: bytes | None = None
) -> list[Blamed[Origin | None]]:
    """The pieces of the motion at `path` in the commit `tip`, each with the version that last set it.

    `newest_first` are all versions of it up to there, also of the sides of merges, as `history.versions` and
    `Timeline.of_motion` give them. `work_tree` are the bytes of the file where they count as a version after `tip`:
    what it sets has the origin None. A version that can't be read counts for nothing: what stands after it is
    compared with what stood before.
    """
    line = newest_first[::-1]
    paths = dict.fromkeys(made.path for made in newest_first)
    read: dict[str, Mapping[str, Any] | TomlError] = {}
    latest: dict[str | None, int] = {}
    versions: list[Version[Origin | None]] = []
    for number, made in enumerate(line):
        before = (_before(register, parent, made.path, paths) for parent in made.parents)
        parents = tuple(dict.fromkeys(latest[blob] for blob in before if blob is not None and blob in latest))
        versions.append(Version(_data(register, made.blob, read, versions, parents), made, parents))
        latest[made.blob] = number
    # the newest version need not be the one that stands there: its side can have lost a merge
    blob = _before(register, tip, path, {})
    stands = (latest[blob],) if blob in latest else ()
    versions.append(Version(versions[stands[0]].data if stands else None, None, stands))
    if work_tree is not None and not isinstance(data := data_of(work_tree), TomlError):
        versions.append(Version(data, None))
    return blame(versions, fields_of(path))


def _before(register: Register, parent: str, path: str, paths: Mapping[str, None]) -> str | None:
    """What the file held in a commit, also at another of the paths that it had."""
    if not register.objects.has(parent):
        # a shallow clone ends here
        return None
    for candidate in (path, *paths):
        entry = register.objects.entry(parent, candidate)
        if entry is not None and entry.mode in FILE_MODES:
            return entry.oid
    return None


def _data(
    register: Register,
    blob: str | None,
    read: dict[str, Mapping[str, Any] | TomlError],
    versions: Sequence[Version[Any]],
    parents: Sequence[int],
) -> Mapping[str, Any] | None:
    if blob is None:
        return None
    if blob not in read:
        read[blob] = data_of(register.objects.blob(blob)) or {}
    data = read[blob]
    if not isinstance(data, TomlError):
        return data
    return versions[parents[0]].data if parents else None
