"""`antrag merge-driver`: what git calls to merge a file of the register; set up by `antrag init`.

Imports neither pydantic nor GitPython: it starts for every file that both sides changed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from antragsbuch.i18n import _

from .common import fields_of, say
from .parser import Parser

_FAILED = 129
"""From here on git takes the exit status as a failure of the driver, not as a conflict."""


def arguments(parser: Parser) -> None:
    """The arguments as git fills them in: %O %A %B %L %P."""
    parser.add_argument("base", type=Path)
    parser.add_argument("ours", type=Path)
    parser.add_argument("theirs", type=Path)
    parser.add_argument("marker_size", type=int)
    parser.add_argument("path")


def run(options: argparse.Namespace) -> int:
    """Write the merged file over ours; 0 where it is clean, 1 where markers stand in it, more where it failed."""
    from antragsbuch_schema.merge_driver import merged_file

    try:
        base, ours, theirs = (file.read_bytes() for file in (options.base, options.ours, options.theirs))
        merged = merged_file(base, ours, theirs, fields_of(options.path), marker_size=options.marker_size)
        options.ours.write_bytes(merged.data)
    except OSError as error:
        say(_("{path} was not merged: {reason}").format(path=options.path, reason=error.strerror or error))
        return _FAILED
    return 1 if merged.conflicts else 0
