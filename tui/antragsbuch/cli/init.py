"""`antrag init`: a register in a git repository, and git's drivers for its files."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from antragsbuch.i18n import _

from .common import COUNCIL, Refused, say
from .parser import Parser

ATTRIBUTES = "motions/**/*.toml text eol=lf merge=antragsbuch diff=antragsbuch\n"


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
    """Where, and how the register is called."""
    parser.examples = _(
        'antrag init --name "Stadt Musterhausen" --pattern "{year}/{counter}"\n'
        "antrag init                  # in a clone: set up git's drivers"
    )
    parser.add_argument("folder", nargs="?", default=".", metavar=_("DIR"), help=_("where; otherwise here"))
    parser.add_argument("--name", help=_("name of the council"))
    parser.add_argument(
        "--pattern",
        default="{counter}/{year}",
        help=_("how references are built, such as '{counter} ({term}) {type}'"),
    )
    parser.add_argument("--confidential", action="store_true", help=_("the register is not public"))


def run(options: argparse.Namespace) -> int:
    """Make what is missing; what is there stays as it is."""
    from antragsbuch.store.errors import NoRepository
    from antragsbuch.store.runner import Git, discover
    from antragsbuch_schema.i18n import Text
    from antragsbuch_schema.reference import pattern_error

    wrong: Text | None = pattern_error(options.pattern)
    if wrong is not None:
        from antragsbuch.i18n import language

        raise Refused(f"--pattern: {wrong(language())}")
    folder = Path(options.folder).resolve()
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
    except NoRepository:
        folder.mkdir(parents=True, exist_ok=True)
        _new_repository(folder)
        layout = discover(folder)
    council = layout.root / COUNCIL
    if os.path.lexists(council):
        say(_("{path} is there already and stays as it is.").format(path=council))
    else:
        council.parent.mkdir(exist_ok=True)
        council.write_text(_council(options, layout.root), encoding="utf-8", newline="\n")
        say(_("Made {path}.").format(path=council))
        say(_("Commit it: git add .gitattributes motions && git commit"))
    _attributes(layout.root / ".gitattributes")
    git = Git(layout)
    for key, value in drivers().items():
        git.run("config", "--local", key, value)
    say(_("git now merges motions by field and shows them in words (--no-textconv: as TOML)."))
    say(_("Open the register with: antrag"))
    return 0


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _new_repository(folder: Path) -> None:
    from git import Repo

    Repo.init(folder, initial_branch="main").close()
    say(_("Made a git repository in {path}.").format(path=folder))


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


def _attributes(path: Path) -> None:
    there = path.read_bytes() if path.exists() else b""
    if b"merge=antragsbuch" not in there:
        end = b"" if there.endswith(b"\n") or not there else b"\n"
        path.write_bytes(there + end + ATTRIBUTES.encode())
        say(_("Added the drivers to {path}.").format(path=path))
