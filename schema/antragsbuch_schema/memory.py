"""How Python's own upkeep of its memory is kept small where much is made and little thrown away."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 100_000
"""How many objects are made, more than go away again, until circles are looked for among them."""


@contextmanager
def seldom_looking() -> Iterator[None]:
    """Look seldom for circles of objects: what is checked leaves few, and a look goes through all that is kept."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def look_seldom() -> None:
    """The same for a process that was started for such work: what it began with stays to its end."""
    gc.freeze()
    gc.set_threshold(SELDOM)
