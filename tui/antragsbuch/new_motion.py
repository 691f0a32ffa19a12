"""A motion that is begun: what it holds at first, and the file that it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from antragsbuch_schema.edits import Data

_ITS_OWN = frozenset(
    {"reference", "submitted", "date", "withdrawal", "answer", "statement", "source", "main_file", "attachments"}
    | {"superordinated_papers", "subordinated_papers"}
)
"""What belongs to one motion only: its number, its dates, what became of it, its files."""

_STEP_KEPT = ("id", "organization", "joint_with", "role", "role_text", "lead", "authoritative", "public")
"""What of a step is planned anew: who deals with it, and how."""


def begun(
    identity: str,
    council: Mapping[str, Any],
    *,
    title: str = "",
    reference: str = "",
    paper_type: str = "",
    originators: Sequence[str] = (),
    submitted: dt.date | None = None,
    date: dt.date | None = None,
) -> Data:
    """A new motion with what is known of it; the usual steps of its paper type come from the council's templates."""
    data: Data = {
        "id": identity,
        "reference": reference,
        "paper_type": paper_type,
        "title": title,
        "public": council.get("public") is not False,
        "originators": list(originators),
        "submitted": submitted,
        "date": date,
        "consultations": _steps(council, paper_type),
    }
    return {key: value for key, value in data.items() if value not in ("", None, [])}


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


def file_of(data: Mapping[str, Any], council: Mapping[str, Any]) -> tuple[str, str]:
    """Path and text of the file of a new motion."""
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.reference import Scheme
    from antragsbuch_schema.toml.writer import write

    return Scheme.of(council).path_for(data), write(data, MOTION)


def _steps(council: Mapping[str, Any], paper_type: str) -> list[Data]:
    """The usual sequence of consultations for papers of this type."""
    from antragsbuch_schema.rules.view import View

    for template in View(council).tables("templates"):
        if paper_type and paper_type in [name for _place, name in template.texts("paper_types")]:
            return [{**step.data, "id": f"c{number}"} for number, step in enumerate(template.tables("steps"), 1)]
    return []
