"""A commit that takes in what others have committed meanwhile, where it is clean.

The merge is by field and by sentence (`antragsbuch_schema.merge`); git's own merge of the lines is used only where it
says the same, because it keeps the comments of both sides.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from antragsbuch.i18n import _, language
from antragsbuch_schema.edits import Data
from antragsbuch_schema.merge import Merged, merge
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.toml.edit import rewrite

from .commit import Committed, Validate, commit
from .comparing import data_of, fields_of
from .errors import ChangedInHead, HeadChange, RepositoryBusy, StoreError
from .parsing import TomlError
from .preparing import Contents
from .register import Register

_ATTEMPTS = 10
_NAMED = 3
"""How many changes that came in are told in words."""


@dataclass(frozen=True, slots=True)
class FileMerge:
    """The merge of one file: the three versions as bytes (None: no file), and what came out.

    `blob` is the blob of theirs: what a commit of the result expects at HEAD.
    """

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    blob: str | None
    merged: Merged

    def content(self, data: Data | None) -> bytes | None:
        """The bytes of a file that says `data` (None: deleted), with the comments and the layout of theirs."""
        if data is None:
            return None
        return rewrite((self.theirs or self.ours or b"").decode(), data, fields_of(self.path)).encode()


class MergeConflict(StoreError):
    """Others committed changes that can't be merged without a decision: `files` are those with conflicts."""

    def __init__(self, files: Sequence[FileMerge]) -> None:
        super().__init__(
            _("Changed by both sides: {paths}.").format(paths=", ".join(file.path for file in files)),
            _("Nothing was committed; decide which version holds."),
        )
        self.files = tuple(files)


def commit_with_merge(
    register: Register,
    paths: Sequence[str],
    message: str,
    *,
    reason: str = "",
    expected: Mapping[str, str | None] | None = None,
    reviewed: Contents | None = None,
    validate: Validate | None = None,
) -> Committed:
    """Commit as `commit` does, but merge files that others have committed meanwhile, and say so in the notes.

    The work tree gets the merged files. Raises `MergeConflict` where both sides changed the same, and what `commit`
    raises; then nothing was committed, and the work tree is as it was.
    """
    expected, reviewed = dict(expected or {}), dict(reviewed or {})
    notes: list[str] = []
    for _attempt in range(_ATTEMPTS):
        try:
            done = commit(
                register, paths, message, reason=reason, expected=expected, reviewed=reviewed, validate=validate
            )
        except ChangedInHead as changed:
            merges = [merge_file(change) for change in changed.changes]
            conflicts = [file for file in merges if file.merged.conflicts]
            if conflicts:
                raise MergeConflict(conflicts) from changed
            for file in merges:
                result = _clean(register, file)
                register.replace(file.path, file.ours, result)
                expected[file.path] = file.blob
                reviewed[file.path] = result
                notes.append(_told(file))
        else:
            return Committed(done.oid, done.paths, (*notes, *done.notes))
    raise RepositoryBusy(
        _("The branch moved again and again while committing."), _("Try again in a moment; nothing was lost.")
    )


def merge_file(change: HeadChange) -> FileMerge:
    """The merge of a file that others have committed. Raises `StoreError` where a version can't be read."""
    versions: list[Data | None] = []
    for version in (change.base, change.ours, change.theirs):
        data = data_of(version)
        if isinstance(data, TomlError):
            raise StoreError(
                _("{path} can't be merged: a version of it can't be read (line {line}).").format(
                    path=change.path, line=data.line
                ),
                _("Nothing was committed; correct it first."),
            )
        versions.append(data)
    base, ours, theirs = versions
    merged = merge(base, ours, theirs, fields_of(change.path))
    return FileMerge(change.path, change.base, change.ours, change.theirs, change.blob, merged)


def _clean(register: Register, file: FileMerge) -> bytes | None:
    """The bytes of a merge without conflicts."""
    if file.merged.gone:
        return None
    by_lines = _by_lines(register, file)
    if by_lines is not None:
        found, fields = data_of(by_lines), fields_of(file.path)
        if isinstance(found, dict) and same(normalise(found, fields), normalise(file.merged.data, fields)):
            return by_lines
    return file.content(file.merged.data)


def _by_lines(register: Register, file: FileMerge) -> bytes | None:
    """git's merge of the lines, None where it has conflicts or a version is missing."""
    versions = {"ours": file.ours, "base": file.base, "theirs": file.theirs}
    with tempfile.TemporaryDirectory(prefix="antragsbuch-") as folder:
        names = []
        for name, content in versions.items():
            if content is None:
                return None
            path = Path(folder, name)
            path.write_bytes(content)
            names.append(str(path))
        result = register.git.attempt("merge-file", "--stdout", "--quiet", *names)
    return result.out if result.status == 0 else None


def _told(file: FileMerge) -> str:
    taken = [change.sentence(language()) for change in file.merged.taken]
    more = [_("and {count} more").format(count=len(taken) - _NAMED)] if len(taken) > _NAMED else []
    return _("{path}: merged with what others have committed: {changes}").format(
        path=file.path, changes=" ".join([*taken[:_NAMED], *more])
    )
