"""Two versions of a motion as lines in words: what `antrag log`, `diff` and `commit` print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language

if TYPE_CHECKING:
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.toml.errors import TomlError


def in_words(changes: tuple[Change, ...] | TomlError) -> Iterator[str]:
    """One line a change."""
    from antragsbuch_schema.toml.errors import TomlError

    if isinstance(changes, TomlError):
        yield _("can't be read, line {line}: {reason}").format(line=changes.line, reason=changes.message(language()))
        return
    if not changes:
        yield _("only the form of the file, not what it says")
    for change in changes:
        yield change.sentence(language())


def as_json(changes: tuple[Change, ...] | TomlError) -> list[Mapping[str, Any]]:
    """The changes as values for JSON: kind, place, both values (null: none) and the sentence in both languages."""
    from antragsbuch_schema import places
    from antragsbuch_schema.edits import MISSING
    from antragsbuch_schema.toml.errors import TomlError

    if isinstance(changes, TomlError):
        return [{"kind": "unreadable", "line": changes.line, "de": changes.message("de"), "en": changes.message("en")}]
    return [
        {
            "kind": str(change.kind),
            "place": places.render(change.place),
            "old": None if change.old is MISSING else change.old,
            "new": None if change.new is MISSING else change.new,
            "de": change.sentence("de"),
            "en": change.sentence("en"),
        }
        for change in changes
    ]
