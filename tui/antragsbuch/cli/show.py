"""`antrag show`: one motion as printed, as TOML or as JSON."""

from __future__ import annotations

import argparse
import json

from antragsbuch.i18n import _

from .common import motion_argument, out, register_here
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which motion, in which form."""
    parser.examples = (
        'antrag show 2292\nantrag show "3185 (V) HHA" --as toml\nantrag show 3185 --as json | jq .consultations'
    )
    motion_argument(parser)
    parser.add_argument(
        "--as", dest="form", choices=("printed", "toml", "json"), default="printed", help=_("form; otherwise printed")
    )


def run(options: argparse.Namespace) -> int:
    """Print the motion."""
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.normal import normalise
    from antragsbuch_schema.toml.errors import TomlError

    with register_here(options.directory) as register:
        opened = register.open(register.find(options.motion))
        if options.form == "toml":
            out(opened.data.decode("utf-8", "replace").removesuffix("\n"))
            return 0
        document = opened.document
        if isinstance(document, TomlError):
            raise document
        if options.form == "json":
            out(json.dumps(normalise(document.data, MOTION), ensure_ascii=False, indent=2, default=str))
            return 0
        from antragsbuch_schema.exchange.printed import printed

        out(printed(normalise(document.data, MOTION), register.council()).removesuffix("\n"))
        return 0
