"""`antrag export text`: motions as documents that people read."""

from __future__ import annotations

import argparse

from antragsbuch.i18n import _

from .common import register_here
from .export_selection import selection, selection_arguments
from .output import check_output, deliver, output_arguments
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which motions, and where to."""
    parser.examples = _("{command} 2292                # a motion\n{command} 2292 3185 -o haushalt.txt").format(
        command=parser.prog
    )
    selection_arguments(parser)
    output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the document; 1 where a motion could not be read."""
    from antragsbuch_schema.exchange.printed import printed

    check_output(options)
    with register_here() as register:
        found = selection(register, options)
    text = "\f".join(printed(one.data, found.council) for one in found.motions)
    deliver(options, text.encode())
    return 0 if found.complete else 1
