"""Lines of styled text, as plain values: what most widgets paint.

A line is a tuple of pieces, each a text and the name of its look. Foreign text may stand in a piece as it is: it goes
through `display` when it is painted, and nowhere is it read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from antragsbuch_schema.display import display

Look = Literal["", "strong", "dim", "error", "warning", "good", "accent", "key", "reverse", "added", "removed"]


class Piece(NamedTuple):
    """A text and how it looks."""

    text: str
    look: Look = ""


Line = tuple[Piece, ...]


def line(*parts: str | Piece) -> Line:
    """A line of pieces and plain texts."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts)


def width(text: str) -> int:
    """Cells that `text` takes once it is painted."""
    return cell_len(display(text))


def plain(parts: Iterable[Piece]) -> str:
    """The text of a line as it is painted."""
    return "".join(display(piece.text) for piece in parts)


def fit(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells: filled with blanks, or cut with an ellipsis at the end."""
    text = display(text)
    if cell_len(text) <= cells:
        return text + " " * (cells - cell_len(text))
    if cells < 1:
        return ""
    text = set_cell_size(text, cells - 1).rstrip() + "…"
    return text + " " * (cells - cell_len(text))


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells` cells, with an ellipsis where it is longer."""
    return fit(text, cells).rstrip() if width(text) > cells else display(text)


def wrapped(text: str, cells: int, indent: int = 0) -> list[str]:
    """`text` in lines of at most `cells` cells, broken at blanks where there are any; all but the first indented."""
    lines = [""]
    for word in display(text).split():
        room = max(1, cells - (indent if len(lines) > 1 else 0))
        if lines[-1] and cell_len(lines[-1]) + 1 + cell_len(word) <= room:
            lines[-1] += " " + word
            continue
        pieces = chop_cells(word, max(1, cells - indent)) if cell_len(word) > room else [word]
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *pieces]
    return [lines[0], *(" " * indent + following for following in lines[1:])]


class Painted(Widget):
    """A widget that paints lines by itself."""

    # it never scrolls by Textual's means: no reason to lay the screen out again, which paints all of it
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "look--strong",
        "look--dim",
        "look--error",
        "look--warning",
        "look--good",
        "look--accent",
        "look--key",
        "look--reverse",
        "look--added",
        "look--removed",
    }
    DEFAULT_CSS = """
    Painted {
        & > .look--strong { text-style: bold; }
        & > .look--dim { text-style: dim; }
        & > .look--error { color: $error; text-style: bold; }
        & > .look--warning { color: $warning; text-style: bold; }
        & > .look--good { color: $success; text-style: bold; }
        & > .look--accent { color: $accent; }
        & > .look--key { text-style: bold; }
        & > .look--reverse { text-style: reverse; }
        & > .look--added { color: $success; text-style: underline; }
        & > .look--removed { color: $error; text-style: strike; }
    }
    """

    def look(self, name: Look) -> Style:
        """The style of a look in the theme."""
        return self.get_component_rich_style(f"look--{name}", partial=True) if name else Style.null()

    def strip(self, parts: Iterable[Piece], cells: int, reverse: bool = False) -> Strip:
        """A line as a strip of exactly `cells` cells."""
        base = Style(reverse=True) if reverse else Style.null()
        segments = [Segment(display(piece.text), base + self.look(piece.look)) for piece in parts if piece.text]
        return Strip(segments).adjust_cell_length(max(0, cells), base)
