"""A change: one semantic difference between two versions of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .fields import Field
from .i18n import Text
from .phrases import Label, listed
from .places import Place
from .words import Piece


class ChangeKind(StrEnum):
    """What kind of change it is, for filters."""

    CREATED = "created"
    DELETED = "deleted"
    REFERENCE_CHANGED = "reference_changed"
    TITLE_CHANGED = "title_changed"
    VOTE_RECORDED = "vote_recorded"
    VOTE_CHANGED = "vote_changed"
    VOTE_REMOVED = "vote_removed"
    OUTCOME_RECORDED = "outcome_recorded"
    OUTCOME_CHANGED = "outcome_changed"
    OUTCOME_REMOVED = "outcome_removed"
    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    STEP_MOVED = "step_moved"
    STEP_CHANGED = "step_changed"
    TEXT_ADDED = "text_added"
    TEXT_CHANGED = "text_changed"
    TEXT_REMOVED = "text_removed"
    FIELD_ADDED = "field_added"
    FIELD_CHANGED = "field_changed"
    FIELD_REMOVED = "field_removed"
    ELEMENT_ADDED = "element_added"
    ELEMENT_REMOVED = "element_removed"
    ELEMENT_MOVED = "element_moved"
    UNKNOWN_CHANGED = "unknown_changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Change:
    """One semantic difference.

    `old` and `new` are the values at `place`, `MISSING` where there is none; of a move, the positions. `label` is a
    few words for a subject line, `sentence` says the whole. `pieces` are the words of a text that changed, in reading
    order. `also` are further places that belong to the same change.
    """

    place: Place
    kind: ChangeKind
    old: Any
    new: Any
    label: Text
    sentence: Text
    pieces: tuple[Piece, ...] = ()
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """Where a comparison stands.

    `where` are the names of what is around it, the head of each sentence; `topic` is what a subject line says of
    it, where that is not the label of each field; `body` follows the label there. `running` begins sentences in
    small letters although nothing stands before them.
    """

    place: Place = ()
    where: tuple[object, ...] = ()
    topic: object | None = None
    body: str = ""
    running: bool = False

    def change(
        self,
        kind: ChangeKind,
        place: Place,
        values: tuple[Any, Any],
        label: object,
        what: Text,
        pieces: Sequence[Piece] = (),
        also: tuple[Place, ...] = (),
    ) -> Change:
        """A change here: from and to `values`, called `label` in a subject line."""
        sentence = listed([listed(self.where), what], ": ") if self.where else what
        return Change(place, kind, *values, listed([label]), sentence, tuple(pieces), also)

    def name(self, field: Field) -> object:
        """The label of a field as it stands in a sentence here."""
        return Label(field.label) if self.where or self.running else Text(field.label)

    def subject(self, label: object) -> object:
        """What a subject line says of something called `label` here."""
        return self.topic or (listed([label, self.body], " ") if self.body else label)

    def kind(self, field: Field, kind: ChangeKind) -> ChangeKind:
        """The kind of a change of `field`, where it has one of its own here."""
        if not self.place and field.name == "reference":
            return ChangeKind.REFERENCE_CHANGED
        if not self.place and field.name == "title":
            return ChangeKind.TITLE_CHANGED
        if self.place[:1] == ("consultations",) and len(self.place) == 2:
            return ChangeKind.STEP_CHANGED
        return kind
