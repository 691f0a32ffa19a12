"""`antrag show`: one motion as printed, as TOML or as JSON."""

from __future__ import annotations

import argparse

from antragsbuch.i18n import _

from .common import COUNCIL, Refused, document, fields_of, motion_argument, out_json, readable, register_here, verbatim
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which motion, in which form."""
    parser.examples = _(
        "antrag show 2292             # as printed\n"
        'antrag show "3185 (V) HHA" --as toml\n'
        "antrag show 3185 --as json | jq .consultations"
    )
    motion_argument(parser)
    parser.add_argument(
        "--as", dest="form", choices=("printed", "toml", "json"), default="printed", help=_("form; otherwise printed")
    )
    parser.add_argument("--json", action="store_const", const="json", dest="form", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the motion."""
    with register_here() as register:
        opened = register.open(register.find(options.motion))
        if options.form == "toml":
            document(opened.data)
            return 0
        from antragsbuch_schema.normal import normalise

        data = normalise(readable(opened.path, opened.document).data, fields_of(opened.path))
        if options.form == "json":
            out_json(data)
            return 0
        if opened.path == COUNCIL:
            raise Refused(_("{path} has no printed form; --as toml shows it.").format(path=COUNCIL))
        from antragsbuch_schema.exchange.printed import printed

        verbatim(printed(data, register.council()))
        return 0
