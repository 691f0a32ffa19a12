"""What was published once and is no more: files, sessions, bodies and persons that only former versions name.

The standard wants each of them marked as deleted under the address that it had (OParl 1.1, 2.8); steps and agenda
items may simply go.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from antragsbuch_schema.edits import Data

from .oparl_out_groups import Groups
from .oparl_out_names import Site, Stamp, key
from .oparl_out_paper import Around, Made


class Grave(NamedTuple):
    """An object that is no more: its type, its address, and when it was made and went."""

    type: str
    url: str
    stamp: Stamp


class Former:
    """What former versions of motions named; `council` is the parsed `council.toml`."""

    def __init__(self, council: Mapping[str, Any], site: Site) -> None:
        self._groups = Groups(council, site)
        # where a file of the repository was published does not hang on its content
        self._around = Around(site, self._groups, lambda path: b"" if path else None)
        self._found: dict[str, Grave] = {}

    def add(self, motion: Data, stamp: Stamp) -> None:
        """The public part of a version of a motion; `modified` is when it was replaced or removed."""
        self._groups.voters(motion, stamp)
        parts = Made(motion, key(motion["id"]), stamp, self._around).made(str)
        for file in parts.files:
            self._note("File", file["id"], stamp)
        for url in parts.meetings:
            self._note("Meeting", url, stamp)

    def graves(self, there: Container[str]) -> list[Grave]:
        """Those whose address is not `there` any more, in an order that stays."""
        for group in self._groups.unlisted:
            self._note(group.type, group.url, Stamp(group.created, group.modified))
        return sorted(grave for url, grave in self._found.items() if url not in there)

    def _note(self, kind: str, url: str, stamp: Stamp) -> None:
        known = self._found.get(url)
        if known is not None:
            stamp = Stamp(min(known.stamp.created, stamp.created), max(known.stamp.modified, stamp.modified))
        self._found[url] = Grave(kind, url, stamp)
