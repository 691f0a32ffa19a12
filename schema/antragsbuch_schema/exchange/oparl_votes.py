"""Votes that a vendor counts in a property of its own, since OParl has none for them: `mandari:vote`.

The shape is that of mandari (docs/SESSION_OPARL_API.md there): method, result, yes, no, abstain. Another vendor's
property of that name and shape is read alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from antragsbuch_schema.edits import Data

from .oparl_world import Item

_NAME = re.compile(r"[a-z][A-Za-z0-9_-]*:vote")
_COUNTS = {
    "yes": "yes",
    "no": "no",
    "abstain": "abstentions",
    "abstentions": "abstentions",
    "invalid": "invalid",
}
_WORDS = {
    "method": {
        "open": "open",
        "offen": "open",
        "secret": "secret",
        "geheim": "secret",
        "rollcall": "roll_call",
        "namentlich": "roll_call",
    },
    "result": {
        "accepted": "accepted",
        "angenommen": "accepted",
        "rejected": "rejected",
        "abgelehnt": "rejected",
    },
}
_MOST = 100_000
"""No council votes with more."""


def vendor_vote(point: Item) -> Data:
    """The vote that such a property of an agenda item counts; empty where there is none with a count.

    What is not understood of it stays a value that nobody read.
    """
    for name, value in point.data.items():
        if _NAME.fullmatch(name) and isinstance(value, Mapping):
            found, left = _understood(value)
            if found.keys() & {"yes", "no"}:
                if left:
                    point.data[name] = left
                else:
                    point.used.add(name)
                return found
    return {}


def _understood(value: Mapping[str, Any]) -> tuple[Data, Data]:
    found: Data = {}
    left: Data = {}
    for key, entry in value.items():
        code = _WORDS.get(key, {}).get(re.sub(r"[\s_-]", "", entry.lower())) if isinstance(entry, str) else None
        if key in _COUNTS and type(entry) is int and 0 <= entry <= _MOST:
            found[_COUNTS[key]] = entry
        elif code is not None:
            found[key] = code
        else:
            left[key] = entry
    order = ("result", "method", "yes", "no", "abstentions", "invalid")
    return {key: found[key] for key in order if key in found}, left
