"""What a file must say for a rule to find anything: most rules have nothing to ask of most files.

A rule that needs one of several things names them, each as a place of the field tables: a key that must be there
(`consultations.votes.present`), or one with a certain word or flag (`consultations.outcome=deferred`,
`public=false`). It is asked only about a file that meets one of its needs; so a rule that finds something in a file
that meets none would be wrong. A rule without needs is asked about every file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from antragsbuch_schema.fields import Field, Fields, tables_in

UNCLEAR_IDS = "unclear ids"
"""The need that in some list an element has no id, or the same as another one."""

_FLAGS = {"true": True, "false": False}
_MOST_SHAPES = 1000


class Needs:
    """The needs of all rules about one kind of file, given the fields of that file."""

    def __init__(self, needs: Iterable[str], fields: Fields) -> None:
        self._top = _Table(frozenset(needs), fields, "")

    def met_by(self, data: Mapping[str, Any]) -> frozenset[str]:
        """Those that a file with these data meets."""
        met: set[str] = set()
        self._top.look(data, met)
        return frozenset(met)


class _Table:
    """One table of the field tables: its needs by their keys, and the tables below it."""

    def __init__(self, needs: frozenset[str], fields: Fields, path: str) -> None:
        self._needs = needs
        self._path = path
        self._words: dict[str, dict[str | bool, str]] = {}
        for need in needs:
            key, sign, word = need.removeprefix(path).partition("=")
            if sign and need.startswith(path) and "." not in key:
                self._words.setdefault(key, {})[_FLAGS.get(word, word)] = need
        self._below = {
            key: (field, _Table(needs, field.fields, f"{path}{key}.")) for key, field in tables_in(fields).items()
        }
        # nearly all tables of a register have one of few sets of keys
        self._shapes: dict[tuple[str, ...], _Shape] = {}

    def look(self, table: Mapping[str, Any], met: set[str]) -> None:
        """Add to `met` what this table and those below it meet."""
        keys = tuple(table)
        keys_met, words, below = self._shapes.get(keys) or self._learn(keys)
        met |= keys_met
        for key, needs in words:
            value = table[key]
            if (type(value) is str or type(value) is bool) and value in needs:
                met.add(needs[value])
        for key, field, inner in below:
            value = table[key]
            if type(value) is list:
                inner._look_at_all(value, field, met)
            elif isinstance(value, Mapping):
                inner.look(value, met)

    def _look_at_all(self, elements: list[Any], field: Field, met: set[str]) -> None:
        seen: set[str] = set()
        for element in elements:
            if not isinstance(element, Mapping):
                continue
            self.look(element, met)
            identity = element.get("id")
            if type(identity) is not str or identity in seen or not identity or identity.isspace():
                if field.prefix:
                    met.add(UNCLEAR_IDS)
            else:
                seen.add(identity)

    def _learn(self, keys: tuple[str, ...]) -> _Shape:
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        shape = self._shapes[keys] = (
            frozenset(need for key in keys if (need := self._path + key) in self._needs),
            tuple((key, self._words[key]) for key in keys if key in self._words),
            tuple((key, *self._below[key]) for key in keys if key in self._below),
        )
        return shape


_Shape = tuple[
    frozenset[str],
    tuple[tuple[str, dict[str | bool, str]], ...],
    tuple[tuple[str, Field, _Table], ...],
]
"""What tables with the same keys have in common: needs that are met, keys whose word decides, tables below."""
