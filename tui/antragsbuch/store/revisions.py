"""Versions of the whole register: a commit by its name, and which files differ between two of them."""

from __future__ import annotations

from antragsbuch.i18n import _

from . import worktree
from .errors import NotFound
from .register import Register


def commit_of(register: Register, revision: str) -> str:
    """The commit that `revision` names, in git's own words (HEAD~2, a tag, a branch). Raises `NotFound`."""
    result = register.git.attempt("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if result.status != 0:
        raise NotFound(
            _("There is no version {revision}.").format(revision=revision), _("git log shows what there is.")
        )
    return result.out.decode().splitlines()[-1].strip()


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
