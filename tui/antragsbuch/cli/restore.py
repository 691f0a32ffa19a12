"""`antrag restore`: bring a motion, or one field of it, back to what it was."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language

from .common import Refused, fields_of, motion_argument, one_line, out, readable, register_here, say
from .parser import Parser
from .versions import at_argument, commit_of

if TYPE_CHECKING:
    from antragsbuch.store.locating import Then
    from antragsbuch.store.register import Register

RESTORED = "Restored-From"
"""The trailer that names the commit which the version comes from."""


def arguments(parser: Parser) -> None:
    """Which motion, to which version, which field of it."""
    parser.examples = _(
        "antrag restore 3185 --at 19.12.2023                # into the work tree, as an edit\n"
        "antrag restore 3185 --at HEAD~2 --field facts      # only one text\n"
        'antrag restore 3185 --at HEAD~2 --field "consultations[c3]"\n'
        'antrag restore 3185 --at HEAD~2 --commit --reason "Versehen"'
    )
    motion_argument(parser)
    at_argument(parser, required=True)
    parser.add_argument("--field", metavar=_("FIELD"), help=_("only this, such as facts or consultations[c3]"))
    parser.add_argument("--commit", action="store_true", help=_("commit it at once; otherwise it is an edit"))
    parser.add_argument("--reason", default="", help=_("why; becomes a trailer"))


def run(options: argparse.Namespace) -> int:
    """Write the old version, or commit it, and say what changed."""
    from antragsbuch.store.comparing import compare
    from antragsbuch.store.errors import ReadOnly
    from antragsbuch.store.locating import located

    from .differences import in_words

    with register_here() as register:
        if register.read_only:
            raise ReadOnly(register.read_only)
        commit = commit_of(register, options.at)
        then = located(register, commit, options.motion)
        before = register.open(then.now).data if then.now is not None else None
        text = _text(then, before, options.field)
        if text.encode() == before:
            say(_("Nothing was changed."))
            return 0
        if options.commit and before != (register.committed(then.now) if then.now else None):
            raise Refused(
                _("{path} has changes that are not committed. Commit them first, or restore without --commit.").format(
                    path=then.now
                )
            )
        path = _written(register, then, text)
        for line in in_words(compare(path, before, text.encode())):
            out(one_line(line))
        if options.commit:
            _commit(register, sorted({path, then.now or path}), commit, options.reason)
        else:
            say(_("Saved {path}; not committed yet.").format(path=path))
    return 0


def _text(then: Then, before: bytes | None, field: str | None) -> str:
    """The text to be written: the old one, or today's with one field of the old one."""
    from antragsbuch.store.parsing import parsed

    if field is None:
        return then.data.decode("utf-8", "surrogateescape")
    if before is None or then.now is None:
        raise Refused(_("The motion is gone; bring it back as a whole first, without --field."))
    from antragsbuch_schema.toml.edit import rewrite

    from .places import place_of

    old = dict(readable(then.path, parsed(then.data)).data)
    now = dict(readable(then.now, parsed(before)).data)
    place = place_of(field, fields_of(then.now), old, now)
    return rewrite(before.decode(), _with_field(now, old, place, field), fields_of(then.now))


def _with_field(now: dict[str, Any], old: dict[str, Any], place: Any, typed: str) -> Mapping[str, Any]:
    from antragsbuch.store.restoring import with_place
    from antragsbuch_schema import places

    if isinstance(places.value_at(place[:-1], old) if len(place) > 1 else None, str):
        raise Refused(_("{field} is a sentence; name the whole text.").format(field=typed))
    try:
        return with_place(now, old, place)
    except places.PlaceError as error:
        raise Refused(
            _("{field} has no place in the motion as it is now; bring back what it is in.").format(field=typed)
        ) from error


def _written(register: Register, then: Then, text: str) -> str:
    from antragsbuch.store import placing

    if then.now is None:
        return register.create(then.path, then.data).path
    return placing.save(register, register.open(then.now), text, register.council()).path


def _commit(register: Register, paths: list[str], commit: str, reason: str) -> None:
    import datetime as dt

    from antragsbuch.store import messages
    from antragsbuch.store.merging import commit_with_merge
    from antragsbuch.store.proposal import expected_of, propose
    from antragsbuch_schema.i18n import Language
    from antragsbuch_schema.message import suggest

    entries = propose(register, dt.date.today(), paths)
    if not entries:
        say(_("Nothing to commit: the work tree holds what HEAD holds."))
        return
    errors = [error.finding.message(language()) for entry in entries for error in entry.errors]
    if errors:
        raise Refused(_("It was saved but not committed: {error}").format(error=errors[0]))
    spoken: Language = "en" if register.council().get("language") == "en" else "de"
    suggested = suggest([(entry.name, list(entry.changes), entry.kind) for entry in entries], spoken)
    message = messages.with_trailers(suggested, [(RESTORED, commit)])
    done = commit_with_merge(
        register,
        [path for entry in entries for path in entry.paths],
        message,
        reason=reason,
        expected=expected_of(entries),
        reviewed={entry.path: entry.new for entry in entries},
    )
    for note in done.notes:
        say(note)
    say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=message.splitlines()[0]))
