"""Taking a commit back by a new one, by field: what was changed since then stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from antragsbuch.i18n import _
from antragsbuch_schema.conflicts import Conflict
from antragsbuch_schema.edits import Data
from antragsbuch_schema.i18n import Language
from antragsbuch_schema.merge import merge
from antragsbuch_schema.message import Became, Entry, suggest, undo_subject
from antragsbuch_schema.normal import same
from antragsbuch_schema.toml.edit import rewrite
from antragsbuch_schema.toml.errors import TomlError

from . import heads, messages, worktree
from .commit import Committed, commit_contents
from .comparing import compare, data_of, fields_of, name_of
from .errors import StoreError
from .objects import FILE_MODES
from .pairs import Pair, differing
from .register import Register

UNDOES = "Undoes"
"""The trailer that names the commit which is taken back."""


class Undone(NamedTuple):
    """One file without what a commit changed.

    `path` is where it lies at HEAD and `target` where it goes, which is another path where a rename is taken back.
    `then` is what the commit left, `now` what HEAD holds, `before` what was there before the commit; None: no file.
    `content` is what comes of it. Where `conflicts` are not empty, what the commit changed was changed again since.
    `blob` is what HEAD holds: what a commit of this expects there.
    """

    path: str
    target: str
    then: bytes | None
    now: bytes | None
    before: bytes | None
    content: bytes | None
    conflicts: tuple[Conflict, ...]
    blob: str | None


def undone(register: Register, commit: str) -> list[Undone]:
    """The files at HEAD without what `commit` changed (of a merge: without what it brought to its first parent).

    Each is a three-way merge, by field; a motion that lies elsewhere now is found by its id. What HEAD says no more
    is left out. Raises `StoreError` where a version can't be read, or where the commit changed nothing here.
    """
    parents = register.objects.commit(commit).parents
    if parents and not register.objects.has(parents[0]):
        raise StoreError(
            _("This clone is shallow: what stood before {commit} is not in it.").format(commit=commit[:10])
        )
    pairs = differing(register, parents[0], commit) if parents else _begun(register, commit)
    if not pairs:
        raise StoreError(_("{commit} changed no file of the register.").format(commit=commit[:10]))
    found = [_undone(register, pair) for pair in pairs]
    return [one for one in found if one.conflicts or one.content != one.now or one.target != one.path]


def contents_of(files: Sequence[Undone]) -> dict[str, bytes | None]:
    """The bytes that a commit of `files` writes, by path."""
    contents: dict[str, bytes | None] = {}
    for one in files:
        if one.target != one.path:
            contents[one.path] = None
        contents[one.target] = one.content
    return contents


def commit_undone(register: Register, commit: str, files: Sequence[Undone], reason: str = "") -> tuple[Committed, str]:
    """Commit `files` (of `undone`, without conflicts) with a message that says what was taken back, and its subject.

    Raises as `commit_contents`.
    """
    spoken: Language = "en" if register.council().get("language") == "en" else "de"
    entries = []
    for one in files:
        changes = compare(one.path, one.now, one.content)
        kind: Became = "removed" if one.content is None else "added" if one.now is None else "changed"
        name = name_of(one.content, one.now) or one.path
        entries.append(Entry(name, changes if isinstance(changes, tuple) else (), kind))
    subject = undo_subject(messages.subject_of(register.objects.commit(commit).message), spoken)
    renames = [(messages.RENAMED_FROM, one.path) for one in files if one.target != one.path]
    body = suggest(entries, spoken).partition("\n\n")[2]
    message = messages.with_trailers(f"{subject}\n\n{body}", [(UNDOES, commit), *renames])
    expected = {path: one.blob if path == one.path else None for one in files for path in (one.path, one.target)}
    return commit_contents(register, contents_of(files), message, reason=reason, expected=expected), subject


def _begun(register: Register, commit: str) -> list[Pair]:
    """The files of a commit without a parent."""
    return [
        Pair(path, None, register.objects.blob(entry.oid))
        for path, entry in register.objects.walk(commit, worktree.FOLDER).items()
        if path.endswith(worktree.SUFFIX) and entry.mode in FILE_MODES
    ]


def _undone(register: Register, pair: Pair) -> Undone:
    path, now = _now(register, pair)
    entry = register.objects.entry(register.objects.head(), path)
    blob = entry.oid if entry else None
    target = pair.old_path if pair.old_path and path == pair.path and now is not None else path
    if now == pair.new:
        # nothing came after it: what was there before comes back to the letter, layout and comments too
        return Undone(path, target, pair.new, now, pair.old, pair.old, (), blob)
    fields = fields_of(path)
    merged = merge(_read(path, pair.new), _read(path, now), _read(path, pair.old), fields)
    content = None
    if not merged.gone:
        content = rewrite((now or pair.old or b"").decode(), merged.data, fields).encode()
    if now is not None and content is not None and not merged.conflicts and same(merged.ours, merged.data):
        content = now
    return Undone(path, target, pair.new, now, pair.old, content, merged.conflicts, blob)


def _now(register: Register, pair: Pair) -> tuple[str, bytes | None]:
    """Where the motion of a pair lies at HEAD, and what it holds."""
    head = register.objects.head()
    held = register.objects.content(head, pair.path)
    wanted = heads.head(pair.new or pair.old or b"").id
    if held is not None or pair.path == worktree.COUNCIL or not wanted:
        return pair.path, held
    for path, entry in register.objects.walk(head, worktree.FOLDER).items():
        if path.endswith(worktree.SUFFIX) and path != worktree.COUNCIL and entry.mode in FILE_MODES:
            data = register.objects.blob(entry.oid)
            if heads.head(data).id == wanted:
                return path, data
    return pair.old_path or pair.path, None


def _read(path: str, version: bytes | None) -> Data | None:
    data = data_of(version)
    if isinstance(data, TomlError):
        raise StoreError(
            _("{path} can't be merged: a version of it can't be read (line {line}).").format(path=path, line=data.line),
            _("Nothing was committed; correct it first."),
        )
    return data
