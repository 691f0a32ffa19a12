"""The page about publishing says of every field what the table says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from antragsbuch_schema.exchange.public import COUNCIL_PUBLICITY, MOTION_PUBLICITY, Publicity
from antragsbuch_schema.exchange.public import Path as Way

PAGE = Path(__file__).parent.parent.parent / "docs/publish.md"
_COLUMNS = (
    {Publicity.OPEN, Publicity.FILE, Publicity.ADDRESS},
    {Publicity.STEP},
    {Publicity.INTERNAL, Publicity.PATH},
)


def rows(publicity: Mapping[Way, Publicity], top: str) -> list[str]:
    """A row for each table that is not withheld as a whole."""
    found: dict[Way, list[list[str]]] = {}
    for path, public in publicity.items():
        if publicity.get(path[:-1]) is not Publicity.INTERNAL:
            cells = found.setdefault(path[:-1], [[], [], []])
            next(cell for cell, which in zip(cells, _COLUMNS, strict=True) if public in which).append(path[-1])
    return [
        f"| {top if not table else '`' + '.'.join(table) + '`'} | "
        + " | ".join(" ".join(f"`{name}`" for name in cell) for cell in cells)
        + " |"
        for table, cells in found.items()
    ]


def test_the_page_has_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    begin, end = "|---|---|---|---|\n", "<!-- end -->"
    table = page.partition("a test holds it -->")[2]
    stands = table.partition(begin)[2].partition(end)[0].splitlines()
    assert stands == [*rows(MOTION_PUBLICITY, "a motion"), *rows(COUNCIL_PUBLICITY, "council.toml")]
