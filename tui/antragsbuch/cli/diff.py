"""`antrag diff`: what differs between two versions of the register, in words."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _

from .common import motion_argument, out, register_here
from .differences import as_json, in_words
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register


class Pair(NamedTuple):
    """One file in two versions; None where there is none."""

    path: str
    old: bytes | None
    new: bytes | None


def arguments(parser: Parser) -> None:
    """Which versions, of which motions."""
    parser.examples = (
        "antrag diff                  # what is not committed yet\n"
        "antrag diff --from HEAD~5    # since five commits ago\n"
        "antrag diff --from v1 --to v2 3185 --json"
    )
    motion_argument(parser, several=True)
    parser.add_argument("--from", dest="old", default="HEAD", metavar=_("REV"), help=_("older version; otherwise HEAD"))
    parser.add_argument("--to", dest="new", metavar=_("REV"), help=_("newer version; otherwise the work tree"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    parser.add_argument("--exit-code", action="store_true", help=_("exit status 1 if something differs"))


def run(options: argparse.Namespace) -> int:
    """Print the changes of every file that differs."""
    from antragsbuch.store.comparing import compare, name_of

    with register_here(options.directory) as register:
        wanted = {register.find(name) for name in options.motions}
        pairs = [pair for pair in _pairs(register, options.old, options.new) if not wanted or pair.path in wanted]
    changed = [(pair, compare(*pair)) for pair in pairs]
    if options.json:
        rows = [{"path": pair.path, "changes": as_json(changes)} for pair, changes in changed]
        out(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
    else:
        for pair, changes in changed:
            out(name_of(pair.new, pair.old) or pair.path)
            for line in in_words(changes):
                out(f"    {line}")
    return 1 if changed and options.exit_code else 0


def _pairs(register: Register, old: str, new: str | None) -> list[Pair]:
    from antragsbuch.store.revisions import changed_paths, commit_of

    if new is None and old == "HEAD":
        pairs: list[Pair] = []
        for change in register.status().changed:
            new_bytes = None if change.kind == "removed" else register.open(change.path).data
            pairs.append(Pair(change.path, register.committed(change.old_path or change.path), new_bytes))
        return pairs
    before = commit_of(register, old)
    after = commit_of(register, new) if new else None
    return [
        Pair(path, register.objects.content(before, path), _newer(register, after, path))
        for path in changed_paths(register, before, after)
    ]


def _newer(register: Register, commit: str | None, path: str) -> bytes | None:
    from antragsbuch.store.worktree import read_if_there

    return register.objects.content(commit, path) if commit else read_if_there(register.root, path)
