"""A motion in a commit of the past: where it lay then, and what it held."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from antragsbuch.i18n import _

from . import heads, worktree
from .errors import NotFound
from .find import means
from .objects import FILE_MODES
from .register import Register


class Then(NamedTuple):
    """A motion in a commit: its path and its bytes there, and its path in the work tree, None where it has none."""

    path: str
    data: bytes
    now: str | None


def located(register: Register, commit: str, query: str) -> Then:
    """The motion that `query` names, as of `commit`; also one that is gone now, or had another name then.

    Raises `NotFound` where it was not there, or where the name means several.
    """
    missing: NotFound | None = None
    try:
        now: str | None = register.find(query)
    except NotFound as error:
        now, missing = None, error
    if now is not None:
        identity = heads.head(worktree.read_if_there(register.root, now) or b"").id
        data = register.objects.content(commit, now)
        if data is not None and (now == worktree.COUNCIL or not identity or heads.head(data).id == identity):
            return Then(now, data, now)
        found = _those(register, commit, lambda path, held: bool(identity) and heads.head(held).id == identity)
    else:
        found = _those(register, commit, lambda path, held: means(query, path, held))
    if len(found) == 1:
        path, data = found[0]
        return Then(path, data, now)
    if missing is not None and found:
        names = ", ".join(path for path, _data in found[:5])
        raise NotFound(
            _("{query} means several motions.").format(query=query), _("Say which: {names}").format(names=names)
        )
    raise NotFound(
        _("There was no motion {query} in {commit}.").format(query=query, commit=commit[:10]),
        missing.remedy
        if missing is not None
        else _("antrag log {query} tells since when there is one.").format(query=query),
    )


def _those(register: Register, commit: str, wanted: Callable[[str, bytes], bool]) -> list[tuple[str, bytes]]:
    """The files of a commit that are wanted, by path and bytes."""
    found: list[tuple[str, bytes]] = []
    for path, entry in register.objects.walk(commit, worktree.FOLDER).items():
        if path.endswith(worktree.SUFFIX) and path != worktree.COUNCIL and entry.mode in FILE_MODES:
            data = register.objects.blob(entry.oid)
            if wanted(path, data):
                found.append((path, data))
    return found
