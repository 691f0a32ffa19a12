"""`antrag log`: what changed in a motion, when and by whom."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language
from antragsbuch_schema.i18n import date_text

from .common import motion_argument, out, register_here
from .differences import as_json, in_words
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.history import Version
    from antragsbuch.store.register import Register
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.toml.errors import TomlError


def arguments(parser: Parser) -> None:
    """Which motion, and how many versions."""
    parser.examples = "antrag log 3185\nantrag log 3185 -n 5 --json"
    motion_argument(parser)
    parser.add_argument("-n", dest="count", type=int, metavar=_("NUMBER"), help=_("only the newest versions"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print every version, the newest first, each with what it changed."""
    from antragsbuch.store.history import versions

    with register_here(options.directory) as register:
        found = versions(register, register.find(options.motion))[: options.count]
        if options.json:
            rows = [_row(register, version) for version in found]
            out(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
            return 0
        for version in found:
            day = date_text(version.time.date(), language())
            out(f"{version.commit[:10]}  {day} {version.time:%H:%M}  {version.author.name}  {version.subject}")
            for line in in_words(_changes(register, version)):
                out(f"    {line}")
    return 0


def _row(register: Register, version: Version) -> dict[str, object]:
    return {
        "commit": version.commit,
        "time": version.time.isoformat(),
        "author": {"name": version.author.name, "email": version.author.email},
        "subject": version.subject,
        "body": version.body,
        "trailers": [list(pair) for pair in version.trailers],
        "path": version.path,
        "changes": as_json(_changes(register, version)),
    }


def _changes(register: Register, version: Version) -> tuple[Change, ...] | TomlError:
    from antragsbuch.store.comparing import compare
    from antragsbuch.store.history import before

    new = register.objects.blob(version.blob) if version.blob else None
    return compare(version.path, before(register, version), new)
