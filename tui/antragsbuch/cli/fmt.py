"""`antrag fmt`: write files in the canonical form; comments stay."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from antragsbuch.i18n import _, language, ngettext
from antragsbuch_schema.display import display

from .common import COUNCIL, Refused, motion_files, out, read_file, root_of, say
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which files, and whether to write."""
    parser.examples = (
        "antrag fmt                   # every file of the register\n"
        "antrag fmt --check           # exit 1 if a file is not canonical\n"
        "antrag fmt --diff motions/V  # show what would change\n"
        "antrag fmt - < motion.toml   # from standard input to standard output"
    )
    parser.add_argument("paths", nargs="*", metavar=_("PATH"), help=_("files or folders; - is standard input"))
    parser.add_argument("--check", action="store_true", help=_("write nothing; exit 1 if a file would change"))
    parser.add_argument("--diff", action="store_true", help=_("write nothing; show what would change, exit 1 then"))


def run(options: argparse.Namespace) -> int:
    """Format the files; exit status 2 if one can't be read."""
    if options.paths == ["-"]:
        sys.stdout.write(formatted("-", sys.stdin.buffer.read()))
        return 0
    root = root_of(options.directory)
    base = Path(options.directory or ".")
    changed = 0
    unreadable = 0
    for path in files(root, base, options.paths):
        data = read_file(path)
        try:
            text = formatted(str(path), data)
        except Refused as error:
            say(f"antrag: {error}")
            unreadable += 1
            continue
        if text.encode("utf-8") == data:
            continue
        changed += 1
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        if options.diff:
            _show_difference(shown, data.decode("utf-8"), text)
        else:
            say(shown)
        if not (options.check or options.diff):
            _write(root, shown, data, text)
    _summary(changed, options.check or options.diff)
    if unreadable:
        return 2
    return 1 if changed and (options.check or options.diff) else 0


def formatted(name: str, data: bytes) -> str:
    """The canonical form of a file. Raises `Refused` with the line where it can't be read."""
    from antragsbuch_schema.council_fields import COUNCIL as COUNCIL_FIELDS
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.format import format_text
    from antragsbuch_schema.toml.reader import read

    try:
        document = read(data)
    except TomlError as error:
        raise Refused(f"{display(name)}:{error.line}:{error.column}: {error.message(language())}") from error
    fields = COUNCIL_FIELDS if Path(name).name == Path(COUNCIL).name else MOTION
    return format_text(document.text, fields)


def files(root: Path, base: Path, paths: list[str]) -> Iterator[Path]:
    """The files that were named (relative to `base`), those below the folders that were named, or every file."""
    if not paths:
        yield root / COUNCIL
        yield from (root / path for path in motion_files(root))
    for name in paths:
        path = base / name
        if path.is_dir():
            yield from sorted(below for below in path.rglob("*.toml") if not below.is_symlink())
        else:
            yield path


def _write(root: Path, path: str, old: bytes, text: str) -> None:
    from antragsbuch.store import worktree

    worktree.write(root, path, old, text.encode("utf-8"))


def _show_difference(path: str, old: str, new: str) -> None:
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), f"a/{path}", f"b/{path}", lineterm=""):
        out(line)


def _summary(changed: int, dry: bool) -> None:
    if not changed:
        say(_("All files are canonical."))
    elif dry:
        say(ngettext("{count} file would change.", "{count} files would change.", changed).format(count=changed))
    else:
        say(ngettext("{count} file changed.", "{count} files changed.", changed).format(count=changed))
