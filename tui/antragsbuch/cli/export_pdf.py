"""`antrag export pdf`: motions as PDF, several as one booklet, for readers of all kinds and for archives."""

from __future__ import annotations

import argparse

from antragsbuch.i18n import _
from antragsbuch.pdf_print import STANDARDS, USUAL, PrintError, printed

from .common import Refused, register_here, say
from .export_documents import document_arguments, made
from .export_selection import selection
from .output import check_output, deliver
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which motions, where to, and after which standards."""
    parser.examples = _(
        "{command} 2292 -o 2292.pdf\n"
        "{command} 2292 3185 -o haushalt.pdf     # a booklet with contents, in this order\n"
        "{command} --session Regionsversammlung 19.12.2023 -o sitzung.pdf\n"
        "{command} 2292 --standard ua-1 --standard a-3a -o 2292.pdf"
    ).format(command=parser.prog)
    document_arguments(parser)
    parser.add_argument(
        "--standard",
        action="append",
        choices=STANDARDS,
        help=_("a standard that the PDF keeps to, may be given again; otherwise PDF/UA-1 and PDF/A-2a at once"),
    )


def run(options: argparse.Namespace) -> int:
    """Write the PDF; 1 where a motion could not be read."""
    check_output(options, is_text=False)
    with register_here() as register:
        found = selection(register, options)
    try:
        done = printed(made(found), options.standard or USUAL)
    except PrintError as error:
        raise Refused(str(error)) from error
    if not done.keeps_all:
        say(_("No PDF/A: that needs a date, and the motion has none."))
    if done.missing:
        say(_("The fonts lack these letters, they stand there by their code: {letters}").format(letters=done.missing))
    deliver(options, done.data, is_text=False)
    return 0 if found.complete else 1
