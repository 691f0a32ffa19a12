"""`python tui` runs the program from a checkout, without installing it."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "schema")]

from antragsbuch.__main__ import main  # noqa: E402 - the path comes first

sys.exit(main())
