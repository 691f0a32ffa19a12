"""`antrag show`: one motion as printed, as TOML or as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from antragsbuch.i18n import _

from .common import out
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which motion, in which form."""
    parser.examples = (
        'antrag show 2292\nantrag show "3185 (V) HHA" --as toml\nantrag show 3185 --as json | jq .consultations'
    )
    parser.add_argument("motion", metavar=_("MOTION"), help=_("number, reference, id or path"))
    parser.add_argument(
        "--as", dest="form", choices=("printed", "toml", "json"), default="printed", help=_("form; otherwise printed")
    )


def run(options: argparse.Namespace) -> int:
    """Print the motion."""
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.normal import normalise
    from antragsbuch_schema.toml.errors import TomlError

    from antragsbuch.store.register import open_register

    with open_register(Path(options.directory) if options.directory else None) as register:
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
