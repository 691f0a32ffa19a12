"""`antrag new`: a new motion as a file of the work tree."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from antragsbuch.i18n import _

from .common import day, out, register_here, say
from .edit import edit
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.rules.directory import Directory


def arguments(parser: Parser) -> None:
    """What the motion begins with."""
    parser.examples = (
        'antrag new --title "Radweg an der Leine" --type Haushaltsantrag --by SPD --by "Bündnis 90/DIE GRÜNEN"\n'
        'antrag new --reference "3201 (V) HHA" --title "Radweg an der Leine" --edit'
    )
    parser.add_argument("--title", default="", help=_("title of the motion"))
    parser.add_argument("--reference", default="", help=_("its number, where it has one"))
    parser.add_argument("--type", dest="paper_type", default="", help=_("kind of paper, by name or code"))
    parser.add_argument("--by", action="append", default=[], metavar=_("FACTION"), help=_("who moves it; repeatable"))
    parser.add_argument("--submitted", metavar=_("DATE"), type=str, help=_("when it was moved, such as 15.11.2023"))
    parser.add_argument("--date", metavar=_("DATE"), help=_("date of the paper; otherwise today"))
    parser.add_argument("-e", "--edit", action="store_true", help=_("go on in $EDITOR"))


def run(options: argparse.Namespace) -> int:
    """Write the file and print its path."""
    from antragsbuch.new_motion import begun, file_of
    from antragsbuch_schema.ids import new_motion_id
    from antragsbuch_schema.rules.directory import Directory

    with register_here() as register:
        council = register.council()
        directory = Directory(council)
        data = begun(
            new_motion_id(),
            council,
            title=options.title.strip(),
            reference=options.reference.strip(),
            paper_type=_paper_type(directory, options.paper_type),
            originators=[_faction(directory, name) for name in options.by],
            submitted=day(options.submitted) if options.submitted else None,
            date=day(options.date) if options.date else dt.date.today(),
        )
        path, text = file_of(data, council)
        register.create(path, text)
        out(path)
        return edit(register, path) if options.edit else 0


def _paper_type(directory: Directory, typed: str) -> str:
    """The name of the kind of paper that is meant; what the register does not know stays as typed, and is said."""
    from antragsbuch_schema.suggest import closest, same_name

    for known in directory.paper_types:
        if typed and same_name(typed) in (same_name(known.name), same_name(known.code)):
            return known.name
    if typed and directory.paper_types:
        close = closest(typed, [known.name for known in directory.paper_types])
        _wonder(_("The register knows no kind of paper {name}.").format(name=typed), close[0] if close else None)
    return typed


def _faction(directory: Directory, typed: str) -> str:
    """A faction as typed: its spelling is the person's own. One that the register does not know is said."""
    if directory.factions and not directory.factions.called(typed):
        _wonder(_("The register knows no faction {name}.").format(name=typed), directory.factions.suggest(typed))
    return typed


def _wonder(what: str, meant: str | None) -> None:
    say(f"{what} " + _("Did you mean {word}?").format(word=meant) if meant else what)
