"""What of a public motion may be read by everybody: what it says itself not to be public goes.

A document holds all that is left; a register that is public as a whole is made by `exchange.public`, which knows the
publicity of every field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antragsbuch_schema.edits import Data

_OF_STEP = ("id", "organization", "joint_with", "date", "role", "role_text", "lead", "public")
"""What may stand of a step that is not public (§ 64, § 78 (2) NKomVG)."""


def open_part(data: Mapping[str, Any]) -> tuple[Data, int]:
    """The data without what steps and files that are not public hold; how many steps and files that concerns."""
    found = dict(data)
    left = 0
    steps = data.get("consultations")
    if isinstance(steps, list):
        found["consultations"] = opened = [_step(step) for step in steps]
        left += sum(len(step) < len(before) for step, before in zip(opened, steps, strict=True) if _is_closed(before))
    files = data.get("attachments")
    if isinstance(files, list):
        found["attachments"] = [file for file in files if not _is_closed(file)]
        left += len(files) - len(found["attachments"])
        if files and not found["attachments"]:
            # an empty list would say that there are none
            del found["attachments"]
    if _is_closed(data.get("main_file")):
        del found["main_file"]
        left += 1
    return found, left


def _step(step: Any) -> Any:
    return {key: value for key, value in step.items() if key in _OF_STEP} if _is_closed(step) else step


def _is_closed(table: object) -> bool:
    return isinstance(table, Mapping) and table.get("public", True) is not True
