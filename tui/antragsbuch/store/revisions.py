"""Versions of the whole register: a commit by its name, and which files differ between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antragsbuch.i18n import _

from . import worktree
from .errors import NoCommonHistory, NotFound
from .runner import Git, failure

if TYPE_CHECKING:
    from .register import Register

_SUGGESTED = 3


def commit_of(register: Register, revision: str) -> str:
    """The commit that `revision` names, in git's own words (HEAD~2, a tag, a branch). Raises `NotFound`."""
    return named(register.git, revision)


def named(git: Git, revision: str) -> str:
    """The same, given git. Raises `NotFound` with the branches and tags that it may have been meant for."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    result = git.attempt(*words) if revision and "\0" not in revision else None
    if result is not None and result.status == 0:
        return result.out.decode().splitlines()[-1].strip()
    close = _close(git, revision)
    if close:
        remedy = _("Did you mean: {names}").format(names=", ".join(close))
    elif git.layout.shallow:
        remedy = deeper()
    else:
        remedy = _("git log shows what there is.")
    raise NotFound(_("There is no version {revision}.").format(revision=revision or '""'), remedy, close)


def merge_base(git: Git, revision: str, commit: str | None) -> str:
    """The commit from which `revision` and `commit` (None: there is none yet) went apart.

    Raises `NotFound` for an unknown revision, `NoCommonHistory`.
    """
    other = named(git, revision)
    result = git.attempt("merge-base", other, commit) if commit is not None else None
    if result is None or (result.status == 1 and not result.out):
        raise NoCommonHistory(
            _("{revision} and what is checked have no commit in common.").format(revision=revision),
            deeper() if git.layout.shallow else _("Name a branch that this one came from."),
        )
    if result.status != 0:
        raise failure("merge-base", result)
    return result.out.decode().splitlines()[0]


def deeper() -> str:
    """What helps where a clone holds only the end of the history."""
    return _("This clone is shallow; fetch deeper: git fetch --unshallow (in a CI job: fetch-depth: 0, GIT_DEPTH: 0).")


def _close(git: Git, revision: str) -> list[str]:
    """Branches and tags whose name is like the one that was given, or ends with it."""
    import difflib

    out = git.run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    names = [name for name in out.decode("utf-8", "surrogateescape").splitlines() if not name.endswith("/HEAD")]
    ending = [name for name in names if revision and name.endswith(f"/{revision}")]
    return list(dict.fromkeys(ending + difflib.get_close_matches(revision, names, _SUGGESTED, 0.6)))[:_SUGGESTED]


def changed_paths(register: Register, old: str, new: str | None) -> list[str]:
    """The files of the register that differ between two commits, or a commit and the work tree; sorted."""
    commits = (old,) if new is None else (old, new)
    out = register.git.run(
        "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", *commits, "--", worktree.FOLDER
    )
    found = {path for path in out.decode("utf-8", "surrogateescape").split("\0") if path.endswith(worktree.SUFFIX)}
    if new is None:
        found |= {change.path for change in register.status().changed if change.kind == "added"}
    return sorted(found)
