"""What a commit will hold: read back, compared with HEAD, with the old paths of motions that were renamed."""

from __future__ import annotations

from collections.abc import Mapping

from antragsbuch.i18n import _, language

from . import heads, messages, worktree
from .errors import ChangedInHead, HeadChange, InvalidFile, NothingToCommit, OutsideRegister
from .journal import Change
from .objects import FILE_MODES, Entry, blob_name
from .parsing import TomlError, parsed, parsed_motion
from .register import Register

Contents = Mapping[str, bytes | None]
"""The bytes of each file by path; None: the file goes."""


def checked(contents: Contents) -> None:
    """Raise `InvalidFile` for what can't be read back."""
    for path, data in contents.items():
        read = parsed if path == worktree.COUNCIL else parsed_motion
        document = read(data) if data is not None else None
        if isinstance(document, TomlError):
            raise InvalidFile(
                _("{path} can't be read back, line {line}: {reason}").format(
                    path=path, line=document.line, reason=document.message(language())
                ),
                _("Nothing was committed; correct it first."),
            )


def stored(register: Register, contents: Contents) -> Contents:
    """The bytes as git keeps them: only git knows what its settings make of Windows line ends."""
    return {path: _stored(register, path, data) for path, data in contents.items()}


def changes(
    register: Register, head: str | None, contents: Contents, expected: Mapping[str, str | None]
) -> tuple[Change, ...]:
    """What differs from the commit `head`.

    Raises `ChangedInHead` where it holds something else than was opened, `NothingToCommit`, `OutsideRegister`.
    """
    found: list[Change] = []
    elsewhere: list[HeadChange] = []
    for path, data in contents.items():
        base = register.objects.entry(head, path)
        if base is not None and base.mode not in FILE_MODES:
            raise OutsideRegister(
                _("{path} is committed as a link or a submodule.").format(path=path),
                _("Take it out with git first."),
            )
        blob = base.oid if base else None
        oid = None if data is None else blob_name(register.git.layout.hash_name, data)
        if oid == blob:
            continue
        if expected.get(path, blob) != blob:
            elsewhere.append(_elsewhere(register, path, expected[path], data, blob))
        else:
            new = Entry(base.mode if base else "100644", oid) if oid else None
            found.append(Change(path, base, new, data))
    if elsewhere:
        raise ChangedInHead(elsewhere)
    if not found:
        raise NothingToCommit(_("Nothing to commit: HEAD holds the same."))
    return tuple(found)


def renames(register: Register, contents: Contents) -> list[str]:
    """The old paths of motions that `contents` has at a new path, and that are gone from the work tree."""
    head = register.objects.head()
    new = {
        identity
        for path, data in contents.items()
        if data is not None and register.objects.entry(head, path) is None and (identity := heads.head(data).id)
    }
    if not new:
        return []
    there = set(register.paths())
    return [
        path
        for path, entry in register.objects.walk(head, worktree.FOLDER).items()
        if path not in there
        and path != worktree.COUNCIL
        and path.endswith(worktree.SUFFIX)
        and entry.mode in FILE_MODES
        and heads.head(register.objects.blob(entry.oid)).id in new
    ]


def trailers(old_paths: list[str], reason: str) -> list[tuple[str, str]]:
    """The trailers that a commit gets besides those of its message."""
    return [*((messages.RENAMED_FROM, path) for path in old_paths), (messages.REASON, reason)]


def _stored(register: Register, path: str, data: bytes | None) -> bytes | None:
    if data is None or b"\r\n" not in data:
        return data
    oid = register.git.run("hash-object", "-w", "--stdin", f"--path={path}", stdin=data).decode().strip()
    kept = register.objects.blob(oid)
    if kept not in (data, data.replace(b"\r\n", b"\n")):
        raise InvalidFile(
            _("{path}: git's attributes would change the text on its way.").format(path=path),
            _("Take what .gitattributes says about it away."),
        )
    return kept


def _elsewhere(register: Register, path: str, opened: str | None, ours: bytes | None, blob: str | None) -> HeadChange:
    return HeadChange(
        path,
        base=register.objects.blob(opened) if opened else None,
        ours=ours,
        theirs=register.objects.blob(blob) if blob else None,
        blob=blob,
    )
