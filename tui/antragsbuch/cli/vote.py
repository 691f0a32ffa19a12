"""`antrag vote`: record how a body voted, in the words of its minutes."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _
from antragsbuch_schema.places import render

from .common import Refused, day, motion_argument, out, read_input, readable, register_here, say
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.diagnostics import Located


def arguments(parser: Parser) -> None:
    """Which motion, at which step, and the words."""
    parser.examples = _(
        'antrag vote 3185 "mit 45 Ja- zu 30 Nein-Stimmen bei 3 Enthaltungen laut Vorschlag beschlossen"\n'
        'antrag vote 3185 "einstimmig zugestimmt" --body Regionsausschuss\n'
        "antrag vote 3185 45:30:3 --dry-run\n"
        "antrag vote 3185 - < minutes.txt"
    )
    motion_argument(parser)
    parser.add_argument("words", metavar=_("WORDS"), help=_("what the minutes say; - is standard input"))
    parser.add_argument("--body", default="", help=_("which body voted; otherwise the one that decides"))
    parser.add_argument("--on", metavar=_("DATE"), help=_("the day of its sitting, where it dealt with it twice"))
    parser.add_argument("--replace", action="store_true", help=_("take the place of what is recorded there"))
    parser.add_argument("--wording", action="store_true", help=_("keep the words of the minutes too"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would be recorded"))


def run(options: argparse.Namespace) -> int:
    """Record it in the work tree and say what was understood; 1 where a part of the words was not."""
    from antragsbuch.store.comparing import compare
    from antragsbuch_schema.exchange.minutes import read
    from antragsbuch_schema.exchange.recording import recorded
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.rules.directory import Directory
    from antragsbuch_schema.toml.edit import rewrite
    from antragsbuch_schema.validate import validate_file

    from .differences import in_words
    from .findings import say_findings

    words = read_input().decode("utf-8", "replace") if options.words == "-" else options.words
    on = day(options.on) if options.on else None
    with register_here() as register:
        opened = register.open(register.find(options.motion))
        data = readable(opened.path, opened.document).data
        directory = Directory(register.council())
        position = _step(data.get("consultations"), options.body, on)
        step = data["consultations"][position]
        if (step.get("votes") or step.get("outcome")) and not options.replace:
            raise Refused(
                _("{body} has a vote or an outcome already; --replace takes its place.").format(body=_called(step))
            )
        minutes = read(words, [name for group in directory.factions.groups for name in group.names], step.get("date"))
        if not minutes.votes and not minutes.outcome and not minutes.remarks:
            raise Refused(_("There are no words to record."))
        text = rewrite(opened.data.decode("utf-8"), recorded(data, position, minutes, wording=options.wording), MOTION)
        for line in in_words(compare(opened.path, opened.data, text.encode())):
            out(line)
        for phrase in minutes.unread:
            say(_("not understood, kept as words: {phrase}").format(phrase=phrase))
        before = {_same(found) for found in validate_file(opened.path, opened.data, directory, None)}
        after = validate_file(opened.path, text.encode(), directory, None)
        say_findings([found for found in after if _same(found) not in before], {opened.path: text.encode()})
        if not options.dry_run:
            register.save(opened, text)
            out(opened.path)
        return 1 if minutes.unread else 0


def _step(steps: object, body: str, on: dt.date | None) -> int:
    """The position of the step that is meant. Raises `Refused` with the steps there are."""
    from antragsbuch_schema.suggest import closest, same_name

    listed = steps if isinstance(steps, list) else []
    known = [(number, step) for number, step in enumerate(listed) if isinstance(step, dict)]
    found = [(number, step) for number, step in known if on is None or step.get("date") == on]
    if body:
        names = {_called(step) for _number, step in found}
        meant = next((name for name in names if same_name(name) == same_name(body)), None)
        meant = meant or next(iter(closest(body, names)), None)
        found = [(number, step) for number, step in found if _called(step) == meant]
    elif len(found) > 1:
        found = [(number, step) for number, step in found if step.get("role") == "decision"]
    if len(found) == 1:
        return found[0][0]
    there = [f"{_called(step)}, {step['date']}" if "date" in step else _called(step) for _number, step in known]
    raise Refused(
        _(
            "Which step is meant? Name it with --body, and --on where a body dealt with it twice. There are: {steps}"
        ).format(steps="; ".join(there) or _("none"))
    )


def _called(step: Mapping[str, Any]) -> str:
    return str(step.get("organization", ""))


def _same(located: Located) -> tuple[str, str, str]:
    """What makes a finding the same before and after."""
    return located.finding.code, render(located.finding.place), located.finding.message("en")
