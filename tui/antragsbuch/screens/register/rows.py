"""The rows of the list in words, with the marks of the person. No Textual."""

from __future__ import annotations

from collections.abc import Sequence

from antragsbuch.state import Listed, Rows


class MarkedRows:
    """The rows of a source, each with its mark."""

    def __init__(self, source: Rows, marked: frozenset[str]) -> None:
        self._source = source
        self.marked = marked

    @property
    def count(self) -> int:
        """How many there are."""
        return self._source.count

    def rows(self, start: int, stop: int) -> Sequence[Listed]:
        """Those from `start` to before `stop`."""
        listed = self._source.rows(start, stop)
        return (
            [row._replace(marked=True) if row.path in self.marked else row for row in listed] if self.marked else listed
        )
