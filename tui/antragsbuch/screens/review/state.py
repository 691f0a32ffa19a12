"""What stands before a commit, as plain values, and how it follows what happens. No Textual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from antragsbuch_schema.i18n import Language
from antragsbuch_schema.message import suggest

if TYPE_CHECKING:
    from antragsbuch.store.identity import Identity
    from antragsbuch.store.proposal import Entry


@dataclass(frozen=True, slots=True)
class ReviewState:
    """`marked` are the paths that will be committed. `typed` is the person's own message, None: the suggested one.

    `language` is that of the register, in which messages are written. `signing` names how a commit will be signed.
    """

    entries: tuple[Entry, ...] = ()
    marked: frozenset[str] = frozenset()
    typed: str | None = None
    reason: str = ""
    identity: Identity | None = None
    signing: str = ""
    language: Language = "de"
    loaded: bool = False

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """The entries that will be committed."""
        return tuple(entry for entry in self.entries if entry.path in self.marked)

    @property
    def message(self) -> str:
        """The whole message: what the person wrote, or what the changes say."""
        if self.typed is not None:
            return self.typed
        return suggested(self.chosen, self.language) if self.marked else ""

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.split("\n", 1)[0]


def suggested(entries: Sequence[Entry], language: Language) -> str:
    """The message that says what `entries` change."""
    return suggest([(entry.name, list(entry.changes), entry.kind) for entry in entries], language)


def loaded(
    state: ReviewState,
    entries: Sequence[Entry],
    wanted: Sequence[str],
    identity: Identity | None,
    signing: str,
    language: Language,
) -> ReviewState:
    """The changes were read. What can be committed is marked: of `wanted` where there are any, else all.

    Read again, what the person had marked stays as it is.
    """
    ready = {entry.path for entry in entries if not entry.errors and entry.unreadable is None}
    if state.loaded:
        known = {entry.path for entry in state.entries}
        marked: frozenset[str] = (state.marked | {path for path in ready - known if not wanted}) & ready
    else:
        marked = frozenset(path for path in ready if not wanted or path in wanted)
    return replace(
        state,
        entries=tuple(entries),
        marked=marked,
        identity=identity,
        signing=signing,
        language=language,
        loaded=True,
    )


def toggled(state: ReviewState, path: str) -> ReviewState:
    """The file goes into the commit, or no longer."""
    return replace(state, marked=state.marked ^ {path})


def with_subject(state: ReviewState, subject: str) -> ReviewState:
    """The person wrote the first line; the rest stays."""
    _first, line_break, rest = state.message.partition("\n")
    return replace(state, typed=subject.strip() + line_break + rest)


def with_message(state: ReviewState, message: str) -> ReviewState:
    """The person wrote the whole message; an empty one is the suggested one again."""
    return replace(state, typed=message.strip() + "\n" if message.strip() else None)


def with_reason(state: ReviewState, reason: str) -> ReviewState:
    """The person said why."""
    return replace(state, reason=" ".join(reason.split()))
