"""What can go wrong with a register, in words: what it is, where, and what helps.

`message` is for people, in the language of the process; it can hold foreign text (paths, names, what git said) and
goes through the display filter of whoever prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from antragsbuch.i18n import _


class Damaged(Exception):
    """A file of what can be made anew can't be read any more; it is to be discarded and filled again."""


class StoreError(Exception):
    """Something that the store can't do. `problem` says what, `remedy` what helps, `detail` what git said."""

    def __init__(self, problem: str, remedy: str = "", detail: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.detail = detail

    @property
    def message(self) -> str:
        """Problem and remedy in one line."""
        return f"{self.problem} {self.remedy}".rstrip()

    def __str__(self) -> str:
        return self.message


class GitMissing(StoreError):
    """No git on this machine, or one that is too old."""


class GitError(StoreError):
    """git failed; `detail` is its standard error, `status` its exit status."""

    def __init__(self, problem: str, remedy: str = "", detail: str = "", status: int = 1) -> None:
        super().__init__(problem, remedy, detail)
        self.status = status


class NotARegister(StoreError):
    """The folder is no register: no repository, a bare one, or one without motions/council.toml."""


class NoRepository(NotARegister):
    """The folder is in no git repository at all."""


class ForeignOwner(NotARegister):
    """git refuses the repository because somebody else owns it."""


class ReadOnly(StoreError):
    """The register can be read but not written by this program or this person."""


class BrokenCouncil(StoreError):
    """council.toml can't be read, so that what depends on it can't be known."""


class NotFound(StoreError):
    """No such motion; `suggestions` are references or paths that look like what was asked for."""

    def __init__(self, problem: str, remedy: str = "", suggestions: Sequence[str] = ()) -> None:
        super().__init__(problem, remedy)
        self.suggestions = tuple(suggestions)


class NoCommonHistory(StoreError):
    """Two versions that have no commit in common, or none that this clone holds."""


class OutsideRegister(StoreError):
    """A path that leads out of the register, or through a link or a submodule."""


class AlreadyThere(StoreError):
    """A file that was to be made exists."""


class ChangedElsewhere(StoreError):
    """The file in the work tree is no longer what was opened; `theirs` is what it holds now (None: deleted)."""

    def __init__(self, path: str, theirs: bytes | None) -> None:
        super().__init__(
            _("{path} was changed by somebody else since it was opened.").format(path=path),
            _("Nothing was overwritten; merge the two versions."),
        )
        self.path = path
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class HeadChange:
    """One file that was committed by somebody else since it was opened. None: there is no such file."""

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    blob: str | None
    """The blob of `theirs`: what the next attempt expects."""


class ChangedInHead(StoreError):
    """Files that others committed since they were opened: each with base, ours and theirs."""

    def __init__(self, changes: Sequence[HeadChange]) -> None:
        super().__init__(
            _("Committed by somebody else since it was opened: {paths}.").format(
                paths=", ".join(change.path for change in changes)
            ),
            _("Nothing was committed; merge the two versions."),
        )
        self.changes = tuple(changes)


class InvalidFile(StoreError):
    """A file that can't be committed because it can't be read back."""


class NothingToCommit(StoreError):
    """The work tree holds what HEAD holds."""


class CannotCommit(StoreError):
    """The repository is in a state that a commit would disturb: a merge, a rebase, a detached HEAD."""


class CannotPublish(StoreError):
    """The register, or the place to publish to, is none that a public register can be made from or in."""


class NoIdentity(StoreError):
    """git knows no name and address of the person."""


class BadIdentity(StoreError):
    """A name or an address that git can't write into a commit."""


class SigningFailed(StoreError):
    """The commit could not be signed; `detail` is what gpg or ssh said."""


class HookRefused(StoreError):
    """A commit hook of the person refused the commit; `detail` is what it said."""


class RepositoryBusy(StoreError):
    """Somebody else writes right now and did not finish in time."""


class CannotWrite(StoreError):
    """The file system refuses: full, read-only, no permission, an I/O error."""


class CannotRead(StoreError):
    """The file system refuses to read a file: no permission, an I/O error."""
