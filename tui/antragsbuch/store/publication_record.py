"""What was published from which commit: kept in the confidential register only.

`refs/antragsbuch/published/<name>` is a line of commits beside the branches, one for each publication. Each has the
tree and, as its last parent, the commit that was published; its message names the commit that came out of it.
"""

from __future__ import annotations

import re

from . import messages
from .publication_target import Target
from .register import Register

_REFS = "refs/antragsbuch/published/"
_SOURCE, _PUBLIC, _FOLDER = "Source", "Published-As", "Folder"
_ENVIRONMENT = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "antrag"), ("EMAIL", "antrag@localhost"))
}


def reference(target: Target) -> str:
    """The reference that keeps the record for a public register, by the name of its folder."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", target.folder.name.removesuffix(".git")).strip("-")
    return _REFS + (name or "public")


def last(register: Register, target: Target) -> tuple[str, str] | None:
    """The commit that was published last and the public one that came out of it; None where nothing is known."""
    oid = register.objects.resolve(reference(target))
    if oid is None:
        return None
    said = dict(messages.trailers_of(register.objects.commit(oid).message))
    return (said[_SOURCE], said[_PUBLIC]) if said.keys() >= {_SOURCE, _PUBLIC} else None


def keep(register: Register, target: Target, source: str, public: str) -> None:
    """Note that `public` was made from the commit `source`. Raises `GitError` where somebody else was quicker."""
    name = reference(target)
    before = register.objects.resolve(name)
    message = messages.with_trailers("Published", [(_SOURCE, source), (_PUBLIC, public), (_FOLDER, str(target.folder))])
    parents = ["-p", before] if before else []
    oid = register.git.run(
        "commit-tree", *parents, "-p", source, register.objects.commit(source).tree,
        stdin=message.encode("utf-8", "surrogateescape"), env=_ENVIRONMENT,
    )  # fmt: skip
    new = oid.decode().strip()
    register.git.run("update-ref", name, new, before or "0" * len(new))
