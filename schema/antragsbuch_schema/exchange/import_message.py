"""The message of the commit that an import makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from antragsbuch_schema.display import UNSAFE
from antragsbuch_schema.i18n import Language, counted
from antragsbuch_schema.message import Entry, suggest

NAMED = 100
"""Of so many files at most, each is named with its changes; of more, only how many there are."""
SOURCE = "Source"
"""The trailer that names where it came from."""


def message(
    counts: Mapping[str, int], entries: Sequence[Entry], language: Language, source: str = "", name: str = "OParl"
) -> str:
    """The message, ending in a line feed.

    `counts` are how many motions are `new`, `changed` and `deleted` (none at all: only council.toml changed);
    `entries` what changed in each file, empty where they are more than `NAMED`; `source` the address of a server.
    """
    words = {
        "new": counted("{count} new motion", "{count} new motions", counts.get("new", 0)),
        "changed": counted("{count} motion changed", "{count} motions changed", counts.get("changed", 0)),
        "deleted": counted("{count} motion deleted", "{count} motions deleted", counts.get("deleted", 0)),
    }
    said = [words[kind](language) for kind in words if counts.get(kind)]
    paragraphs = [f"{name}: {', '.join(said or ['council.toml'])}"]
    if entries:
        # the first paragraph is a subject of its own
        paragraphs += suggest(entries, language).rstrip("\n").split("\n\n")[1:]
    if source:
        trailer = f"{SOURCE}: {UNSAFE.sub('', ' '.join(source.split()))}"
        if entries:
            paragraphs[-1] += f"\n{trailer}"
        else:
            paragraphs.append(trailer)
    return "\n\n".join(paragraphs) + "\n"
