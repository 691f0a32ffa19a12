"""`antrag diff-driver`: a file of the register as lines of words, which git then compares; set up by `antrag init`.

It is a `textconv` of git: unlike an external diff it works in `git diff`, `git log -p` and `git show` alike. Imports
neither pydantic nor GitPython: it starts for every version that is shown.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from antragsbuch.i18n import language

from .common import fields_of, out
from .parser import Parser


def arguments(parser: Parser) -> None:
    """The file, as git writes it out: it ends in the name of the file in the repository."""
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    """Print what the file says, or the file itself where it can't be read."""
    from antragsbuch_schema.outline import outline
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.reader import read

    data = options.file.read_bytes()
    try:
        text = outline(read(data).data, fields_of(options.file.name), language())
    except TomlError:
        text = data.decode("utf-8", "surrogateescape")
    # the pager of git hands escapes on to the terminal
    out(text.removesuffix("\n"))
    return 0
