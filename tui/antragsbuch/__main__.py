"""The console scripts `antrag` and `antragsbuch`, and `python -m antragsbuch`."""

from __future__ import annotations

import sys

from .cli.main import run


def main() -> int:
    """Run the command line that the process was started with; the exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
