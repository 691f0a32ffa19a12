"""What a file must say for a rule to find anything: most rules have nothing to ask of most files.

A rule that needs one of several things names them, each as a place of the field tables: a key that must be there
(`consultations.votes.present`), or one with a certain word or flag (`consultations.outcome=deferred`,
`public=false`). It is asked only about a file that meets one of its needs; so a rule that finds something in a file
that meets none would be wrong. A rule without needs is asked about every file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema.fields import Fields, tables_in

UNCLEAR_IDS = "unclear ids"
"""The need that in some list an element has no id, or the same as another one."""

_FLAGS = {"true": True, "false": False}
_MOST_SHAPES = 1000


class Needs:
    """The needs of all rules about one kind of file, given the fields of that file. Each has its bit in a number."""

    def __init__(self, needs: Iterable[str], fields: Fields) -> None:
        self._bits = {need: 1 << number for number, need in enumerate(sorted({UNCLEAR_IDS, *needs}))}
        self._top = _Table(self._bits, fields, "")

    def bits(self, needs: Iterable[str]) -> int:
        """The bits of some of the needs."""
        found = 0
        for need in needs:
            found |= self._bits[need]
        return found

    def met_by(self, data: Mapping[str, Any]) -> int:
        """The bits of those that a file with these data meets."""
        return self._top.look(data)


class _Table:
    """One table of the field tables: the needs that its keys and their words meet, and the tables below it."""

    def __init__(self, bits: Mapping[str, int], fields: Fields, path: str) -> None:
        self._bits = bits
        self._path = path
        self._words: dict[str, dict[str | bool, int]] = {}
        for need, bit in bits.items():
            key, sign, word = need.removeprefix(path).partition("=")
            if sign and need.startswith(path) and "." not in key:
                self._words.setdefault(key, {})[_FLAGS.get(word, word)] = bit
        self._below = {
            key: (_Table(bits, field.fields, f"{path}{key}."), bits[UNCLEAR_IDS] if field.prefix else 0)
            for key, field in tables_in(fields).items()
        }
        # nearly all tables of a register have one of few sets of keys
        self._shapes: dict[tuple[str, ...], _Shape] = {}

    def look(self, table: Mapping[str, Any]) -> int:
        """The bits of the needs that this table and those below it meet."""
        keys = tuple(table)
        met, words, below = self._shapes.get(keys) or self._learn(keys)
        for key, bits in words:
            value = table[key]
            if type(value) is str or type(value) is bool:
                met |= bits.get(value, 0)
        for key, inner, unclear in below:
            value = table[key]
            if type(value) is list:
                met |= inner._look_at_all(value, unclear)
            elif isinstance(value, Mapping):
                met |= inner.look(value)
        return met

    def _look_at_all(self, elements: list[Any], unclear: int) -> int:
        met = 0
        seen: set[str] = set()
        for element in elements:
            if type(element) is not dict and not isinstance(element, Mapping):
                continue
            met |= self.look(element)
            identity = element.get("id")
            if type(identity) is not str or identity in seen or not identity or identity.isspace():
                met |= unclear
            else:
                seen.add(identity)
        return met

    def _learn(self, keys: tuple[str, ...]) -> _Shape:
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        met = 0
        for key in keys:
            met |= self._bits.get(self._path + key, 0)
        words = tuple((key, self._words[key]) for key in keys if key in self._words)
        shape = self._shapes[keys] = met, words, tuple((key, *self._below[key]) for key in keys if key in self._below)
        return shape


_Shape = tuple[
    int,
    tuple[tuple[str, dict[str | bool, int]], ...],
    tuple[tuple[str, _Table, int], ...],
]
"""What tables with the same keys have in common: needs that are met, keys whose word decides, tables below."""
