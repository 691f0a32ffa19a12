"""The colours: those of the person's own terminal, dark or light, and only its sixteen.

Text keeps the terminal's foreground and background. Colour only supports what a glyph or a word says already.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

_SELECTED = {
    "input-selection-background": "ansi_blue",
    "input-selection-foreground": "ansi_bright_white",
    "screen-selection-background": "ansi_blue",
    "screen-selection-foreground": "ansi_bright_white",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
    "scrollbar-corner-color": "ansi_default",
}


def _theme(name: str, base: str, warning: str, error: str, accent: str) -> Theme:
    """A theme of the terminal's sixteen colours, with what Textual needs beside from its own `base`."""
    return Theme(
        name=name,
        dark=base == "ansi-dark",
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        success="ansi_green",
        warning=warning,
        error=error,
        accent=accent,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables=BUILTIN_THEMES[base].variables | _SELECTED,
    )


DARK = _theme("antragsbuch-dark", "ansi-dark", "ansi_yellow", "ansi_bright_red", "ansi_cyan")
LIGHT = _theme("antragsbuch-light", "ansi-light", "ansi_magenta", "ansi_red", "ansi_blue")


def chosen(wanted: str, environment: Mapping[str, str]) -> str:
    """The name of the theme for what the configuration wants ("auto", "dark", "light", a theme of Textual).

    COLORFGBG tells the background where the terminal sets it; a terminal that does not is taken to be dark. With
    NO_COLOR only a theme without colours of its own leaves none over.
    """
    if wanted in BUILTIN_THEMES and not environment.get("NO_COLOR"):
        return wanted
    if wanted == "light" or (wanted != "dark" and _light(environment.get("COLORFGBG", ""))):
        return LIGHT.name
    return DARK.name


def known(wanted: str) -> bool:
    """Whether the configuration names a theme that there is."""
    return wanted in ("auto", "dark", "light") or wanted in BUILTIN_THEMES


def _light(colours: str) -> bool:
    return colours.rpartition(";")[2] in ("7", "15")
