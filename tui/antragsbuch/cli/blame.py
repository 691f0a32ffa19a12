"""`antrag blame`: who last set each sentence, vote cell and value of a motion, when and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language

from .common import fields_of, motion_argument, one_line, out, out_json, register_here
from .parser import Parser
from .versions import at_argument, commit_of

if TYPE_CHECKING:
    from antragsbuch.store.history import Version
    from antragsbuch.store.register import Register
    from antragsbuch_schema.blame import Blamed
    from antragsbuch_schema.layouts import Row
    from antragsbuch_schema.places import Place

    Pieces = list[Blamed[Version | None]]

_WHO = 14


def arguments(parser: Parser) -> None:
    """Which motion, and which field of it."""
    parser.examples = _(
        "antrag blame 3185                              # every sentence and value\n"
        "antrag blame 3185 facts                        # the sentences of a text\n"
        'antrag blame 3185 "consultations[c3].votes"    # the cells of a vote\n'
        "antrag blame 3185 --at 19.12.2023 --json"
    )
    motion_argument(parser)
    parser.add_argument(
        "field", nargs="?", metavar=_("FIELD"), help=_("only this, such as facts or consultations[c3].votes[v1].yes")
    )
    at_argument(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the pieces with their origins, and the commits that they come from."""
    from antragsbuch_schema.blame import below

    from .pager import paged
    from .places import place_of

    with register_here() as register:
        path, data, pieces = _blamed(register, options.motion, options.at)
        if options.field is not None:
            wanted = place_of(options.field, fields_of(path), data)
            pieces = below(pieces, wanted)
        if options.json:
            out_json([_as_object(piece) for piece in pieces])
            return 0
        with paged(register.git.config):
            _print(path, data, pieces)
    return 0


def _blamed(register: Register, query: str, at: str | None) -> tuple[str, Mapping[str, object], Pieces]:
    """The path of the motion, what it says, and its pieces: as of a version, else of the work tree."""
    from antragsbuch.store.blaming import blamed
    from antragsbuch.store.history import versions
    from antragsbuch.store.locating import located

    from .common import Refused, readable

    if at is not None:
        commit = commit_of(register, at)
        then = located(register, commit, query)
        path, content = then.path, then.data
        pieces = blamed(register, versions(register, path, commit), commit, path)
    else:
        opened = register.open(register.find(query))
        path, content = opened.path, opened.data
        if opened.head is None:
            raise Refused(_("Nothing is committed yet."))
        found = versions(register, path)
        pieces = blamed(register, found, opened.head, path, content)
    from antragsbuch.store.parsing import parsed

    return path, readable(path, parsed(content)).data, pieces


def _print(path: str, data: Mapping[str, object], pieces: Pieces) -> None:
    from antragsbuch_schema.layout_rows import layout

    origins = {piece.place: piece.origin for piece in pieces}
    heads = {place[:length] for place in origins for length in range(1, len(place))}
    for row in layout(data, data, fields_of(path), language()):
        known = _origin(row, origins)
        if known is not None or row.place in heads:
            _print_row(row, known)
    out("")
    seen = {origin.commit: origin for origin in origins.values() if origin is not None}
    for origin in sorted(seen.values(), key=lambda origin: origin.time, reverse=True):
        out(_told(origin))


def _origin(row: Row, origins: Mapping[Place, Version | None]) -> tuple[Version | None] | None:
    """Where a row comes from, as a tuple of one; None for a heading, and for what was not asked for."""
    if row.place in origins:
        return (origins[row.place],)
    if isinstance(row.place[-1], int) and row.place[:-1] in origins:
        return (origins[row.place[:-1]],)
    return None


def _print_row(row: Row, known: tuple[Version | None] | None) -> None:
    from antragsbuch_schema.display import display
    from antragsbuch_schema.i18n import date_text
    from antragsbuch_schema.layouts import plain
    from antragsbuch_schema.reports.columns import fitted

    who = ""
    if known is not None and known[0] is None:
        who = fitted(_("not committed yet"), 10 + 2 + 10 + 2 + _WHO)
    elif known is not None and known[0] is not None:
        origin = known[0]
        author = fitted(display(one_line(origin.author.name)), _WHO)
        who = f"{origin.commit[:10]}  {date_text(origin.time.date(), language())}  {author}"
    width = 10 + 2 + 10 + 2 + _WHO
    out(f"{who or ' ' * width}  {'  ' * row.indent}{one_line(plain(row.right))}".rstrip())


def _told(origin: Version) -> str:
    from antragsbuch_schema.i18n import date_text

    when = f"{date_text(origin.time.date(), language())} {origin.time:%H:%M}"
    said = f"{origin.commit[:10]}  {when}  {one_line(origin.author.name)}  {one_line(origin.subject)}"
    reason = _reason(origin)
    return said + "  (" + _("Reason") + f": {one_line(reason)})" if reason else said


def _reason(origin: Version) -> str:
    from antragsbuch.store.messages import REASON

    return ", ".join(value for key, value in origin.trailers if key == REASON)


def _as_object(piece: Blamed[Version | None]) -> dict[str, object]:
    from antragsbuch_schema import places

    made = piece.origin
    row: dict[str, object] = {"place": places.render(piece.place), "kind": piece.kind, "value": piece.value}
    if made is None:
        return {**row, "commit": None}
    return {
        **row,
        "commit": made.commit,
        "time": made.time.isoformat(),
        "author": {"name": made.author.name, "email": made.author.email},
        "subject": made.subject,
        "reason": _reason(made) or None,
    }
