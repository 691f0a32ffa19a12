"""What the list shows of a motion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from antragsbuch_schema.state import NextStep, State


class Change(StrEnum):
    """How a file of the work tree differs from the last commit."""

    NONE = ""
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    `date` is that of the paper, else that of the motion. `state` is None for a file that can't be read; `next` is the
    step that the motion waits for. `errors`, `warnings` and `remarks` count findings. `draft` says that this person
    has unsaved edits of it.
    """

    path: str
    id: str
    reference: str
    date: dt.date | None
    submitted: dt.date | None
    title: str
    paper_type: str
    originators: tuple[str, ...]
    public: bool
    state: State | None
    next: NextStep | None
    errors: int
    warnings: int
    remarks: int
    change: Change
    draft: bool
