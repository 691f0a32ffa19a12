"""Which motions are exported: by name, by the language of the filter, those of a session, or all.

selection_arguments(parser)              # in `arguments`
chosen = selection(register, options)    # in `run`: motions in order, with the council of that time
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from antragsbuch.i18n import _, ngettext

from .common import COUNCIL, Refused, day, motion_argument, readable, say, unreadable
from .parser import Parser
from .progress import progress
from .versions import at_argument, commit_of

if TYPE_CHECKING:
    from antragsbuch.store.register import Register
    from antragsbuch_schema.edits import Data


class Chosen(NamedTuple):
    """A motion that was chosen: its path, its meaning as plain values (prose in the model form), and the name that git
    gives to the bytes of its file.

    `agenda_item` is its number on the agenda where motions were chosen by a session, if it has one. `closed` are how
    many steps and files hold what was left out.
    """

    path: str
    data: Data
    version: str
    agenda_item: str = ""
    closed: int = 0


class Sitting(NamedTuple):
    """The session that motions were chosen by: the body as the motions call it, and its day."""

    organization: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Selection:
    """The motions in their order, with `council.toml` of that time as plain values.

    `sitting` is set where they were chosen by a session. `complete` is False where files could not be read; they were
    named on standard error.
    """

    motions: tuple[Chosen, ...]
    council: Mapping[str, Any]
    sitting: Sitting | None = None
    complete: bool = True


def selection_arguments(parser: Parser) -> None:
    """Motions by name, `--filter`, `--session`, `--at`, `--non-public`."""
    motion_argument(parser, "*")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--filter", metavar=_("QUERY"), help=_("those that a filter finds, as in antrag list"))
    which.add_argument(
        "--session",
        nargs=2,
        metavar=(_("BODY"), _("DATE")),
        help=_("those of a session, in the order of its agenda"),
    )
    at_argument(parser)
    parser.add_argument("--non-public", action="store_true", help=_("what is not public too; otherwise it is left out"))


def selection(register: Register, options: argparse.Namespace) -> Selection:
    """The motions that the options ask for; all where they name none, in the order of the list.

    Says on standard error what is left out: what is not public, unless it was asked for, and files that can't be read.
    Raises `Refused` where nothing is left, and `StoreError`.
    """
    if options.motions and (options.filter is not None or options.session):
        raise Refused(_("Name motions, or choose them by --filter or --session, not both."))
    date = day(options.session[1]) if options.session else None
    found = _as_of(register, options) if options.at is not None else _now(register, options, date)
    sitting = None
    motions = found.motions
    if date:
        from .export_session import of_session

        sitting, motions = of_session(motions, options.session[0], date, found.council)
    if not options.non_public:
        motions = _open(motions)
    if not motions:
        raise Refused(_("There is no motion to export."))
    return Selection(motions, found.council, sitting, found.complete)


def _open(motions: tuple[Chosen, ...]) -> tuple[Chosen, ...]:
    """Those that are public, without what their steps and files hold that is not; says how much is left out."""
    from antragsbuch_schema.documents.open_part import open_part

    public = [one for one in motions if one.data.get("public", True) is True]
    if left := len(motions) - len(public):
        say(
            ngettext(
                "{count} motion is not public and left out; --non-public takes it in.",
                "{count} motions are not public and left out; --non-public takes them in.",
                left,
            ).format(count=left)
        )
    parts = [open_part(one.data) for one in public]
    if left := sum(count for _data, count in parts):
        say(
            ngettext(
                "{count} step or file is not public, and what it holds left out; --non-public takes it in.",
                "{count} steps or files are not public, and what they hold left out; --non-public takes it in.",
                left,
            ).format(count=left)
        )
    return tuple(one._replace(data=data, closed=count) for one, (data, count) in zip(public, parts, strict=True))


def _now(register: Register, options: argparse.Namespace, date: dt.date | None) -> Selection:
    """Those of the work tree; with `date` those that go to a session on that day."""
    from antragsbuch.store import worktree

    if options.motions:
        paths: Iterable[str] = dict.fromkeys(register.find(name) for name in options.motions)
        return Selection(tuple(_named(register, path, register.open(path).data) for path in paths), register.council())
    found = list(_indexed(register, f"session:{date.isoformat()}" if date else options.filter or ""))
    return _read(register, found, lambda path: worktree.read(register.root, path), register.council())


def _indexed(register: Register, typed: str) -> Iterator[str]:
    """The paths that a filter finds, in the order of the list. Raises `Refused` where it is not understood."""
    from antragsbuch.store.index import Index
    from antragsbuch.store.query import parse
    from antragsbuch.store.rows import Change
    from antragsbuch.store.source import Order

    query = parse(typed)
    if query.problems:
        raise Refused("\n".join(problem.message for problem in query.problems))
    index = Index(register)
    try:
        with progress(_("Reading")) as tell:
            index.refresh(progress=tell)
        source = index.source(query, Order.REFERENCE)
        yield from (row.path for row in source.rows(0, source.count()) if row.change is not Change.REMOVED)
    finally:
        index.close()


def _as_of(register: Register, options: argparse.Namespace) -> Selection:
    """Those of a commit. Only words are looked for: there is no index of it."""
    from antragsbuch.store.comparing import data_of
    from antragsbuch.store.locating import located
    from antragsbuch.store.past import motions_of

    commit = commit_of(register, options.at)
    council = data_of(register.objects.content(commit, COUNCIL))
    council = council if isinstance(council, dict) else {}
    if options.motions:
        then = {one.path: one.data for one in (located(register, commit, name) for name in options.motions)}
        return Selection(tuple(_named(register, path, data) for path, data in then.items()), council)
    if ":" in (options.filter or ""):
        raise Refused(_("With --at, motions are found by words only."))
    with progress(_("Reading")) as tell:
        past = motions_of(register, register.objects.commit(commit), dt.date.today(), progress=tell)
    if past is None:
        return Selection((), council)
    found = past.found(options.filter or "")
    return _read(
        register,
        [row.path for row in found.rows(0, found.count())],
        lambda path: register.objects.content(commit, path) or b"",
        council,
    )


def _named(register: Register, path: str, content: bytes) -> Chosen:
    """A motion that was asked for by name. Raises `Refused` where it can't be read, or is none."""
    from antragsbuch.store.parsing import parsed

    if path == COUNCIL:
        raise Refused(_("{path} is no motion.").format(path=path))
    return _chosen(register, path, content, readable(path, parsed(content)).data)


def _read(
    register: Register, paths: list[str], content: Callable[[str], bytes], council: Mapping[str, Any]
) -> Selection:
    """Motions that nobody named: one that can't be read is told, and does not stop the others."""
    from antragsbuch.store.parsing import TomlError, parsed_motion

    found: list[Chosen] = []
    with progress(_("Reading")) as tell:
        for number, path in enumerate(paths):
            data = content(path)
            document = parsed_motion(data)
            if isinstance(document, TomlError):
                say(_("left out: {reason}").format(reason=unreadable(path, document)))
            else:
                found.append(_chosen(register, path, data, document.data))
            tell(number + 1, len(paths))
    return Selection(tuple(found), council, complete=len(found) == len(paths))


def _chosen(register: Register, path: str, content: bytes, data: Data) -> Chosen:
    from antragsbuch.store.objects import blob_name
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.normal import normalise

    return Chosen(path, normalise(data, MOTION), blob_name(register.git.layout.hash_name, content))
