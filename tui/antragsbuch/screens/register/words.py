"""The words of the list: what stands where there is nothing, the counts, the legend of the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.screens import frame_lines
from antragsbuch.widgets.line import Line, Piece, wrapped

from .state import ListState

if TYPE_CHECKING:
    from antragsbuch.store.past import Past

FILTER_EXAMPLES = (
    ("armut konferenz", "armut konferenz"),
    ("faction:SPD,CDU", "fraktion:SPD,CDU"),
    ("body:Regionsversammlung", "gremium:Regionsversammlung"),
    ("date:2023.. session:2023-12", "datum:2023.. sitzung:12.2023"),
    ("ref:2200..2299 type:Haushaltsantrag", "ds:2200..2299 art:Haushaltsantrag"),
    ("state:open state:rejected", "stand:offen stand:abgelehnt"),
    ("has:error is:changed -moor", "hat:fehler ist:geändert -moor"),
)
"""What can be typed into the filter, in English and in German."""


def number(value: int) -> str:
    """A number with the separators of the person's language."""
    return f"{value:,}".replace(",", ".") if language() == "de" else f"{value:,}"


def counts(state: ListState) -> str:
    """How many motions there are, and how many of them are listed."""
    if not state.loaded:
        return ""
    total = ngettext("{count} motion", "{count} motions", state.total).format(count=number(state.total))
    parts = [_("{found} of {total}").format(found=number(state.found), total=number(state.total))]
    marked = len(state.marked)
    return "  ".join(
        [
            *([ngettext("{count} marked", "{count} marked", marked).format(count=number(marked))] if marked else []),
            *(parts if state.query.strip() else [total]),
        ]
    )


def view_name(state: ListState) -> str:
    """How a motion is shown."""
    return {"short": _("in short"), "printed": _("as printed"), "file": _("the file")}[state.view]


def read_only(past: Past | None, reason: str) -> str:
    """Why nothing can be changed, or nothing."""
    return frame_lines.past(past.day) if past else reason


def empty(state: ListState, trouble: str, cells: int) -> list[Line]:
    """What stands in the place of the list: why it is empty, and what helps."""
    if trouble:
        return [(), *((Piece("  "), Piece(part)) for part in wrapped(trouble, cells - 4))]
    if not state.loaded:
        return [(), (Piece("  "), Piece(_("The register is being read …"), "dim"))]
    if state.query.strip():
        return [(), (Piece("  "), Piece(_("No motion fits the filter. esc drops it.")))]
    return [(), (Piece("  "), Piece(_("No motion yet. a begins the first one.")))]


def legend(cells: int) -> list[Line]:
    """What the signs of the list mean, and what the filter understands."""
    signs = (
        (">", _("cursor")),
        ("=", _("marked")),
        ("~", _("changed since the last commit")),
        ("+", _("new")),
        ("-", _("removed")),
        ("!", _("error")),
        ("?", _("warning")),
        ("*", _("unsaved draft")),
    )
    position = 1 if language() == "de" else 0
    lines: list[Line] = [(Piece(_("Signs"), "strong"),)]
    for start in range(0, len(signs), 4):
        row: list[Piece] = []
        for sign, meaning in signs[start : start + 4]:
            row += [Piece(sign, "key"), Piece(f" {meaning}    ")]
        lines.append(tuple(row))
    lines += [(), (Piece(_("Filter"), "strong"),)]
    lines += [(Piece(example[position], "accent"),) for example in FILTER_EXAMPLES]
    return lines
