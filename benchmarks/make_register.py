"""Make a register of any size: `python benchmarks/make_register.py FOLDER MOTIONS [--commits N] [--plain]`.

Always the same files for the same number. `--commits` adds so many commits that change one motion each; `--plain`
writes the files without git.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.generated import Register


def main() -> int:
    """Make it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("motions", type=int)
    parser.add_argument("--commits", type=int, default=0)
    parser.add_argument("--plain", action="store_true", help="files only, no git")
    arguments = parser.parse_args()
    register = Register(arguments.motions)
    if arguments.plain:
        register.write(arguments.folder)
    else:
        register.repository(arguments.folder, arguments.commits)
    return 0


if __name__ == "__main__":
    sys.exit(main())
