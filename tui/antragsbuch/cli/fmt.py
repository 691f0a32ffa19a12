"""`antrag fmt`: write files in the canonical form; comments stay."""

from __future__ import annotations

import argparse
import difflib
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext

from .common import (
    COUNCIL,
    Refused,
    chosen,
    fields_of,
    out,
    read_input,
    register_here,
    root_here,
    say,
    unreadable,
    verbatim,
)
from .parser import Parser
from .progress import progress

if TYPE_CHECKING:
    from antragsbuch.store.register import Register


def arguments(parser: Parser) -> None:
    """Which files, and whether to write."""
    parser.examples = _(
        "antrag fmt                   # every file of the register\n"
        "antrag fmt --check           # exit 1 if a file is not canonical\n"
        "antrag fmt --diff motions/V  # show what would change\n"
        "antrag fmt - < motion.toml   # from standard input to standard output"
    )
    parser.add_argument("paths", nargs="*", metavar=_("PATH"), help=_("files or folders; - is standard input"))
    parser.add_argument("--check", action="store_true", help=_("write nothing; exit 1 if a file would change"))
    parser.add_argument("--diff", action="store_true", help=_("write nothing; show what would change, exit 1 then"))
    parser.add_argument("--stdin-filename", metavar=_("PATH"), default="-", help=_("the path that - stands for"))


def run(options: argparse.Namespace) -> int:
    """Format the files; exit status 2 if one can't be read."""
    if options.paths == ["-"]:
        verbatim(formatted(options.stdin_filename, read_input()))
        return 0
    from antragsbuch.store import worktree
    from antragsbuch.store.errors import StoreError

    root = root_here()
    dry = options.check or options.diff
    paths = chosen(root, options.paths, [COUNCIL, *worktree.paths(root), *worktree.others(root)])
    changed = failed = 0
    with ExitStack() as stack, progress(_("Formatting")) as tell:
        register: Register | None = None
        for number, path in enumerate(paths, 1):
            tell(number, len(paths))
            try:
                data = worktree.read(root, path)
                text = formatted(path, data)
            except (Refused, StoreError) as error:
                say(f"antrag: {error}")
                failed += 1
                continue
            if text.encode("utf-8") == data:
                continue
            changed += 1
            if options.diff:
                _show_difference(path, data.decode("utf-8"), text)
                continue
            if not dry:
                register = register or stack.enter_context(register_here())
                register.save(replace(register.open(path), data=data), text)
            out(path)
    _summary(changed, failed, dry)
    if failed:
        return 2
    return 1 if changed and dry else 0


def formatted(path: str, data: bytes) -> str:
    """The canonical form of a file. Raises `Refused` with the line where it can't be read."""
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.format import format_text
    from antragsbuch_schema.toml.reader import read

    try:
        document = read(data)
    except TomlError as error:
        raise unreadable(path, error) from error
    return format_text(document.text, fields_of(path))


def _show_difference(path: str, old: str, new: str) -> None:
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), f"a/{path}", f"b/{path}", lineterm="")
    for line in lines:
        out(line)


def _summary(changed: int, failed: int, dry: bool) -> None:
    if not changed:
        say(_("The other files are canonical.") if failed else _("All files are canonical."))
    elif dry:
        say(ngettext("{count} file would change.", "{count} files would change.", changed).format(count=changed))
    else:
        say(ngettext("{count} file changed.", "{count} files changed.", changed).format(count=changed))
