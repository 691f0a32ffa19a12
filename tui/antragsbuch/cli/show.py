"""`antrag show`: one motion as printed, as TOML or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _

from .common import COUNCIL, Refused, document, fields_of, motion_argument, out_json, readable, register_here, verbatim
from .parser import Parser
from .versions import at_argument, commit_of

if TYPE_CHECKING:
    from antragsbuch.store.config import Config
    from antragsbuch.store.register import Register
    from antragsbuch_schema.documents.model import Document

_LOOKS = {"accent": "head", "strong": "head", "dim": "quiet"}
_PAGE = 80
"""Cells of a page where nobody says how many there are."""


def arguments(parser: Parser) -> None:
    """Which motion, in which form."""
    parser.examples = _(
        "antrag show 2292             # as printed\n"
        'antrag show "3185 (V) HHA" --as toml\n'
        "antrag show 3185 --at 19.12.2023    # as it was at the end of that day\n"
        "antrag show 3185 --as json | jq .consultations"
    )
    motion_argument(parser)
    parser.add_argument(
        "--as", dest="form", choices=("printed", "toml", "json"), default="printed", help=_("form; otherwise printed")
    )
    at_argument(parser)
    parser.add_argument("--json", action="store_const", const="json", dest="form", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the motion."""
    from antragsbuch.store.parsing import parsed

    with register_here() as register:
        path, content, council = _version(register, options.motion, options.at)
        if options.form == "toml":
            document(content)
            return 0
        from antragsbuch_schema.normal import normalise

        data = normalise(readable(path, parsed(content)).data, fields_of(path))
        if options.form == "json":
            out_json(data)
            return 0
        if path == COUNCIL:
            raise Refused(_("{path} has no printed form; --as toml shows it.").format(path=COUNCIL))
        from antragsbuch_schema.documents.of_motion import document as document_of

        made = document_of(data, council if council is not None else register.council())
        if sys.stdout.isatty():
            _as_a_page(made, register.git.config)
        else:
            from antragsbuch_schema.documents.text import text

            verbatim(text(made))
        return 0


def _as_a_page(made: Document, config: Config) -> None:
    """Lay the printed form out for the terminal; in a pipe its cells stand apart by tabs."""
    from antragsbuch_schema.documents.page import page_lines

    from .pager import paged
    from .painting import look, put

    # before the pager stands between
    how = look()
    lines = [
        "".join(how.paint(piece.text, _LOOKS[piece.look]) if piece.look else piece.text for piece in line)
        for line in page_lines(made, how.cells or _PAGE)
    ]
    with paged(config):
        put(lines)


def _version(register: Register, query: str, at: str | None) -> tuple[str, bytes, Mapping[str, Any] | None]:
    """Path and bytes of the motion now, or as of a version; then with the council's file of that time."""
    if at is None:
        opened = register.open(register.find(query))
        return opened.path, opened.data, None
    from antragsbuch.store.comparing import data_of
    from antragsbuch.store.locating import located

    commit = commit_of(register, at)
    then = located(register, commit, query)
    council = data_of(register.objects.content(commit, COUNCIL))
    return then.path, then.data, council if isinstance(council, dict) else None
