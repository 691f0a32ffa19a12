"""The command line: `antrag` alone opens the full-screen program."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .i18n import _


def parser() -> argparse.ArgumentParser:
    """The options of `antrag`."""
    result = argparse.ArgumentParser(prog="antrag", description=_("The motions of a council, kept in git."))
    result.add_argument("--version", action="version", version=f"antrag {__version__}")
    result.add_argument("-C", dest="start", type=Path, metavar="DIR", help=_("work on the register in this folder"))
    result.add_argument("--lang", choices=("de", "en"), help=_("language of the program"))
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `antrag`; the exit status."""
    options = parser().parse_args(arguments)
    from .app import run

    return run(options.start, options.lang)


if __name__ == "__main__":
    sys.exit(main())
