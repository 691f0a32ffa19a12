"""Texts for people, in German and in English.

A text is written in English in the code, marked with `N_`, and looked up in a gettext catalogue when it is
shown. A `Text` is a message that has not met its reader yet: a finding is made once and read in two languages.
"""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

_LOCALE = Path(__file__).parent / "locale"


def N_(message: str) -> str:
    """Mark `message` for the catalogue and give it back as it is."""
    return message


@cache
def catalogue(
    language: Language, domain: str = "antragsbuch_schema", folder: Path = _LOCALE
) -> gettext.NullTranslations:
    """The gettext catalogue of `domain` in `folder`; for English, the language of the code, an empty one."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(domain, folder, languages=[language])


def date_text(value: dt.date, language: Language) -> str:
    """`19.12.2023` in German, `2023-12-19` in English."""
    return f"{value.day:02}.{value.month:02}.{value.year:04}" if language == "de" else value.isoformat()


class Text:
    """A message with its values, not yet in a language; not to be changed.

    `template` is an English `str.format` template that stands in the catalogue; `plural` with `count` choose the
    plural form. A value that is itself a `Text`, or any other function of a language, is rendered in the same
    language; a date is written as people of that language write it. Foreign text among the values is not made safe
    for a terminal here: whoever prints does that, once, for the whole line.
    """

    # no dataclass: that module takes longer to load than all else together that a short command needs
    __slots__ = ("count", "plural", "template", "values")
    __match_args__ = ("template", "values", "plural", "count")

    def __init__(
        self, template: str, values: Mapping[str, object] | None = None, plural: str = "", count: int = 1
    ) -> None:
        self.template = template
        self.values: Mapping[str, object] = {} if values is None else values
        self.plural = plural
        self.count = count

    def __repr__(self) -> str:
        return f"Text({self.template!r}, {self.values!r}, {self.plural!r}, {self.count!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.template, self.plural, self.count))

    def _parts(self) -> tuple[object, ...]:
        return self.template, self.values, self.plural, self.count

    def __call__(self, language: Language) -> str:
        messages = catalogue(language)
        template = (
            messages.ngettext(self.template, self.plural, self.count)
            if self.plural
            else messages.gettext(self.template)
        )
        return template.format(**{name: _shown(value, language) for name, value in self.values.items()})


def text(template: str, /, **values: object) -> Text:
    """A `Text` of `template` and its values."""
    return Text(template, values)


def counted(singular: str, plural: str, count: int, /, **values: object) -> Text:
    """A `Text` in the grammatical number of `count`, which is also the value `{count}`."""
    return Text(singular, {"count": count, **values}, plural, count)


def joined(parts: list[Text], separator: str = ", ") -> Text:
    """Several texts as one, in their order."""
    names = [f"part{number}" for number in range(len(parts))]
    return Text(separator.join("{" + name + "}" for name in names), dict(zip(names, parts, strict=True)))


def _shown(value: object, language: Language) -> object:
    if callable(value):
        return value(language)
    if isinstance(value, dt.date):
        return date_text(value, language)
    return value
