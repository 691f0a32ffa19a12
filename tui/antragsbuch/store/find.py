"""A motion by what people call it: reference, number, id or path."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _
from antragsbuch_schema.reference import Scheme

from . import heads, worktree
from .errors import BrokenCouncil, NotFound, OutsideRegister

if TYPE_CHECKING:
    from .register import Register

_SUGGESTED = 5


def find(register: Register, query: str) -> str:
    """The path of the motion that `query` names. Raises `NotFound` with suggestions where it is none or several."""
    query = query.strip()
    found = query and (_as_path(register, query) or _as_reference(register, query))
    if found:
        return found
    known = {path: heads.head(_bytes(register, path)) for path in register.paths()}
    wanted = _folded(query)
    exact = [path for path, head in known.items() if wanted and (query == head.id or wanted == _folded(head.reference))]
    matches = exact or [path for path, head in known.items() if _number_is(query, path, head.reference)]
    if len(matches) == 1:
        return matches[0]
    names = {path: head.reference or head.id or path for path, head in known.items()}
    if matches:
        several = [f"{names[path]} ({path})" if len(exact) > 1 else names[path] for path in matches]
        raise NotFound(
            _("{query} means several motions.").format(query=query),
            _("Say which: {names}").format(names=", ".join(several[:_SUGGESTED])),
            several,
        )
    close = difflib.get_close_matches(query, list(names.values()), _SUGGESTED, 0.5)
    raise NotFound(
        _("There is no motion {query}.").format(query=query or '""'),
        _("Did you mean: {names}").format(names=", ".join(close)) if close else "",
        close,
    )


def means(query: str, path: str, data: bytes) -> bool:
    """Whether `query` can be meant for the motion at `path` with these bytes: for one that is there no more."""
    query, head = query.strip(), heads.head(data)
    wanted = _folded(query)
    return bool(wanted) and (
        query in (path, head.id) or wanted == _folded(head.reference) or _number_is(query, path, head.reference)
    )


def _as_path(register: Register, query: str) -> str | None:
    if not query.endswith(worktree.SUFFIX):
        return None
    for start in (register.root, register.motions, Path.cwd()):
        try:
            path = (start / query).relative_to(register.root).as_posix()
            if worktree.read_if_there(register.root, path) is not None:
                return path
        except (ValueError, OutsideRegister):
            continue
    return None


def _as_reference(register: Register, query: str) -> str | None:
    try:
        path = Scheme.of(register.council()).path(query)
    except BrokenCouncil:
        return None
    return path if heads.head(_bytes(register, path)).reference == query else None


def _bytes(register: Register, path: str) -> bytes:
    try:
        return worktree.read_if_there(register.root, path) or b""
    except OutsideRegister:
        return b""


def _number_is(query: str, path: str, reference: str) -> bool:
    """Whether `query` is the running number: the first group of digits in the reference, or the name of the file."""
    if not query.isdecimal():
        return False
    number = query.lstrip("0")
    groups = [group.lstrip("0") for group in _digits(reference)]
    return number in groups or Path(path).stem.split("-")[0] == query


def _digits(text: str) -> list[str]:
    return "".join(letter if letter.isdecimal() else " " for letter in text).split()


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
