"""The data of a motion that is begun: empty, or from another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from antragsbuch_schema.edits import Data

_ITS_OWN = frozenset(
    "reference submitted date withdrawal answer statement source main_file attachments superordinated_papers "
    "subordinated_papers".split()
)
"""What belongs to one motion only: its number, its dates, what became of it, its files."""

_STEP_KEPT = ("id", "organization", "joint_with", "role", "role_text", "lead", "authoritative", "public")
"""What of a step is planned anew: who deals with it, and how."""


def blank(identity: str, title: str, today: dt.date) -> Data:
    """A motion with nothing but a title, dated today."""
    return {"id": identity, "title": title, "public": True, "date": today}


def copy_of(data: Mapping[str, Any], identity: str) -> Data:
    """A motion with the text of another, without what belongs to that one only."""
    copied = {key: value for key, value in data.items() if key not in _ITS_OWN}
    copied["id"] = identity
    steps = copied.get("consultations")
    if isinstance(steps, list):
        copied["consultations"] = [
            {key: step[key] for key in _STEP_KEPT if key in step} for step in steps if isinstance(step, Mapping)
        ]
    return copied
