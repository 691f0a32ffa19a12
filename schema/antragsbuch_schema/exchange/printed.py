"""The printed form of a motion as text: always German, in the layout of the Region Hannover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.documents.text import text


def printed(data: Mapping[str, Any], council: Mapping[str, Any]) -> str:
    """The printed form of a parsed motion, ending with a line break; `council` is its parsed `council.toml`.

    It holds all that the file says; `from_printed` reads it back.
    """
    return text(document(data, council))
