"""`antrag export text`, `markdown`, `html`: motions as documents that people read; several as one booklet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from antragsbuch.i18n import _

from .common import register_here
from .export_selection import Selection, selection, selection_arguments
from .output import check_output, deliver, output_arguments
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.documents.model import Booklet, Document


def arguments(parser: Parser) -> None:
    """Which motions, and where to."""
    parser.examples = _(
        "{command} 2292                # a motion\n"
        "{command} 2292 3185 -o haushalt.txt     # a booklet with contents, in this order\n"
        "{command} --session Regionsversammlung 19.12.2023 -o sitzung.txt\n"
        '{command} --filter "faction:SPD date:2023.." -o spd.txt'
    ).format(command=parser.prog)
    document_arguments(parser)


def document_arguments(parser: Parser) -> None:
    """What every form of a document is asked: which motions, and where to."""
    selection_arguments(parser)
    output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the document; 1 where a motion could not be read."""
    from antragsbuch.documents import written

    check_output(options)
    with register_here() as register:
        found = selection(register, options)
    deliver(options, written(made(found), options.form).encode())
    return 0 if found.complete else 1


def made(found: Selection) -> Document | Booklet:
    """The model of what was chosen: one motion by itself, several and those of a session bound as a booklet."""
    from antragsbuch.documents import bound

    return bound([(one.agenda_item, one.data) for one in found.motions], found.council, found.sitting)
