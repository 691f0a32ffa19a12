"""`antrag schema`: the JSON Schema of the files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from antragsbuch.i18n import _

from .common import Refused, read_file, say, verbatim
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which schema, and whether to compare."""
    parser.examples = _(
        "antrag schema motion > motion.schema.json\n"
        "antrag schema council --check council.schema.json   # exit 1 if it differs"
    )
    parser.add_argument(
        "which", nargs="?", choices=("motion", "council"), default="motion", help=_("which file it describes")
    )
    parser.add_argument("--check", metavar=_("FILE"), help=_("compare with FILE; exit 1 if it differs"))


def run(options: argparse.Namespace) -> int:
    """Print the schema, or compare it with a file."""
    from antragsbuch_schema.json_schema import council_schema, motion_schema, rendered

    schema = motion_schema() if options.which == "motion" else council_schema()
    if options.check is None:
        verbatim(rendered(schema))
        return 0
    try:
        same = json.loads(read_file(Path(options.check))) == schema
    except (ValueError, RecursionError) as error:
        raise Refused(_("{path} is no JSON: {error}").format(path=options.check, error=error)) from error
    if not same:
        say(_("{path} is not the schema of this version.").format(path=options.check))
    return 0 if same else 1
