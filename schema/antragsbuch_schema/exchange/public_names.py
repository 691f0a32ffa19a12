"""The names of motions that are not published: which references must go, and which sentences give them away.

A reference is compared by its words, whatever stands between them: `2293 (V) HHA`, `2293(V) hha`, and what people
write for short, `2293 (V)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from antragsbuch_schema import prose
from antragsbuch_schema.fields import Field, Fields, Kind
from antragsbuch_schema.places import Place, named

_WORD = re.compile(r"\w+")
_SHORTEST = 8
"""A title of fewer letters says nothing by itself."""

Words = tuple[str, ...]


class Given(NamedTuple):
    """A text that names a motion which is not published: its place, the sentence, and the name that stands in it."""

    place: Place
    sentence: str
    name: str


class Names:
    """What may and what must not be named.

    `published` are the references of the motions that are, `references` and `titles` those of the others. With
    `only_published` a reference that is neither must not be named either: more is not known about it.
    """

    def __init__(
        self,
        published: Iterable[str],
        references: Iterable[str],
        titles: Iterable[str] = (),
        *,
        only_published: bool = False,
    ) -> None:
        self._published = {_words(reference) for reference in published}
        self._only_published = only_published
        begun = {words[:end] for words in self._published for end in range(1, len(words))}
        self._begins: set[Words] = set()
        self._short: set[Words] = set()
        self._by_begin: dict[Words, dict[Words, str]] = {}
        for reference in references:
            words = _words(reference)
            if not words or words in self._published:
                continue
            short = words[:-1] if len(words) > 2 and words[-1].isalpha() and words[:-1] not in begun else words
            self._begins.update(words[:end] for end in range(1, len(words) + 1))
            self._short.add(short)
            self._look_for(short, reference)
        for title in titles:
            words = _words(title)
            if sum(map(len, words)) >= _SHORTEST:
                self._look_for(words, title)

    def _look_for(self, words: Words, name: str) -> None:
        # by two words: many titles begin with the same one
        self._by_begin.setdefault(words[:2], {})[words] = name

    def hidden(self, reference: str) -> bool:
        """Whether a reference names a motion that is not published, or may be short for one."""
        words = _words(reference)
        if words in self._published:
            return False
        if self._only_published or words in self._begins:
            return True
        return any(words[:end] in self._short for end in range(1, len(words) + 1))

    def given(self, data: Mapping[str, Any], fields: Fields) -> Iterator[Given]:
        """Every sentence of a file that names a motion which is not published."""
        if not self._by_begin:
            return
        for path, field, value in _texts(data, fields, ()):
            if self._name_in(value) is None:
                continue
            parts = [each.text for each in prose.sentences(value)] if field.kind is Kind.PROSE else [value]
            found = [(part, name) for part in parts if (name := self._name_in(part)) is not None]
            # a name can stand across the end of what was taken for a sentence
            for part, name in found or [(" ".join(value.split()), self._name_in(value) or "")]:
                yield Given(named(path, data), part, name)

    def _name_in(self, text: str) -> str | None:
        words = tuple(_WORD.findall(text.casefold()))
        begins = {*pairwise(words), *((word,) for word in words)}
        for begin in self._by_begin.keys() & begins:
            for wanted, name in self._by_begin[begin].items():
                starts = (position for position, word in enumerate(words) if word == wanted[0])
                if any(words[start : start + len(wanted)] == wanted for start in starts):
                    return name
        return None


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _texts(
    data: Mapping[str, Any], fields: Fields, above: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Field, str]]:
    """Every text of a file with its way of keys and positions."""
    for field in fields:
        value, path = data.get(field.name), (*above, field.name)
        if field.kind is Kind.TABLE and isinstance(value, Mapping):
            yield from _texts(value, field.fields, path)
        elif field.kind is Kind.TABLES and isinstance(value, list):
            for position, element in enumerate(value):
                if isinstance(element, Mapping):
                    yield from _texts(element, field.fields, (*path, position))
        elif field.kind in (Kind.TEXT, Kind.PROSE) and isinstance(value, str):
            yield path, field, value
        elif field.kind is Kind.TEXTS and isinstance(value, list):
            yield from (((*path, number), field, entry) for number, entry in enumerate(value) if isinstance(entry, str))
