"""What minutes say, recorded at a step of the Beratungsfolge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.ids import with_ids
from antragsbuch_schema.motion_fields import MOTION

from .minutes import Minutes

_ENDED = ("outcome", "deferred_to", "referred_to", "result_text")


def recorded(motion: Mapping[str, Any], position: int, minutes: Minutes, *, wording: bool = False) -> Data:
    """`motion` (as parsed) with the votes and the outcome of `minutes` at its step `position` (from 0).

    They take the place of what stood there; votes get ids. With `wording` each vote keeps the words of the minutes;
    without it only one that was not understood does, for there they are all that is known.
    """
    step = {key: value for key, value in motion["consultations"][position].items() if key not in (*_ENDED, "votes")}
    found = {
        "outcome": minutes.outcome,
        "deferred_to": minutes.deferred_to,
        "referred_to": minutes.referred_to,
        "result_text": "\n".join(minutes.remarks) or None,
        "votes": [_vote(vote, wording=wording) for vote in minutes.votes] or None,
    }
    step |= {key: value for key, value in found.items() if value is not None}
    steps: Sequence[Any] = motion["consultations"]
    return with_ids({**motion, "consultations": [*steps[:position], step, *steps[position + 1 :]]}, MOTION)


def _vote(vote: Mapping[str, Any], *, wording: bool) -> Data:
    keep = wording or not vote.keys() - {"subject", "text"}
    return {key: value for key, value in vote.items() if keep or key != "text"}
