"""The public register that a confidential one is published to: another repository, with a history of its own.

Nothing but new objects made from public content is ever written there. What could let more in, or lose somebody's
work, is refused before anything is read: the register itself, a folder in it, a repository that shares its objects,
one that was confidential at any time, one that belongs to another council, and one with work that is not finished.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antragsbuch.i18n import _
from antragsbuch_schema.exchange.public_message import TRAILER

from . import identity, lock, recover, status, trees, worktree, writing
from .commit import commit_contents
from .errors import CannotPublish, NoRepository, NotARegister, RepositoryBusy
from .messages import subject_of, trailers_of
from .objects import FILE_MODES, Entry, Objects, blob_name
from .parsing import TomlError, parsed
from .preparing import Contents
from .register import FORMAT, Register
from .runner import Git, Layout, discover, discover_hub

_ELSEWHERE = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_QUARANTINE_PATH",
)  # fmt: skip
"""With one of these git would read from or write to another place than it is told."""


class Target:
    """A repository that is published to. `head` is the commit that its branch is on, None before the first one.

    `publications` are the commits that published, newest first; `council` is the council's file as parsed, None where
    there is none.
    """

    def __init__(self, git: Git) -> None:
        self.git = git
        self.objects = Objects(git)
        layout = git.layout
        self.bare = layout.root == layout.git_dir
        self.folder = layout.root.parent if self.bare and layout.root.name == ".git" else layout.root
        self.hash_name = layout.hash_name
        self.branch = git.attempt("symbolic-ref", "--quiet", "HEAD").out.decode().strip()
        self.head = self.objects.head()
        self.publications = self._publications()
        self.council = self._council(self.objects.content(self.head, worktree.COUNCIL))

    def close(self) -> None:
        """End the reading process."""
        self.objects.close()

    def files(self, commit: str | None) -> dict[str, Entry]:
        """What a register of that commit reads: every TOML file below motions/, and what has such a name."""
        walked = self.objects.walk(commit, worktree.FOLDER)
        return {path: entry for path, entry in walked.items() if path.endswith(worktree.SUFFIX) and "/." not in path}

    def written(self) -> dict[str, str]:
        """The blob that publishing wrote last to each path, and that it did not take away again.

        What else stands there comes from somebody else, whether or not a later publication left it as it was.
        """
        found: dict[str, str] = {}
        out = self.git.run(
            "diff-tree", "--stdin", "-r", "--root", "--raw", "--no-renames", "--no-abbrev", "--no-commit-id", "-z",
            "--", worktree.FOLDER,
            stdin="".join(f"{oid}\n" for oid in reversed(self.publications)).encode(),
        )  # fmt: skip
        parts = iter(out.decode("utf-8", "surrogateescape").split("\0"))
        for part in parts:
            if part.startswith(":"):
                words, path = part.split(" "), next(parts)
                if words[3].strip("0"):
                    found[path] = words[3]
                else:
                    found.pop(path, None)
        return found

    def has_remote(self) -> bool:
        """Whether there is somewhere to push to."""
        return any(key.startswith("remote.") for key in self.git.config.values)

    def write(self, contents: Contents, message: str, expected: Mapping[str, str | None]) -> str:
        """Commit these files (None: it goes) on top of `head`; the commit.

        `expected` are the blobs that stood there. Raises as `commit_contents`.
        """
        if self.bare:
            return self._write_bare(contents, message)
        council = contents.get(worktree.COUNCIL)
        if self.council is None and council is not None:
            # a register needs it to be opened; left by a publication that was interrupted, it may be there already
            if (there := worktree.read_if_there(self.git.layout.root, worktree.COUNCIL)) is None:
                worktree.write(self.git.layout.root, worktree.COUNCIL, None, council)
            elif there != council:
                raise _unfinished(self.folder, worktree.COUNCIL)
        with Register(self.git) as register:
            return commit_contents(register, contents, message, expected=expected).oid

    def _write_bare(self, contents: Contents, message: str) -> str:
        """The same where there is no work tree and no index that would have to follow."""
        identity.required(self.git.config)
        folder = self.git.layout.common_dir / "antragsbuch"
        with lock.held(folder, shared=self.git.config.shared):
            names = {path: None if data is None else blob_name(self.hash_name, data) for path, data in contents.items()}
            before = self.objects.commit(self.head).tree if self.head else None
            entries = {path: Entry("100644", oid) if oid else None for path, oid in names.items()}
            top, folders = trees.rebuilt(self.objects, before, entries, self.hash_name)
            bodies = [data for data in contents.values() if data is not None]
            with writing.written(self.git, {"blob": bodies, "tree": folders}, folder):
                pass
            oid = writing.commit_object(self.git, self.head, top, message)
            moved = self.git.attempt(
                "update-ref", "-m", f"commit: {subject_of(message):.200}", self.branch, oid, self.head or "0" * len(oid)
            )
            if moved.status != 0 and self.objects.resolve(self.branch) != oid:
                raise RepositoryBusy(
                    _("The branch moved while it was published to."),
                    _("Nothing was published; try again."),
                    moved.err.strip(),
                )
            return oid

    def _publications(self) -> list[str]:
        if self.head is None:
            return []
        found = self.git.run("rev-list", "--topo-order", f"--grep=^{TRAILER}: ", self.head).decode().split()
        return [oid for oid in found if any(key == TRAILER for key, _value in self._trailers(oid))]

    def _trailers(self, oid: str) -> tuple[tuple[str, str], ...]:
        return trailers_of(self.objects.commit(oid).message)

    def _council(self, data: bytes | None) -> dict[str, Any] | None:
        document = parsed(data) if data is not None else None
        if isinstance(document, TomlError):
            raise CannotPublish(
                _("{path} can't be read in {folder}.").format(path=worktree.COUNCIL, folder=self.folder),
                _("Correct it there first: antrag validate says what is wrong."),
            )
        return document.data if document else None


def find(register: Register, folder: Path) -> Target | None:
    """The repository at `folder` to publish `register` to; None where one has to be made.

    Finishes what an interrupted publication has left. Raises `CannotPublish` and its like, each with what helps.
    """
    if names := [name for name in _ELSEWHERE if os.environ.get(name)]:
        raise CannotPublish(
            _("{names} would lead git to another repository than is meant.").format(names=", ".join(names)),
            _("Take it out of the environment: unset {names}").format(names=" ".join(names)),
        )
    folder = folder.resolve()
    own = (register.root.resolve(), register.git.layout.common_dir.resolve())
    if any(folder.is_relative_to(place) or place.is_relative_to(folder) for place in own):
        raise CannotPublish(
            _("{folder} is the confidential register, or lies in or around it.").format(folder=folder),
            _("Choose a folder outside of it."),
        )
    if folder.exists() and not folder.is_dir():
        raise CannotPublish(_("{folder} is no folder.").format(folder=folder))
    if not folder.exists() or not any(folder.iterdir()):
        _check_alone(folder)
        return None
    target = Target(Git(_layout(folder)))
    try:
        if not target.bare and (target.git.layout.root / worktree.COUNCIL).exists():
            with Register(target.git) as there:
                recover.recover(there)
        _check_apart(register, target)
        _check_at_rest(target)
    except BaseException:
        target.close()
        raise
    return target


def make(register: Register, folder: Path) -> Target:
    """A new repository at `folder`, with the person who publishes as its author where git knows no other."""
    from git import Repo

    folder.mkdir(parents=True, exist_ok=True)
    Repo.init(folder, initial_branch="main").close()
    git = Git(discover(folder.resolve()))
    person = register.identity()
    if identity.of(git.config) is None and person is not None:
        identity.write(git, person.name, person.email, "local")
    return Target(git)


def check_council(target: Target, council: Mapping[str, Any], ours: bool) -> None:
    """Refuse a register that is confidential or of another council. `ours`: it was published to from here before."""
    there = target.council
    if there is None:
        return
    if there.get("public", True) is not True:
        raise CannotPublish(
            _("The register in {folder} is confidential.").format(folder=target.folder),
            _("Publish to a public one, or to a new folder."),
        )
    if there.get("format") != FORMAT:
        raise CannotPublish(
            _("The register in {folder} has another format than this program writes.").format(folder=target.folder),
            _("Use the same version of the program for both."),
        )
    if there.get("name") != council.get("name") and not ours:
        raise CannotPublish(
            _("The register in {folder} belongs to another council: {name}.").format(
                folder=target.folder, name=there.get("name")
            ),
            _("Where it is the same, let its name in council.toml be the same in both."),
        )


def _layout(folder: Path) -> Layout:
    """The repository whose top is `folder`, with a work tree or without."""
    try:
        layout = discover(folder)
        top = layout.root
    except NoRepository as error:
        raise CannotPublish(
            _("{folder} is not empty and is no git repository.").format(folder=folder),
            _("Choose an empty folder, or one that is not there yet."),
        ) from error
    except NotARegister:
        layout = discover_hub(folder)
        top = layout.git_dir.parent if layout.git_dir.name == ".git" else layout.git_dir
    if not top.samefile(folder):
        raise _inside(folder, top)
    return layout


def _check_alone(folder: Path) -> None:
    """A new repository must not come to lie in another one."""
    nearest = next(place for place in (folder, *folder.parents) if place.is_dir())
    try:
        raise _inside(folder, discover(nearest).root)
    except NoRepository:
        return


def _check_apart(register: Register, target: Target) -> None:
    """Nothing of the confidential register may be there or be seen from there."""
    if target.git.layout.common_dir.samefile(register.git.layout.common_dir):
        raise CannotPublish(
            _("{folder} is a work tree of the confidential register itself.").format(folder=target.folder),
            _("Choose a folder outside of it."),
        )
    objects = (register.git.layout.common_dir / "objects").resolve()
    said = target.git.run("count-objects", "-v").decode("utf-8", "surrogateescape").splitlines()
    borrowed = [Path(line.removeprefix("alternate: ")) for line in said if line.startswith("alternate: ")]
    if any(place.resolve() == objects for place in borrowed):
        raise CannotPublish(
            _("{folder} shares its objects with the confidential register (alternates).").format(folder=target.folder),
            _("Who has the one could read the other: publish to a repository of its own."),
        )
    if any(target.objects.has(oid) for oid in (register.objects.head(),) if oid) or _was_confidential(target):
        raise CannotPublish(
            _("{folder} holds commits of a confidential register.").format(folder=target.folder),
            _("They would be public with it: publish to a new folder, with a history of its own."),
        )


def _was_confidential(target: Target) -> bool:
    """Whether any commit that a reference leads to is of a confidential register."""
    out = target.git.run(
        "log", "--all", "-m", "--format=", "--raw", "--no-renames", "--no-abbrev", "--full-history", "-z",
        "--", worktree.COUNCIL,
    ).decode("utf-8", "surrogateescape")  # fmt: skip
    records = [part.split(" ") for part in out.split("\0") if part.startswith(":")]
    blobs = {words[3] for words in records if words[1] in FILE_MODES}
    for oid in blobs:
        document = parsed(target.objects.blob(oid))
        if not isinstance(document, TomlError) and document.data.get("public", True) is not True:
            return True
    return False


def _check_at_rest(target: Target) -> None:
    """Work that somebody has not finished there is not disturbed."""
    layout = target.git.layout
    if layout.shallow:
        raise CannotPublish(
            _("{folder} is a shallow clone: what was published before can't be told.").format(folder=target.folder),
            _("Bring the rest: git fetch --unshallow"),
        )
    if operation := status.operation(layout):
        raise CannotPublish(
            _("A {operation} is not finished in {folder}.").format(operation=operation, folder=target.folder),
            _("Finish it with git {operation} --continue, or take it back with git {operation} --abort.").format(
                operation=operation
            ),
        )
    if not target.branch:
        raise CannotPublish(
            _("{folder} is on no branch (detached HEAD).").format(folder=target.folder),
            _("Go to the branch that is public: git switch BRANCH"),
        )
    if target.bare:
        return
    out = target.git.run("status", "--porcelain=v1", "--untracked-files=all", "--no-renames", "-z")
    for record in out.decode("utf-8", "surrogateescape").split("\0"):
        path = record[3:]
        # the first thing that a publication writes; it is compared before it is used
        begun = target.council is None and path == worktree.COUNCIL
        if record and not begun and (not record.startswith("??") or path.startswith(f"{worktree.FOLDER}/")):
            raise _unfinished(target.folder, path)


def _unfinished(folder: Path, path: str) -> CannotPublish:
    return CannotPublish(
        _("{folder} holds changes that are not committed: {path}.").format(folder=folder, path=path),
        _("Commit them there, or throw them away, first."),
    )


def _inside(folder: Path, top: Path) -> CannotPublish:
    return CannotPublish(
        _("{folder} lies in the repository {root}.").format(folder=folder, root=top),
        _("Choose a folder of its own for the public register."),
    )
