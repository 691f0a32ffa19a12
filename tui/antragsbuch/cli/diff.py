"""`antrag diff`: what differs between two versions of the register, in words."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _

from .common import motion_argument, one_line, out, out_json, register_here, say
from .differences import as_json, in_words
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register


class Pair(NamedTuple):
    """One file in two versions, None where there is none; `failed` says why one can't be read."""

    path: str
    old: bytes | None
    new: bytes | None
    failed: str = ""


def arguments(parser: Parser) -> None:
    """Which versions, of which motions."""
    parser.examples = _(
        "antrag diff                  # what is not committed yet\n"
        "antrag diff --from HEAD~5    # since five commits ago\n"
        "antrag diff --from v1 --to v2 3185 --json"
    )
    motion_argument(parser, "*")
    parser.add_argument("--from", dest="old", default="HEAD", metavar=_("REV"), help=_("older version; otherwise HEAD"))
    parser.add_argument("--to", dest="new", metavar=_("REV"), help=_("newer version; otherwise the work tree"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    parser.add_argument("--exit-code", action="store_true", help=_("exit status 1 if something differs"))


def run(options: argparse.Namespace) -> int:
    """Print the changes of every file that differs; exit status 2 where one can't be read from the disk."""
    from antragsbuch.store.comparing import compare, name_of

    with register_here() as register:
        every = list(_pairs(register, options.old, options.new))
        pairs = _wanted(register, every, options.motions)
    failed = [pair for pair in pairs if pair.failed]
    changed = [(pair, compare(pair.path, pair.old, pair.new)) for pair in pairs if not pair.failed]
    for pair in failed:
        say(f"antrag: {pair.failed}")
    if options.json:
        rows = [
            {"path": pair.path, "name": name_of(pair.new, pair.old) or pair.path, "changes": as_json(changes)}
            for pair, changes in changed
        ]
        out_json(rows)
    else:
        for pair, changes in changed:
            out(one_line(name_of(pair.new, pair.old) or pair.path))
            for line in in_words(changes):
                out(f"    {one_line(line)}")
    if failed:
        return 2
    return 1 if changed and options.exit_code else 0


def _wanted(register: Register, pairs: Sequence[Pair], names: Sequence[str]) -> list[Pair]:
    """Those of `pairs` that were named, or all. A motion that is gone is still known by what it was."""
    from antragsbuch.store.errors import NotFound
    from antragsbuch.store.find import means

    paths: set[str] = set()
    for name in names:
        try:
            paths.add(register.find(name))
        except NotFound:
            gone = {pair.path for pair in pairs if pair.new is None and means(name, pair.path, pair.old or b"")}
            if not gone:
                raise
            paths |= gone
    return [pair for pair in pairs if not names or pair.path in paths]


def _pairs(register: Register, old: str, new: str | None) -> Iterable[Pair]:
    from antragsbuch.store.revisions import changed_paths, commit_of

    if new is None and old == "HEAD":
        for change in register.status().changed:
            yield _against_work_tree(register, change.path, register.committed(change.old_path or change.path))
        return
    before = commit_of(register, old)
    after = commit_of(register, new) if new else None
    for path in changed_paths(register, before, after):
        earlier = register.objects.content(before, path)
        if after is None:
            yield _against_work_tree(register, path, earlier)
        else:
            yield Pair(path, earlier, register.objects.content(after, path))


def _against_work_tree(register: Register, path: str, old: bytes | None) -> Pair:
    from antragsbuch.store.errors import StoreError
    from antragsbuch.store.worktree import read_if_there

    try:
        return Pair(path, old, read_if_there(register.root, path))
    except StoreError as error:
        return Pair(path, old, None, error.message)
