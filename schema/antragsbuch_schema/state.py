"""What has become of a motion: derived from its steps, their outcomes and its withdrawal, never written to a file.

The state says what the file says, on whatever day it is read: a session that is over but has no outcome yet leaves
the motion in consultation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .i18n import N_, Text, text


class State(StrEnum):
    """Where a motion stands; the order is that of a motion's way."""

    DRAFT = "draft"
    """It has no reference yet."""
    NEW = "new"
    """It has a reference, but no step."""
    IN_CONSULTATION = "in_consultation"
    DEFERRED = "deferred"
    REFERRED = "referred"
    REMOVED = "removed"
    """The last body took it off its agenda, and no further step is planned."""
    DECIDED = "decided"
    """Decided as proposed, or accepted without a word about changes."""
    AMENDED = "amended"
    PARTLY = "partly"
    ELECTED = "elected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    ANSWERED = "answered"
    SETTLED = "settled"
    CONCLUDED = "concluded"
    """It ended without a decision, or with an outcome that has no code."""

    @property
    def label(self) -> Text:
        """The word for people."""
        return text(_LABELS[self])


_LABELS = {
    State.DRAFT: N_("draft, no number"),
    State.NEW: N_("new"),
    State.IN_CONSULTATION: N_("in consultation"),
    State.DEFERRED: N_("deferred"),
    State.REFERRED: N_("referred"),
    State.REMOVED: N_("off the agenda"),
    State.DECIDED: N_("decided"),
    State.AMENDED: N_("decided, amended"),
    State.PARTLY: N_("decided in part"),
    State.ELECTED: N_("elected"),
    State.REJECTED: N_("rejected"),
    State.WITHDRAWN: N_("withdrawn"),
    State.NOTED: N_("noted"),
    State.ANSWERED: N_("answered"),
    State.SETTLED: N_("settled"),
    State.CONCLUDED: N_("concluded"),
}

OPEN = frozenset(
    {State.DRAFT, State.NEW, State.IN_CONSULTATION, State.DEFERRED, State.REFERRED, State.REMOVED},
)
"""The states that still wait for something."""

_ENDS = {
    "as_proposed": State.DECIDED,
    "amended": State.AMENDED,
    "partly": State.PARTLY,
    "elected": State.ELECTED,
    "rejected": State.REJECTED,
    "withdrawn": State.WITHDRAWN,
    "noted": State.NOTED,
    "settled": State.SETTLED,
    "no_vote": State.CONCLUDED,
    "discussed": State.CONCLUDED,
    "other": State.CONCLUDED,
}
_PAUSES = {"deferred": State.DEFERRED, "referred": State.REFERRED, "removed": State.REMOVED}

# what such a step ends with is a recommendation; many real papers name no role at all, and there the last step ends it
_ADVISORY = ("preparation", "hearing", "debate")


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that a motion waits for; what the file does not say is "" or None."""

    organization: str
    date: dt.date | None


def state(data: Mapping[str, Any]) -> State:
    """The state of a motion, given its normalised data; whatever the data hold, one of the states comes back."""
    steps = _steps(data)
    outcomes = [_outcome(step) for step in steps]
    last = max((position for position, outcome in enumerate(outcomes) if outcome), default=-1)
    if _table(data.get("withdrawal")) or (last >= 0 and outcomes[last] == "withdrawn"):
        return State.WITHDRAWN
    decisions = [position for position, step in enumerate(steps) if _decides(step)]
    # a hearing may come after the decision, so it is the last deciding step that counts and not the last step
    if decisions and outcomes[decisions[-1]] in _ENDS:
        return _ENDS[outcomes[decisions[-1]]]
    planned = last + 1 < len(steps)
    if last >= 0 and not planned and outcomes[last] in _PAUSES:
        return _PAUSES[outcomes[last]]
    if _table(data.get("answer")).get("text"):
        return State.ANSWERED
    if last >= 0 and not planned and not decisions and steps[last].get("role") not in _ADVISORY:
        return _ENDS[outcomes[last]]
    if steps:
        return State.IN_CONSULTATION
    return State.NEW if data.get("reference") else State.DRAFT


def next_step(data: Mapping[str, Any]) -> NextStep | None:
    """The first step after the last one that has an outcome; None for a motion that waits for nothing.

    A deferral or referral that names its day or its body stands in for a step that is not in the file yet.
    """
    if state(data) not in OPEN:
        return None
    steps = _steps(data)
    last = max((position for position, step in enumerate(steps) if _outcome(step)), default=-1)
    if last + 1 < len(steps):
        step = steps[last + 1]
        return NextStep(_line(step.get("organization")), _date(step.get("date")))
    if last < 0:
        return None
    step = steps[last]
    body = _line(step.get("referred_to")) or _line(step.get("organization"))
    day = _date(step.get("deferred_to"))
    return NextStep(body, day) if day or step.get("referred_to") else None


def in_order(steps: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Steps by their date; a step without one stays behind the step that it follows in the file."""
    dated: list[tuple[dt.date, Mapping[str, Any]]] = []
    day = dt.date.min
    for step in steps:
        day = _date(step.get("date")) or day
        dated.append((day, step))
    return [step for _day, step in sorted(dated, key=lambda pair: pair[0])]


def _steps(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = data.get("consultations")
    return in_order([step for step in listed if isinstance(step, Mapping)] if isinstance(listed, list) else [])


def _outcome(step: Mapping[str, Any]) -> str:
    """The code of a step's outcome; where only a vote on the matter says how it ended, that of the vote."""
    outcome = step.get("outcome")
    if isinstance(outcome, str) and (outcome in _ENDS or outcome in _PAUSES):
        return outcome
    votes = step.get("votes")
    for vote in reversed(votes if isinstance(votes, list) else []):
        if isinstance(vote, Mapping) and vote.get("procedural") is not True:
            result = vote.get("result")
            if result == "accepted":
                return "as_proposed"
            if result == "rejected":
                return "rejected"
    return ""


def _decides(step: Mapping[str, Any]) -> bool:
    return step.get("role") == "decision" or step.get("authoritative") is True


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _line(value: object) -> str:
    return value if isinstance(value, str) else ""


def _date(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None
