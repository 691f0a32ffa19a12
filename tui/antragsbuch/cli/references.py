"""`antrag references`: the numbers of the motions, a line each, for the completion of a shell."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import motion_files, out, root_of
from .parser import Parser


def arguments(parser: Parser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Print the number that each file's name begins with."""
    root = root_of(options.directory)
    for path in motion_files(root):
        out(Path(path).stem.split("-")[0])
    return 0
