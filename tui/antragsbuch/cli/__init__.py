"""The command line: one module a command, each with `arguments(parser)` and `run(options)`.

A module is imported only when its command is called, and it imports what is heavy inside `run`, so that
`antrag --version` and the drivers that git calls start quickly.

Exit status: 0 clean, 1 something was found, 2 wrong usage or the command could not be carried out.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import NamedTuple, Protocol

from antragsbuch.i18n import _
from antragsbuch_schema.i18n import N_

from .parser import Parser


class Command(NamedTuple):
    """A subcommand: its name, what it does (a message), and the module in this package."""

    name: str
    summary: str
    module: str


COMMANDS = (
    Command("init", N_("make a register in a git repository"), "init"),
    Command("new", N_("make a new motion"), "new"),
    Command("import", N_("take motions over from printed documents, OParl or tables"), "import_document"),
    Command("export", N_("give motions out in another form"), "export"),
    Command("list", N_("list motions"), "list"),
    Command("show", N_("show a motion: printed, as TOML or as JSON"), "show"),
    Command("edit", N_("edit a motion in $EDITOR"), "edit"),
    Command("validate", N_("check motions, each finding with its line"), "validate"),
    Command("rule", N_("explain a rule, or list them all"), "rule"),
    Command("fmt", N_("write motions in the canonical form"), "fmt"),
    Command("log", N_("tell what changed, when and by whom"), "log"),
    Command("diff", N_("tell what differs between two versions"), "diff"),
    Command("vote", N_("record how a body voted, in the words of its minutes"), "vote"),
    Command("blame", N_("tell who last set each sentence and value"), "blame"),
    Command("restore", N_("bring a motion, or a field of it, back to what it was"), "restore"),
    Command("undo", N_("take a commit back by a new one"), "undo"),
    Command("commit", N_("commit changed motions"), "commit"),
    Command("publish", N_("make a public register from a confidential one"), "publish"),
    Command("schema", N_("print the JSON Schema of the files"), "schema"),
    Command("doctor", N_("look for what is wrong with machine, repository and terminal"), "doctor"),
    Command("completion", N_("print the completion script of a shell"), "completion"),
)

DRIVERS = (
    Command("merge-driver", "", "merge_driver"),
    Command("diff-driver", "", "diff_driver"),
    Command("references", "", "references"),
    Command("receive", "", "receive"),
)
"""What git and the completion scripts call; not shown to people."""


class Module(Protocol):
    """What a module of a command offers."""

    def arguments(self, parser: Parser) -> None:
        """Add the command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Carry the command out; the exit status."""


def module_of(command: Command) -> Module:
    """The module of `command`, imported now."""
    module: Module = import_module(f"{__name__}.{command.module}")
    return module


def find(name: str) -> Command | None:
    """The command or driver called `name`."""
    return next((command for command in (*COMMANDS, *DRIVERS) if command.name == name), None)


def main_parser(chosen: str | None, every: bool = False) -> Parser:
    """The whole parser, with the arguments of the `chosen` command only, or of `every` one."""
    parser = Parser(
        "antrag",
        description=_("The motions of a council in git. Without a command: the full-screen program."),
        examples=_(
            "antrag                       # open the register of this folder\n"
            "antrag show 2292             # a motion as printed\n"
            "antrag validate              # check every motion\n"
            "antrag log 3185              # what changed, when and by whom"
        ),
    )
    common_options(parser)
    parser.add_argument("--version", action="store_true", help=_("print the version"))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    for command in COMMANDS if every else (*COMMANDS, *(driver for driver in DRIVERS if driver.name == chosen)):
        summary = _(command.summary) if command.summary else ""
        below = commands.add_parser(command.name, help=summary, description=_capital(summary))
        if every or command.name == chosen:
            module_of(command).arguments(below)
    return parser


def common_options(parser: Parser) -> None:
    """The options that stand before a command."""
    parser.add_argument("-C", dest="directory", metavar=_("DIR"), help=_("work as if started in DIR"))
    parser.add_argument("--lang", choices=("de", "en"), help=_("language; otherwise by the environment"))


def _capital(summary: str) -> str:
    return summary[:1].upper() + summary[1:] + "." if summary else ""
