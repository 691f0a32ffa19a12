"""Versions as people name them on the command line: a range, a day, a revision."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _, language

from .common import Refused
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register


class Span(NamedTuple):
    """Two versions to compare: commits, `new` None for the work tree; the words are how people call them.

    `old` is None before the first commit of the register.
    """

    old: str | None
    new: str | None
    old_words: str
    new_words: str


def at_argument(parser: Parser, required: bool = False) -> None:
    """The option `--at` with a day or a revision."""
    parser.add_argument(
        "--at",
        metavar=_("DATE|REV"),
        required=required,
        help=_("as of the end of a day (19.12.2023, yesterday, Tuesday) or of a revision (HEAD~2, a tag)"),
    )


def commit_of(register: Register, typed: str) -> str:
    """The commit of a day or a revision. Raises `StoreError` where there is none."""
    from antragsbuch.store.past import commit_at

    return commit_at(register, typed)


def span(register: Register, words: Sequence[str], options: argparse.Namespace) -> tuple[Span, list[str]]:
    """The versions that were named, and those of `words` that name motions.

    Of the words, the first ones are versions: `A..B`, `A...B`, `@DATE`, and else what no motion is called. Raises
    `Refused` and `StoreError`.
    """
    rest = list(words)
    if options.old or options.new or options.since:
        if options.since and (options.old or options.new):
            raise Refused(_("--since stands for --from; give one of them."))
        if options.since:
            return _since(register, options.since), rest
        return _between(register, options.old or "HEAD", options.new), rest
    if rest and ".." in rest[0] and not rest[0].endswith(".toml"):
        first = rest.pop(0)
        old, dots, new = first.partition("..." if "..." in first else "..")
        found = _between(register, old or "HEAD", new or "HEAD")
        if dots == "..." and found.old and found.new:
            base = register.git.attempt("merge-base", found.old, found.new).out.decode().strip()
            found = found._replace(old=base or found.old)
        return found, rest
    named: list[str] = []
    while rest and len(named) < 2 and _is_version(register, rest[0]):
        named.append(rest.pop(0))
    return _between(register, named[0] if named else "HEAD", named[1] if len(named) > 1 else None), rest


def _is_version(register: Register, word: str) -> bool:
    """Whether a word is a version and no motion. Raises `NotFound` where it is neither: the motions are suggested."""
    from antragsbuch.store.errors import NotFound

    if word.startswith("@"):
        return True
    try:
        register.find(word)
    except NotFound:
        try:
            commit_of(register, word)
        except NotFound:
            # a motion that is gone, or a mistake: that is told where motions are looked up
            return False
        return True
    return False


def _between(register: Register, old: str, new: str | None) -> Span:
    before: str | None
    before = register.objects.head() if old == "HEAD" else commit_of(register, old)
    after = commit_of(register, new) if new else None
    return Span(before, after, called(register, before, old), called(register, after, new or ""))


def _since(register: Register, typed: str) -> Span:
    """What changed on a day and after it: from the end of the day before to the work tree."""
    import datetime as dt

    from antragsbuch.store.errors import NotFound
    from antragsbuch.store.past import commit_at
    from antragsbuch_schema.german import parse_past_day
    from antragsbuch_schema.i18n import date_text

    day = parse_past_day(typed.removeprefix("@"), dt.date.today())
    if day is None:
        raise Refused(_("{typed} is no date; write it like 15.11.2023").format(typed=typed))
    words = _("before {date}").format(date=date_text(day, language()))
    try:
        commit: str | None = commit_at(register, day - dt.timedelta(days=1))
    except NotFound:
        commit = None
    return Span(commit, None, words, called(register, None, ""))


def called(register: Register, commit: str | None, typed: str) -> str:
    """A version in words: what was typed, the commit and its day; the work tree without one."""
    import datetime as dt

    from antragsbuch_schema.i18n import date_text

    if commit is None:
        return typed or _("work tree")
    person = register.objects.commit(commit).author
    when = dt.datetime.fromtimestamp(person.time, dt.timezone(dt.timedelta(minutes=person.offset)))
    name = commit[:10] if typed in ("", commit) else f"{typed} ({commit[:10]})"
    return f"{name}, {date_text(when.date(), language())} {when:%H:%M}"
