"""What the languages of filters have in common: words and `key:value` in a line, names in two languages, problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from antragsbuch.i18n import _, language
from antragsbuch_schema.folding import fold, words

Phrase = tuple[str, ...]
"""Folded words that stand side by side; the first and the last may be parts of words."""

Names = tuple[str, ...]
"""The English name, the German one, and others that are understood."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A word that is not understood, at `text[start:end]`: an unknown key, or a value that its key can't have.

    `suggestions` are what may have been meant, `possible` is all that could stand there.
    """

    kind: Literal["key", "value", "date", "number"]
    word: str
    key: str
    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The problem in a sentence, in the language of the process; the word in it is foreign text."""
        text = {
            "key": _("The filter knows no {word}:"),
            "value": _("{key}: can't be {word}."),
            "date": _("{word} is no date: 2023, 2023-11, 2023-11-16, 16.11.2023, or two of them with .. between."),
            "number": _("{word} is no number: 2292, or 2200..2299."),
        }[self.kind].format(word=self.word, key=self.key)
        if self.suggestions:
            return f"{text} " + _("Did you mean {words}?").format(words=", ".join(self.suggestions))
        if self.possible:
            return f"{text} " + _("Possible: {words}").format(words=", ".join(self.possible))
        return text


class Token(NamedTuple):
    """A piece of the filter: `values` are the comma-separated parts of a value, or the word itself."""

    negated: bool
    key: str
    values: tuple[str, ...]
    start: int
    end: int


_Condition = TypeVar("_Condition")


@dataclass(frozen=True)
class Term(Generic[_Condition]):
    """One condition of a filter; `negated` turns it round. It was read from `text[start:end]`."""

    condition: _Condition
    negated: bool
    start: int
    end: int


@dataclass(frozen=True)
class Asked(Generic[_Condition]):
    """A filter: all `terms` must hold. `problems` are the words that were left out."""

    terms: tuple[Term[_Condition], ...] = ()
    problems: tuple[Problem, ...] = ()


_QUOTES = re.compile("[„“”«»]")
_KEY = re.compile(r"([^\W\d_]+):(?!//)")
_GENDER = re.compile(r"in(?:nen)?(?![^\W\d_])", re.IGNORECASE)


def tokens(text: str, keys: Collection[str]) -> Iterator[Token]:
    """The pieces of a filter; `keys` are the folded keys that its language knows."""
    text = _QUOTES.sub('"', text)
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        start = position
        negated = text[position] == "-" and not text[position + 1 : position + 2].isspace()
        position += negated
        key = ""
        match = _KEY.match(text, position)
        if match and (fold(match[1]) in keys or not _GENDER.match(text, match.end())):
            key, position = match[1], match.end()
        values = [""]
        quoted = False
        while position < len(text) and (quoted or not text[position].isspace()):
            letter = text[position]
            if letter == '"':
                quoted = not quoted
            elif letter == "," and key and not quoted:
                values.append("")
            else:
                values[-1] += letter
            position += 1
        yield Token(negated, key, tuple(value.strip() for value in values), start, position)


_Meaning = TypeVar("_Meaning")


def meant(value: str, names: Mapping[_Meaning, Names]) -> list[_Meaning]:
    """All that have a name in which `value` begins a word."""
    typed = " ".join(words(value))
    return [
        meaning
        for meaning, known in names.items()
        if typed and any(f" {typed}" in " " + " ".join(words(name)) for name in known)
    ]


def unknown_key(token: Token, known: Collection[Names]) -> Problem:
    """That the filter does not know the key of `token`, and what may have been meant."""
    # not at the top: most filters have no mistake
    from antragsbuch_schema.suggest import closest

    close = closest(token.key, (name for names in known for name in names))
    return Problem(
        "key",
        token.key,
        token.key,
        token.start,
        token.end,
        tuple(f"{name}:" for name in close),
        tuple(f"{names[_mine()]}:" for names in known),
    )


def no_value(value: str, token: Token, possible: Iterable[Names]) -> Problem:
    """That the key of `token` can't have this value, and what may have been meant."""
    from antragsbuch_schema.suggest import closest

    names = list(possible)
    close = closest(value, (name for each in names for name in each[:2]))
    mine = tuple(each[_mine()] for each in names)
    return Problem("value", value, token.key, token.start, token.end, tuple(close), mine)


def _mine() -> int:
    """Which of the names is in the language of the process."""
    return int(language() == "de")
