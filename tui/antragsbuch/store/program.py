"""Which program made what a database keeps: what another version of it made is made again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import antragsbuch_schema


@cache
def digest(makers: tuple[str, ...]) -> bytes:
    """A hash of the code of the schema and of these modules of the store (file names)."""
    found = hashlib.sha256()
    store = Path(__file__).parent
    schema = Path(antragsbuch_schema.__file__).parent
    for path in (*sorted(schema.rglob("*.py")), *(store / name for name in makers)):
        found.update(path.read_bytes())
    return found.digest()
