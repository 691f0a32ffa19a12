"""The message of the commit that publishes: made of what changes in public, and of nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from antragsbuch_schema.i18n import Language, Text, counted, joined, text
from antragsbuch_schema.message import Entry, suggest

NAMED = 100
"""Of so many files at most, each is named with its changes; of more, only how many there are."""
TRAILER = "Publication"
"""The trailer by which such a commit is known."""


def message(day: dt.date, new: int, changed: int, removed: int, entries: Sequence[Entry], language: Language) -> str:
    """The message, ending in a line feed.

    `new`, `changed` and `removed` are counts of motions, all 0 where only council.toml changes. `entries` are the
    public differences of the files that are new or changed; a motion that is removed is counted and never named.
    """
    said = [
        *([counted("{count} new motion", "{count} new motions", new)] if new else []),
        *([counted("{count} motion changed", "{count} motions changed", changed)] if changed else []),
        *([counted("{count} motion removed", "{count} motions removed", removed)] if removed else []),
    ]
    what = joined(said) if said else Text("council.toml")
    paragraphs = [text("Publication of {day}: {what}", day=day, what=what)(language)]
    trailer = f"{TRAILER}: {day.isoformat()}"
    if entries and len(entries) <= NAMED:
        # the first paragraph is a subject of its own
        paragraphs += suggest(entries, language).rstrip("\n").split("\n\n")[1:]
        paragraphs[-1] += f"\n{trailer}"
    else:
        paragraphs.append(trailer)
    return "\n\n".join(paragraphs) + "\n"
