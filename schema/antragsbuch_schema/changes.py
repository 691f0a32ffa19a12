"""What changed between two versions of a motion, as people say it.

A change is one thing that a person did: a vote recorded with its counts, its result and the outcome of the step is
one, a reworded text is one. Every field of the model, and every key that it does not know, has its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .alignment import Element, aligned, is_tables, step_of
from .change import At, Change, ChangeKind
from .edits import MISSING
from .field_changes import key_changes, table_changes, unknown_changes
from .fields import Field, Fields, by_name
from .i18n import Text, joined, text
from .motion_fields import MOTION
from .normal import normalise, same
from .phrases import body_name, listed, outcome_text, quoted, step_name, triple, vote_name, vote_text

__all__ = ["Change", "ChangeKind", "difference"]

_OUTCOME = ("outcome", "result_text", "deferred_to", "referred_to")
"""The keys that say how a step ended; `resolution_text` belongs to them too, and has words of its own."""

_COUNTS = ("yes", "no", "abstentions")
_ABOUT = ("id", "subject", "proposal", "organization", "procedural", "required")
"""The keys that say what a vote was about, not how it ended."""

_ENTERED = (ChangeKind.VOTE_RECORDED, ChangeKind.VOTE_CHANGED)
_EMPTY: Element = {}


def difference(old: Element | None, new: Element | None, fields: Fields = MOTION) -> list[Change]:
    """The changes from `old` to `new`, in the order of the file; None is a file that is not there.

    Both are compared by their meaning (see `normal`): there is no change exactly where that is the same.
    """
    if old is None or new is None:
        return _whole(old, new)
    before, after = normalise(old, fields), normalise(new, fields)
    found: list[Change] = []
    for field in fields:
        inside = _step_changes if field.name == "consultations" else table_changes
        for change in key_changes(At(), field, before, after, inside):
            found.append(change)
            if change.kind is ChangeKind.STEP_ADDED:
                at = At(change.place, (step_name(change.new, 0),), body=body_name(change.new))
                found += _vote_changes(at, by_name(field.fields)["votes"], _EMPTY, change.new, None)
    return [*found, *unknown_changes(At(), before, after, fields)]


def _whole(old: Element | None, new: Element | None) -> list[Change]:
    data = new if new is not None else old
    if data is None:
        return []
    kind = ChangeKind.CREATED if old is None else ChangeKind.DELETED
    what = text("created") if old is None else text("deleted")
    title = data.get("title") or data.get("name")
    sentence = listed([what, quoted(title, 100)], ": ") if isinstance(title, str) else what
    return [Change((), kind, MISSING if old is None else old, MISSING if new is None else new, what, sentence)]


def _step_changes(at: At, old: Element, new: Element, fields: Fields) -> Iterator[Change]:
    """The changes inside a step: how it ended goes with the vote that was entered or corrected, if there is one."""
    known = by_name(fields)
    outcome = _outcome_change(at, old, new, known)
    if is_tables(old.get("votes", [])) and is_tables(new.get("votes", [])):
        ended = new.get("outcome") if outcome else None
        votes = list(_vote_changes(at, known["votes"], old, new, ended))
    else:
        votes = list(key_changes(at, known["votes"], old, new))
    bearer = next((number for number, vote in enumerate(votes) if vote.kind in _ENTERED), None)
    if outcome is not None and bearer is not None:
        vote = votes[bearer]
        suffix = _ending(old, new, known)
        votes[bearer] = replace(
            vote, sentence=joined([vote.sentence, suffix]), also=(*vote.also, outcome.place, *outcome.also)
        )
        outcome = None
    for field in fields:
        if field.name == "votes":
            yield from votes
        elif field.name not in _OUTCOME:
            yield from key_changes(at, field, old, new)
        elif field.name == _OUTCOME[0] and outcome is not None:
            yield outcome
    yield from unknown_changes(at, old, new, fields)


def _outcome_change(at: At, old: Element, new: Element, known: dict[str, Field]) -> Change | None:
    """How the step ended, where that changed: all its keys together."""
    keys = [key for key in _OUTCOME if not same(old.get(key, MISSING), new.get(key, MISSING))]
    if not keys:
        return None
    first, *others = ((*at.place, key) for key in keys)
    was_empty, is_empty = not any(key in old for key in _OUTCOME), not any(key in new for key in _OUTCOME)
    if was_empty:
        kind, what = ChangeKind.OUTCOME_RECORDED, text("outcome recorded: {new}", new=_ending(old, new, known))
    else:
        kind = ChangeKind.OUTCOME_REMOVED if is_empty else ChangeKind.OUTCOME_CHANGED
        what = _ending(old, new, known)
    values = old.get(keys[0], MISSING), new.get(keys[0], MISSING)
    return at.change(kind, first, values, at.subject(text("outcome")), what, also=tuple(others))


def _ending(old: Element, new: Element, known: dict[str, Field]) -> Text:
    before, after = outcome_text(old, known), outcome_text(new, known)
    if not any(key in old for key in _OUTCOME):
        return after
    if not any(key in new for key in _OUTCOME):
        return text("outcome removed: {old}", old=before)
    return text("outcome {old} -> {new}", old=before, new=after)


def _vote_changes(at: At, field: Field, old: Element, new: Element, outcome: object) -> Iterator[Change]:
    """The votes of a step; `outcome` is its code where that is said in the same sentence."""
    before: Sequence[Element] = old.get(field.name, [])
    after: Sequence[Element] = new.get(field.name, [])
    here = (*at.place, field.name)
    label = at.subject(text("vote"))
    came_from = {number: earlier for earlier, number in aligned(before, after, field.name)}
    for number, vote in enumerate(before):
        if number not in came_from.values():
            what = text("{vote} removed", vote=vote_name(vote))
            if _says(vote):
                what = listed([what, vote_text(vote, field.fields)], ": ")
            place = (*here, step_of(before, number))
            yield at.change(ChangeKind.VOTE_REMOVED, place, (vote, MISSING), label, what)
    for number, vote in enumerate(after):
        place = (*here, step_of(after, number))
        earlier = before[came_from[number]] if number in came_from else None
        if earlier is None or (not _says(earlier) and _says(vote)):
            what = _recorded(vote, field.fields, outcome)
            values = (MISSING if earlier is None else earlier, vote)
            yield at.change(ChangeKind.VOTE_RECORDED, place, values, label, what)
        elif not same(earlier, vote):
            what = _corrected(earlier, vote, field.fields)
            yield at.change(ChangeKind.VOTE_CHANGED, place, (earlier, vote), label, what)
    order = [came_from[number] for number in sorted(came_from)]
    if order != sorted(order):
        what = text("order of the votes changed")
        yield at.change(ChangeKind.ELEMENT_MOVED, here, (before, after), label, what)


def _recorded(vote: Element, fields: Fields, outcome: object) -> Text:
    if not _says(vote):
        return text("{vote} added", vote=vote_name(vote))
    return text("{vote} recorded, {counts}", vote=vote_name(vote), counts=vote_text(vote, fields, outcome))


def _corrected(old: Element, new: Element, fields: Fields) -> Text:
    """`vote corrected 40:3:0 -> 41:3:0, result rejected -> accepted`."""
    rest = tuple(field for field in fields if field.name not in _COUNTS)
    counted = {name for name in _COUNTS if name in old or name in new}
    changes = table_changes(At(("votes",), running=True), _without(old, counted), _without(new, counted), rest)
    parts = [change.sentence for change in changes]
    name = vote_name(new)
    if all(same(old.get(count), new.get(count)) for count in _COUNTS):
        return listed([text("{vote} changed", vote=name), listed(parts)], ": ")
    counts = text("{vote} corrected {old} -> {new}", vote=name, old=triple(old), new=triple(new))
    return joined([counts, *parts])


def _says(vote: Element) -> bool:
    """Whether anything of how the vote ended is stated."""
    return any(key not in _ABOUT for key in vote)


def _without(table: Element, keys: set[str]) -> Element:
    return {key: value for key, value in table.items() if key not in keys}
