"""How far something is that takes more than a moment: one line on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_SILENT = 1.0
"""Seconds in which nothing is said: most work is done by then."""
_EVERY = 0.1


class Tell(Protocol):
    """Takes how much is done of how much; a `total` of 0 is not known."""

    def __call__(self, done: int, total: int) -> None: ...


@contextmanager
def progress(label: str) -> Iterator[Tell]:
    """A function to be told the progress; the line goes away at the end."""
    begun = time.monotonic()
    last = 0.0
    shown = ""

    def tell(done: int, total: int) -> None:
        nonlocal last, shown
        now = time.monotonic()
        if now - begun < _SILENT or now - last < _EVERY or not sys.stderr.isatty():
            return
        last = now
        count = f"{done}/{total}" if total else str(done)
        sys.stderr.write("\r" + f"{label} {count}".ljust(len(shown)))
        sys.stderr.flush()
        shown = f"{label} {count}"

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r" + " " * len(shown) + "\r")
            sys.stderr.flush()
