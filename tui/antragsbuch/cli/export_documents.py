"""`antrag export text`, `markdown`, `html`: motions as documents that people read; several as one booklet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext

from .common import register_here, say
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
    """The model of what was chosen: one motion by itself, several and those of a session bound as a booklet.

    What a public motion holds that is not public is left out unless it was asked for, and said on standard error.
    """
    from antragsbuch.documents import bound
    from antragsbuch_schema.documents.open_part import open_part

    parts = [(one.data, 0) if found.non_public else open_part(one.data) for one in found.motions]
    if left := sum(count for _data, count in parts):
        say(
            ngettext(
                "{count} step or file is not public, and what it holds left out; --non-public takes it in.",
                "{count} steps or files are not public, and what they hold left out; --non-public takes it in.",
                left,
            ).format(count=left)
        )
    motions = [(one.agenda_item, data) for one, (data, _left) in zip(found.motions, parts, strict=True)]
    return bound(motions, found.council, found.sitting)
