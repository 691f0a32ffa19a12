"""`antrag init`: a register in a git repository, git's drivers for its files, the job of a CI, the hook of a hub."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _

from .common import COUNCIL, Refused, out, say
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.runner import Git

ATTRIBUTES = "motions/**/*.toml text eol=lf merge=antragsbuch diff=antragsbuch\n"
JOBS = {"github": ".github/workflows/antragsbuch.yml", "gitlab": ".gitlab-ci.yml"}
"""Where each service looks for its jobs."""
HOOK = "hooks/pre-receive"
_MADE_BY = "# made by `antrag init --hub`"
_HUB_SETTINGS = {
    # a hub of git's own making keeps no log of its branches
    "core.logAllRefUpdates": "true",
    "receive.fsckObjects": "true",
}


def drivers() -> dict[str, str]:
    """git's configuration for motions.

    It is never cloned, so each clone sets it up once; `antrag doctor` says where it is missing.
    """
    program = command()
    return {
        "merge.antragsbuch.name": "motions of a council, by field",
        "merge.antragsbuch.driver": f"{program} merge-driver %O %A %B %L %P",
        # names the step or the text in the head of a hunk, and compares words in `git diff --word-diff`
        "diff.antragsbuch.textconv": f"{program} diff-driver",
        "diff.antragsbuch.xfuncname": "^([^ ].*)$",
        "diff.antragsbuch.wordRegex": "[^[:space:]]+",
    }


def command() -> str:
    """How git calls this program, whatever the PATH is then: the script beside the interpreter, or the interpreter."""
    script = Path(sys.executable).parent / "antrag"
    return shlex.quote(str(script)) if script.exists() else f"{shlex.quote(sys.executable)} -m antragsbuch"


def arguments(parser: Parser) -> None:
    """Where, how the register is called, and what else is set up."""
    parser.examples = _(
        'antrag init --name "Stadt Musterhausen" --pattern "{year}/{counter}"\n'
        "antrag init                  # in a clone: set up git's drivers\n"
        "antrag init --ci github      # the job that checks every push, too\n"
        "antrag init --hub /srv/git/motions.git   # where all push to: nothing invalid gets in"
    )
    parser.add_argument("folder", nargs="?", default=".", metavar=_("DIR"), help=_("where; otherwise here"))
    parser.add_argument("--name", help=_("name of the council"))
    parser.add_argument(
        "--pattern",
        default="{counter}/{year}",
        help=_("how references are built, such as '{counter} ({term}) {type}'"),
    )
    parser.add_argument("--confidential", action="store_true", help=_("the register is not public"))
    parser.add_argument("--ci", choices=tuple(JOBS), help=_("write the job that checks the motions there"))
    parser.add_argument(
        "--hub", action="store_true", help=_("a bare repository that all push to, with a hook that checks every push")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))


def run(options: argparse.Namespace) -> int:
    """Make what is missing; what is there stays as it is."""
    from antragsbuch_schema.i18n import Text
    from antragsbuch_schema.reference import pattern_error

    wrong: Text | None = pattern_error(options.pattern)
    if wrong is not None:
        from antragsbuch.i18n import language

        raise Refused(f"--pattern: {wrong(language())}")
    if options.hub and (options.ci or options.name or options.confidential):
        raise Refused(_("A hub holds no files: --name, --confidential and --ci belong to a clone of it."))
    if options.dry_run:
        say(_("Nothing is changed; without --dry-run this is what happens:"))
    steps = _Steps(options.dry_run)
    folder = Path(options.folder).resolve()
    return _hub(folder, steps) if options.hub else _register(folder, options, steps)


class _Steps:
    """What is done and said; in a dry run only said."""

    def __init__(self, dry: bool) -> None:
        self.dry = dry

    def __call__(self, said: str, step: Callable[[], object]) -> None:
        if not self.dry:
            step()
        say(said)


def _register(folder: Path, options: argparse.Namespace, steps: _Steps) -> int:
    from antragsbuch.store.errors import NoRepository
    from antragsbuch.store.runner import Git, discover

    git: Git | None = None
    try:
        layout = discover(_nearest(folder))
        # who gives a name means a register of its own
        if layout.root != folder and (options.name or not os.path.lexists(layout.root / COUNCIL)):
            raise Refused(
                _(
                    "{folder} lies in the repository {root}. Make the register there: antrag init {root}; "
                    "or one of its own here: git init {folder}, then antrag init {folder}"
                ).format(folder=folder, root=layout.root)
            )
        root, git = layout.root, Git(layout)
    except NoRepository:
        steps(_("Made a git repository in {path}.").format(path=folder), lambda: _new_repository(folder, bare=False))
        root = folder
        git = None if steps.dry else Git(discover(folder))
    council = root / COUNCIL
    if os.path.lexists(council):
        say(_("{path} is there already and stays as it is.").format(path=council))
    else:
        steps(_("Made {path}.").format(path=council), lambda: _write(council, _council(options, root)))
        say(_("Commit it: git add .gitattributes motions && git commit"))
    _attributes(root / ".gitattributes", steps)
    steps(
        _("git now merges motions by field and shows them in words (--no-textconv: as TOML)."),
        lambda: _configure(git, drivers()),
    )
    if options.ci:
        _job(root, options.ci, steps)
    say(_("Open the register with: antrag"))
    return 0


def _hub(folder: Path, steps: _Steps) -> int:
    """A repository that all push to, with the hook that asks `antrag receive`."""
    from antragsbuch.store.runner import Git, discover_hub

    place = _nearest(folder)
    git: Git | None = None
    if place == folder and any(folder.iterdir()):
        layout = discover_hub(folder)
        if layout.git_dir not in (folder, folder / ".git"):
            raise Refused(_("{folder} is not empty and is no git repository.").format(folder=folder))
        where, git = layout.common_dir, Git(layout)
    else:
        steps(
            _("Made a bare git repository in {path}.").format(path=folder), lambda: _new_repository(folder, bare=True)
        )
        where = folder
        git = None if steps.dry else Git(discover_hub(folder))
    _hook(where / HOOK, steps)
    steps(
        _("git keeps the log of every branch here, and checks the objects that come in."),
        lambda: _configure(git, _HUB_SETTINGS),
    )
    if git is not None and (elsewhere := git.config.get("core.hookspath")):
        say(
            _("But git looks for hooks in {path} (core.hooksPath): call {command} from pre-receive there.").format(
                path=elsewhere, command=f"{command()} receive"
            )
        )
    say(_("Clone it, or push a register to it: git push {path} main").format(path=where))
    return 0


def _hook(path: Path, steps: _Steps) -> None:
    text = f"#!/bin/sh\n{_MADE_BY}: nothing invalid and nothing confidential comes in\nexec {command()} receive\n"
    there = path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
    if there == text and os.access(path, os.X_OK):
        say(_("{path} is there already and stays as it is.").format(path=path))
    elif there is None or _MADE_BY in there:
        said = _("Made {path}: every push is checked.").format(path=path)
        steps(said, lambda: _write(path, text, 0o755))
    else:
        raise Refused(
            _(
                "{path} is there already and stays as it is. Let it hand its input to this program, too, and end "
                "where that fails: {command}"
            ).format(path=path, command=f"{command()} receive")
        )


def _job(root: Path, service: str, steps: _Steps) -> None:
    """Write the job; where another file is in its place, print it."""
    from importlib.resources import files

    text = (files("antragsbuch") / "ci" / f"{service}.yml").read_text(encoding="utf-8")
    path = root / JOBS[service]
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise Refused(_("{path} leads out of the register.").format(path=path.parent))
    if not os.path.lexists(path):
        steps(
            _("Made {path}: it checks the motions with every push. Commit it.").format(path=path),
            lambda: _write(path, text),
        )
    elif path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text:
        say(_("{path} is there already and stays as it is.").format(path=path))
    else:
        say(_("{path} is there already and stays as it is; this is the job to put into it:").format(path=path))
        out(text.rstrip("\n"))


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _new_repository(folder: Path, *, bare: bool) -> None:
    from git import Repo

    folder.mkdir(parents=True, exist_ok=True)
    Repo.init(folder, initial_branch="main", bare=bare).close()


def _configure(git: Git | None, settings: dict[str, str]) -> None:
    if git is not None:
        for key, value in settings.items():
            git.run("config", "--local", key, value)


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    if mode & 0o111:
        path.chmod(mode)


def _council(options: argparse.Namespace, root: Path) -> str:
    from antragsbuch_schema import FORMAT
    from antragsbuch_schema.council_fields import COUNCIL as COUNCIL_FIELDS
    from antragsbuch_schema.reference import suggested_path
    from antragsbuch_schema.toml.writer import write

    return write(
        {
            "format": FORMAT,
            "name": options.name or root.name,
            "public": not options.confidential,
            "language": "de",
            "time_zone": "Europe/Berlin",
            "reference": {"pattern": options.pattern, "path": suggested_path(options.pattern)},
        },
        COUNCIL_FIELDS,
    )


def _attributes(path: Path, steps: _Steps) -> None:
    there = path.read_bytes() if path.exists() else b""
    if b"merge=antragsbuch" not in there:
        end = b"" if there.endswith(b"\n") or not there else b"\n"
        steps(
            _("Added the drivers to {path}.").format(path=path),
            lambda: path.write_bytes(there + end + ATTRIBUTES.encode()),
        )
