"""The screens of the program; how to add one is told in `screens.base`."""

from __future__ import annotations

SCREENS: dict[str, str] = {
    "register": "antragsbuch.screens.register.screen:RegisterScreen",
    "editor": "antragsbuch.screens.editor.screen:EditorScreen",
    "review": "antragsbuch.screens.review.screen:ReviewScreen",
    "problems": "antragsbuch.screens.problems.screen:ProblemsScreen",
    "history": "antragsbuch.screens.history.screen:HistoryScreen",
    "register-history": "antragsbuch.screens.history.register:RegisterHistoryScreen",
    "help": "antragsbuch.screens.help.screen:HelpScreen",
    "palette": "antragsbuch.screens.palette.screen:PaletteScreen",
}
"""Where the class of each screen stands: imported when it is first opened."""
