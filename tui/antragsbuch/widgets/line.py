"""Lines of styled text, as plain values: what most widgets paint.

A line is a tuple of pieces, each a text and the name of its look. Foreign text may stand in a piece as it is: it goes
through `display` when it is painted, and nowhere is it read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
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
        # the line that the word begins: the first one, or an indented one
        own = max(1, cells - (indent if lines[0] else 0))
        pieces = chop_cells(word, max(1, cells - indent)) if cell_len(word) > own else [word]
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *pieces]
    return [lines[0], *(" " * indent + following for following in lines[1:])]


_COLOURED: tuple[tuple[Look, str, Style], ...] = (
    ("error", "error", Style(bold=True)),
    ("warning", "warning", Style(bold=True)),
    ("good", "success", Style(bold=True)),
    ("accent", "accent", Style()),
    ("added", "success", Style(underline=True)),
    ("removed", "error", Style(strike=True)),
)
_PLAIN: dict[Look, Style] = {
    "": Style.null(),
    "strong": Style(bold=True),
    "dim": Style(dim=True),
    "key": Style(bold=True),
    "reverse": Style(reverse=True),
}
_known: tuple[str, dict[Look, Style]] = ("", {})


def looks(theme: str, variables: Mapping[str, str]) -> dict[Look, Style]:
    """The styles of all looks in a theme with these variables; made once for a theme.

    Not as component classes of the widgets: each of these would cost a pass through the style sheet for every widget.
    """
    global _known  # noqa: PLW0603 - one program shows one theme
    if _known[0] != theme:
        coloured = {
            look: Style(color=Color.parse(variables[variable]).rich_color) + more for look, variable, more in _COLOURED
        }
        _known = (theme, _PLAIN | coloured)
    return _known[1]


class Painted(Widget):
    """A widget that paints lines by itself."""

    # it never scrolls by Textual's means: no reason to lay the screen out again, which paints all of it
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def look(self, name: Look) -> Style:
        """The style of a look in the theme."""
        return looks(self.app.theme, self.app.theme_variables)[name]

    def strip(self, parts: Iterable[Piece], cells: int, reverse: bool = False) -> Strip:
        """A line as a strip of exactly `cells` cells."""
        base = Style(reverse=True) if reverse else Style.null()
        segments = [Segment(display(piece.text), base + self.look(piece.look)) for piece in parts if piece.text]
        return Strip(segments).adjust_cell_length(max(0, cells), base)
