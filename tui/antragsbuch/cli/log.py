"""`antrag log`: what changed in a motion or in the register, when and by whom."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language, ngettext
from antragsbuch_schema.i18n import date_text

from .common import json_text, motion_argument, one_line, out, register_here, whole_number
from .differences import as_json, in_words
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.history import Version
    from antragsbuch.store.register import Register
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.toml.errors import TomlError

_COMMITS = 20
"""How many commits of the whole register are shown where no number is given."""
_MOTIONS = 25
"""How many motions of one commit are spelled out: an import has thousands."""


def arguments(parser: Parser) -> None:
    """Which motion, and how many versions."""
    parser.examples = _(
        "antrag log                   # the last changes of the whole register\n"
        "antrag log 3185              # every version of a motion\n"
        "antrag log 3185 -n 5 --json"
    )
    motion_argument(parser, "?")
    parser.add_argument(
        "-n",
        dest="count",
        type=whole_number,
        metavar=_("NUMBER"),
        help=_("only the newest; otherwise {count} of the register, all of a motion").format(count=_COMMITS),
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the versions, the newest first, each with what it changed."""
    from antragsbuch.store.history import versions
    from antragsbuch.store.recent import recent

    with register_here() as register:
        found: Iterator[Version]
        if options.motion is None:
            found = recent(register, _COMMITS if options.count is None else options.count)
        else:
            found = islice(versions(register, register.find(options.motion)), options.count)
        if options.json:
            _print_json(register, found)
        elif options.motion is None:
            _print_register(register, found)
        else:
            _print_motion(register, found)
    return 0


def _print_motion(register: Register, found: Iterator[Version]) -> None:
    for version in found:
        out(_head(version))
        _print_changes(register, version, "    ")
        sys.stdout.flush()


def _print_register(register: Register, found: Iterator[Version]) -> None:
    """A commit, and below it the motions that it changed."""
    for _commit, versions in groupby(found, key=lambda version: version.commit):
        more = 0
        for number, version in enumerate(versions):
            if number == 0:
                out(_head(version))
            if number < _MOTIONS:
                out(f"    {_name(register, version)}")
                _print_changes(register, version, "        ")
            else:
                more += 1
        if more:
            out("    " + ngettext("and {count} more file", "and {count} more files", more).format(count=more))
        sys.stdout.flush()


def _head(version: Version) -> str:
    day = date_text(version.time.date(), language())
    author, subject = one_line(version.author.name), one_line(version.subject)
    return f"{version.commit[:10]}  {day} {version.time:%H:%M}  {author}  {subject}"


def _print_changes(register: Register, version: Version, indent: str) -> None:
    for line in in_words(_changes(register, version)):
        out(indent + one_line(line))


def _print_json(register: Register, found: Iterator[Version]) -> None:
    """A JSON list with an object for each version of a file, written one by one."""
    before = "[\n"
    for version in found:
        sys.stdout.write(before + json_text(_row(register, version)))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _row(register: Register, version: Version) -> dict[str, object]:
    return {
        "commit": version.commit,
        "time": version.time.isoformat(),
        "author": {"name": version.author.name, "email": version.author.email},
        "subject": version.subject,
        "body": version.body,
        "trailers": [list(pair) for pair in version.trailers],
        "path": version.path,
        "name": _name(register, version),
        "changes": as_json(_changes(register, version)),
    }


def _name(register: Register, version: Version) -> str:
    """The reference of the motion, or the path where it has none."""
    from antragsbuch.store.comparing import name_of
    from antragsbuch.store.history import before

    new = register.objects.blob(version.blob) if version.blob else before(register, version)
    return name_of(new) or version.path


def _changes(register: Register, version: Version) -> tuple[Change, ...] | TomlError:
    from antragsbuch.store.comparing import compare
    from antragsbuch.store.history import before

    new = register.objects.blob(version.blob) if version.blob else None
    return compare(version.path, before(register, version), new)
