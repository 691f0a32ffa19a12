"""`antrag references`: what the motions are called, a line each, for the completion of a shell."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import PurePosixPath

from .common import root_here
from .parser import Parser

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
"""What a shell takes as it is: bash expands what it completes, and a file can have any name."""


def arguments(parser: Parser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Print the number that the name of each file begins with, or the path where that means several.

    It comes from the names of the files: no git, no index, no parsing.
    """
    from antragsbuch.store import worktree

    paths = worktree.paths(root_here())
    numbers = Counter(map(_number, paths))
    for path in paths:
        number = _number(path)
        name = number if number and numbers[number] == 1 else path
        if _PLAIN.fullmatch(name):
            sys.stdout.write(name + "\n")
    return 0


def _number(path: str) -> str:
    """The running number, or the identity of a motion that has none yet; empty where the name tells neither."""
    parts = PurePosixPath(path).parts
    if parts[1] == "new":
        return PurePosixPath(path).stem
    return found[0] if (found := re.match(r"[0-9]+", parts[-1])) else ""
