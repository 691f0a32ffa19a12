"""The language that this process speaks, and its texts.

Chosen once at the start: `--lang`, then ANTRAGSBUCH_LANG, LC_ALL, LC_MESSAGES, LANG; anything but German is English.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from antragsbuch_schema.i18n import Language, catalogue

_LOCALE = Path(__file__).parent / "locale"
_VARIABLES = ("ANTRAGSBUCH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> Language:
    """The language that the environment asks for; the first variable that is set decides."""
    chosen = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "de" if chosen.lower().startswith("de") else "en"


_current: Language = language_of(os.environ)


def use(language: Language) -> None:
    """Speak `language` from now on."""
    global _current  # noqa: PLW0603 - one process speaks one language
    _current = language


def language() -> Language:
    """The language that this process speaks."""
    return _current


def _(message: str) -> str:
    """`message` in the current language."""
    return catalogue(_current, "antragsbuch", _LOCALE).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for `count` in the current language."""
    return catalogue(_current, "antragsbuch", _LOCALE).ngettext(singular, plural, count)
