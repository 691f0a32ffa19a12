"""`antrag init`: a register in a git repository, and git's drivers for its files."""

from __future__ import annotations

import argparse
from pathlib import Path

from antragsbuch.i18n import _

from .common import say
from .parser import Parser

ATTRIBUTES = "motions/**/*.toml text eol=lf merge=antragsbuch diff=antragsbuch\n"
DRIVERS = {
    "merge.antragsbuch.name": "motions of a council, by field",
    "merge.antragsbuch.driver": "antrag merge-driver %O %A %B %L %P",
    "diff.antragsbuch.xfuncname": r'^(\[\[?[a-z._]+\]\]?|[a-z_]+ = """)$',
    "diff.antragsbuch.wordRegex": '[^[:space:],.;:!?()"„“]+|[^[:space:]]',
}
"""git's configuration is never cloned, so each clone sets these up once; `antrag doctor` says when they are missing."""


def arguments(parser: Parser) -> None:
    """Where, and how the register is called."""
    parser.examples = (
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
    from antragsbuch.store.errors import NotARegister
    from antragsbuch.store.runner import Git, discover

    folder = Path(options.directory or ".", options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        layout = discover(folder)
    except NotARegister:
        _new_repository(folder)
        layout = discover(folder)
    council = layout.root / "motions/council.toml"
    if council.exists():
        say(_("{path} is there already and stays as it is.").format(path=council))
    else:
        council.parent.mkdir(exist_ok=True)
        council.write_text(_council(options, layout.root), encoding="utf-8", newline="\n")
        say(_("Made {path}.").format(path=council))
    _attributes(layout.root / ".gitattributes")
    git = Git(layout)
    for key, value in DRIVERS.items():
        git.run("config", "--local", key, value)
    say(_("git now merges motions by field and names sections in its diffs. Open the register with: antrag"))
    return 0


def _new_repository(folder: Path) -> None:
    from git import Repo

    Repo.init(folder, initial_branch="main").close()
    say(_("Made a git repository in {path}.").format(path=folder))


def _council(options: argparse.Namespace, root: Path) -> str:
    from antragsbuch_schema import FORMAT
    from antragsbuch_schema.council_fields import COUNCIL
    from antragsbuch_schema.toml.writer import write

    return write(
        {
            "format": FORMAT,
            "name": options.name or root.name,
            "public": not options.confidential,
            "language": "de",
            "time_zone": "Europe/Berlin",
            "reference": {"pattern": options.pattern},
        },
        COUNCIL,
    )


def _attributes(path: Path) -> None:
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    if "merge=antragsbuch" not in there:
        path.write_text(there + ("\n" if there and not there.endswith("\n") else "") + ATTRIBUTES, encoding="utf-8")
        say(_("Added the drivers to {path}.").format(path=path))
