"""The one place that starts git.

GitPython runs the processes; its own index and reference code is never used. Each call gets the same prefix, which
keeps a prepared repository from running code, and a constant argument list: paths and revisions from data are given
on standard input or after `--`, and never become options.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen
from typing import NamedTuple

# a missing git is an error of ours with a remedy, not one of the import
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
import git
from git.exc import GitCommandNotFound

from antragsbuch.i18n import _

from . import config as configuration
from .config import Config
from .errors import CannotWrite, ForeignOwner, GitError, GitMissing, NoRepository, NotARegister, StoreError

OLDEST = (2, 38)
"""The oldest git that the program works with."""

_PREFIX = (
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsync=committed",
    "-c", "core.quotePath=false",
    "-c", "core.filesRefLockTimeout=2000",
    "-c", "gc.auto=0",
    "-c", "i18n.commitEncoding=UTF-8",
    "-c", "i18n.logOutputEncoding=UTF-8",
    "-c", "log.showSignature=false",
    "-c", "protocol.ext.allow=never",
    "-c", "user.useConfigOnly=true",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    # history as it was made, not as somebody laid another over it in this clone
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": f"{os.devnull}/none",
    # no transport at all: reading a partial clone must not fetch, nor start what the repository names for it
    "GIT_ALLOW_PROTOCOL": "",
}
_DISK = re.compile(
    r"No space left|Read-only file system|Disk quota exceeded|Input/output error|Permission denied|File too large"
)


class Result(NamedTuple):
    """How a git process ended: exit status, standard output, standard error."""

    status: int
    out: bytes
    err: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a repository are; all paths absolute."""

    root: Path
    """Top of the work tree."""
    git_dir: Path
    """The git directory of this work tree."""
    common_dir: Path
    """The git directory that all work trees share."""
    hash_name: str
    """`sha1` or `sha256`."""
    shallow: bool


@dataclass
class Git:
    """git in one repository."""

    layout: Layout
    config: Config = field(init=False)
    _command: git.Git = field(init=False, repr=False)
    _options: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._command = git.Git(str(self.layout.root))
        self._options = (f"--git-dir={self.layout.git_dir}", f"--work-tree={self.layout.root}")
        self.reload()

    def reload(self) -> None:
        """Read the configuration again."""
        # without the prefix: what it sets is not what was configured
        process = _start(self._command, ("git", *self._options, "config", "--list", "-z", "--show-scope"), None, ())
        out, err = process.communicate()
        if process.returncode != 0:
            raise failure("config", Result(process.returncode, out, err.decode("utf-8", "replace")))
        self.config = configuration.parse(out)

    def run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        keep_open: Collection[int] = (),
    ) -> bytes:
        """Standard output of git with `arguments`. Raises `GitError` when it fails.

        `keep_open` are file descriptors that the process inherits: it keeps a lock alive that hangs on them.
        """
        result = self.attempt(*arguments, stdin=stdin, env=env, keep_open=keep_open)
        if result.status != 0:
            raise failure(arguments[0], result)
        return result.out

    def attempt(
        self,
        *arguments: str,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        keep_open: Collection[int] = (),
    ) -> Result:
        """How git ended with `arguments`, whatever the exit status."""
        process = self.start(*arguments, env=env, keep_open=keep_open)
        out, err = process.communicate(stdin)
        return Result(process.returncode, out, err.decode("utf-8", "replace"))

    def start(
        self, *arguments: str, env: Mapping[str, str] | None = None, keep_open: Collection[int] = ()
    ) -> Popen[bytes]:
        """A running git with pipes; whoever starts it must end it."""
        command = ("git", *_PREFIX, *self.config.overrides(), *self._options, *arguments)
        return _start(self._command, command, env, keep_open)


def discover(start: Path) -> Layout:
    """The repository that `start` belongs to, by git's own rules (GIT_DIR, GIT_WORK_TREE, work trees, ownership).

    Raises `GitMissing`, `NotARegister`, `ForeignOwner`.
    """
    if not start.is_dir():
        raise NotARegister(_("There is no folder {path}.").format(path=start))
    command = git.Git(str(start))
    # both at once: each costs some milliseconds
    version = _start(command, ("git", "version"), None, ())
    process = _start(
        command,
        (
            "git", *_PREFIX, "rev-parse", "--path-format=absolute", "--is-bare-repository", "--is-shallow-repository",
            "--show-object-format", "--git-dir", "--git-common-dir", "--show-toplevel",
        ),
        None,
        (),
    )  # fmt: skip
    out, err = process.communicate()
    _check_version(version.communicate()[0])
    lines = out.decode("utf-8", "surrogateescape").splitlines()
    if process.returncode != 0:
        raise _no_repository(start, lines, err.decode("utf-8", "replace"))
    if len(lines) != 6:
        raise NotARegister(_("{path}: folder names with line breaks are not supported.").format(path=start))
    return Layout(
        root=Path(lines[5]),
        git_dir=Path(lines[3]),
        common_dir=Path(lines[4]),
        hash_name=lines[2],
        shallow=lines[1] == "true",
    )


def discover_hub(start: Path) -> Layout:
    """The repository at `start` that others push to, mostly a bare one; its git directory stands for the work tree.

    Asks git as a hook does (GIT_DIR). Raises `GitMissing`, `NotARegister`, `ForeignOwner`.
    """
    if not start.is_dir():
        raise NotARegister(_("There is no folder {path}.").format(path=start))
    command = git.Git(str(start))
    _check_version(_start(command, ("git", "version"), None, ()).communicate()[0])
    process = _start(
        command,
        (
            "git", *_PREFIX, "rev-parse", "--path-format=absolute", "--is-shallow-repository",
            "--show-object-format", "--git-dir", "--git-common-dir",
        ),
        None,
        (),
    )  # fmt: skip
    out, err = process.communicate()
    lines = out.decode("utf-8", "surrogateescape").splitlines()
    if process.returncode != 0 or len(lines) != 4:
        raise _no_repository(start, [], err.decode("utf-8", "replace"))
    return Layout(Path(lines[2]), Path(lines[2]), Path(lines[3]), lines[1], lines[0] == "true")


def failure(command: str, result: Result) -> StoreError:
    """The error for a git process that failed."""
    said = result.err.strip()
    if _DISK.search(said):
        return CannotWrite(
            _("git could not write: {said}").format(said=_last_line(said)),
            _("Check free space and permissions, then try again; nothing was lost."),
            said,
        )
    return GitError(
        _("git {command} failed: {said}").format(command=command, said=_last_line(said) or result.status),
        "",
        said,
        result.status,
    )


def _start(
    command: git.Git, arguments: tuple[str, ...], env: Mapping[str, str] | None, keep_open: Collection[int]
) -> Popen[bytes]:
    try:
        wrapper = command.execute(
            list(arguments),
            istream=PIPE,
            as_process=True,
            env={**_ENVIRONMENT, **(env or {})},
            # its own session: a terminal that hangs up must not hit git in the middle of writing
            start_new_session=True,
            pass_fds=tuple(keep_open),
        )
    except GitCommandNotFound as error:
        raise GitMissing(_("git is not installed, or not on the PATH."), _("Install git 2.38 or newer.")) from error
    # the wrapper would end a forgotten process in the middle of what it does: who starts one here, ends it
    process, wrapper.proc = wrapper.proc, None
    assert process is not None
    return process


def _check_version(out: bytes) -> None:
    match = re.search(rb"(\d+)\.(\d+)", out)
    version = (int(match[1]), int(match[2])) if match else (0, 0)
    if version < OLDEST:
        raise GitMissing(
            _("This git is {found}, but {needed} or newer is needed.").format(
                found=".".join(map(str, version)), needed=".".join(map(str, OLDEST))
            ),
            _("Install a newer git."),
        )


def _no_repository(start: Path, lines: list[str], said: str) -> NotARegister:
    if "dubious ownership" in said:
        match = re.search(r"repository at '(.*)'", said)
        place = match[1] if match else str(start)
        return ForeignOwner(
            _("{path} belongs to somebody else, so git refuses to work in it.").format(path=place),
            _("If you trust it: git config --global --add safe.directory '{path}'").format(path=place),
            said,
        )
    if lines[:1] == ["true"]:
        return NotARegister(
            _("{path} is a bare repository: it has no files to edit.").format(path=start),
            _("Make a clone of it and work there."),
            said,
        )
    if lines:
        return NotARegister(
            _("{path} lies inside a git directory, not in a work tree.").format(path=start),
            _("Go to the folder that holds motions/."),
            said,
        )
    if "not a git repository" in said:
        return NoRepository(
            _("{path} is not in a git repository.").format(path=start),
            _("Go to a register, or make one here: antrag init"),
            said,
        )
    return NotARegister(
        _("git can't open the repository at {path}: {said}").format(path=start, said=_last_line(said)), "", said
    )


def _last_line(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if not line.startswith("hint:")]
    return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else ""
