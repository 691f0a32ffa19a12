"""A selection of a real city's papers as a register, where the data lie beside the project.

What the import makes of it. The only knowledge added is which kinds of paper the council decides on, how its
references are built, and that it is a council of Baden-Württemberg.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.exchange import oparl_council, oparl_json
from antragsbuch_schema.exchange.oparl import Conversion, convert
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.toml.writer import write

DATA = Path(__file__).parents[3] / "shared/data/karlsruhe-oparl-1.1"
TODAY = dt.date(2026, 12, 31)

PATTERN = {
    "pattern": "[{type}/]{year}/{counter:4}[/{part}]",
    "path": "{year}/{hundred}/[{type}-]{counter}[-{part}]",
}
_NOT_DECIDED = {"Anfrage", "Informationsvorlage", "Offenlage"}


def council() -> dict[str, Any]:
    """The data of `council.toml`: what the import finds, and what only a person knows."""
    settings: dict[str, Any] = {
        "format": 1,
        "name": "Stadt Karlsruhe",
        "public": True,
        "reference": PATTERN,
        "law": {"profile": "simple"},
    }
    found = oparl_council.merged(None, settings, conversion().council)
    for kind in found["paper_types"]:
        if kind["name"].startswith("Haushalt"):
            kind["code"] = "DHH"
        if kind["name"] in _NOT_DECIDED:
            kind["decided"] = False
    return found


def objects() -> list[dict[str, Any]]:
    """Every object of the selection, as the server sent it."""
    return [found for path in sorted(DATA.rglob("*.json")) for found in oparl_json.objects(path.read_bytes(), "", [])]


@cache
def conversion() -> Conversion:
    """The whole selection, converted; not to be changed."""
    return convert(objects(), {})


def register() -> tuple[list[tuple[str, bytes]], bytes]:
    """Every paper as a file (path and bytes), and the bytes of `council.toml`."""
    settings = council()
    scheme = Scheme.of(settings)
    motions = [paper.data for paper in conversion().papers]
    files = [(scheme.path_for(motion), write(motion, MOTION).encode()) for motion in motions]
    return files, write(settings, COUNCIL).encode()
