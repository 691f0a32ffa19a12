"""`antrag undo`: take a commit back by a new one, by field."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language

from .common import Refused, fields_of, one_line, out, register_here, say
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register
    from antragsbuch.store.undoing import Undone
    from antragsbuch_schema.conflicts import Conflict
    from antragsbuch_schema.fields import Field


def arguments(parser: Parser) -> None:
    """Which commit, and why."""
    parser.examples = _(
        "antrag undo HEAD                         # the last commit\n"
        'antrag undo 3f0c2ab91d --reason "Niederschrift berichtigt"\n'
        "antrag undo HEAD~3 --dry-run             # only say what would change"
    )
    parser.add_argument("commit", metavar=_("COMMIT"), help=_("the commit to take back, as antrag log names it"))
    parser.add_argument("--reason", default="", help=_("why; becomes a trailer"))
    parser.add_argument("--dry-run", action="store_true", help=_("commit nothing; say what would change"))


def run(options: argparse.Namespace) -> int:
    """Commit what takes the commit back; exit status 1 and nothing written where a field was changed since."""
    from antragsbuch.store.revisions import commit_of
    from antragsbuch.store.undoing import undone

    with register_here() as register:
        commit = commit_of(register, options.commit)
        files = undone(register, commit)
        if any(one.conflicts for one in files):
            _say_conflicts([one for one in files if one.conflicts])
            return 1
        if not files:
            raise Refused(_("Nothing of {commit} is left to take back.").format(commit=commit[:10]))
        if options.dry_run:
            for line in _told(files):
                out(line)
            return 0
        _commit(register, commit, files, options.reason)
    return 0


def _commit(register: Register, commit: str, files: Sequence[Undone], reason: str) -> None:
    from antragsbuch.store.undoing import commit_undone

    done, said = commit_undone(register, commit, files, reason)
    for note in done.notes:
        say(note)
    say(_("Committed {commit}: {subject}").format(commit=done.oid[:10], subject=one_line(said)))


def _told(files: Sequence[Undone]) -> Iterator[str]:
    """What would change, as `antrag diff --short` says it."""
    from antragsbuch.store.comparing import compare, name_of

    from .differences import in_words

    for one in files:
        yield one_line(name_of(one.content, one.now) or one.path)
        for line in in_words(compare(one.path, one.now, one.content)):
            yield f"    {one_line(line)}"


def _say_conflicts(files: Sequence[Undone]) -> None:
    """What was changed again since then, field by field."""
    from antragsbuch.store.comparing import name_of

    say(_("antrag: nothing was committed: this was changed again since then."))
    for one in files:
        say(f"{one_line(name_of(one.now, one.then, one.before) or one.path)} ({one.path})")
        for conflict in one.conflicts:
            for line in _conflict(conflict, one.path):
                say(f"    {line}")
    say(_("Correct it by hand: antrag edit; or bring one field back: antrag restore MOTION --at REV --field FIELD"))


def _conflict(conflict: Conflict, path: str) -> Iterator[str]:
    """A field in its three versions: what the commit left, what stands there now, what would come back."""
    from antragsbuch_schema import places
    from antragsbuch_schema.fields import field_at

    field = field_at(conflict.place, fields_of(path))
    name = places.render(conflict.place) or _("the whole file")
    yield f"{name} ({', '.join(conflict.unit)})" if conflict.unit else name
    for label, value in (
        (_("then"), conflict.base),
        (_("now"), conflict.ours),
        (_("taken back"), conflict.theirs),
    ):
        yield f"    {label}: {one_line(_shown(value, field))}"


def _shown(value: object, field: Field | None) -> str:
    """A value in words: a vote as it is told, any other table key by key."""
    from antragsbuch_schema.edits import MISSING
    from antragsbuch_schema.fields import by_name
    from antragsbuch_schema.phrases import Label, listed, shown, vote_text

    if isinstance(value, dict):
        if field is not None and field.name == "votes" and (said := vote_text(value, field.fields)(language())):
            return said
        known = by_name(field.fields) if field is not None else {}
        parts = []
        for key, entry in value.items():
            if entry is not MISSING and key != "id":
                label = Label(known[key].label)(language()) if key in known else key
                parts.append(f"{label} {_shown(entry, known.get(key))}")
        return ", ".join(parts) or listed([shown(MISSING, None)])(language())
    if isinstance(value, list):
        return "; ".join(_shown(entry, field) for entry in value) or "-"
    return listed([shown(value, field)])(language())
