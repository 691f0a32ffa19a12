"""`antrag new`: a new motion as a file of the work tree."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from antragsbuch.i18n import _

from .common import Refused, out, register_here
from .parser import Parser


def arguments(parser: Parser) -> None:
    """What the motion begins with."""
    parser.examples = (
        'antrag new --title "Radweg an der Leine" --type Haushaltsantrag --by SPD --by "Bündnis 90/DIE GRÜNEN"\n'
        'antrag new --reference "3201 (V) HHA" --title "Radweg an der Leine"'
    )
    parser.add_argument("--title", default="", help=_("title of the motion"))
    parser.add_argument("--reference", help=_("its number, where it has one"))
    parser.add_argument("--type", dest="paper_type", help=_("kind of paper"))
    parser.add_argument("--by", action="append", default=[], metavar=_("FACTION"), help=_("who moves it; repeatable"))
    parser.add_argument("--date", help=_("date of the motion, such as 15.11.2023"))


def run(options: argparse.Namespace) -> int:
    """Write the file and print its path."""
    from antragsbuch_schema.ids import new_motion_id
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.reference import Scheme, draft_path
    from antragsbuch_schema.toml.writer import write

    with register_here(options.directory) as register:
        council = register.council()
        data: dict[str, Any] = {
            "id": new_motion_id(),
            "reference": options.reference,
            "paper_type": options.paper_type,
            "title": options.title or None,
            "originators": options.by or None,
            "submitted": _date(options.date),
            "public": council.get("public") is not False,
            "consultations": _steps(council, options.paper_type) or None,
        }
        data = {key: value for key, value in data.items() if value is not None}
        reference = options.reference
        path = Scheme.of(council).path(reference) if reference else draft_path(data["id"])
        register.create(path, write(data, MOTION))
    out(path)
    return 0


def _date(typed: str | None) -> dt.date | None:
    from antragsbuch_schema.german import parse_date

    if typed is None:
        return None
    date = parse_date(typed, dt.date.today())
    if date is None:
        raise Refused(_("{typed} is no date; write it like 15.11.2023").format(typed=typed))
    return date


def _steps(council: dict[str, Any], paper_type: str | None) -> list[dict[str, Any]]:
    """The usual sequence of consultations for papers of this type, from the council's templates."""
    for template in council.get("templates", []):
        if paper_type and paper_type in template.get("paper_types", []):
            return [{**step, "id": f"c{number}"} for number, step in enumerate(template.get("steps", []), 1)]
    return []
