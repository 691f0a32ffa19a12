"""`antrag log`: what changed in a motion or in the register, when and by whom."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language, ngettext
from antragsbuch_schema.i18n import date_text

from .common import Refused, completed_by, json_text, one_line, out, register_here, whole_number
from .differences import as_json, in_words
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.history_query import HistoryQuery
    from antragsbuch.store.register import Register
    from antragsbuch.store.timeline import Timeline
    from antragsbuch.store.timeline_entries import Entry

_COMMITS = 20
"""How many commits of the whole register are shown where nothing is asked for."""
_MOTIONS = 25
"""How many motions of one commit are spelled out: an import has thousands."""
_WINDOW = 200
"""Changes that are held at once."""
_READ_AT_ONCE = 500
"""Changes that are read before anything is told: only then it is known which edits a merge left behind."""
_FILTERS = ("kind", "field", "body", "person", "date")


def arguments(parser: Parser) -> None:
    """Which motion, which changes, and how many."""
    parser.examples = _(
        "antrag log                               # the last changes of the whole register\n"
        "antrag log 3185                          # every version of a motion\n"
        "antrag log 3185 --field facts            # every change of one text\n"
        "antrag log --since Tuesday               # what changed on that day and after it\n"
        "antrag log late:vote                     # every vote recorded after its session\n"
        "antrag log field:amount person:Meyer     # every change of an amount by somebody\n"
        "antrag log --kind vote --body Regionsversammlung -n 5 --json"
    )
    words = parser.add_argument(
        "words",
        nargs="*",
        metavar=_("MOTION|CONDITION"),
        help=_("a motion first, then conditions: field: kind: body: person: date: late: is: motion:"),
    )
    completed_by(words, {"bash": "_antrag_references", "zsh": "_antrag_references", "fish": "(antrag references)"})
    parser.add_argument("--kind", action="append", metavar=_("KIND"), help=_("vote, outcome, step, text, moved ..."))
    parser.add_argument("--field", action="append", metavar=_("FIELD"), help=_("amount, facts, title ..."))
    parser.add_argument("--body", action="append", metavar=_("BODY"), help=_("in a step of this body"))
    parser.add_argument("--person", action="append", metavar=_("PERSON"), help=_("author or committer"))
    parser.add_argument("--date", action="append", metavar=_("PERIOD"), help=_("2023, 2023-11, 1.11.2023..19.12.2023"))
    parser.add_argument("--since", metavar=_("DATE"), help=_("on that day and after it"))
    parser.add_argument("--until", metavar=_("DATE"), help=_("on that day and before it"))
    parser.add_argument("--words", dest="text", metavar=_("TEXT"), help=_("words of the message, or that came or went"))
    parser.add_argument("--late", action="store_true", help=_("votes and outcomes entered after their session"))
    parser.add_argument(
        "-n",
        dest="count",
        type=whole_number,
        metavar=_("NUMBER"),
        help=_("only the newest; otherwise {count} of the register, all of a motion").format(count=_COMMITS),
    )
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the changes, the newest first, commit by commit."""
    from antragsbuch.store.timeline import Timeline

    from .pager import paged

    words = list(options.words)
    named = words.pop(0) if words and ":" not in words[0] and not words[0].startswith("-") else None
    query = _query(words, options)
    with register_here() as register, Timeline(register) as timeline:
        if register.objects.head() is None:
            if options.json:
                sys.stdout.write("[]\n")
            return 0
        with progress(_("Reading")) as tell:
            timeline.refresh(progress=tell)
        if query.terms or timeline.waiting() <= _READ_AT_ONCE:
            with progress(_("Reading what changed")) as tell:
                timeline.deepen(progress=tell)
        found = _entries(register, timeline, named, query)
        free = named is None and not query.terms
        most = _COMMITS if options.count is None and free else options.count
        found = _newest(found, most, by_commit=named is None)
        if options.json:
            _print_json(register, timeline, found)
            return 0
        with paged(register.git.config):
            _print(register, timeline, found, alone=named is not None)
    return 0


def _query(words: list[str], options: argparse.Namespace) -> HistoryQuery:
    """The conditions of words and options together. Raises `Refused` where one is not understood."""
    from antragsbuch.store.history_query import parse

    parts = list(words)
    for key in _FILTERS:
        parts += [f"{key}:{_quoted(value)}" for value in getattr(options, key) or ()]
    if options.since or options.until:
        parts.append(f"date:{_day(options.since)}..{_day(options.until)}")
    if options.late:
        parts.append("late:vote")
    if options.text:
        parts.append(options.text)
    query = parse(" ".join(part if ":" not in part or '"' in part else _whole(part) for part in parts))
    if query.problems:
        raise Refused("\n".join(problem.message for problem in query.problems))
    return query


def _whole(word: str) -> str:
    """A condition whose value has blanks, as it was quoted in the shell."""
    key, _colon, value = word.partition(":")
    return f"{key}:{_quoted(value)}"


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value and '"' not in value else value


def _day(typed: str | None) -> str:
    import datetime as dt

    from antragsbuch_schema.german import parse_past_day

    if not typed:
        return ""
    day = parse_past_day(typed.removeprefix("@"), dt.date.today())
    if day is None:
        raise Refused(_("{typed} is no date; write it like 15.11.2023").format(typed=typed))
    return day.isoformat()


def _entries(register: Register, timeline: Timeline, named: str | None, query: HistoryQuery) -> Iterator[Entry]:
    """What was asked for, newest first, read window by window."""
    if named is not None:
        mine = _of_motion(register, timeline, named)
        if query.terms:
            wanted = {(entry.commit, entry.path) for entry in timeline.entries(query)}
            mine = [entry for entry in mine if (entry.commit, entry.path) in wanted]
        yield from mine
        return
    count = timeline.count(query)
    for start in range(0, count, _WINDOW):
        yield from timeline.entries(query, start, min(start + _WINDOW, count))


def _of_motion(register: Register, timeline: Timeline, named: str) -> list[Entry]:
    """The changes of a motion; one that is gone is known by what it was called."""
    from antragsbuch.store.errors import NotFound
    from antragsbuch.store.history_query import parse

    try:
        return timeline.of_motion(register.find(named))
    except NotFound:
        known = timeline.of_motion(named)
        if not known:
            timeline.deepen()
            gone = timeline.entries(parse(f"motion:{_quoted(named)}"))
            ids = {entry.motion_id for entry in gone}
            known = timeline.of_motion(gone[0].motion_id or gone[0].path) if len(ids) == 1 else []
        if not known:
            raise
        return known


def _newest(entries: Iterator[Entry], most: int | None, by_commit: bool) -> Iterator[Entry]:
    """The first entries: so many commits of the register, so many versions of a motion."""
    seen = 0
    last = ""
    for entry in entries:
        if not by_commit or entry.commit != last:
            seen += 1
            last = entry.commit
        if most is not None and seen > most:
            return
        yield entry


def _print(register: Register, timeline: Timeline, found: Iterator[Entry], alone: bool) -> None:
    """A commit, and below it the motions that it changed; of one motion, its changes at once."""
    for _commit, entries in groupby(found, key=lambda entry: entry.commit):
        more = 0
        for number, entry in enumerate(entries):
            if number == 0:
                out(_head(register, entry))
                if entry.reason:
                    out("    " + _("Reason") + f": {one_line(entry.reason)}")
            if number >= _MOTIONS:
                more += 1
                continue
            if not alone:
                out(f"    {one_line(_name(entry))}")
            for line in _lines(timeline, entry):
                out(f"    {'' if alone else '    '}{one_line(line)}")
        if more:
            out("    " + ngettext("and {count} more file", "and {count} more files", more).format(count=more))
        sys.stdout.flush()


def _lines(timeline: Timeline, entry: Entry) -> Iterator[str]:
    """What an entry changed, in words, and what became of it."""
    changes = tuple(timeline.changes(entry))
    if entry.merged and not changes:
        yield _("(a merge that wrote nothing of its own here)")
    else:
        yield from in_words(changes)
    if entry.lost:
        where = f" {entry.lost_in[:10]}" if entry.lost_in else ""
        yield _("(left behind by the merge{commit})").format(commit=where)
    if entry.cut:
        yield _("(this clone is shallow: what stood before is not known)")


def _head(register: Register, entry: Entry) -> str:
    day = date_text(entry.time.date(), language())
    author, subject = one_line(entry.author.name), one_line(entry.subject)
    said = _signature(register, entry)
    signed = f"  [{_signature_words()[said]}]" if said != "none" else ""
    return f"{entry.commit[:10]}  {day} {entry.time:%H:%M}  {author}  {subject}{signed}"


def _signature(register: Register, entry: Entry) -> str:
    """What git says of the signature; it is only asked where there is one."""
    from antragsbuch.store.history import signature

    return signature(register, entry.commit) if entry.signed else "none"


def _signature_words() -> dict[str, str]:
    return {
        "good": _("signature verified"),
        "unverified": _("signature unverified"),
        "expired": _("signature expired"),
        "revoked": _("! signature of a revoked key"),
        "bad": _("! bad signature"),
    }


def _print_json(register: Register, timeline: Timeline, found: Iterator[Entry]) -> None:
    """A JSON list with an object for each version of a file, written one by one."""
    before = "[\n"
    for entry in found:
        sys.stdout.write(before + json_text(_row(register, timeline, entry)))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _row(register: Register, timeline: Timeline, entry: Entry) -> dict[str, object]:
    from antragsbuch.store import messages

    message = register.objects.commit(entry.commit).message
    return {
        "commit": entry.commit,
        "time": entry.time.isoformat(),
        "author": {"name": entry.author.name, "email": entry.author.email},
        "subject": entry.subject,
        "body": messages.body_of(message),
        "trailers": [list(pair) for pair in messages.trailers_of(message)],
        "path": entry.path,
        "old_path": entry.old_path,
        "name": _name(entry),
        "merge": entry.merged,
        "lost_in": entry.lost_in if entry.lost else None,
        "signature": _signature(register, entry),
        "changes": as_json(tuple(timeline.changes(entry))),
    }


def _name(entry: Entry) -> str:
    """The reference of the motion, or the path where it has none."""
    return entry.reference or entry.path
